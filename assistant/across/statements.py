"""Which sentences answer a question that is asked of several places: what they did, set up, issued or call it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.across.reading import Reading
from assistant.decide import choose_side
from assistant.reading.reader import Candidate

_MOST = 3
_NEAR = 0.42  # how far below the best a further sentence of the same matter may score
_LEAST = 0.38
_MET = 0.4
_HALF = 0.5
_NO_QUOTES = dict.fromkeys(map(ord, "“”‘’\"'「」『』"))
_ASKED_NOUN = re.compile(
    r"(?:什么|哪些|哪个|哪种|哪几[个项种])(?:[一-鿿“”]{0,14}的)?(?P<noun>[一-鿿]{2,4}?)(?:或[一-鿿]{2})?[?？]?$"
)
# Which words a thing asked for by its general name goes by.
_KINDS = {
    "机构": r"研究院|中心|学院|研究所|委员会|联合会|协会|基地|工作室|办公室",
    "组织": r"党委|支部|协会|商会|联合会|队伍|委员会|小组",
    "文件": r"《", "制度": r"制度|《|机制", "方案": r"方案|《", "办法": r"办法|《", "措施": r"措施|《|条[”》]",
    "行动": r"行动", "机制": r"机制|联席会|制度", "品牌": r"品牌|[“][^”]{2,16}[”]", "平台": r"平台|中心|系统",
    "模式": r"模式|[“][^”]{2,16}[”]", "活动": r"活动|集市|大赛|仪式", "队伍": r"队伍|服务队|总队",
}  # fmt: skip
_ACTS = re.compile(
    r"提出|推进|推动|建立|组建|开展|出台|实施|清理|下沉|赋权|优化|印发|制定|推出|打造|深化|统筹|完善|整合|创新|压减|精简|减少|设立|入手|协同发力|着力|坚持"
)
_TROUBLE = re.compile(r"困扰|顽固|威胁|老问题|反复|突出$|负担重|跟不上|滞后|挑战|难点|不够|欠缺|淡薄")
_MEASURES = frozenset({"measure", "list", "other", "summary", "purpose"})


def statements(reading: Reading, most: int = _MOST) -> list[Candidate]:
    """Returns the candidates to answer with, best first; none if the evidence does not answer.

    Sentences that say what was done come before those that tell of the trouble, and those that hold the
    sort of thing asked for before the others.
    """
    ranked = sorted((_weighed(reading, c) for c in reading.candidates), key=lambda c: -c.score)
    choice = choose_side(reading.asked, ranked)
    for candidate in ranked[1:6] if not choice.chosen and reading.asked.question.kind == "date" else ():
        choice = choice if choice.chosen else choose_side(reading.asked, [candidate])
    if not choice.chosen:
        return []
    chosen = list(choice.chosen)
    if reading.asked.question.kind in _MEASURES:
        chosen += [c for c in ranked if _goes_with(chosen[0], c) and not _already(c, chosen)]
    return chosen[:most]


def nearly(reading: Reading, telling: Collection[str]) -> list[Candidate]:
    """Returns the sentence that meets one of the most telling words of a question and half of all, if any.

    Args:
        reading: One article's reading.
        telling: The words that only some of the articles have (see `telling_words`).
    """
    for candidate in sorted(reading.candidates, key=lambda c: c.coverage.lacking):
        met = {
            t.text for t, credit, zone in candidate.coverage.by_term if credit >= _MET and zone == "clause"
        }
        if candidate.span.type == "sentence" and met & set(telling) and candidate.coverage.lacking <= _HALF:
            return [candidate]
    return []


def telling_words(readings: Sequence[Reading]) -> frozenset[str]:
    """Returns the words of a question that the fewest articles have, of those that any has."""
    having: dict[str, int] = {}
    for reading in readings:
        found = {
            t.text
            for c in reading.candidates
            if c.span.type == "sentence"
            for t, credit, zone in c.coverage.by_term
            if t.kind != "place" and len(t.text) > 1 and credit >= _MET and zone == "clause"
        }
        for text in found:
            having[text] = having.get(text, 0) + 1
    least = min(having.values(), default=0)
    return frozenset(text for text, count in having.items() if count == least)


def _weighed(reading: Reading, candidate: Candidate) -> Candidate:
    """Returns a candidate with its score weighed by what its sentence does."""
    text, kind = candidate.parsed.text, reading.asked.question.kind
    bonus = 0.0
    if candidate.span.type == "name":
        name = text[candidate.span.start : candidate.span.end].translate(_NO_QUOTES)
        things = _things(reading)
        head = _named_thing(reading)
        bonus += 0.3 if head and head in name else 0.1 if any(t in name for t in things) else 0.0
    if candidate.span.type == "sentence":
        noun = _ASKED_NOUN.search(reading.asked.question.text)
        if noun and re.search(_KINDS.get(noun["noun"], re.escape(noun["noun"])), text):
            bonus += 0.2
        if kind == "measure" or (noun and noun["noun"] in {"招数", "做法", "举措", "措施", "办法"}):
            bonus += 0.1 if _ACTS.search(text) else 0.0
            bonus -= 0.25 if _TROUBLE.search(text) else 0.0
    return replace(candidate, score=candidate.score + bonus) if bonus else candidate


def _named_thing(reading: Reading) -> str:
    """Returns the thing whose name is asked for: the last noun before 叫什么, "" if there is none."""
    text = reading.asked.question.text
    called = re.search("叫|名字|名称|取名|命名", text)
    before = [t for t in _things(reading) if called and 0 <= text.find(t) < called.start()]
    return max(before, key=text.find, default="")


def _things(reading: Reading) -> list[str]:
    return [t.text for t in reading.asked.terms if t.kind == "word" and t.carries and len(t.text) > 1]


def _goes_with(best: Candidate, other: Candidate) -> bool:
    """Returns whether another sentence belongs to the answer: same article and section, and not much weaker."""
    same = other.evidence.article.article_id == best.evidence.article.article_id
    section = other.evidence.sentence.section == best.evidence.sentence.section
    close = best.score - _NEAR if section else best.score - 0.15
    return (
        same
        and other.span.type == best.span.type
        and other.score >= max(_LEAST, close)
        and other.place_match >= 0
    )


def _already(candidate: Candidate, chosen: list[Candidate]) -> bool:
    return any(c.evidence.start == candidate.evidence.start for c in chosen)
