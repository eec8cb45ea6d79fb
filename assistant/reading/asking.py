"""A question made ready for reading: kind, terms, and the places, towns and times that limit it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.reading.asked import Asked
from assistant.reading.constraints import Finder
from assistant.reading.english import chinese_question, is_english
from assistant.reading.language import Language
from assistant.reading.periods import find_periods
from assistant.reading.question import understand
from assistant.reading.spots import find_spots
from assistant.reading.things import asked_thing
from retrieval import ArticleMeta, regions_of

_BASE = re.compile(
    r"(?:跟|与|和|同|较|比)\s*(?:19|20)\d{2}年?(?=相比|比|[^,，]{0,20}(?:多|少|增|减|涨|降|高|低))"
)
_SHORT_YEAR = re.compile(
    r"(^|[\s,，]|(?![过满到足少近约超了每缴干龄限长])[一-鿿])([12]\d)年(?=[一-鿿])(?![来内间以多后前里])(?<!第..年)"
)
_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})(?![\d.%]|\s*[余多]?(?:[万亿千百]|[元人名个户家件项场次条份栋所支座间套辆](?!年)))(?:年(?:(\d{1,2})月)?)?"
)


NAMED_KINDS = frozenset({"other", "definition", "document", "place", "organisation"})


class Asking:
    """Understands questions by what the library is about.

    Args:
        language: What is known of Chinese.
        articles: All articles' metadata.
    """

    def __init__(self, language: Language, articles: Callable[[], Sequence[ArticleMeta]]) -> None:
        self._language = language
        self._articles = articles

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Returns the places named in a text as (start, end, as written), short names of the articles' own among them."""
        return self._language.places(text, self._regions())

    def in_chinese(self, text: str) -> str:
        """Returns a question in English as a Chinese one (words without a translation stay), any other as it is."""
        return chinese_question(text, self._regions()) if is_english(text) else text

    def ask(self, text: str) -> Asked:
        """Returns a question in normalised text ready for reading."""
        text = _SHORT_YEAR.sub(r"\g<1>20\g<2>年", _written(text))
        question = understand(text)
        found = self.places(text)
        places = _most_specific(tuple(dict.fromkeys(p for _, _, p in found)), question.quoted)
        years = tuple(
            f"{y}-{int(m):02}" if m else y for y, m in _YEAR.findall(_BASE.sub(" ", _without_quoted(text)))
        )
        years = tuple(
            y
            for y in years
            if not re.search(rf"{y[:4]}年(?:的)?(?:目标|规划|计划|指标|任务)(?!.{{0,3}}(?:是|为|达))", text)
        )
        relative = tuple(dict.fromkeys(re.findall("今年|去年|前年|明年", _without_quoted(text))))
        spots = tuple(find_spots(text, [end for _, end, _ in found]))
        periods = tuple(dict.fromkeys(months for _, months in find_periods(text)))
        terms = self._language.terms(question, (*places, *spots))
        thing = ""
        if question.kind in NAMED_KINDS:
            thing = asked_thing(text, self._language.words, self._language.is_noun, terse=question.terse)
        return Asked(question, terms, years, places, relative, spots, periods, thing)

    def things(self, text: str) -> list[str]:
        """Returns the things that a turn names itself, places left out."""
        return [t.text for t in self.ask(text).terms if t.carries and len(t.text) > 1 and t.kind == "word"]

    def _regions(self) -> frozenset[str]:
        """Returns the divisions that the articles are about, so that a question may name them in short."""
        return _divisions(regions_of(self._articles()), self._language.places)


# Ways of speaking put as they are written; the thing asked about stays the same.
_SPOKEN = (
    # A verb parted from its noun: 挂的牌, 开了工.
    (re.compile("([挂揭开动完竣投通剪签])[的了过]([牌工业产车彩约])(?![一-鿿])"), r"\1\2"),
    (re.compile("好多(?=[个名家场件条项人次支位])"), "多少"),  # in the south-west
    (re.compile("百份(?=之)"), "百分"),
    (re.compile("(?:多少|几)个点(?![位])"), "多少个百分点"),
    (re.compile("([\\d一二三四五六七八九十两])个亿"), r"\1亿"),
    (re.compile("(?<![超通不])(?:超过|[过上超破])亿元?(?![人次户条份部台吨度])"), "1亿元以上"),
    (re.compile("每一(?=[万千百]?(?:个?人|名|户|家|个))"), "每"),
    (re.compile("归([省市县区镇])(?:里|上)?(?:面)?(?:来)?(?:管|属)(?:辖|理)?"), r"\1级"),
)


def _written(text: str) -> str:
    for pattern, instead in _SPOKEN:
        text = pattern.sub(instead, text)
    return text


@lru_cache(maxsize=8)
def _divisions(regions: tuple[str, ...], places: Finder) -> frozenset[str]:
    return frozenset(name for region in regions for _, _, name in places(region))


def _without_quoted(text: str) -> str:
    return re.sub(r"《[^《》]*》|“[^“”]*”", " ", text)


def _most_specific(places: tuple[str, ...], quoted: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the places less those that only stand inside a quoted name."""
    return tuple(p for p in places if not any(p in q for q in quoted))
