"""Towns, townships and streets named in a text: the level below the gazetteer, found by how they are written."""

from __future__ import annotations

import re
from collections.abc import Collection

_SUFFIX = re.compile(
    r"镇(?![区政委级域上里]|长(?![期远年])|村[民庄里]|街)|乡(?![镇村亲土贤愁情音绅下里约间民风野味])|街道(?![办党上里])"
)
# What stands before a name: no letter at all, the end of a division's name, or a word that leads to a place.
_BEFORE = frozenset("省市县区州盟旗在于从到由和与及是对为让往、")
# Characters that such names do not hold, since they make another word: 返乡, 城镇, 每个乡镇.
_NEVER = frozenset(
    "各全每个该本此其这那几多两三四五六七八九十百千万的了和与及在到从等有为对城乡市村街社区县省返下入进回出建集农小大众群老把将被"
)
# 老乡, 城乡 and 返乡 name no town, whatever stands before them.
_NO_TOWN = frozenset("城老家故返回归离还思异他同下醉水")
_NEVER_INSIDE = frozenset("各全每个该本此其这那的了在有对乡村街社区县省市入下进出所几多两")


def find_spots(text: str, ends: Collection[int] = ()) -> list[str]:
    """Returns the towns, townships and streets named in a text, in order; 乡镇, 城镇, 各街道 and 返乡 are none.

    Args:
        text: Any text.
        ends: Offsets at which the name of a division ends, where a town's name may begin.

    >>> find_spots("文昌市文城镇的返乡人员、各街道和城镇居民")
    ['文城镇']
    """
    found = []
    for match in _SUFFIX.finditer(text):
        if match[0] == "乡" and text[match.start() - 1 : match.start()] in _NO_TOWN:
            continue
        for length in (2, 3):
            start = match.start() - length
            if start < 0 or not re.fullmatch("[一-鿿]+", text[start : match.start()]):
                continue
            before = text[start - 1] if start else ""
            inside = start in ends or (before in "市县区" and before != "") or (not start and text[0] == "和")
            if (_NEVER_INSIDE if inside else _NEVER).intersection(text[start : match.start()]):
                continue  # 文昌市文城镇 is a town, 按城镇人口 names none
            if inside or before in _BEFORE or not re.match("[一-鿿]", before):
                found.append(text[start : match.end()])
                break
    return list(dict.fromkeys(found))
