"""Chat models that act by script: perfect, sloppy, lying. Their replies are built from the gold answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from assistant import extract_figures
from evals.cases import Turn
from evals.comparing import squeezed, stands_in
from evals.mutations import MUTATIONS
from evals.specimens import Source, clause_at, excerpted

_LINE = re.compile(r"^\[(\d+)\] (?:（[^（）]*）)?(.*)$", re.M)
_ASKED = re.compile(r"(?:多少|几[十百千万]?)(?P<unit>[个名人家户支栋条项场份座所件次万元亿]*)")
_POLITE = re.compile(
    r"^(请问|请教一?下?|想?问一?下|帮我(找|查|看)一?下|麻烦问一?下|有没有统计过|我想知道|听说)[,，:：]?"
)
_TAIL = re.compile(r"[?？。!！呢啊呀啦吗的哦嘛]+$")
# Words that point to what was said before: put in the indicative, such a question is no statement.
_NO_STATEMENT = re.compile("[,，;；?？:：]|另外|另一|这个|那边|他们|^那|上限是")
_MOST_GOLD = 3
NOTHING = "证据中没有。"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of a scripted model; `true` if it follows from the sentence that it cites."""

    text: str
    label: int
    true: bool
    how: str

    def line(self) -> str:
        """Returns the claim as a model writes it."""
        return f"{self.text.rstrip('。')}[{self.label}]。"


@dataclass(frozen=True, slots=True)
class Offered:
    """A numbered sentence of a prompt, with what is known of it if it holds amounts."""

    label: int
    text: str
    source: Source | None


Character = Callable[[Turn, Sequence[Offered], Sequence[Offered], Random], list[Said]]


@dataclass
class ScriptedChat:
    """A ChatPort that says what its character makes of the turn at hand; `said` keeps what it claimed."""

    character: Character
    sources: Mapping[str, Source]
    rng: Random = field(default_factory=lambda: Random(0))
    turn: Turn | None = None
    said: list[Said] = field(default_factory=list)
    prompts: int = 0
    name: str = "scripted"
    place: str = ""
    structured: bool = False

    def stream(self, prompt: str) -> Iterator[str]:
        """Yields the reply in small parts; a request to mend gets nothing."""
        self.prompts += 1
        offered = [
            Offered(int(label), text, self.sources.get(squeezed(text)))
            for label, text in _LINE.findall(prompt)
        ]
        if self.turn is None or "没有通过核对" in prompt:
            yield NOTHING
            return
        gold = gold_sentences(self.turn, offered)
        said = self.character(self.turn, gold, offered, self.rng)
        self.said += said
        reply = "\n".join(claim.line() for claim in said) or NOTHING
        for at in range(0, len(reply), 9):
            yield reply[at : at + 9]


def gold_sentences(turn: Turn, offered: Sequence[Offered]) -> list[Offered]:
    """Returns the offered sentences that hold the gold evidence or a gold figure."""
    found = []
    for words in turn.evidence:
        found += [item for item in offered if squeezed(words) in squeezed(item.text)][:1]
    for gold in turn.figures:
        if not any(stands_in(gold, item.text) for item in found):
            found += [item for item in offered if stands_in(gold, item.text)][:1]
    return list({item.label: item for item in found}.values())[:_MOST_GOLD]


def perfect(turn: Turn, gold: Sequence[Offered], offered: Sequence[Offered], rng: Random) -> list[Said]:
    """Says the part of each gold sentence that answers, and the question with its answer put in."""
    said = []
    for item in gold:
        spots = [item.text.find(words) for words in turn.evidence if words in item.text]
        spots += [f.start for f in extract_figures(item.text) for g in turn.figures if stands_in(g, f.text)]
        start = clause_at(item.text, min([s for s in spots if s >= 0], default=0))
        whole = len(item.text) <= 80
        text = item.text if whole else item.text[start[0] : start[1]]
        said.append(Said(text.strip("，, "), item.label, True, "sentence" if whole else "clause"))
    if gold and (affirmed := affirm(turn)):
        holder = next((i for i in gold if stands_in(turn.figures[0], i.text)), None)
        said += [Said(affirmed, holder.label, True, "affirmed")] if holder else []
    return said


def affirm(turn: Turn) -> str:
    """Returns a plain question for one figure as a statement that gives it, "" where that is not simple."""
    if turn.style != "plain" or len(turn.figures) != 1 or turn.kind not in {"count", "share", "money"}:
        return ""
    text = _TAIL.sub("", _POLITE.sub("", turn.question))
    match = _ASKED.search(text)
    if match is None or _NO_STATEMENT.search(text):
        return ""
    figure, rest = turn.figures[0].text, text[match.end() :].removeprefix("钱")
    unit = turn.figures[0].unit
    if unit == "人" and rest.strip():
        return ""  # «6000余人志愿者» is no Chinese
    statement = text[: match.start()] + figure + (rest.removeprefix(unit) if figure.endswith(unit) else rest)
    return statement if len(statement) <= 80 else ""


def sloppy(turn: Turn, gold: Sequence[Offered], offered: Sequence[Offered], rng: Random) -> list[Said]:
    """Says what the perfect one says, with a fifth of the figures wrong."""
    said = []
    for claim in perfect(turn, gold, offered, rng):
        wrong = wrong_figure(claim.text, offered, rng) if rng.random() < 0.2 else ""
        said.append(Said(wrong, claim.label, False, "digit") if wrong else claim)
    return said


def wrong_figure(text: str, offered: Sequence[Offered], rng: Random) -> str:
    """Returns the text with a digit of an amount changed to what stands nowhere in the offer, "" if none."""
    amounts = [f for f in extract_figures(text) if f.is_quantity]
    for figure in rng.sample(amounts, len(amounts)):
        digits = [i for i in range(*figure.number) if text[i].isdigit()]
        for i in rng.sample(digits, len(digits)):
            for new in rng.sample("123456789", 9):
                number = text[figure.number[0] : i] + new + text[i + 1 : figure.number[1]]
                if new != text[i] and not any(number in item.text for item in offered):
                    return text[:i] + new + text[i + 1 :]
    return ""


def lying(turn: Turn, gold: Sequence[Offered], offered: Sequence[Offered], rng: Random) -> list[Said]:
    """Says nothing true: every gold sentence put otherwise in several ways, figures of others, inventions."""
    said = []
    for item in gold:
        for maker in rng.sample(MUTATIONS, len(MUTATIONS)) if item.source else ():
            made = maker(item.source, rng) if item.source else None
            if made is not None:
                text = (excerpted(made) if rng.random() < 0.5 else made).statement
                said.append(Said(text, item.label, False, made.kind))
            if len(said) >= 4:
                break
        if wrong := wrong_figure(item.text, offered, rng):
            said.append(Said(wrong, item.label, False, "digit"))
    if gold:
        if (affirmed := affirm(turn)) and (wrong := wrong_figure(affirmed, offered, rng)):
            said.append(Said(wrong, gold[0].label, False, "affirmed"))
        said += [Said(text, gold[0].label, False, "invention") for text in rng.sample(_INVENTED, 2)]
    return said


_INVENTED = (
    "当地还建成了3座火箭发射场",
    "这项工作获得了全国五一劳动奖状",
    "居民普遍表示不满意，要求停办",
    "有关负责人已被立案调查",
    "下一步将投资12.7亿元建设地铁",
    "该做法由哈佛大学的团队设计",
)
CHARACTERS: dict[str, Character] = {"perfect": perfect, "sloppy": sloppy, "lying": lying}
