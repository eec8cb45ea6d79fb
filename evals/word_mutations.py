"""True sentences made untrue by a word: a denial, a plan, a role, a name, how often, how far."""

from __future__ import annotations

import re
from functools import lru_cache
from random import Random

from assistant import build_language
from assistant.reading.language import Language
from evals.specimens import Source, Specimen, clause_at, replaced
from evals.vocabulary import VOCABULARY
from retrieval import find_places

_AFFIRMED = re.compile(
    rf"(已经|已|共|累计|先后|均|都|，|^)({'|'.join(VOCABULARY['verbs'])})"
    r"(?=[了出起到\d《“]|[一二三四五六七八九十两]+[个项条支])"
)
_DENIED = re.compile("尚未|从未|没有|不再|不能|不会|未(?!来|必|成年|知|婚|经)|不(?=含|包括|属|是|到会)")
_AFFIRMATIVE = {"没有": "有", "不能": "能", "不会": "会", "尚未": "已", "不再": "仍"}
_VERBS = "|".join([*VOCABULARY["verbs"], "新建", "新增", "投入", "投资", "达到", "增加"])
_PLANNED = re.compile(rf"(?:(?<![一-鿿”])计划|力争|预计|即将|将|拟)(?=(?:{_VERBS}))")
_ANY_PLAN = re.compile("计划|力争|预计|将|拟|目标|规划|确保|争取|有望|准备|要")
_MOVED_TO = re.compile(
    r"(增长|增加|上升|提高|提升|下降|减少|降低)(?:到|至)(?=\d)|(增|升|降|减)(?:到|至)(?=\d)"
)
_MOVED_BY = re.compile(r"(?<!同比)(增长|增加|上升|提高|提升|下降|减少|降低)了?(?=\d)")


@lru_cache(maxsize=1)
def language() -> Language:
    """Returns the assistant's knowledge of words and names, built once."""
    return build_language()


