"""Sentences: lossless, ended where Chinese ends them, under the right headings."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.numerals import find_numerals
from retrieval.sentences import split_sentences

MARKS = list('。！？；…，、：“”‘’（）()《》"\n\r\t \u3000\u200b.,;!?#>-é𠮷')
WORDS = [
    *(
        "……",
        "\r\n",
        "\n\n",
        "## ",
        "一、",
        "（一）",
        "1. ",
        "1．",
        "①",
        "第三章",
        "编者按：",
        "记者",
        "各区县：",
    ),
    *("12.5亿元", "1,234,567人", "26.3%", "2024年5月7日", "3.5万", "80\n万", "约", "百分之二十", "有256个"),
    *("https://a.cn/x?b=1;c", "&nbsp;", "青禾市", "委社会工作部", "党建引领", "他说", "表示", "“两企三新”"),
]
PIECES = st.sampled_from(MARKS + WORDS)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def texts_of(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences("a", text)]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("\n\u3000\n")
@example("共有80\n万人。")
def test_sentences_joined_are_the_text_and_offsets_point_at_it(text: str) -> None:
    sentences = split_sentences("a", text)
    assert "".join(s.text for s in sentences) == text
    assert all(text[s.start : s.end] == s.text and s.text for s in sentences)
    assert [s.index for s in sentences] == list(range(len(sentences)))
    assert all(s.article_id == "a" for s in sentences)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_figure_is_ever_cut(text: str) -> None:
    starts = {s.start for s in split_sentences("a", text)}
    for numeral in find_numerals(text):
        assert not starts.intersection(range(numeral.start + 1, numeral.end)), numeral


def test_empty_and_blank_texts() -> None:
    assert split_sentences("a", "") == ()
    assert texts_of(" \n\u3000\n") == [" \n\u3000\n"]


def test_ends_of_sentences() -> None:
    text = "青禾有12.5万人。全部到齐！是吗？一是查；二是改;三是建……好。"
    assert texts_of(text) == [
        "青禾有12.5万人。",
        "全部到齐！",
        "是吗？",
        "一是查；",
        "二是改;",
        "三是建……",
        "好。",
    ]


def test_half_width_stop_ends_only_english_sentences() -> None:
    assert texts_of("采用Version 2.0. Beta版发布。") == ["采用Version 2.0. Beta版发布。"]
    assert texts_of("It works well. All of it.") == ["It works well. ", "All of it."]


def test_white_space_belongs_to_the_sentence_before_it_and_leading_to_the_first() -> None:
    assert texts_of("\n\n　　第一句话说完了。　\n\n　　第二句话也说完了。\n") == [
        "\n\n　　第一句话说完了。　\n\n　　",
        "第二句话也说完了。\n",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“大家都来了。”社区书记李青说。后来散了。", ["“大家都来了。”社区书记李青说。", "后来散了。"]),
        ("“先查。再改。”社区书记李青表示，要快。", ["“先查。", "再改。”社区书记李青表示，要快。"]),
        ("“路不平，灯不亮。”2024年8月，社区修了路。", ["“路不平，灯不亮。”", "2024年8月，社区修了路。"]),
        ("他提出“钱从哪里来？人往哪里去”的问题。", ["他提出“钱从哪里来？人往哪里去”的问题。"]),
        ("他问“怎么办？”的时候，大家笑了。", ["他问“怎么办？”的时候，大家笑了。"]),
        ("读《谁来治理？答案在基层》一书。好书。", ["读《谁来治理？答案在基层》一书。", "好书。"]),
        ("全市共建站（含新建的。不含撤销的）30个。", ["全市共建站（含新建的。不含撤销的）30个。"]),
        ("工作完成了。（青禾日报记者 张三）", ["工作完成了。", "（青禾日报记者 张三）"]),
        ('他说:"来了。"然后走了。', ['他说:"来了。"', "然后走了。"]),
        ("见https://a.cn/x?b=1;c=2页面。再看。", ["见https://a.cn/x?b=1;c=2页面。", "再看。"]),
        ("甲&nbsp;乙。丙。", ["甲&nbsp;乙。", "丙。"]),
    ],
)
def test_quotations_titles_brackets_and_addresses(text: str, expected: list[str]) -> None:
    assert texts_of(text) == expected


def test_a_long_run_on_is_cut_at_a_comma_never_inside_a_figure() -> None:
    text = "青禾市各社区累计走访居民1,234,567人次，" * 40 + "完成。"
    sentences = texts_of(text)
    assert len(sentences) > 1
    assert all(len(s) <= 400 for s in sentences)
    assert all(s.endswith("，") for s in sentences[:-1])
    assert all("1,234,567" in s for s in sentences[:-1])


def test_a_long_line_without_commas_is_bounded_and_its_figures_whole() -> None:
    assert max(map(len, texts_of("字" * 9000))) <= 2000
    text = "字" * 1995 + "12345678.5万元" + "字" * 500
    assert any("12345678.5万元" in s for s in texts_of(text))
    assert max(map(len, texts_of(text))) <= 2000
    assert texts_of("1" * 5000) == ["1" * 5000]


def test_a_line_that_ends_in_mid_sentence_goes_on() -> None:
    text = "坚持分类指导，聚焦“压责任”，\n\n把新兴领域纳入考核。目前，\n全市已建站32个。"
    assert texts_of(text) == [
        "坚持分类指导，聚焦“压责任”，\n\n把新兴领域纳入考核。",
        "目前，\n全市已建站32个。",
    ]


def test_hard_wrapped_lines_are_joined() -> None:
    prose = "青禾市委社会工作部成立以来坚持走访基层听取群众意见并且把问题逐条列入清单交给各个部门限期办理" * 4
    width = 24
    lines = [prose[i : i + width] for i in range(0, len(prose), width)]
    text = "\n".join(lines) + "。\n下一段在这里说别的事情。"
    sentences = split_sentences("a", text)
    assert len(sentences) == 2
    assert not any(s.heading for s in sentences)


def test_an_ordinary_title_line_is_not_joined_to_the_text() -> None:
    assert (
        texts_of("青禾市推进社区工作者队伍建设\n全市现有社区工作者860人。")[0]
        == "青禾市推进社区工作者队伍建设\n"
    )


def outline_of(text: str) -> list[tuple[bool, str, str]]:
    return [(s.heading, s.section, s.text.strip()) for s in split_sentences("a", text)]


def test_markdown_headings_nest_and_the_only_top_heading_is_the_title() -> None:
    text = "# 题目\n\n> 说明。\n\n## 甲\n\n一段。\n\n### 乙\n\n二段。\n\n## 丙\n\n三段。\n"
    assert outline_of(text) == [
        (True, "", "# 题目"),
        (False, "", "> 说明。"),
        (True, "", "## 甲"),
        (False, "甲", "一段。"),
        (True, "甲", "### 乙"),
        (False, "甲 / 乙", "二段。"),
        (True, "", "## 丙"),
        (False, "丙", "三段。"),
    ]


def test_short_lines_of_a_markdown_text_are_no_headings() -> None:
    assert [h for h, _, _ in outline_of("## 甲\n短短一行\n一段。\n")] == [True, False, False]


def test_section_owners_with_their_subtitles() -> None:
    text = (
        "开头说明全市各单位的做法。\n"
        "东河区委组织部:\n三个“抓手” 激活小区\n全区建站32个。\n"
        "市住建局：\n提高物业质量\n覆盖小区272个。"
    )
    assert outline_of(text) == [
        (False, "", "开头说明全市各单位的做法。"),
        (True, "", "东河区委组织部:"),
        (True, "东河区委组织部", "三个“抓手” 激活小区"),
        (False, "东河区委组织部 / 三个“抓手” 激活小区", "全区建站32个。"),
        (True, "", "市住建局："),
        (True, "市住建局", "提高物业质量"),
        (False, "市住建局 / 提高物业质量", "覆盖小区272个。"),
    ]


@pytest.mark.parametrize("line", ["他说：", "具体如下：", "报名材料包括：", "各区县人民政府：", "同志们："])
def test_lines_that_only_introduce_what_follows_own_no_section(line: str) -> None:
    assert not any(heading for heading, _, _ in outline_of(f"前面有一段话。\n{line}\n后面有一段话。"))


def test_plain_headings_of_two_rows_replace_each_other() -> None:
    text = "导语说完了。\n问题出在哪里\n力量就到哪里\n甲段。\n需要出在哪里\n\n乙段。"
    assert outline_of(text) == [
        (False, "", "导语说完了。"),
        (True, "", "问题出在哪里"),
        (True, "", "力量就到哪里"),
        (False, "问题出在哪里 力量就到哪里", "甲段。"),
        (True, "", "需要出在哪里"),
        (False, "需要出在哪里", "乙段。"),
    ]


def test_numbered_headings_nest_by_their_form() -> None:
    text = "一、总体要求\n（一）指导思想\n甲段话。\n（二）工作目标\n乙段话。\n二、主要任务\n丙段话。"
    assert outline_of(text) == [
        (True, "", "一、总体要求"),
        (True, "一、总体要求", "（一）指导思想"),
        (False, "一、总体要求 / （一）指导思想", "甲段话。"),
        (True, "一、总体要求", "（二）工作目标"),
        (False, "一、总体要求 / （二）工作目标", "乙段话。"),
        (True, "", "二、主要任务"),
        (False, "二、主要任务", "丙段话。"),
    ]


def test_a_numbered_lead_is_the_heading_of_the_rest_of_its_paragraph_only() -> None:
    text = "导语说完了。\n主要做法\n1.减轻基层负担。清理牌子95块。挂牌更少。\n综上，成效明显。"
    assert outline_of(text) == [
        (False, "", "导语说完了。"),
        (True, "", "主要做法"),
        (False, "主要做法", "1.减轻基层负担。"),
        (False, "主要做法 / 1.减轻基层负担", "清理牌子95块。"),
        (False, "主要做法 / 1.减轻基层负担", "挂牌更少。"),
        (False, "主要做法", "综上，成效明显。"),
    ]


def test_numbered_lines_in_a_row_are_a_list() -> None:
    text = "报名要带三样东西。\n1.身份证\n2.户口本\n3.照片两张\n材料齐了才能报名。"
    assert not any(heading for heading, _, _ in outline_of(text))
    legal = "公告写明以下内容。\n（一）案由；\n（二）被告人的基本情况；\n（三）其他情况。\n公告应当刊登。"
    assert not any(heading for heading, _, _ in outline_of(legal))


def test_a_label_and_what_it_means_are_one_statement() -> None:
    text = (
        "导语说完了。\n\n名词解释\n\n“123”体系：\n\n第一个“1”\n建立联动平台\n\n“2”\n设置两个板块\n\n"
        "新的一节\n\n正文在此。"
    )
    rows = outline_of(text)
    assert (False, "名词解释 / “123”体系", "第一个“1”\n建立联动平台") in rows
    assert (False, "名词解释 / “123”体系", "“2”\n设置两个板块") in rows
    assert rows[-2:] == [(True, "", "新的一节"), (False, "新的一节", "正文在此。")]


def test_an_editors_note_covers_one_paragraph() -> None:
    text = "编者按:\n这是按语。\n正文开始了，说了很长的一句话。"
    assert [section for _, section, _ in outline_of(text)] == ["", "编者按", ""]


def test_title_lines_and_credits_own_no_section() -> None:
    text = (
        "扎实推进基层减负,健全体制机制\n\n市委社会工作部:推动社会工作发展\n\n■ 青禾日报全媒体记者 张三\n\n"
        "正文第一句。\n\n小节标题\n\n正文第二句。\n(责编:李四 签发:王五)"
    )
    assert outline_of(text) == [
        (True, "", "扎实推进基层减负,健全体制机制"),
        (True, "", "市委社会工作部:推动社会工作发展"),
        (False, "", "■ 青禾日报全媒体记者 张三"),
        (False, "", "正文第一句。"),
        (True, "", "小节标题"),
        (False, "小节标题", "正文第二句。"),
        (False, "", "(责编:李四 签发:王五)"),
    ]


@pytest.mark.parametrize(
    "line", ["- 第一项", "12", "—— 3 ——", "姓名\t年龄", "2024年5月7日", "联系电话：0771-5550000", "……"]
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert not any(heading for heading, _, _ in outline_of(f"前面有一段话。\n\n{line}\n\n后面有一段话。"))


def test_short_lines_at_the_end_are_no_headings() -> None:
    assert [h for h, _, _ in outline_of("正文说完了。\n谢谢阅读\n再见各位")] == [False, False, False]


def test_time_grows_no_faster_than_the_text() -> None:
    text = "“他问（怎么办？）”，" * 10_000 + "\n" + "短行\n" * 10_000 + "末尾一句。"
    began = time.perf_counter()
    sentences = split_sentences("a", text)
    assert time.perf_counter() - began < 4
    assert "".join(s.text for s in sentences) == text
