"""Which sentences of an article or about a topic a digest is made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.figures import extract_figures
from assistant.reading.matching import Matcher
from assistant.reading.terms import Term

_LEANS = re.compile(
    r"^(?:其中|此外|另外|同时|同样|这|那|他|她|它|该|其|对此|为此|由此|因此|所以|但|不过|而且|并且|还|又|再|也|则|接着|随后|之后|后来|如今|如此|前者|后者|此举|[一二三四五六七八九](?:是|为|要)|第?[二三四五六七八九][,，、]|“?[2-9]”?[是、.．]|以上|上述|换算)"
)
_SPEAKS = re.compile("说道?[,，:：]|表示[,，:：]|坦言|告诉记者|笑着|感慨|[“「][^”」]{25,}[”」]")
_ABOVE = 0.7  # what a heading or title counts beside the sentence itself
_SHORTEST, _LONGEST = 14, 150


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with how well it serves a digest, and how well it meets the topic (1 without one).

    `own` is what the sentence meets by its own words, without what stands above it.
    """

    evidence: Evidence
    score: float
    relevance: float
    own: float


class Chooser:
    """Ranks sentences; all knowledge of the language is handed in.

    Args:
        normalise: Text → simplified, half-width, lower case.
        matcher: Compares words.
    """

    def __init__(self, normalise: Callable[[str], str], matcher: Matcher) -> None:
        self._normalise = normalise
        self._matcher = matcher

    def rank(self, evidence: Sequence[Evidence], terms: Sequence[Term] = ()) -> list[Ranked]:
        """Returns the sentences that can stand alone, best first.

        A sentence serves better the more it shares with the others, the more figures it gives, the
        earlier it stands in its paragraph, and the better it meets the topic's terms.
        """
        words = {e.label: self._words(e) for e in evidence}
        common = Counter(word for found in words.values() for word in found)
        ranked = []
        for item in evidence:
            if not _stands_alone(item):
                continue
            relevance, own = self._relevance(item, terms)
            score = _central(words[item.label], common) + _telling(item) + relevance + own
            ranked.append(Ranked(item, score, relevance, own))
        return sorted(ranked, key=lambda r: (-r.score, r.evidence.label))

    def _relevance(self, item: Evidence, terms: Sequence[Term]) -> tuple[float, float]:
        """Returns how much of the terms' weight a sentence meets with what stands above it, and without."""
        total = sum(term.weight for term in terms)
        if not total:
            return 1.0, 1.0
        text, context = self._normalise(item.text), self._normalise(item.context)
        own = [self._matcher.match(term.text, text) for term in terms]
        above = [_ABOVE * self._matcher.match(term.text, context) for term in terms]
        weights = [term.weight for term in terms]
        met = sum(w * max(o, a) for w, o, a in zip(weights, own, above, strict=True))
        return met / total, sum(w * o for w, o in zip(weights, own, strict=True)) / total

    def pick(self, ranked: Sequence[Ranked], most: int) -> list[Evidence]:
        """Returns up to `most` sentences that do not say the same, in the order of their articles."""
        chosen: list[Evidence] = []
        for item in ranked:
            if len(chosen) == most:
                break
            if all(_shared(item.evidence.text, other.text) < 0.5 for other in chosen):
                chosen.append(item.evidence)
        order = list(dict.fromkeys(e.article.article_id for e in chosen))
        return sorted(chosen, key=lambda e: (order.index(e.article.article_id), e.start))

    def _words(self, item: Evidence) -> frozenset[str]:
        return frozenset(w for w in self._matcher.words(self._normalise(item.text)) if len(w) > 1)


def _stands_alone(item: Evidence) -> bool:
    text = item.text
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and not _LEANS.match(text)
        and not text.endswith(("?", "？", ":", "："))
        and all(text.count(a) == text.count(b) for a, b in ("“”", "《》", "（）"))
    )


def _central(words: frozenset[str], common: Counter[str]) -> float:
    """Returns how much a sentence shares with the others, 0 to about 1."""
    shared = [common[word] for word in words if common[word] > 1]
    return min(1.0, sum(shared) / (4.0 * max(len(words), 8))) if words else 0.0


def _telling(item: Evidence) -> float:
    amounts = sum(f.is_quantity for f in extract_figures(item.text))
    first = 0.35 if not item.before else 0.0
    broken = 0.4 if item.text.endswith(("；", ";", "：", "，")) else 0.0
    return min(amounts, 3) * 0.15 + first - broken - (0.3 if _SPEAKS.search(item.text) else 0.0)


def _shared(a: str, b: str) -> float:
    pairs = {a[i : i + 2] for i in range(len(a) - 1)}
    return len(pairs & {b[i : i + 2] for i in range(len(b) - 1)}) / max(len(pairs), 1)
