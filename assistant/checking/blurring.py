"""What a clause blurs: one of several, either or both, the level of a body, which way a change goes."""

from __future__ import annotations

import re

_ONE_OF = re.compile("(?P<of>[一-鿿“”]{2})[”）)]?之一")
_FRACTION = re.compile("[一二三四五六七八九十百千万几]分之一")
_ONE_OF_LIKE = re.compile("之一|其中|之中|之列|一[个名家项位座处种支所部]|跻身|属于|任一|任何|任意")
_JOINED = re.compile("(?=(?P<a>[一-鿿a-z]{2})(?P<by>或者?|和|与|及|以及|并)(?P<b>[一-鿿a-z]{2}))")
_EITHER = frozenset({"或", "或者"})
_BODY = re.compile(
    r"(?P<level>[省市县区州镇])(?P<body>(?:市场[一-鿿]{0,4}|(?![省市县区州镇])[一-鿿]{0,8}?)(?:局(?![势面部限])|厅(?![级堂])|(?<![常])委(?![员托派屈任书会])|委员会|政府|办公室"
    "|总工会|妇联|法院|检察院|人大|政协|消协|供销社|商会|协会))"
)
_UP = "增长|增加|上升|提高|提升|增多|上涨|扩大|增强|加快|加大|上调|变多|走高"
_DOWN = "减少|下降|降低|缩减|压减|缩小|回落|下滑|减弱|减慢|减小|下调|变少|走低"
_WAY = re.compile(f"(?P<up>{_UP})|(?P<down>{_DOWN})")
_WORDS = re.compile("[一-鿿]+")
_BESIDE = 2  # characters beside a change that show which one it is

_Fault = tuple[str, str] | None


def one_of_several(stated: str, source: str, around: str) -> _Fault:
    """Finds one of several told as the one: 之一 left out behind words that are told."""
    if _ONE_OF_LIKE.search(stated):
        return None
    for match in _ONE_OF.finditer(source):
        fraction = _FRACTION.search(source, max(0, match.end() - 4), match.end())
        if not fraction and match["of"] in stated:
            return "extent", match["of"]
    return None


def either_or(stated: str, source: str, around: str) -> _Fault:
    """Finds one or the other told as both, or both as one or the other."""
    for match in _JOINED.finditer(stated):
        ends = re.escape(match["a"]), re.escape(match["b"])
        joints = re.findall(f"{ends[0]}(或者?|和|与|及|以及|并){ends[1]}", source)
        if joints and all((j in _EITHER) != (match["by"] in _EITHER) for j in joints):
            return "extent", match["a"] + match["by"] + match["b"]
    return None


def level_of_body(stated: str, source: str, around: str) -> _Fault:
    """Finds a body of another level: 省民政局 where the source has 市民政局 alone."""
    for match in _BODY.finditer(stated):
        body = match["body"]
        levels = set(re.findall(f"([省市县区州镇]){re.escape(body)}", source))
        levels = levels or set(re.findall(f"([省市县区州镇]){re.escape(body)}", around))
        if levels and match["level"] not in levels:
            return "body", match[0]
    return None


def turned_way(stated: str, source: str, around: str) -> _Fault:
    """Finds a change told the other way about beside the same words: 门槛提高 for 门槛降低."""
    for match in _WAY.finditer(stated):
        same, other = (_UP, _DOWN) if match["up"] else (_DOWN, _UP)
        before = stated[max(0, match.start() - _BESIDE) : match.start()]
        after = stated[match.end() : match.end() + _BESIDE]
        for words, pattern in (
            (before, f"{re.escape(before)}(?:{{}})"),
            (after, f"(?:{{}}){re.escape(after)}"),
        ):
            if len(words) < _BESIDE or not _WORDS.fullmatch(words):
                continue
            if re.search(pattern.format(other), source) and not re.search(pattern.format(same), source):
                return "direction", match[0]
    return None
