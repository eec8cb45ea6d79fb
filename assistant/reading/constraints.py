"""Whether a candidate is of the place and the time that the question asks about: 1 yes, -1 no, 0 open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.reading.asked import Asked
from assistant.reading.candidates import Parsed, Span
from assistant.reading.periods import find_periods, period_match
from assistant.reading.spots import find_spots
from assistant.reading.times import same_time
from retrieval import is_within

Finder = Callable[
    ..., list[tuple[int, int, str]]
]  # text, divisions it is known to be about → (start, end, name)

# 2022年底前 bounds what is spoken of, it does not date what is told next.
_YEAR_SPOKEN_OF = re.compile(
    r"(?<![较比与跟同和按\d])((?:19|20)\d{2})(?=年(?!(?:\d{1,2}月)?(?:\d{1,2}日)?[底末]?[之以]?前))"
)
_OTHER_YEAR = re.compile("去年|上年|前年|上一年|全年|明年|历年|近年|年来")
_YEAR_OF = re.compile(r"(?<!\d)(?:19|20)\d{2}年?(?!年|上半|下半|度|底|末|初|以)[一-鿿]{2}")
_ALL = re.compile("全省|全市|全县|全区")


_PEOPLES = "维吾尔|哈萨克|柯尔克孜|蒙古|壮族|回族|藏族|苗族|侗族|彝族|土家族|布依族|朝鲜族|白族|傣族|景颇族|哈尼族|傈僳族|羌族|满族|瑶族|黎族|畲族|土族|水族|仡佬族|纳西族|拉祜族|佤族|仫佬族|毛南族|达斡尔族|锡伯族|塔吉克"
_RANK = re.compile(rf"(?<=..)(?:(?:{_PEOPLES})*(?:自治区|自治州|自治县)|特别行政区|省|市|区|县)$")


def bare_place(name: str) -> str:
    """Returns a place's name without its rank: 揭阳 for 揭阳市, 新疆 for 新疆维吾尔自治区."""
    return _RANK.sub("", name)


def place_match(asked: Asked, parsed: Parsed, span: Span, context: Mapping[str, str], places: Finder) -> int:
    """Returns 1 if the candidate is about the asked place, -1 if about another or another level, 0 if not clear."""
    if not asked.places:
        return _spot_match(asked, parsed, span, places) if asked.spots else 0
    region = parsed.evidence.article.region
    own = places(region)
    near = tuple(name for _, _, name in own)
    level = bare_place(own[-1][2]) if own else ""
    wanted = {bare_place(p) for p in asked.places}
    if len(wanted) > 1:  # «天涯区…在海南全省是第几个»: the larger only frames the smaller
        larger = {bare_place(name) for _, _, name in own} - {level}
        wanted = wanted - larger or wanted
    clause = parsed.text[slice(*span.segment.clause)]
    city = bool(own) and not own[-1][2].endswith(("省", "自治区"))
    whole = "全省" in clause or ("全市" in clause and city) or (bool(level) and level in clause)
    inside = {bare_place(p) for _, _, p in places(parsed.text, near)} - {level}
    around = context["section"] + context["carried"] + context["paragraph"]
    if not own and whole and not level:
        # 全省 of an article without a region: of the asked province where its paragraph names no other
        named = [name for _, _, name in places(around)]
        whole = not (named and all(_of_one_line(name, place) for name in named for place in asked.places))
    if _ALL.search(asked.question.text) and _is_part(asked, own, clause, wanted):
        return -1  # the whole city is asked for, the article and the figure are of a district in it
    told = parsed.text[: span.end]
    ranks = {place[-1] for place in asked.places}  # 全区 is the whole of an asked 海棠区, not of its city
    of_all = bool(own) and (any(m[-1] not in ranks for m in _ALL.findall(told)) or level in told)
    for place in wanted - {level}:
        if place not in parsed.text and (whole or of_all or inside or place not in around):
            return -1
        if span.type == "figure" and parsed.text.find(place) >= span.segment.clause[1]:
            return -1  # «A有35栋;其中33栋在B»: the first is not of B
    found = places(clause, near)
    if span.type == "figure" and wanted == {level} and not _stands_alone(level, clause, found):
        inner = {bare_place(p) for _, _, p in found} - {level}
        if any(p not in asked.question.text for p in inner):
            return -1 if _ALL.search(asked.question.text) else 0  # the whole is asked for, this is of a part
    return _spot_match(asked, parsed, span, places)


def _stands_alone(place: str, clause: str, found: Sequence[tuple[int, int, str]]) -> bool:
    """Returns whether a clause speaks of a place itself, not only of one within it: 佛山 in 佛山南海区 is none."""
    starts = {start for start, _, _ in found}
    return any(m.end() not in starts for m in re.finditer(re.escape(place) + "[省市州]?", clause))


