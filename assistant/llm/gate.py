"""What a model's claim must pass before anybody sees it: the product's one checker, and form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.checking.checker import Checker, Finding, Support
from assistant.draft import support
from assistant.evidence import Evidence
from assistant.figures import extract_figures
from assistant.llm.offer import Offer, rank_by_words
from assistant.llm.parsing import Claim
from assistant.orders import gives_orders, visible
from assistant.reading.matching import Matcher
from assistant.reading.times import time_mentions

_MARKUP = re.compile(r"https?:|www\.|!\[|\]\(|</?[a-zA-Z]|<!--|[\x00-\x08\x0b-\x1f\x7f]")
_MET = 0.5
_MOST_UNMET = 0.5  # share of a claim's words that its cited sentences themselves may lack
_MOST_UNMET_IN_WORDS = 0.25
_SAY_LITTLE = frozenset("已经 正在 目前 现在 一直 一共 共有 现有 当地 有关 相关 进行 开展".split())
_TRIED = 3
_WHY = {
    "citation": "没有标出证据编号",
    "figure": "“{}”不在所引的证据里",
    "qualifier": "“{}”的限定词与证据不一致",
    "subject": "“{}”说的对象与证据不一致",
    "time": "“{}”的时间与证据不一致",
    "date": "日期“{}”不在所引的证据里",
    "name": "{}不在所引的证据里",
    "place": "地名“{}”不在所引的证据里",
    "scope": "范围“{}”不在所引的证据里",
    "negation": "“{}”的肯定或否定与证据相反",
    "direction": "“{}”的增减方向与证据相反",
    "words": "“{}”在所引的证据里找不到",
    "label": "没有编号为 {} 的证据",
    "orders": "不是对问题的回答",
    "markup": "含有网址或标记",
    "language": "不是简体中文",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim with what it rests on; it stands if nothing speaks against it."""

    claim: Claim
    cites: tuple[Evidence, ...] = ()
    faults: tuple[Finding, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the claim may be shown."""
        return not self.faults

    @property
    def reason(self) -> str:
        """Why not, in Chinese, for the model to mend."""
        return "；".join(
            dict.fromkeys(_WHY.get(f.kind, "“{}”没有依据").format(f.text) for f in self.faults[:3])
        )


class Gate:
    """Judges claims against the evidence that was offered.

    Args:
        checker: The check that every statement passes.
        matcher, normalise, places: As the checker's.
    """

    def __init__(
        self,
        checker: Checker,
        matcher: Matcher,
        normalise: Callable[[str], str],
        places: Callable[[str], Sequence[str]],
    ) -> None:
        self._checker = checker
        self._matcher = matcher
        self._normalise = normalise
        self._places = places

    def judge(self, claim: Claim, offer: Offer, derived: Sequence[str] = ()) -> Verdict:
        """Returns whether the claim stands, and on which of the sentences it cites.

        A claim that is true of another offered sentence than the one it names is cited anew; sentences
        that add nothing are not cited.
        """
        claim = replace(claim, text=visible(claim.text))
        unknown = [label for label in claim.labels if offer.at(label) is None]
        named = [item for label in claim.labels if (item := offer.at(label))]
        form = _form_faults(claim.text, " ".join(item.text for item in named))
        if form:
            return Verdict(claim, faults=form)
        if unknown:
            return Verdict(claim, faults=(Finding("label", "、".join(map(str, unknown))),))
        if not named:
            return Verdict(claim, faults=(Finding("citation", ""),))
        faults = self._faults(claim.text, named, derived)
        if not faults:
            return Verdict(claim, tuple(self._needed(claim.text, named, derived)))
        for other in rank_by_words([e for e in offer.sentences if e not in named], claim.text)[:_TRIED]:
            if not self._faults(claim.text, [other], derived):
                return Verdict(claim, (other,))
        return Verdict(claim, faults=faults)

    def _needed(self, text: str, named: Sequence[Evidence], derived: Sequence[str]) -> Sequence[Evidence]:
        """Returns the cited sentences that bear the claim out alone, else those it cannot do without."""
        if len(named) == 1:
            return named
        alone = [item for item in named if not self._faults(text, [item], derived)]
        if alone:
            return alone
        kept = list(named)
        for item in reversed(named):
            fewer = [e for e in kept if e is not item]
            if fewer and not self._faults(text, fewer, derived):
                kept = fewer
        return kept

    def _faults(self, text: str, cites: Sequence[Evidence], derived: Sequence[str]) -> tuple[Finding, ...]:
        found = self._checker.check(text, [_support(item) for item in cites], derived)
        return found or self._rootless(text, cites)

    def _rootless(self, text: str, cites: Sequence[Evidence]) -> tuple[Finding, ...]:
        """Finds claims whose words stand in titles and headings alone: these tell what about, not what.

        A claim without a figure has nothing but its words to be held to, so nearly all must stand there.
        """
        body = self._normalise(text)
        own = self._normalise(" ".join(f"{item.text} {item.before}" for item in cites))
        figures = extract_figures(body)
        for start, end in sorted(
            [(f.start, f.end) for f in figures]
            + [(m.start, m.end) for m in time_mentions(body, "", figures)],
            reverse=True,
        ):
            body = body[:start] + " " * (end - start) + body[end:]
        for place in self._places(body):
            body = body.replace(place, " ")
        words = [
            w
            for w in dict.fromkeys(self._matcher.words(body))
            if len(w) > 1 and re.search(r"[一-鿿a-z]", w) and w not in _SAY_LITTLE
        ]
        unmet = [w for w in words if self._matcher.match(w, own) < _MET]
        most = _MOST_UNMET if any(f.is_quantity for f in figures) else _MOST_UNMET_IN_WORDS
        return (Finding("words", "、".join(unmet)),) if len(unmet) > most * len(words) else ()


def _support(item: Evidence) -> Support:
    """Returns what the checker may use; a title or heading that gives orders counts for nothing."""
    found = support(item)
    context = " ".join(
        part
        for part in (item.sentence.section, item.article.title, item.article.region, item.article.publisher)
        if part and not gives_orders(part)
    )
    before = "" if gives_orders(item.before) else item.before
    return replace(found, context=f"{context} {item.article.published}", before=before)


def _form_faults(text: str, cited: str) -> tuple[Finding, ...]:
    if gives_orders(text):
        return (Finding("orders", ""),)
    if found := _MARKUP.search(text):
        return (Finding("markup", found[0]),)
    foreign = [c for c in text if c.isalpha() and not _is_chinese(c) and not c.isascii() and c not in cited]
    if foreign or not re.search("[一-鿿]", text):
        return (Finding("language", ""),)
    return ()


def _is_chinese(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK ")
