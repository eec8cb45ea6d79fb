"""True sentences put otherwise: every result says no more than its source and must be accepted."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from random import Random

from cn2an import an2cn
from opencc import OpenCC

from assistant import Figure
from evals.specimens import Maker, Source, Specimen, replaced
from evals.vocabulary import VOCABULARY

_SPLIT = re.compile("[，；]")
# A clause that leans on the one before it cannot be moved or stand without it.
_LEANS = re.compile(
    "^(其中|内容|并|且|较|比|同比|环比|增|减|占|也|仍|还|又|则|而|但|即|分别|均|都|共|从而|因此|由此|以此|其|该|这|此|同时|另|再|升|降|为|使|让|把|将|由|以|与|和|及|等)"
)
# A plan holds for the clauses behind it: one of those told without it would be told as done.
_PLANS = re.compile("计划|拟|将|预计|力争|争取|确保|尽快|有望|目标|打算|要求|必须|应当|除")
_TIME = re.compile("年|月|日|目前|截至|今|去|前|后|原|现|起|自")
_SAME = (("约", "大约"), ("超", "超过"), ("余", "多"), ("多", "余"), ("近", "将近"), ("超过", "超"))


@lru_cache(maxsize=2)
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def whole(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence itself."""
    return Specimen("as written", source.text, source.support, "")


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _chinese(value: str) -> str:
    return "两" if value == "2" else re.sub("^一十", "十", an2cn(value, "low"))


