"""What the reader knows of Chinese, gathered once: segmenter, word frequencies, synonyms, names and places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from assistant.reading.matching import Matcher
from assistant.reading.question import Question
from assistant.reading.spelling import mended
from assistant.reading.terms import Term, question_terms, word_weight
from retrieval import Tokenizer, aligned, find_places

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤符温尤莫殷翁庄柯"
_NAME_AFTER_TITLE = re.compile(
    rf"(?:书记|部长|主任|局长|会长|主席|市长|省长|县长|区长|镇长|厅长|处长|科长|校长|院长|教授|记者|通讯员|文字|编辑|责编|签发|负责人|委员|代表|队长|站长|经理|董事长|总经理|小哥|驾驶员|司机|军嫂|志愿者|社工|居民|村民|网格员|党员|医生|老师|教师|民警)[::]?(?P<name>[{_SURNAMES}][一-鿿]{{1,2}})(?![一-鿿]*?(?:市|县|区|省|局|部)委)"
)
_NAME_THEN_SPEAKS = re.compile(rf"(?P<name>[{_SURNAMES}][一-鿿]{{1,2}})(?=说|表示|介绍|告诉|认为|坦言|指出)")
_NOT_NAME = re.compile("[的了在和与为是有说等将被把对都也就]|负责|委员|记者|工作|社会|服务")


class Language:
    """Segmenter, frequencies, synonyms, names and places behind one face.

    Args:
        tokenizer: The library's tokenizer, so that words are cut alike everywhere.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.normalise = lru_cache(maxsize=50000)(aligned)
        self._cut = lru_cache(maxsize=5000)(lambda text: tuple(tokenizer.cut(text)))
        self.matcher = Matcher(self.words, load_synonyms())

    def words(self, text: str) -> list[str]:
        """Returns the words of a text, long compounds of the lexicon parted into theirs."""
        return [piece for word in self._tokenizer.cut(text) for piece in self._pieces(word)]

    def _pieces(self, word: str) -> list[str]:
        if len(word) < 4:
            return [word]
        parts = [w for w in self._tokenizer.words(word) if w != word and 2 <= len(w) < len(word)]
        pieces, position = [], 0
        while position < len(word):
            piece = max((p for p in parts if word.startswith(p, position)), key=len, default="")
            if not piece:
                return [word]
            pieces.append(piece)
            position += len(piece)
        return pieces

    def terms(self, question: Question, places: tuple[str, ...]) -> tuple[Term, ...]:
        """Returns the terms of a question, telling words weighing more."""
        tokenizer = self._tokenizer

        def weigh(word: str) -> tuple[float, bool]:
            return word_weight(word, tokenizer.tag(word), tokenizer.frequency(word), tokenizer.total)

        return question_terms(question, self.words, weigh, places)

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Returns the administrative places named in a text as (start, end, as written)."""
        return [(p.start, p.end, p.text) for p in find_places(text)]

    def mended(self, question: str, evidence: Iterable[str]) -> str:
        """Returns the question with slips of the input method mended by the evidence's words."""
        texts = [self.normalise(text) for text in evidence]
        known = {word for text in texts for word in (*self.matcher.words(text), *self._cut(text))}
        places = [name for _, _, name in self.places(question)]
        places += re.findall("(?:多少|几)[一-鿿]", question)  # the measure word is meant as written
        cut = self._tokenizer.cut(question)
        return mended(question, cut, "\n".join(texts), known, self._tokenizer.frequency, places)

    def is_noun(self, word: str) -> bool:
        """Returns whether a word is a noun or a name."""
        return self._tokenizer.tag(word)[:1] in {"n", "j", ""}

    def people(self, text: str) -> list[tuple[int, int, str]]:
        """Returns the personal names in a text as (start, end, name), found by surname beside a title or a verb of speaking."""
        found = {}
        for pattern in (_NAME_AFTER_TITLE, _NAME_THEN_SPEAKS):
            for match in pattern.finditer(text):
                start, name = match.start("name"), match["name"]
                while len(name) > 2 and (
                    _NOT_NAME.search(name[2:]) or self._tokenizer.frequency(text[start + 2 : start + 4]) > 50
                ):
                    name = name[:-1]
                if not _NOT_NAME.search(name):
                    found[start] = (start, start + len(name), name)
        return [found[start] for start in sorted(found)]


@lru_cache(maxsize=1)
def load_synonyms() -> dict[str, frozenset[str]]:
    """Returns each word of the committed synonym list with the other words of its groups."""
    table: dict[str, set[str]] = {}
    for line in files("assistant").joinpath("data/synonyms.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        group = line.split()
        for word in group:
            table.setdefault(word, set()).update(w for w in group if w != word)
    return {word: frozenset(others) for word, others in table.items()}