def _of_one_line(one: str, other: str) -> bool:
    """Returns whether one place is the other or lies within it."""
    return (
        one == other or bare_place(one) == bare_place(other) or is_within(one, other) or is_within(other, one)
    )


def _is_part(asked: Asked, own: Sequence[tuple[int, int, str]], clause: str, wanted: set[str]) -> bool:
    """Returns whether the article is of a place within the asked one, which the clause does not speak of."""
    if not own or bare_place(own[-1][2]) in asked.question.text or _ALL.search(clause):
        return False
    return not any(place in clause for place in wanted) and all(
        is_within(own[-1][2], place) for place in asked.places
    )


def _spot_match(asked: Asked, parsed: Parsed, span: Span, places: Finder) -> int:
    """Returns -1 if the sentence, or what it carries on, speaks of another town, or of one where all are meant."""

    def spots(text: str) -> list[str]:
        return find_spots(text, [end for _, end, _ in places(text)])

    evidence = parsed.evidence
    here = (
        spots(parsed.text[: span.start])[-1:]
        or spots(parsed.text)
        or spots(evidence.before)[-1:]
        or spots(evidence.paragraph)
    )
    if not asked.spots:
        return -1 if here and _ALL.search(asked.question.text) else 1
    named = here or [evidence.sentence.section]
    return 1 if any(spot in name for spot in asked.spots for name in named) else -1


def time_match(asked: Asked, parsed: Parsed, span: Span, context: Mapping[str, str]) -> int:
    """Returns 1 if the candidate is of an asked time, -1 if of another, 0 if open or no time is asked."""
    around = context["title"] + context["section"] + context["carried"]
    before = parsed.text[: span.start] or parsed.text
    if span.time and re.fullmatch(r"\d{4}", span.time.iso) and not find_periods(before):
        around = "全年"  # a bare year is the whole of it
    told = [before]
    if (
        span.type == "sentence" and asked.periods
    ):  # «上半年…,也慢于去年全年»: any of its clauses may be the one asked for
        told = [parsed.text[:end] for _, end in parsed.clauses] or told
    matches = [max(period_match(asked.periods, text, around) for text in told)]
    if asked.years:
        matches.append(_year_match(asked, parsed, span, context))
    elif asked.relative:
        named = [span.time] if span.time else list(parsed.times) if span.type == "sentence" else []
        if any(word in t.text for word in asked.relative for t in named):
            matches.append(1)
        elif any(re.search("今年|去年|前年|明年", t.text) for t in named):
            matches.append(-1)
    if asked.years and matches[-1] == 0:
        return min(matches)  # «上半年» of an article that does not say which year
    return min(matches) if min(matches) < 0 else max(matches)


def _named_alike(asked: Asked, text: str) -> bool:
    """Returns whether the asked year stands before the same name in the text: 2021年河南抗洪, 2023软科.

    Not as what is compared with or reckoned by (为2022年退休人员月人均养老金的3.8%).
    """
    named = _YEAR_OF.findall(asked.question.text)
    return any(re.search(rf"(?<![为按照占较比与同跟]){re.escape(name)}", text) for name in named)


def _is_open_time(text: str, own: str, years: Sequence[str]) -> bool:
    """Returns whether 今年 or a month of an article without a date is of an asked time; `own` is the article's year."""
    month = re.search(r"(\d{1,2})月", text)
    if month and not re.search("去年|上年", text):
        return any(y[:4] == own and y[5:7] == f"{int(month[1]):02}" for y in years)
    return text.startswith("今年") and own in {y[:4] for y in years}


def _year_match(asked: Asked, parsed: Parsed, span: Span, context: Mapping[str, str]) -> int:
    isos = [span.time.iso] if span.time and span.time.iso else []
    if span.type not in {"figure", "date"}:
        isos = [t.iso for t in parsed.times if t.iso]
    if any(same_time(year, iso) for year in asked.years for iso in isos):
        return 1
    if isos:
        return -1
    if _named_alike(asked, parsed.text):
        return 1
    own = parsed.evidence.year
    if span.time is not None and not span.time.iso and not span.time.now:
        return int(_is_open_time(span.time.text, own, asked.years))
    carried = _YEAR_SPOKEN_OF.findall(context["carried"])
    if carried:  # the last year spoken of goes on; one that is only compared with does not
        return 1 if any(year[:4] == carried[-1] for year in asked.years) else 0
    around = context["section"] + context["title"]
    if any(year[:4] in around for year in asked.years):
        return 1
    silent = span.type == "figure" and not _OTHER_YEAR.search(
        parsed.text[: span.start] + context["carried"] + around
    )
    return int(silent and own in asked.years)
