"""Where something is: divisions, towns, villages, streets, stations and the like named in a text, of the sort asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.reading.question import Question

# The last characters of a place's name, by the word a question asks for it with.
_SORTS: dict[str, tuple[str, ...]] = {
    "省份": ("省",),
    "城市": ("市",),
    "地级市": ("市",),
    "县城": ("县",),
    "城区": ("区",),
    "乡镇": ("镇", "乡", "街道"),
    "村子": ("村", "屯"),
    "村庄": ("村", "屯"),
    "村": ("村", "屯"),
    "车站": ("站",),
    "火车站": ("站",),
    "景区": ("景区", "公园", "风景区", "度假区", "古镇"),
    "街": ("街", "路", "大道"),
    "路": ("路", "街", "大道"),
    "马路": ("路", "街", "大道"),
    "桥": ("桥",),
    "大桥": ("桥",),
    "小区": ("小区", "花园", "家园", "苑"),
}
_DIVISIONS = frozenset("省市区县州旗盟")
_SINGLE = frozenset("镇乡村屯街路巷桥河湖江山岛站港湾寺")
_LONGER = frozenset(
    "街道 社区 小区 园区 景区 广场 大道 公园 车站 村庄 村子 乡镇 火车站 水库 林场 农场 码头 大桥".split()
)
_ENDS_DIVISION = re.compile("[省市县区镇乡州盟旗]$|街道$|新区$|开发区$")
_STOPS = frozenset("pcudrmqyfwe")  # tags of words that stand in no name of a place
_STOP_WORDS = frozenset(
    "在 于 是 到 从 由 和 与 及 的 了 为 位于 来自 来到 走进 走访 抵达 属于 地处 发生 成立 开展 举行 建设 居民 村民 市民 记者 老旧 新 老 小 大 全 各 该 本 同 每 其 原 村庄 村子 小区 车站 乡镇 临靠 靠近 邻近 紧邻 附近 座落 坐落".split()
)
_WITHIN = re.compile(
    "^.{1,4}?(?:[镇乡村线段区县市]|铁路|街道|高速)(?=[一-鿿]{2})"
)  # 东沟镇|茅圻村, 丰沙线|安家庄站
_NO_PLACE = 0.4
_WHICH_PLACES = re.compile(
    "哪(?:些|几个)(乡镇|城市|镇|村|街道|社区|小区|省|县|区)(?![一-鿿]*(?:工作|干部|人员))"
)
_EVERYDAY = 100  # how often a word of the corpus occurs that is no name by itself
_OFTEN_DONE = 30  # how often a verb occurs that stands in no name
_MOST = 9

Found = tuple[int, int, str]
Frequency = Callable[[str], int]
Tag = Callable[[str], str]


def is_local(thing: str) -> bool:
    """Returns whether a sort of thing asked for is a place: 镇, 小区, 车站."""
    return thing in _SORTS or thing in _DIVISIONS or thing in _SINGLE or thing in _LONGER


def placeless(question: Question, text: str, find: Callable[[str, str], Sequence[Found]]) -> float:
    """Returns what speaks against a sentence that names none of the places asked for: «哪些乡镇»."""
    several = _WHICH_PLACES.search(question.text) if question.kind == "place" else None
    return 0.0 if several is None or find(text, several[1]) else _NO_PLACE


def of_sort(
    text: str,
    thing: str,
    divisions: Sequence[Found],
    words: Sequence[str],
    known: tuple[Frequency, Tag],
) -> list[Found]:
    """Returns the places in a text that are of the sort asked for, as (start, end, name).

    Args:
        text: Any text.
        thing: The sort asked for: 镇, 城市; see `is_local`.
        divisions: Provinces, cities and counties named in the text.
        words: The text cut into words.
        known: How often a word occurs in a corpus, and its part of speech.
    """
    sorts = _SORTS.get(thing, (thing,))
    if sorts[0] in _DIVISIONS:
        named = [d for d in divisions if d[2].endswith(sorts)]
        bare = [d for d in divisions if not _ENDS_DIVISION.search(d[2])]
        return sorted([*named, *(bare if sorts[0] in "省市" else [])])
    return list(_by_ending(text, sorts, {end for _, end, _ in divisions}, words, known))


_DIRECTION = re.compile("[东西南北中]{1,2}(?:部|面|侧|端|缘|郊)")


def directions(text: str, divisions: Sequence[Found]) -> list[Found]:
    """Returns where in a larger place something lies, as (start, end, text): 云南省东北部."""
    begins = {end: start for start, end, _ in divisions}
    spans = [(begins.get(m.start(), m.start()), m.end()) for m in _DIRECTION.finditer(text)]
    return [(start, end, text[start:end]) for start, end in spans]


def chains(
    divisions: Sequence[Found], text: str, words: Sequence[str], known: tuple[Frequency, Tag]
) -> list[Found]:
    """Returns the places of a text, a division with what lies in it as one: 安县千佛镇老望沟村."""
    ends = {end for _, end, _ in divisions}
    inner = list(_by_ending(text, ("县", "区", "镇", "乡", "街道", "村", "社区"), ends, words, known))
    found: list[Found] = []
    for start, end, _ in sorted([
        *divisions,
        *(n for n in inner if n[0] in ends or any(n[0] == m[1] for m in inner)),
    ]):
        if found and start == found[-1][1]:
            first = found.pop()[0]
            found.append((first, end, text[first:end]))
        elif not found or start >= found[-1][1]:
            found.append((start, end, text[start:end]))
    return found


def _by_ending(
    text: str,
    sorts: tuple[str, ...],
    ends: Collection[int],
    words: Sequence[str],
    known: tuple[Frequency, Tag],
) -> Iterator[Found]:
    """Yields the names that end with one of the sorts, as far back as their words may belong to a name."""
    frequency, tag = known
    starts: list[int] = []
    position = 0
    for word in words:
        starts.append(position)
        position += len(word)
    for i, word in enumerate(words):
        if not word.endswith(sorts):
            continue
        start, end, j = starts[i], starts[i] + len(word), i
        sort = next(s for s in sorts if word.endswith(s))
        while (
            j
            and start not in ends
            and end - start < _MOST
            and _may_be_part(words[j - 1], text[start:end], sort, known)
        ):
            j -= 1
            start = starts[j]
        if (cut := _WITHIN.match(text[start : end - len(sort)])) and cut.end() < end - start - len(sort):
            start += cut.end()
        name = text[start:end]
        common = len(word) > len(sort) and frequency(word) > _EVERYDAY and not tag(word).startswith("ns")
        common = common and (
            j == i or (len(words[j]) > 1 and tag(words[j])[:2] not in {"ns", "nr", "nz", ""})
        )
        if (
            len(name) > len(sort)
            and not common
            and not re.match("[全各该本这那每其同某我]|老旧|新建|示范|试点", name)
        ):
            yield start, end, name


def _may_be_part(word: str, name: str, sort: str, known: tuple[Frequency, Tag]) -> bool:
    frequency, tag = known
    if not re.fullmatch("[一-鿿]+", word) or word in _STOP_WORDS:
        return False
    kind = tag(word)[:1]
    if kind in _STOPS and not (len(name) == len(sort) and len(word) > 1 and kind in "df"):
        return False
    if kind == "v" and frequency(word) > _OFTEN_DONE:
        return False
    return len(name) == len(sort) or not _ENDS_DIVISION.search(word)
