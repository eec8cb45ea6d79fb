"""Several figures asked for in one breath: 几类多少项, the years of one series, a row of attributes."""

from __future__ import annotations

import re
from collections.abc import Callable

# 那几天, 近几年, 前几次 ask for nothing.
_MANY = re.compile(r"(?:多少|(?<![好十近前这那没])几)[十百千万亿]*[一-鿿]?")
_JOIN = re.compile(r"\s*(?:[、,，]|和|与|及|以及|还有|跟|又)?\s*$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_YEARS = re.compile(r"(?:(?:19|20)\d{2}年?\s*(?:[、,，和与及跟到]|以及)\s*)+(?:19|20)\d{2}年?")
_SEPARATELY = re.compile(r"分别|各自?|各是|两年|这几年")
_ATTRIBUTE = r"(?:人数|数量|数目|总数|总量|个数|占比|比例|比重|百分比|百分点|金额|总额|规模|面积|增幅|增速|增长率|满意度|覆盖率|场次|班次|人次|件数|户数|家数|工资|收入|经费|资金)"
_ENDS_IN_ATTRIBUTE = re.compile(_ATTRIBUTE + r"(?:是|各|分别|为|有)*(?:多少|几)?$")


def by_measures(text: str) -> list[str]:
    """Returns a question for each 多少 or 几 of one clause, [] if there are not several.

    >>> by_measures("部署了几类多少项任务")
    ['部署了几类任务', '部署了多少项任务']
    >>> by_measures("投入了多少志愿者和多少车辆?")
    ['投入了多少志愿者', '投入了多少车辆']
    """
    bare = text.strip(" ?？。")
    found = list(_MANY.finditer(bare))
    if len(found) < 2 or re.search(r"[,，;；?？]", bare[found[0].start() : found[-1].start()]):
        return []
    head, ends = bare[: found[0].start()], [*(m.start() for m in found[1:]), len(bare)]
    pieces = [_JOIN.sub("", bare[m.start() : end]) for m, end in zip(found, ends, strict=True)]
    noun = bare[found[-1].end() :]
    whole = [p if len(p) > len(m[0]) else m[0] + noun for p, m in zip(pieces, found, strict=True)]
    return [head + piece for piece in whole] if len(set(whole)) == len(whole) else []


_CHANGE = re.compile(
    r"^(?P<head>[^,，]*?)(?:是|就)?从(?P<from>(?:多少|几)[^升降涨增提减扩下压缩变到至]{0,6})(?P<verb>[^,，]{0,4}(?:升|降|涨|增|提|减|扩|压|缩|变|发展|上|下)[^,，]{0,3}(?:到|至|成|为))(?P<to>了?(?:多少|几).*?)的?$"
)


def by_change(text: str) -> list[str]:
    """Returns a question for how things stood and one for how they stand, [] if not both are asked for.

    >>> by_change("调解率是从多少升到多少的?")
    ['调解率原来是多少', '调解率升到多少']
    """
    match = _CHANGE.match(text.strip(" ?？。"))
    if match is None:
        return []
    return [match["head"] + "原来是" + match["from"], match["head"] + match["verb"] + match["to"]]


def by_years(text: str) -> list[str]:
    """Returns a question for each of several years asked for one by one, [] if there are not several.

    >>> by_years("报考人数2024年、2025年的增幅各是多少")
    ['报考人数2024年的增幅是多少', '报考人数2025年的增幅是多少']
    """
    run = _YEARS.search(text)
    if run is None or not _SEPARATELY.search(text):
        return []
    years = _YEAR.findall(run[0])
    after = re.sub(
        r"^的?(?:两年|这几年)?", lambda m: "的" if m[0].startswith("的") else "", text[run.end() :]
    )
    rest = _SEPARATELY.sub("", after)
    return [text[: run.start()] + year.removesuffix("年") + "年" + rest for year in years]


def by_attributes(text: str, places: Callable[[str], list[tuple[int, int, str]]]) -> list[str]:
    """Returns a question for each attribute of a row named without a question word, [] if there is no row.

    «成都的志愿者人数、队伍数量,还有占常住人口的百分比» asks for three figures.
    """
    bare = text.strip(" ?？。")
    pieces = [
        p.strip(" 的和与") for p in re.split(r"、|,|，|以及|还有|\s+(?=\S*$)|和(?=[一-鿿]{2,12}$)", bare)
    ]
    pieces = [p for p in pieces if p]
    if len(pieces) < 2 or not all(_ENDS_IN_ATTRIBUTE.search(p) for p in pieces):
        return []
    named = places(pieces[0])
    lead = pieces[0][: named[0][1]] if named else ""
    subject = re.sub(_ATTRIBUTE + r"(?:是|各|分别|为|有)*(?:多少|几)?$", "", pieces[0]).strip("的 ")
    return [pieces[0], *(_led(p, lead, subject) for p in pieces[1:])]


def _led(piece: str, lead: str, subject: str) -> str:
    """Returns a later attribute with what it is of put in front: the whole subject where it names nothing itself."""
    if re.fullmatch(rf"(?:占[一-鿿]{{0,12}}的)?{_ATTRIBUTE}(?:是|各|分别|为|有)*(?:多少|几)?", piece):
        return subject + piece
    return piece if lead and lead in piece else lead + piece
