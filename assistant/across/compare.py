"""Operands set against each other: who is higher and by how much, the difference, the sum, the multiple."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.across.arithmetic import Derived, compute, days_between
from assistant.across.caveats import Side, caveats
from assistant.across.fitting import comparable
from assistant.across.lines import Line, LineFigure, Part, derived_figure, row_figure
from assistant.across.operands import Found
from assistant.across.plan import Plan
from assistant.across.result import Result, unique
from assistant.compose import excerpt
from assistant.figures import extract_figures
from assistant.ledger.places import level_of
from assistant.ledger.row import LedgerRow
from assistant.reading.constraints import bare_place

_OPERATION = {
    "compare": "比较", "each": "分别列出", "difference": "求差", "sum": "求和", "times": "求倍数",
    "remainder": "求余数", "average": "求平均", "part": "求占比",
}  # fmt: skip


def compare_figures(plan: Plan, found: Sequence[Found], digits: int = 1) -> Result:
    """Returns the result of a plan over figures; nothing is ranked or reckoned unless every side is there."""
    sides = [Side(f.operand.label, f.row, f.evidence) for f in found if f.row is not None]
    missing = tuple(f.operand.label for f in found if f.row is None)
    rows = [source_line(f) for f in found if f.candidate is not None]
    understood = f"{_OPERATION[plan.operation]}：" + "、".join(f.operand.question for f in found)
    nearest = tuple(e for f in found if f.row is None for e in f.nearest)
    if missing or len(sides) < 2:
        short = _listed(sides) if plan.operation == "each" else ""
        said = _cannot(plan, missing) if sides else ""
        return Result(tuple(rows), short, missing, said, nearest, understood=understood)
    several_places = bool(plan.operands[0].place) and len({s.label for s in sides}) > 1
    notes = caveats(sides, same_thing=several_places, same_time=not plan.operands[0].year)
    if plan.operation == "each":
        return Result((*_serious(notes), *rows), _listed(sides), understood=understood)
    if not all(comparable(sides[0].row, s.row) for s in sides[1:]):
        said = "两边的数字单位不同（一边是比例或金额，一边不是），不能相互比较或计算。"
        return Result((*notes, *rows), "", ("可比的数字",), said, understood=understood)
    conclusion, short, said = _concluded(plan, sides, digits)
    lines = (*notes, *([conclusion] if conclusion else []), *rows)
    return Result(lines, short, ("计算结果",) if not conclusion else (), said, understood=understood)


def source_line(found: Found) -> Line:
    """Returns the sentence part that bears an operand out, led by the place where it does not name it."""
    assert found.candidate is not None
    shown = excerpt(found.candidate)
    evidence = found.evidence
    time = found.row.as_of if found.row else ""
    figures = tuple(
        LineFigure(
            f.text,
            f.value,
            f.unit,
            f.qualifier,
            time if found.row and f.value == found.row.value and "/" not in time else "",
            evidence,
        )
        for f in extract_figures(shown.text)
        if f.is_quantity
    )
    note = f"“{shown.open_year}”，原文未注明年份" if shown.open_year else ""
    label = found.operand.label
    if not found.operand.place or bare_place(label) in shown.text:
        return Line(shown.text, (evidence,), (), figures, whole=True, note=note)
    part = Part(shown.text, (evidence,))
    return Line(f"{label}：{shown.text}", (evidence,), (part,), figures, labels=(label,), note=note)


def _serious(notes: Sequence[Line]) -> list[Line]:
    """Returns the caveats that matter where nothing is ranked: other denominators, other things counted."""
    return [n for n in notes if n.text.startswith(("口径不同", "性质不同", "数的对象"))]


def _listed(sides: Sequence[Side]) -> str:
    return "；".join(f"{s.label}{s.row.text}" for s in sides)


def _cannot(plan: Plan, missing: Sequence[str]) -> str:
    does = {"each": "", "sum": "，不能求和", "compare": "，不能比较"}.get(plan.operation, "，不能计算")
    return f"库中文章没有给出“{'、'.join(missing)}”的这一数字{does}。"


def _concluded(plan: Plan, sides: Sequence[Side], digits: int) -> tuple[Line | None, str, str]:
    """Returns the conclusion, the bare result, and why there is none."""
    if plan.operation == "sum" and (inside := _inside(sides)):
        return None, "", f"“{inside[0]}”属于“{inside[1]}”，两个数字不能相加。"
    if plan.operation in {"compare"}:
        return _ranked(plan, sides)
    ordered = list(sides)
    if (
        plan.operation == "difference"
        and len(sides) == 2
        and Decimal(sides[0].row.value) < Decimal(sides[1].row.value)
    ):
        ordered.reverse()
    kind = "difference" if plan.operation == "remainder" else plan.operation
    derived = compute(kind, [s.row for s in ordered], plan.unit, digits)
    if derived is None:
        return None, "", _why_not(plan, sides)
    word = {
        "difference": "相差",
        "sum": "合计",
        "times": "",
        "average": "平均每",
        "part": "占比",
        "remainder": "余下",
    }[plan.operation]
    if plan.operation == "difference" and plan.operands[0].place:
        text = f"{ordered[0].label}比{ordered[1].label}{_more(plan, ordered)}{derived.text}"
    elif plan.operation == "times":
        text = f"{ordered[0].label}是{ordered[1].label}的{derived.text}"
    else:
        text = f"{word}{derived.text}"
    short = derived.text
    if plan.which:
        shown = "，".join(f"{s.label}{s.row.text}" for s in ordered)
        short = f"{ordered[0].label}{_word(plan, ordered[0].row, many=False)}（{shown}），相差{derived.text}"
    return _derived_line(text, derived, ordered), short, ""


def _more(plan: Plan, ordered: Sequence[Side]) -> str:
    return "高" if ordered[0].row.unit == "%" else "多"


def _derived_line(text: str, derived: Derived, sides: Sequence[Side]) -> Line:
    cites = unique([s.evidence for s in sides])
    figures = (*(row_figure(s.row, s.evidence) for s in sides), derived_figure(derived, cites))
    parts = tuple(Part(s.row.text, (s.evidence,)) for s in sides)
    return Line(f"{text}（{derived.formula}）", cites, parts, figures, (derived,), labels=_labels(sides))


def _ranked(plan: Plan, sides: Sequence[Side]) -> tuple[Line | None, str, str]:
    """Returns who is higher and by how much; the qualifiers of the figures are kept."""
    if any(s.row.high for s in sides):
        return None, "", "其中有区间数字，不能排出先后。"
    ordered = sorted(sides, key=lambda s: Decimal(s.row.value), reverse=not plan.lower)
    first, second = ordered[0], ordered[1]
    shown = "，".join(f"{s.label}{s.row.text}" for s in ordered)
    cites = unique([s.evidence for s in ordered])
    parts = tuple(Part(s.row.text, (s.evidence,)) for s in ordered)
    figures = tuple(row_figure(s.row, s.evidence) for s in ordered)
    if Decimal(first.row.value) == Decimal(second.row.value):
        return Line(f"两者相同：{shown}", cites, parts, figures, labels=_labels(sides)), f"相同：{shown}", ""
    high, low = (second, first) if plan.lower else (first, second)
    derived = compute("difference", [high.row, low.row], plan.unit)
    word = _word(plan, first.row, many=len(ordered) > 2)
    text = f"{first.label}{word}：{shown}"
    short = f"{first.label}{word}（{'，'.join(f'{s.label}{s.row.text}' for s in ordered)}）"
    if derived is None or len(ordered) > 2:
        return Line(text, cites, parts, figures, labels=_labels(sides)), short, ""
    text += f"，相差{derived.text}（{derived.formula}）"
    return (
        Line(
            text, cites, parts, (*figures, derived_figure(derived, cites)), (derived,), labels=_labels(sides)
        ),
        short,
        "",
    )


def _labels(sides: Sequence[Side]) -> tuple[str, ...]:
    return tuple(s.label for s in sides)


def _word(plan: Plan, row: LedgerRow, *, many: bool) -> str:
    share = row.unit == "%" or bool(row.per)
    word = ("低" if share else "少") if plan.lower else ("高" if share else "多")
    return f"{'最' if many else '更'}{word}"


def _inside(sides: Sequence[Side]) -> tuple[str, str] | None:
    """Returns the two sides of which one's place lies within the other's, None if no place does."""
    for a in sides:
        for b in sides:
            if a is not b and a.row.place and b.row.place and _within(a.row, b.row):
                return a.label, b.label
    return None


def _within(inner: LedgerRow, outer: LedgerRow) -> bool:
    ranks = ["全国", "省", "市", "县", "乡镇", "村"]
    if inner.place == outer.place or inner.level not in ranks or outer.level not in ranks:
        return False
    lower = ranks.index(level_of(inner.place) or inner.level) > ranks.index(outer.level)
    return lower and (
        outer.level == "全国" or outer.place in inner.region or inner.region.startswith(outer.region)
    )


def _why_not(plan: Plan, sides: Sequence[Side]) -> str:
    if any(s.row.high for s in sides):
        return "其中有区间数字，不能直接计算。"
    if plan.operation == "sum" and any(s.row.unit == "%" for s in sides):
        return "比例的分母不同，不能相加。"
    return "这几个数字不能这样计算。"


def compare_dates(plan: Plan, found: Sequence[Found]) -> Result:
    """Returns which of two events came first, and by how many days where both dates are full."""
    rows = [source_line(f) for f in found if f.candidate is not None]
    missing = tuple(f.operand.label for f in found if f.candidate is None)
    understood = f"{_OPERATION[plan.operation]}：" + "、".join(f.operand.question for f in found)
    nearest = tuple(e for f in found if f.candidate is None for e in f.nearest)
    dated = [
        (f, f.candidate.span.time.iso)
        for f in found
        if f.candidate and f.candidate.span.time and f.candidate.span.time.iso
    ]
    if missing or len(dated) < 2 or plan.operation == "each":
        short = (
            "；".join(f"{f.operand.label}{f.candidate.span.text}" for f in found if f.candidate)
            if plan.operation == "each"
            else ""
        )
        said = f"库中文章没有给出“{'、'.join(missing)}”的这一时间。" if missing else ""
        return Result(tuple(rows), short, missing, said, nearest, understood=understood)
    ordered = sorted(dated, key=lambda d: d[1], reverse=not plan.lower)
    (first, a), (second, b) = ordered[0], ordered[1]
    assert first.candidate is not None
    assert second.candidate is not None
    days = days_between(min(a, b), max(a, b))
    cites = unique([f.evidence for f, _ in ordered])
    parts = tuple(Part(f.candidate.span.text, (f.evidence,)) for f, _ in ordered if f.candidate)
    labels = tuple(f.operand.label for f, _ in ordered)
    word = "更早" if plan.lower else "更晚"
    shown = "，".join(f"{f.operand.label}{f.candidate.span.text}" for f, _ in ordered if f.candidate)
    text = f"{first.operand.label}{word}：{shown}"
    if days is None:
        return Result(
            (Line(text, cites, parts), *rows),
            f"{first.operand.label}{word}（{shown}）",
            understood=understood,
        )
    figure = LineFigure(f"{days}天", str(days), "天", "", "", cites[0], cites)
    line = Line(f"{text}，相差{days}天", cites, parts, (figure,), counts=(str(days),), labels=labels)
    short = f"{days}天" if plan.operation == "difference" else f"{first.operand.label}{word}（{shown}）"
    return Result((line, *rows), short, understood=understood)


def each_statement(plan: Plan, found: Sequence[Found], most: int = 3) -> Result:
    """Returns a cited line or a few for each item, and which have none."""
    lines, shorts = [], []
    for item in found:
        for candidate in ([item.candidate, *item.more] if item.candidate else [])[:most]:
            lines.append(source_line(Found(item.operand, candidate)))
        if item.candidate and item.candidate.span.type != "sentence":
            shorts.append(f"{item.operand.label}：{item.candidate.span.text}")
    missing = tuple(f.operand.label for f in found if f.candidate is None)
    said = f"库中文章没有提到“{'、'.join(missing)}”的这一项。" if missing and lines else ""
    understood = "分别列出：" + "、".join(f.operand.question for f in found)
    nearest = tuple(e for f in found if f.candidate is None for e in f.nearest)
    return Result(tuple(lines), "；".join(shorts)[:120], missing, said, nearest, understood=understood)
