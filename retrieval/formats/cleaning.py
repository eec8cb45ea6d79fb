"""Extracted text made clean: radicals mapped to characters, invisible characters and odd blanks removed."""

from __future__ import annotations

import re
import unicodedata

# Radicals of the supplement that NFKC leaves alone, as PDF fonts use them for simplified characters.
_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉"
        "⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙亻冂几⺈刂卜㔾⺌⺍兀尣尢𡯂巳幺彑忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋罒示礻竹糸纟网罒冈网罓羊羊羊耂肀聿月臼艹艹艹虎衤覀西见角𧢲讠贝"
        "足车辶辶辶阝钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)
_RADICAL = re.compile(r"[\u2e80-\u2fd5]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_BLANK = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")
_BREAK = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_AT_END = re.compile(r"[ \t\u3000]+(?=\n|\Z)")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    r"""Returns the text with radicals as the characters they stand for and without what nobody sees.

    >>> clean_text("⽂件\u00a0共⼆⻚\r\n")
    '文件 共二页\n'
    """
    text = _BREAK.sub("\n", text)
    text = _INVISIBLE.sub("", _BLANK.sub(" ", text)).encode("utf-8", "replace").decode("utf-8")
    text = map_radicals(text)
    return _MANY_BLANK_LINES.sub("\n\n", _AT_END.sub("", text))


def map_radicals(text: str) -> str:
    """Returns the text with every Kangxi or supplementary radical replaced; the length stays the same.

    >>> map_radicals("⻓江⼤桥")
    '长江大桥'
    """
    return _RADICAL.sub(lambda match: _character(match[0]), text)


def one_line(text: str) -> str:
    """Returns the text on one line, runs of white space as one blank, none between Chinese characters."""
    flat = re.sub(r"\s+", " ", clean_text(text)).strip()
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", flat)


def _character(radical: str) -> str:
    mapped = _SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical)
    return mapped if len(mapped) == 1 else radical
