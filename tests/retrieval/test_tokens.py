from __future__ import annotations

import tempfile
from importlib.resources import files
from pathlib import Path

import pytest

from retrieval.tokens import STOP_WORDS, Tokenizer, aligned, normalise


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer()


def words(tokenizer: Tokenizer, text: str) -> set[str]:
    return {token for token in tokenizer.tokens(text) if not token.startswith("~")}


@pytest.mark.parametrize("text", ["80万", "800000", "八十万", "80萬", "８０万", "800,000"])
def test_equal_amounts_give_an_equal_token(tokenizer: Tokenizer, text: str) -> None:
    assert "#800000" in tokenizer.tokens(f"共有{text}人")


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("占12.5％", "#12.5%"),
        ("百分之十二点五", "#12.5%"),
        ("截至2024年12月31日", "@2024-12-31"),
        ("截至2024年12月31日", "@2024-12"),
        ("截至2024年12月31日", "@2024"),
        ("截至二〇二四年", "@2024"),
        ("12月31日前", "@--12-31"),
        ("“11431”基层治理体系", "11431"),
        ("10至12个", "#12"),
    ],
)
def test_figures_and_dates_are_single_tokens(tokenizer: Tokenizer, text: str, token: str) -> None:
    assert token in tokenizer.tokens(text)


def test_a_figure_as_written_is_a_token_too(tokenizer: Tokenizer) -> None:
    assert "80万" in tokenizer.tokens("约80万人")
    assert "12.5亿" in tokenizer.tokens("共12.5亿元")


def test_a_percentage_is_no_plain_number(tokenizer: Tokenizer) -> None:
    assert not words(tokenizer, "13%") & words(tokenizer, "13名")


@pytest.mark.parametrize(
    "term", ["两企三新", "新就业群体", "小马拉大车", "三会一课", "一站式", "枫桥经验", "网格员"]
)
def test_lexicon_terms_are_whole(tokenizer: Tokenizer, term: str) -> None:
    assert term in tokenizer.tokens(f"推进{term}有关工作")


def test_traditional_wide_and_upper_case_are_folded(tokenizer: Tokenizer) -> None:
    assert tokenizer.tokens("網格員進社區ＡＩ") == tokenizer.tokens("网格员进社区ai")


def test_pairs_stand_beside_the_words(tokenizer: Tokenizer) -> None:
    assert {"~暖蜂", "~蜂驿", "~驿站"} <= set(tokenizer.tokens("暖蜂驿站"))


def test_function_words_are_left_out(tokenizer: Tokenizer) -> None:
    assert words(tokenizer, "的和在什么多少吗") == set()
    assert "不" not in STOP_WORDS
    assert "未" not in STOP_WORDS


def test_words_hold_the_shorter_words_of_long_ones(tokenizer: Tokenizer) -> None:
    assert {"注册志愿者", "志愿者", "注册"} <= set(tokenizer.words("注册志愿者"))
    assert not any(word.startswith("~") for word in tokenizer.words("暖蜂驿站"))


@pytest.mark.parametrize("text", ["", " \n\t", "，。！？", "~~##@@"])
def test_nothing_to_say_gives_no_tokens(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.tokens(text) == []


def test_tokens_hold_no_white_space(tokenizer: Tokenizer) -> None:
    text = "共 12 万 人，占 3.5 %；2024 年 5 月\u3000第 3 次\u00a0AI + 5G\u2028下一行"
    assert all(token == "".join(token.split()) for token in tokenizer.tokens(text))


def test_a_persons_lexicon_changes_words_and_version(tmp_path: Path) -> None:
    own = tmp_path / "lexicon.txt"
    own.write_text("\ufeff# 我们自己的词\n暖蜂驿站 9 n\n\n", encoding="utf-8")
    plain, taught = Tokenizer(), Tokenizer(own)
    assert "暖蜂驿站" in taught.tokens("暖蜂驿站开门了")
    assert "暖蜂驿站" not in plain.tokens("暖蜂驿站开门了")
    assert plain.version != taught.version
    assert plain.version == Tokenizer(tmp_path / "none.txt").version


def test_the_lexicon_is_general_and_sound() -> None:
    lines = files("retrieval").joinpath("data/lexicon.txt").read_text("utf-8").splitlines()
    terms = [line for line in lines if line and not line.startswith("#")]
    assert len(terms) >= 150
    assert len(set(terms)) == len(terms)
    assert all(2 <= len(term) <= 12 and term == normalise(term).strip() for term in terms)


def test_nothing_is_written_into_the_shared_temp_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retrieval import segmenting

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    segmenting.segmenter.cache_clear()
    assert Tokenizer().tokens("网格员")
    assert list(tmp_path.iterdir()) == []


def test_jiebas_own_tokenizer_stays_untouched() -> None:
    import jieba

    assert Tokenizer().tokens("两企三新")
    assert not jieba.dt.initialized


def test_aligned_keeps_the_length() -> None:
    assert aligned("網格員８０％İA") == "网格员80%İa"