def scope(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence widened: of the province what is said of the city."""
    found = [
        (m.span(), new)
        for old, wider in VOCABULARY["scopes"].items()
        for m in re.finditer(old, source.text)
        for new in wider
    ]
    found = [(span, new) for span, new in found if not source.is_named(span[0]) and not source.knows(new)]
    if not found:
        return None
    span, new = rng.choice(found)
    return replaced(source, "scope", span, new)


def negation(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a statement denied, or a denial taken away."""
    places: list[tuple[str, tuple[int, int], str]] = []
    for match in _AFFIRMED.finditer(source.text):
        start, end = clause_at(source.text, match.start(2))
        if source.is_named(match.start()) or re.search("[不未没无非]", source.text[start:end]):
            continue
        span = match.span(1) if match[1] in {"已", "已经"} else (match.start(2), match.start(2))
        places.append((
            "negation added",
            span,
            "尚未" if match[1] in {"已", "已经"} else rng.choice(["未", "没有"]),
        ))
    for match in _DENIED.finditer(source.text):
        if not source.is_named(match.start()):
            new = _AFFIRMATIVE.get(match[0], "")
            places.append(("negation removed", match.span(), new))
    if not places:
        return None
    kind, span, new = rng.choice(places)
    return replaced(source, kind, span, new)


def direction(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with the way of a change turned round."""
    pairs = [pair for a, b in VOCABULARY["opposites"] for pair in ((a, b), (b, a))]
    found = [
        (m.span(), new) for old, new in pairs for m in re.finditer(old, source.text) if new not in source.text
    ]
    found = [
        (span, new) for span, new in found if not source.is_named(span[0]) and at_figure(source, span[0])
    ]
    if not found:
        return None
    span, new = rng.choice(found)
    return replaced(source, "direction", span, new)


def at_figure(source: Source, position: int) -> bool:
    """Returns whether the clause at a position holds an amount."""
    start, end = clause_at(source.text, position)
    return any(start <= f.start < end for f in source.quantities)


def place(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence moved to another place."""
    spans = [(p.start, p.end) for p in find_places(source.text)]
    spans += [m.span() for m in re.finditer(r"(?<=[市县区])[一-鿿]{2}(?:镇|街道)", source.text)]
    if not spans:
        return None
    start, end = rng.choice(spans)
    old = source.text[start:end]
    kind = next((k for k in ("省", "市", "县", "区", "镇", "街道") if old.endswith(k) and len(old) > 2), "")
    pool = [new for new in VOCABULARY["places"][kind] if not source.knows(new.rstrip("省市县区")[:2])]
    return replaced(source, "place", (start, end), rng.choice(pool)) if pool else None


def subject(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with what an amount counts changed to something else."""
    found = [
        (match.span(), word)
        for word in VOCABULARY["subjects"]
        for match in re.finditer(word, source.text)
        if _beside_figure(source, match.start(), match.end())
    ]
    if not found:
        return None
    (start, end), old = rng.choice(found)
    near = [
        word
        for word in VOCABULARY["subjects"]
        if not source.knows(word) and word not in old and old not in word and not _akin(word, old)
    ]
    new = rng.choice([*near, *(word for word in VOCABULARY["foreign"] if not source.knows(word))])
    return replaced(source, "subject", (start, end), new)


def _akin(a: str, b: str) -> bool:
    """Returns whether two words may be said of the same thing, for sharing characters (楼宇, 楼栋)."""
    return bool(set(a) & set(b))


def _beside_figure(source: Source, start: int, end: int) -> bool:
    """Returns whether nothing but a few characters stands between a word and an amount of its clause."""
    for figure in source.quantities:
        gap = source.text[end : figure.start] if figure.start >= end else source.text[figure.end : start]
        if len(gap) <= 4 and not re.search("[，。；、：（）“”《》]", gap):
            return True
    return False


def title(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a document of another name."""
    found = [
        (match.start(1), match.end(1), match[1])
        for match in re.finditer(
            rf"《[^《》]*?({'|'.join(VOCABULARY['titles'])})[^《》]{{0,12}}》", source.text
        )
    ]
    if not found:
        return None
    start, end, old = rng.choice(found)
    return replaced(source, "title", (start, end), rng.choice([t for t in VOCABULARY["titles"] if t != old]))


def level(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with the amount of a change told as where it led, or the other way about."""
    found = [
        (m.span(), m[1] or {"增": "增加", "升": "上升", "降": "下降", "减": "减少"}[m[2]])
        for m in _MOVED_TO.finditer(source.text)
    ]
    found += [(m.span(), f"{m[1]}到") for m in _MOVED_BY.finditer(source.text)]
    found = [(span, new) for span, new in found if not source.is_named(span[0])]
    if not found:
        return None
    span, new = rng.choice(found)
    return replaced(source, "level/change", span, new)


def modality(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a plan told as done, or something done told as planned."""
    if planned := planned_words(source):
        return replaced(source, "plan told as done", planned[0].span(), rng.choice(["已", "已经"]))
    if _ANY_PLAN.search(source.text):
        return None
    done = [m for m in _AFFIRMED.finditer(source.text) if not source.is_named(m.start())]
    if not done:
        return None
    match = rng.choice(done)
    span = match.span(1) if match[1] in {"已", "已经", "共", "累计"} else (match.start(2), match.start(2))
    return replaced(source, "done told as plan", span, rng.choice(["计划", "拟", "力争", "预计将"]))


def planned_words(source: Source) -> list[re.Match[str]]:
    """Returns the word that makes the sentence a plan, if there is exactly one."""
    planned = [m for m in _PLANNED.finditer(source.text) if not source.is_named(m.start())]
    return planned if len(planned) == 1 and len(_ANY_PLAN.findall(source.text)) == 1 else []


def exchanged(
    source: Source,
    rng: Random,
    kind: str,
    pairs: list[tuple[str, str]],
    *,
    beside_amount: bool = False,
) -> Specimen | None:
    """Returns the sentence with a word exchanged for one that neither it nor its place has.

    Args:
        source: The sentence.
        rng: Chooses.
        kind: What to call the change.
        pairs: Patterns with what may stand in their place.
        beside_amount: Only in clauses that hold an amount.
    """
    found = [
        (m.span(), new)
        for old, new in pairs
        for m in re.finditer(old, source.text)
        if not source.is_named(m.start())
        and not source.knows(new)
        and (not beside_amount or at_figure(source, m.start()))
    ]
    if not found:
        return None
    span, new = rng.choice(found)
    return replaced(source, kind, span, new)


def extent(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence of some told of all, of the first told of the second, and the like."""
    return exchanged(source, rng, "extent", [(a, b) for a, b in VOCABULARY["extents"]])


def frequency(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with how often something happens changed."""
    often = VOCABULARY["frequencies"]
    return exchanged(source, rng, "frequency", [(a, b) for a in often for b in often if a != b])


def role(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with the part that a body plays changed."""
    return exchanged(
        source, rng, "role", [(a, b) for line in VOCABULARY["roles"] for a in line for b in line if a != b]
    )


def body(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with an office changed to another."""
    bodies = VOCABULARY["bodies"]
    return exchanged(source, rng, "body", [(a, b) for a in bodies for b in bodies if a != b])


def person(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a person of another name."""
    found = language().people(source.text)
    if not found:
        return None
    start, end, _ = rng.choice(found)
    new = rng.choice([name for name in VOCABULARY["people"] if not source.knows(name)])
    return replaced(source, "person", (start, end), new)


def quoted(source: Source, rng: Random) -> Specimen | None:
    """Returns the sentence with a quoted name changed to another."""
    found = [m for m in re.finditer("“([一-鿿]{2,8})”", source.text)]
    new = rng.choice([name for name in VOCABULARY["quoted"] if not source.knows(name)])
    return replaced(source, "quoted name", rng.choice(found).span(1), new) if found else None
