"""Names that a sentence speaks of one after the other (places, persons, bodies), and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BODY = re.compile(
    r"(?:部门?|局|委|委员会|办|办公室|厅|院|中心|协会|商会|支部|党委|党组|工会|团委|妇联|联合会|银行|大学|医院|集团|公司|法院|检察院|政府|学校|联盟|总工会|研究所|研究院)$"
)
_BODY_WORD = re.compile(r"[一-鿿]{1,}")
_JOINT = re.compile(r"\s*(?:、|和|与|及|以及|,)\s*")
_MARK = re.compile(r"[,，;；。!！?？\n:：]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A name with its span; names joined by 、和 share a `group`."""

    kind: str
    text: str
    start: int
    end: int
    group: int


def find_slots(
    text: str,
    places: Sequence[tuple[int, int, str]],
    people: Sequence[tuple[int, int, str]],
    words: Sequence[str],
) -> list[Slot]:
    """Returns the names of a text in order, those of one kind that stand together grouped."""
    return [
        *_grouped("place", places, text),
        *_grouped("person", _everywhere(people, text), text),
        *_grouped("body", list(_bodies(words)), text),
    ]


def _everywhere(people: Sequence[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Returns every occurrence of the persons' names, beside a title or not."""
    names = dict.fromkeys(name for _, _, name in people)
    return sorted({(m.start(), m.end(), n) for n in names for m in re.finditer(re.escape(n), text)})


def _bodies(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yields offices, companies and the like: words that end as such names do, with the word before."""
    position = 0
    for word in words:
        if len(word) > 1 and _BODY.search(word) and _BODY_WORD.fullmatch(word):
            yield position, position + len(word), word
        position += len(word)


def _grouped(kind: str, found: Sequence[tuple[int, int, str]], text: str) -> Iterator[Slot]:
    group, end = -1, -1
    for start, stop, name in sorted(found):
        gap = text[end:start] if end >= 0 else ","
        if end < 0 or (gap.strip() and not (_JOINT.fullmatch(gap) and gap.strip() not in {",", "，"})):
            group += 1
        yield Slot(kind, name, start, stop, group)
        end = stop


def domains(slots: Sequence[Slot], text: str) -> dict[int, tuple[int, int]]:
    """Returns for every group of names of one kind the span in which things are said of it.

    A group's span begins with its clause (or right after the group before, within one clause) and ends
    where the next group's begins.
    """
    groups: dict[int, tuple[int, int]] = {}
    for slot in slots:
        a, b = groups.get(slot.group, (slot.start, slot.end))
        groups[slot.group] = (min(a, slot.start), max(b, slot.end))
    begins: dict[int, int] = {}
    previous_end = 0
    for group, (start, end) in sorted(groups.items()):
        marks = [m.end() for m in _MARK.finditer(text, previous_end, start)]
        joints = [m.end() for m in re.finditer("、", text[previous_end:start])]
        if marks:
            begins[group] = marks[-1]
        elif joints:
            begins[group] = previous_end + joints[-1]
        else:
            begins[group] = start if previous_end else 0
        previous_end = end
    order = sorted(groups)
    return {g: (begins[g], begins[order[i + 1]] if i + 1 < len(order) else len(text)) for i, g in enumerate(order)}
