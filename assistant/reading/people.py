"""Personal names in a text: by surname beside a title or a verb of speaking, and by how the segmenter cuts the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from assistant.reading.segments import inside_quotes

# The surnames of nearly everybody: about four hundred single ones and the compound ones.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
    "尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷"
    "晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺"
    "楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阎昌禄计贝戎酆郦滑罗毋於"
    "杲"
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
_SPEAKS = "说|表示|介绍|告诉|认为|坦言|指出|透露|强调|解释|回忆|感慨|笑着|直言|补充|向记者|对记者|先生|女士"
_NAME_THEN_SPEAKS = re.compile(rf"(?P<name>{_NAME})(?={_SPEAKS})")
_NAME_THEN_TITLE = re.compile(rf"(?:^|[\s;；])(?P<name>{_NAME})[\s,，(（]{{1,2}}[一-鿿]{{2,24}}?(?:{_TITLE})")
_TAKES_OFFICE = re.compile("任(?:总|副|组长|主任|队长|书记|会长|召集|负责|主席|秘书)")  # 部长任总召集人
_COMMON = 50  # how often a word occurs that hardly stands within a name
_EVERYDAY = 200  # how often a word of the corpus that is no name occurs
_NOT_NAME = re.compile("制$|[的了在和与为是有说等将被把对都也就]|负责|委员|记者|工作|社会|服务")

# A name of another language, written with dots; outside of names in quotation marks.
_DOTTED = re.compile("[一-鿿]{2,7}(?:·[一-鿿]{1,8})+")
_NO_PERSON = re.compile("[网报社台院会所区市县]|基金|融媒|客户端")
_LED_BY = re.compile(rf"(?:[长员师家手工民警兵者生书记任表人]|{_TITLE})$")
_FOLLOWED = re.compile(rf"{_SPEAKS}|同学|教授|老师|医生|老人|同志|夫妇|一家|带领|带着")
# Surnames that are hardly anything else, so that a word of two or three characters with one of them is a name.
_FIRM = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖董潘袁蔡蒋杜叶程苏魏吕丁卢姚沈姜崔谭陆范汪廖贾邹孟熊秦邱尹薛闫段侯陶黎贺郝龚邵"
    "钱赖覃武莫汤温葛邢庞颜倪聂翟殷詹欧耿俞甘祝阮柯纪梅童凌裴霍涂苗曲冉骆辛靳柴蒙鲍喻祁房滕屈饶艾尤缪麦褚娄窦戚岑费卜冷宗瞿佟臧闵苟邬卞姬仇栾沙巫寇桑甄"
)
_THING = re.compile(
    "[镇村庄区县市省州站路街河湖山会网报店社院型化性级类点岗人次时单课县寺洛桥湾寨屯沟雨]$|[一二三四五六七八九十]"
)
_TRAILING = frozenset("摄向与和称对在从为被将让")  # what the segmenter takes into a name: 刘洋|摄
_FUNCTION = frozenset("pcudry")  # tags of words that are surnames only now and then: 于, 向, 和

Frequency = Callable[[str], int]
Tag = Callable[[str], str]
Found = tuple[int, int, str]


def people_in(text: str, frequency: Frequency, tag: Tag) -> list[Found]:
    """Returns the names found by surname beside a title or a verb of speaking, as (start, end, name)."""
    found = {}
    for pattern in (_NAME_AFTER_TITLE, _NAME_IN_CREDITS, _NAME_THEN_SPEAKS, _NAME_THEN_TITLE):
        for match in pattern.finditer(text):
            group = "name" if match["name"] else "later"
            start, name = match.start(group), match[group]
            while len(name) > 2 and (
                _NOT_NAME.search(name[2:]) or _begins_word(text[start + 2 : start + 4], frequency)
            ):
                name = name[:-1]
            if not _NOT_NAME.search(name) and _may_be_name(text, start, name, frequency, tag):
                found[start] = (start, start + len(name), name)
    return [found[start] for start in sorted(found)]


def _may_be_name(text: str, start: int, name: str, frequency: Frequency, tag: Tag) -> bool:
    """Returns whether what looks like a name is no everyday word (单位, 文章) and cut from none (原文|最后)."""
    if _TAKES_OFFICE.match(text, start):
        return False
    if frequency(name) > _EVERYDAY and not tag(name).startswith("nr"):
        return False
    return start == 0 or frequency(text[start - 1 : start + 1]) <= _EVERYDAY


def _begins_word(pair: str, frequency: Frequency) -> bool:
    """Returns whether two characters are an everyday word, so that the first of them ends no name."""
    return len(pair) == 2 and frequency(pair) > _COMMON


def likely_people(text: str, words: Sequence[str], frequency: Frequency, tag: Tag) -> list[Found]:
    """Returns all that may be personal names in a text, as (start, end, name): what a question for a person chooses from.

    Besides those of `people_in`, names that the segmenter finds without a title beside them, and names of other languages.

    Args:
        text: Any text.
        words: The text cut into words.
        frequency: How often a word occurs in a corpus, 0 for one that the segmenter only guessed.
        tag: Word → part of speech, "" if unknown.
    """
    cut = list(_by_cut(text, words, frequency, tag))
    dotted = list(_dotted(text, words, frequency, tag)) if "·" in text else []
    firm = [n for n in people_in(text, frequency, tag) if not _in_words(n, words, tag)]
    longer = {n[0]: n for n in [*cut, *firm] if not any(_overlaps(n, d) for d in dotted)}
    for name in cut:  # 县长赵源华表示: the segmenter holds together what 华表 would part
        if name[0] in longer and len(name[2]) > len(longer[name[0]][2]):
            longer[name[0]] = name
    kept: list[Found] = []
    for name in sorted([*longer.values(), *dotted]):
        if not kept or name[0] >= kept[-1][1]:
            kept.append(name)
    return kept


def _dotted(text: str, words: Sequence[str], frequency: Frequency, tag: Tag) -> Iterator[Found]:
    """Yields names written with dots, without the title before them: 厅长|帕尔哈提·加拉力|表示."""
    ends = list(accumulate(map(len, words)))
    for match in _DOTTED.finditer(text):
        start, end = match.span()
        before = [w for w, e in zip(words, ends, strict=True) if start < e <= start + match[0].find("·")]
        while before and len(before[0]) > 1 and frequency(before[0]) and tag(before[0])[:2] != "nr":
            start += len(before.pop(0))
        last = start + text[start:end].rfind("·") + 1
        end = min((e for e in ends if e > last), default=end)
        name = text[start:end]
        if before and not inside_quotes(text, start) and not _NO_PERSON.search(name):
            yield start, end, name


def _by_cut(text: str, words: Sequence[str], frequency: Frequency, tag: Tag) -> Iterator[Found]:
    """Yields the words, or a surname with the word after it, that are built like a name."""
    start = 0
    for i, given in enumerate(words):
        word = given[:-1] if len(given) > 2 and given[-1] in _TRAILING else given
        end = start + len(word)
        after = words[i + 1] if i + 1 < len(words) else ""
        if _is_whole_name(word, frequency, tag):
            firm = word[0] in _FIRM and (len(word) > 2 or text[:start].endswith("的"))  # 林草, 黄桃: no names
            if firm or _marked(text, start, end):
                yield start, end, word
        elif _is_surname(word) and 1 <= len(after) <= 2 and _is_given(after, frequency, tag):
            function = tag(word)[:1] in _FUNCTION
            if _marked(text, start, end + len(after)) and (not function or not frequency(after)):
                yield start, end + len(after), word + after
        start += len(given)


def _marked(text: str, start: int, end: int) -> bool:
    return bool(_LED_BY.search(text[:start])) or bool(_FOLLOWED.match(text, end))


def _is_whole_name(word: str, frequency: Frequency, tag: Tag) -> bool:
    if not re.fullmatch(_NAME, word) or _NOT_NAME.search(word) or _THING.search(word):
        return False
    return not frequency(word) or (tag(word)[:2] == "nr" and frequency(word) <= _EVERYDAY)


def _is_surname(word: str) -> bool:
    return (len(word) == 1 and word in _SURNAMES) or word in _COMPOUND.split("|")


def _is_given(word: str, frequency: Frequency, tag: Tag) -> bool:
    """Returns whether a word may be a given name: rare, or a name or noun of one character."""
    if not re.fullmatch("[一-鿿]{1,2}", word) or _NOT_NAME.search(word):
        return False
    return frequency(word) <= _EVERYDAY if len(word) == 2 else tag(word)[:1] in {"n", "a", "g", ""}


def _in_words(name: Found, words: Sequence[str], tag: Tag) -> bool:
    """Returns whether a name would begin with a preposition of the sentence: 向|党组织."""
    start = 0
    for i, word in enumerate(words):
        if start == name[0]:
            rest = words[i + 1] if i + 1 < len(words) else ""
            return len(word) == 1 and tag(word)[:1] in _FUNCTION and len(rest) > 1 and tag(rest) != ""
        if start < name[0] < start + len(word):
            return tag(name[2][0])[:1] in _FUNCTION  # 龙宇安|向笔者介绍
        start += len(word)
    return False


def _overlaps(a: Found, b: Found) -> bool:
    return a[0] < b[1] and b[0] < a[1]
