"""Names that a sentence speaks of one after the other (places, persons, bodies), and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BODY = re.compile(
    r"(?:(?![由和与及在向对经将把请到是为的了被给从于并、年月日号、])[一-鿿]){1,6}?(?:办公室|街道办|委员会|理事会|基金会|联合会|协会|商会|工会|学会|妇联|中心|公司|集团|银行|大学(?!生)"
    r"|学校|学院|医院|法院|检察院|研究院|卫生院|政府|党支部|党委|党组|党工委|工作部|组织部|宣传部|统战部|社工部"
    r"|(?<!当)(?<!结)(?<!大)(?<!格)(?<!布)局(?![面势部限长])|(?<=[一-鿿])厅(?![长级堂])|(?<=[省市县区州政监健改建信工团纪编])委(?![员托派屈任书]))"
)
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
    without_figures: str,
) -> list[Slot]:
    """Returns the names of a text in order, those of one kind that stand together grouped.

    Args:
        text: The text.
        places: Its places as (start, end, name).
        people: Its persons.
        without_figures: The text with its figures blanked: a figure is no part of a body's name.
    """
    return [
        *_grouped("place", places, text),
        *_grouped("person", _everywhere(people, text), text),
        *_grouped("body", [(m.start(), m.end(), m[0]) for m in _BODY.finditer(without_figures)], text),
    ]


def _everywhere(people: Sequence[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Returns every occurrence of the persons' names, beside a title or not."""
    names = dict.fromkeys(name for _, _, name in people)
    return sorted({(m.start(), m.end(), n) for n in names for m in re.finditer(re.escape(n), text)})


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
    return {
        g: (begins[g], begins[order[i + 1]] if i + 1 < len(order) else len(text)) for i, g in enumerate(order)
    }
