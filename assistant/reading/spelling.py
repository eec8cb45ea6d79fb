"""Slips of the input method mended: words that sound like a word of the evidence but stand nowhere in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from functools import lru_cache

_CHINESE = re.compile(r"[一-鿿]+")
_FUNCTION = re.compile("[几多少个各有什么哪谁的了在和是为这那吗呢把被给从到不没还都就也]")
_PAIR = re.compile(r"([一-鿿])\1")
_EVERYDAY = 60  # corpus frequency from which a word is taken to be meant as written
_WIDTHS = (4, 3, 2)
Rest = tuple[str, str]


@lru_cache(maxsize=20000)
def sound(word: str) -> tuple[str, ...]:
    """Returns how a word sounds, without tones and with what input methods confuse (zh/z, ing/in, l/n) made equal."""
    from pypinyin import lazy_pinyin

    return tuple(_blurred(s) for s in lazy_pinyin(word))


def _blurred(syllable: str) -> str:
    for exact, loose in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(exact):
            syllable = loose + syllable[2:]
    if syllable.startswith("l"):
        syllable = "n" + syllable[1:]
    return syllable[:-1] if syllable.endswith(("ang", "eng", "ing")) else syllable


def undoubled(text: str, evidence: str, frequency: Callable[[str], int]) -> str:
    """Returns the question with characters typed twice written once: 志愿愿者 → 志愿者.

    Only where the pair is no word (天天), stands nowhere in the evidence, and a word of it stands there without.
    """
    for pair in list(_PAIR.finditer(text))[::-1]:
        start, once = pair.start(), pair[1]
        around = (text[start - 1 : start] + once, once + text[pair.end() : pair.end() + 1])
        if pair[0] in evidence or frequency(pair[0]) or _FUNCTION.search(once):
            continue
        words = [w for w in around if len(w) == 2 and frequency(w)]
        if len(words) == 2 and around[0] + around[1][1:] not in evidence:
            continue  # 中国国家队: the end of one word and the beginning of the next
        if any(w in evidence for w in words):
            text = text[:start] + once + text[pair.end() :]
    return text


def mended(
    text: str,
    cut: Sequence[str],
    evidence: str,
    known: Callable[[], Iterable[str]],
    frequency: Callable[[str], int],
    kept: Iterable[str] = (),
) -> str:
    """Returns the question with words replaced that only their sound ties to the evidence.

    A run of two to four characters is replaced when it stands nowhere in the evidence, the character that
    differs is no part of an everyday word of the question, and it sounds like a word of the evidence.

    Args:
        text: The question.
        cut: The question's words, in order, joining to the text.
        evidence: The evidence sentences joined.
        known: Gives their words; asked only if a part of the question is in doubt.
        frequency: Corpus frequency of a word.
        kept: Parts of the question that are left alone (places).
    """
    firm = _firm_characters(text, cut, evidence, frequency)
    firm |= {i for k in kept if k for m in re.finditer(re.escape(k), text) for i in range(*m.span())}
    if not (wanted := _wanted(text, evidence, firm)):
        return text
    words = known()
    likes = _by_rest(words, wanted, frequency)
    for start, width in _runs(text):
        if _doubtful(text, (start, width), evidence, firm):
            part = text[start : start + width]
            alike = {word for key in _rests(part, firm, start) for word in likes.get(key, ())}
            meant = _best_in_place(
                [w for w in alike if sound(w) == sound(part)], text, (start, width), evidence
            )
            if meant:
                text = text[:start] + meant + text[start + width :]
                likes = _by_rest(words, _wanted(text, evidence, firm), frequency)
    return text


def _best_in_place(words: Sequence[str], text: str, run: tuple[int, int], evidence: str) -> str:
    """Returns the word for a run that the evidence has beside the same characters as the question, "" for none.

    Of 一站 and 驿站 for the 译站 of 暖新译站 the second, where the evidence speaks of a 暖新驿站.
    """
    start, width = run
    before, after = text[max(0, start - 1) : start], text[start + width : start + width + 1]

    def elsewhere(word: str) -> int:
        return (before + word not in evidence) + (word + after not in evidence)

    return min(words, key=lambda word: (elsewhere(word), word), default="")


def _rests(part: str, firm: Container[int] = (), start: int = 0) -> list[Rest]:
    """Returns what stands before and behind each character of a part that is not firm; it begins at `start`."""
    return [(part[:i], part[i + 1 :]) for i in range(len(part)) if start + i not in firm]


def _wanted(text: str, evidence: str, firm: set[int]) -> set[Rest]:
    """Returns what stands around the characters that may be slips."""
    doubtful = (run for run in _runs(text) if _doubtful(text, run, evidence, firm))
    return {rest for start, width in doubtful for rest in _rests(text[start : start + width], firm, start)}


def _runs(text: str) -> list[tuple[int, int]]:
    """Returns the (start, width) of all runs that may be replaced, widest first."""
    return [(start, width) for width in _WIDTHS for start in range(len(text) - width + 1)]


def _doubtful(text: str, run: tuple[int, int], evidence: str, firm: set[int]) -> bool:
    """Returns whether a run of the question may be a slip: not in the evidence, a character not firm."""
    start, width = run
    if firm.issuperset(range(start, start + width)):
        return False
    part = text[start : start + width]
    return bool(_CHINESE.fullmatch(part)) and part not in evidence and not _FUNCTION.search(part)


def _by_rest(
    words: Iterable[str], wanted: set[Rest], frequency: Callable[[str], int]
) -> dict[Rest, list[str]]:
    """Returns the words of the dictionary by what stands around one of their characters, where that is wanted."""
    found: dict[Rest, list[str]] = {}
    for word in words:
        if len(word) in _WIDTHS and not wanted.isdisjoint(rests := _rests_of(word)):
            for rest in wanted.intersection(rests) if _is_word(word, frequency) else ():
                found.setdefault(rest, []).append(word)
    return found


@lru_cache(maxsize=50_000)
def _rests_of(word: str) -> tuple[Rest, ...]:
    return tuple(_rests(word))


def _is_word(word: str, frequency: Callable[[str], int]) -> bool:
    return frequency(word) > 0 and bool(_CHINESE.fullmatch(word))


def _firm_characters(
    text: str, cut: Sequence[str], evidence: str, frequency: Callable[[str], int]
) -> set[int]:
    """Returns the positions inside words that are everyday ones or stand in the evidence."""
    firm: set[int] = set()
    position = 0
    for word in cut:
        if len(word) > 1 and (_everyday(word, frequency) or word in evidence):
            firm |= set(range(position, position + len(word)))
        position += len(word)
    return firm if position == len(text) else set(range(len(text)))


def _everyday(word: str, frequency: Callable[[str], int]) -> bool:
    """Returns whether a word is one of every day, or two of them joined (财政资金)."""
    return frequency(word) >= _EVERYDAY or any(
        frequency(word[:i]) >= _EVERYDAY and frequency(word[i:]) >= _EVERYDAY for i in range(2, len(word) - 1)
    )


def meant(word: str, words: Iterable[str]) -> str:
    """Returns the word of a sentence that a word of the question is a slip for, "" if there is none.

    They differ in one character, which sounds or looks alike: 编织 for 编制, 问券 for 问卷.
    """
    for other in words:
        if len(other) != len(word) or other == word:
            continue
        unlike = [(a, b) for a, b in zip(word, other, strict=True) if a != b]
        if len(unlike) == 1 and (_look_alike(*unlike[0]) or sound(word) == sound(other)):
            return other
    return ""


# Characters that are written for each other because they look alike.
_LOOKS = (
    "券卷 己已巳 未末 侯候 晴睛 陪培赔 辨辩辫 蓝篮 幕慕墓暮 梁粱 拔拨 徽微 密蜜 折拆 治冶 刺剌 栗粟 戊戌戍 准淮 沧沦 "
    "崇祟 竞竟 洒酒 住往 仓仑 即既 延廷 挡档 扰拢 抢枪 杨扬 汤场 圆园 象像 帐账 震振 绩积 历厉 副付 型形 奖桨浆 孤弧"
).split()


def _look_alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _LOOKS)