def notation(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with an amount in another notation: 80万, 800,000, 八十万, 0.008亿."""
    figures = [
        f
        for f in source.quantities
        if not re.search(r"[余多几来]|^0\d", source.text[f.number[0] : f.number[1]])
        and not re.search("[数几上]", f.qualifier)
        and f.unit
    ]
    for figure in rng.sample(figures, len(figures)):
        ways = _notations(source, figure)
        if ways:
            kind, new = rng.choice(ways)
            return replaced(source, kind, figure.number, new)
    return None


def _notations(source: Source, figure: Figure) -> list[tuple[str, str]]:
    written = source.text[figure.number[0] : figure.number[1]]
    value = Decimal(figure.value)
    if figure.kind == "percent":
        return [("notation, percent", "百分之" + an2cn(figure.value, "low"))]
    if "分之" in written:
        return []
    ways = []
    if not re.search(r"\d", written):
        return [("notation, to digits", figure.value)] if value == int(value) else []
    if value == int(value):
        ways.append(("notation, Chinese", _chinese(_plain(value))))
    if value >= 1000 and value == int(value) and figure.unit:
        ways.append(("notation, thousands", f"{int(value):,}"))
        ways.append(("notation, 万", _plain(value / 10**4) + "万"))
        ways.append(("notation, plain", _plain(value)))
    if value >= 10**6:
        ways.append(("notation, 亿", _plain(value / 10**8) + "亿"))
    return [(kind, new) for kind, new in ways if new != written]


def full_width(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with its ASCII in full width."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in source.text)
    return Specimen("full width", wide, source.support, "") if wide != source.text else None


def half_marks(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with half-width punctuation."""
    narrow = source.text.translate(str.maketrans("，：；（）", ",:;()"))
    return Specimen("half-width marks", narrow, source.support, "") if narrow != source.text else None


def traditional(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence in traditional characters, where they lead back to the same simplified ones."""
    text = str(_converter("s2t").convert(source.text))
    back = str(_converter("t2s").convert(text))
    return Specimen("traditional", text, source.support, "") if back == source.text != text else None


def person(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with 名, 人 or 位 for one another."""
    figures = [
        f
        for f in source.quantities
        if f.unit in {"名", "人", "位"}
        and f.text.endswith(f.unit)
        and source.text[f.start - 1 : f.start] != "每"
    ]
    if not figures:
        return None
    figure = rng.choice(figures)
    new = rng.choice(sorted({"名", "人", "位"} - {figure.unit}))
    return replaced(source, "名/人/位", (figure.end - 1, figure.end), new)


def qualifier(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a qualifier of the same meaning: 约 and 大约, 余 and 多."""
    found = [
        (f, old, new)
        for f in source.quantities
        for old, new in _SAME
        if f.qualifier == old and (old not in "余多" or re.search(r"[\d万亿十百千][余多]", f.text))
    ]
    if not found:
        return None
    figure, old, new = rng.choice(found)
    start = source.text.index(old, figure.start, figure.end)
    return replaced(source, "qualifier alike", (start, start + len(old)), new)


def synonym(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a word put in another of the same meaning."""
    found = [
        (m.span(), new)
        for pair in VOCABULARY["same_words"]
        for old, new in (pair, pair[::-1])
        for m in re.finditer(old, source.text)
        if not source.is_named(m.start()) and not _inside_word(source.text, m, old, new)
    ]
    if not found:
        return None
    span, new = rng.choice(found)
    return replaced(source, "synonym", span, new)


def _inside_word(text: str, match: re.Match[str], old: str, new: str) -> bool:
    """Returns whether the word found is part of a longer one, or would be doubled."""
    around = text[max(0, match.start() - 1) : match.end() + 1]
    return (new != old and new in text[max(0, match.start() - 2) : match.end() + 2]) or bool(
        re.search(
            "占[地领用道比据到线]|超[市级大前声出过高标员导警广越]|[提跃攀晋]升|远超|亦超|抢占|侵占|独占|[老]{2}|高超",
            around,
        )
    )


def dates_in_words(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a date in Chinese numerals."""
    found = [m for m in re.finditer(r"(?<!\d)(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日)?)?", source.text) if m[0]]
    found = [
        m
        for m in found
        if not source.is_named(m.start()) and source.text[m.end() : m.end() + 1] not in "—-至到～"
    ]
    if not found:
        return None
    match = rng.choice(found)
    year = "".join(
        "〇一二三四五六七八九年"["0123456789年".index(c)] for c in "".join(re.findall(r"^\d{4}年", match[0]))
    )
    rest = re.sub(r"\d+", lambda m: _chinese(m[0]).replace("两", "二"), re.sub(r"^\d{4}年", "", match[0]))
    return replaced(source, "dates in words", match.span(), year + rest)


def _clauses(source: Source) -> list[str]:
    """Returns the clauses of a sentence without its end, none if a bracket or quotation spans two of them."""
    body = source.text.rstrip("。！？\n")
    clauses = _SPLIT.split(body)
    whole_ones = all(c.count(a) == c.count(b) for c in clauses for a, b in ("“”", "（）", "《》", "‘’"))
    return clauses if whole_ones and len(clauses) > 1 else []


def reordered(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with its last two clauses exchanged, where neither leans on the other."""
    clauses = _clauses(source)
    if (
        len(clauses) < 2
        or _PLANS.search(source.text)
        or any(_LEANS.match(c) or _TIME.search(c) or len(c) < 5 for c in clauses[-2:])
    ):
        return None
    text = "，".join([*clauses[:-2], clauses[-1], clauses[-2]]) + "。"
    return Specimen("reordered", text, source.support, f"{clauses[-2]} ↔ {clauses[-1]}")


def shortened(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence without its last clause."""
    clauses = _clauses(source)
    if not clauses or not re.search(r"\d|[一-鿿]{6}", "".join(clauses[:-1])):
        return None
    return Specimen("clause dropped", "，".join(clauses[:-1]) + "。", source.support, f"{clauses[-1]} → ∅")


def opening_dropped(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence without its first clause, where the second does not lean on it."""
    clauses = _clauses(source)
    if not clauses or _PLANS.search(clauses[0]) or _LEANS.match(clauses[1]) or sum(map(len, clauses[1:])) < 8:
        return None
    return Specimen("opening dropped", "，".join(clauses[1:]) + "。", source.support, f"{clauses[0]} → ∅")


def single(source: Source, rng: Random) -> Specimen | None:
    """Returns one clause with an amount by itself."""
    clauses = [
        c
        for i, c in enumerate(_clauses(source))
        if re.search(r"\d", c)
        and len(c) >= 8
        and not _LEANS.match(c)
        and not (i and _PLANS.search(source.text))
    ]
    return Specimen("single clause", rng.choice(clauses) + "。", source.support, "") if clauses else None


EQUIVALENTS: tuple[Maker, ...] = (
    whole, notation, full_width, half_marks, traditional, person, qualifier, synonym, dates_in_words,
    reordered, shortened,
    opening_dropped, single,
)  # fmt: skip
