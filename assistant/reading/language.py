"""What the reader knows of Chinese, gathered once: segmenter, word frequencies, synonyms, names and places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from assistant.reading.bodies import body_spans
from assistant.reading.matching import Matcher
from assistant.reading.question import Question
from assistant.reading.spelling import mended, undoubled
from assistant.reading.terms import Term, question_terms, unasked, word_weight
from assistant.reading.vocabulary import load_vocabulary
from retrieval import Tokenizer, aligned, find_places

# The surnames of nearly everybody: about four hundred single ones and the compound ones.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
    "尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷"
    "晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺"
    "楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阎昌禄计贝戎酆郦滑罗毋於"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|夏侯|申屠|端木|闻人|澹台|轩辕"
_TITLE = (
    "书记|部长|主任|局长|会长|主席|市长|省长|县长|区长|镇长|乡长|村长|州长|盟长|旗长|厅长|处长|科长|校长|院长|所长|站长|馆长|园长|社长|行长|台长|总队长|支队长|大队长|中队长|队长|"
    "理事长|秘书长|董事长|总经理|总裁|经理|厂长|组长|团长|教授|研究员|工程师|律师|记者|通讯员|文字|编辑|责编|校对|审核|签发|监制|供稿|作者|撰文|摄影|负责人|委员|代表|专员|巡视员|"
    "小哥|驾驶员|司机|军嫂|志愿者|社工|居民|村民|市民|网格员|党员|医生|护士|老师|教师|民警|辅警|队员|成员|骑手|店主|老板|农户|大户|大爷|大妈|大叔|阿姨|奶奶|爷爷|师傅|同志|干事|干部|学生|创始人|发言人|指导员|调解员|楼长|业主|患者|家属|获得者|传承人"
)
_NAME = rf"(?:(?:{_COMPOUND})[一-鿿]{{1,2}}|[{_SURNAMES}][一-鿿]{{1,2}})"
_NAME_AFTER_TITLE = re.compile(
    rf"(?:{_TITLE})(?:[:：]\s*)?\s*(?P<name>{_NAME})(?![一-鿿]*?(?:市|县|区|省|局|部)委)"
)
# Further names of a line of credits: «文字:甲 乙».
_NAME_IN_CREDITS = re.compile(
    rf"(?<=[:：][{_SURNAMES}][一-鿿][\s、])(?P<name>{_NAME})(?![一-鿿])"
    rf"|(?<=[:：][{_SURNAMES}][一-鿿][一-鿿][\s、])(?P<later>{_NAME})(?![一-鿿])"
)
_NAME_THEN_SPEAKS = re.compile(
    rf"(?P<name>{_NAME})(?=说|表示|介绍|告诉|认为|坦言|指出|透露|强调|解释|回忆|感慨|笑着|直言|补充|向记者|对记者|先生|女士)"
)
_NAME_THEN_TITLE = re.compile(rf"(?:^|[\s;；])(?P<name>{_NAME})[\s,，(（]{{1,2}}[一-鿿]{{2,24}}?(?:{_TITLE})")
_TAKES_OFFICE = re.compile("任(?:总|副|组长|主任|队长|书记|会长|召集|负责|主席|秘书)")  # 部长任总召集人
_COMMON = 50  # how often a word occurs that hardly stands within a name
_VERB = 1000  # how often a verb of one character occurs that people speak with
_EVERYDAY = 200  # how often a word of the corpus that is no name occurs
_NOT_NAME = re.compile("制$|[的了在和与为是有说等将被把对都也就]|负责|委员|记者|工作|社会|服务")


def _is_part(word: str, whole: str) -> bool:
    return word != whole and (word.rstrip("了过着") or word) in whole


class Language:
    """Segmenter, frequencies, synonyms, names and places behind one face.

    Args:
        tokenizer: The library's tokenizer, so that words are cut alike everywhere.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._pieces = lru_cache(maxsize=50000)(self._parted)
        self.normalise = lru_cache(maxsize=50000)(aligned)
        self._cut = lru_cache(maxsize=5000)(lambda text: tuple(tokenizer.cut(text)))
        self._places = lru_cache(maxsize=20000)(
            lambda text, near: tuple((p.start, p.end, p.text) for p in find_places(text, near=near))
        )
        self._tag = lru_cache(maxsize=50000)(tokenizer.tag)
        self._is_noun = lru_cache(maxsize=50000)(lambda word: tokenizer.tag(word)[:1] in {"n", "j", ""})
        self.vocabulary = load_vocabulary()
        self.matcher = Matcher(
            self.words, self.vocabulary, lambda word: tokenizer.frequency(word) > 0, self.is_noun
        )

    def words(self, text: str) -> list[str]:
        """Returns the words of a text, long compounds of the lexicon parted into theirs."""
        return [piece for word in self._tokenizer.cut(text) for piece in self._pieces(word)]

    def _parted(self, word: str) -> list[str]:
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

        def words(text: str) -> list[str]:
            cut = self.vocabulary.joined(self.words(text), lambda word: self.tag(word) == "v")
            return [piece for word in cut for piece in (word if self._cut_across(word) else (word,))]

        def weigh(word: str) -> tuple[float, bool]:
            if not tokenizer.frequency(word):  # an expression weighs what the commonest word for it does
                whole = word
                word = max((word, *sorted(self.vocabulary.same(word))), key=tokenizer.frequency)
                if not tokenizer.frequency(word) and len(parts := self.words(whole)) > 1:
                    return max(map(weigh, parts))  # 生活不能自理的老人: what its most telling word does
            return word_weight(word, tokenizer.tag(word), tokenizer.frequency(word), tokenizer.total)

        wholes = self._wholes(question.text.lower())
        return tuple(
            replace(term, wholes=tuple(w for w in dict.fromkeys(wholes) if _is_part(term.text, w)))
            for term in question_terms(question, words, weigh, places)
        )

    def _cut_across(self, word: str) -> bool:
        """Returns whether what the segmenter took for a word is the end of one and a verb: 村|断, 点|住."""
        if len(word) != 2 or self._tokenizer.frequency(word) or word in self.vocabulary:
            return False
        return self.tag(word[1])[:1] in {"v", "p"} and self._tokenizer.frequency(word[1]) >= _VERB

    def _wholes(self, text: str) -> list[str]:
        """Returns the expressions of a question, those too whose verb and object the asking parts: 种了多少棵树."""
        words = self.words(unasked(text))
        met = [w for w in words if len(w) > 1 and w not in text and w in self.vocabulary]
        return [*met, *self.vocabulary.expressions(self.words(text)), *self.vocabulary.expressions(words)]

    def places(self, text: str, near: Collection[str] = ()) -> list[tuple[int, int, str]]:
        """Returns the administrative places named in a text as (start, end, as written).

        Names of divisions in `near` let short forms of their counties count, as in an article about them.
        """
        return list(self._places(text, frozenset(near)))

    def mended(self, question: str, evidence: Iterable[str]) -> str:
        """Returns the question with slips of the input method mended by the evidence's words."""
        texts = [self.normalise(text) for text in evidence]
        question = undoubled(question, "\n".join(texts), self._tokenizer.frequency)
        places = [name for _, _, name in self.places(question)]
        places += re.findall("(?:多少|几)[一-鿿]|[加合算][起下]来", question)  # meant as written
        cut = self._tokenizer.cut(question)

        def known() -> set[str]:
            whole = {word for text in texts for word in self._cut(text)}
            return whole.union(*map(self._pieces, whole))

        return mended(question, cut, "\n".join(texts), known, self._tokenizer.frequency, places)

    def cut(self, text: str) -> tuple[str, ...]:
        """Returns the words of a text without overlap (remembered)."""
        return self._cut(text)

    def marks(self, term: str) -> list[str]:
        """Returns tokens of the index that every text holding a term as written has."""
        return self._tokenizer.marks(term)

    def tag(self, word: str) -> str:
        """Returns a word's part of speech in the segmenter's dictionary, "" if unknown."""
        return self._tag(word)

    def names_in(self, text: str) -> str:
        """Returns the places and nouns of a text in order, times and all that happened left out."""
        normal = self.normalise(text)
        nouns = [
            w for w in self.cut(normal) if len(w) > 1 and self.is_noun(w) and not re.search(r"[\d年月]", w)
        ]
        return " ".join([name for _, _, name in self.places(normal)] + nouns)

    def is_noun(self, word: str) -> bool:
        """Returns whether a word is a noun or a name."""
        return self._is_noun(word)

    def bodies(self, text: str, last: Collection[str] = ()) -> list[tuple[int, int, str]]:
        """Returns the offices, firms, schools and the like named in a text as (start, end, text).

        With `last`, the things whose names end with one of these words.
        """
        return body_spans(text, self.cut, self.tag, last)

    def people(self, text: str) -> list[tuple[int, int, str]]:
        """Returns the personal names in a text as (start, end, name), found by surname beside a title or a verb of speaking."""
        found = {}
        for pattern in (_NAME_AFTER_TITLE, _NAME_IN_CREDITS, _NAME_THEN_SPEAKS, _NAME_THEN_TITLE):
            for match in pattern.finditer(text):
                group = "name" if match["name"] else "later"
                start, name = match.start(group), match[group]
                while len(name) > 2 and (
                    _NOT_NAME.search(name[2:]) or self._begins_word(text[start + 2 : start + 4])
                ):
                    name = name[:-1]
                if not _NOT_NAME.search(name) and self._may_be_name(text, start, name):
                    found[start] = (start, start + len(name), name)
        return [found[start] for start in sorted(found)]

    def _may_be_name(self, text: str, start: int, name: str) -> bool:
        """Returns whether what looks like a name is no everyday word (单位, 文章) and cut from none (原文|最后)."""
        if _TAKES_OFFICE.match(text, start):
            return False
        if self._tokenizer.frequency(name) > _EVERYDAY and not self.tag(name).startswith("nr"):
            return False
        return start == 0 or self._tokenizer.frequency(text[start - 1 : start + 1]) <= _EVERYDAY

    def _begins_word(self, pair: str) -> bool:
        """Returns whether two characters are an everyday word, so that the first of them ends no name."""
        return len(pair) == 2 and self._tokenizer.frequency(pair) > _COMMON
