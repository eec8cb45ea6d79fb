"""What a longer text is made of: which articles, which sections, which sentences; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.digest.choosing import Chooser, Ranked
from assistant.digest.tasks import Task
from assistant.evidence import ArticleSource, Evidence, gather, whole_article
from assistant.models import Answer
from assistant.orders import tainted
from assistant.reading.constraints import bare_place
from assistant.reading.language import Language
from assistant.reading.question import understand
from assistant.reading.terms import Term
from retrieval import ArticleMeta, Hit, Query

LEAST_RELEVANT = 0.55  # share of the topic's terms that the best sentence must meet
_NEAR_BEST = 0.7
_HITS = 40
_MOST_SENTENCES = {"summary": 6, "briefing": 4, "sentence": 1}
_MOST_SECTIONS = 6
_MOST_POOL = 16
_ONE_LINE = 90

Turn = tuple[str, Answer]


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A part of the text: its heading, the sentences of the digest, and those a writer may use besides."""

    heading: str
    chosen: tuple[Evidence, ...]
    pool: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written; no section where the articles do not tell of the subject.

    Attributes:
        about: The article's title or the topic, as shown.
        unclear: True where it is not said which article is meant.
    """

    task: Task
    about: str
    sections: tuple[PlannedSection, ...] = ()
    nearest: tuple[Evidence, ...] = ()
    unclear: bool = False


class Planner:
    """Finds what a longer text rests on; every outside thing is handed in."""

    def __init__(
        self,
        *,
        search: Callable[[Query], list[Hit]],
        articles: Callable[[], Sequence[ArticleMeta]],
        source: ArticleSource,
        language: Language,
    ) -> None:
        self._search = search
        self._articles = articles
        self._source = source
        self._language = language
        self._chooser = Chooser(language.normalise, language.matcher)

    def plan(self, task: Task, history: Sequence[Turn], scope: frozenset[str] | None) -> Plan:
        """Returns what the text is made of."""
        if task.named or task.this:
            article = self._article(task, history, scope)
            if article is None:
                return Plan(task, task.named or task.subject, unclear=True)
            return self._of_article(task, article)
        return self._of_topic(task, scope)

    def _article(
        self, task: Task, history: Sequence[Turn], scope: frozenset[str] | None
    ) -> ArticleMeta | None:
        """Returns the one article that is meant, None if that is not clear."""
        held = [a for a in self._articles() if scope is None or a.article_id in scope]
        if task.named:
            named = self._language.normalise(task.named)
            titles = [(self._language.normalise(a.title), a) for a in held if a.title]
            return next((a for title, a in titles if named in title or title in named), None)
        if task.subject:
            hits = self._search(Query(text=task.subject, scope=scope, top_k=5, per_article=True))
            local = self._local(task.subject, held)
            best = [h.article_id for h in hits if not local or h.article_id in local] or sorted(local)
            return next((a for name in best for a in held if a.article_id == name), None)
        cited = [c.article_id for _, answer in reversed(history) for c in answer.citations]
        wanted = cited[0] if cited else held[0].article_id if len(held) == 1 else ""
        return next((a for a in held if a.article_id == wanted), None)

    def _of_article(self, task: Task, article: ArticleMeta) -> Plan:
        whole = self._source.article(article.article_id)
        evidence = _clean(whole_article(whole, self._source.sentences(article.article_id)))
        ranked = self._chooser.rank(evidence)
        about = f"《{article.title}》" if article.title else article.article_id
        if task.manner == "briefing":
            return Plan(task, about, self._by_heading(ranked))
        spread = _spread(ranked, 2 if task.manner == "summary" else 1)
        chosen = self._chooser.pick(spread, _MOST_SENTENCES[task.manner])
        return Plan(task, about, _one_section(chosen, ranked))

    def _of_topic(self, task: Task, scope: frozenset[str] | None) -> Plan:
        normal = self._language.normalise(task.subject)
        places = tuple(dict.fromkeys(name for _, _, name in self._language.places(normal)))
        terms = [
            t
            for t in self._language.terms(understand(normal), places)
            if t.kind != "place" and t.weight > 0.1
        ]
        held = [a for a in self._articles() if scope is None or a.article_id in scope]
        local = self._local(normal, held)
        if places and not local:
            return Plan(task, task.subject)
        inside = frozenset(local) or scope
        if not terms:  # a place alone: what its articles tell
            return self._of_places(task, sorted(local))
        hits = self._search(Query(text=normal, scope=inside, top_k=_HITS))
        ranked = self._relevant(_clean(gather(hits, self._source)), terms)
        if not ranked:
            return Plan(task, task.subject, nearest=tuple(_clean(gather(hits[:3], self._source))[:3]))
        if task.manner == "sentence":
            ranked = sorted(ranked, key=lambda r: (-r.own, len(r.evidence.text) > _ONE_LINE, -r.score))
        if task.manner != "briefing":
            chosen = self._chooser.pick(ranked, _MOST_SENTENCES[task.manner])
            return Plan(task, task.subject, _one_section(chosen, ranked))
        articles = {r.evidence.article.article_id for r in ranked}
        sections = self._by_article(ranked) if len(articles) > 1 else self._by_heading(ranked)
        return Plan(task, task.subject, sections)

    def _of_places(self, task: Task, article_ids: Sequence[str]) -> Plan:
        if len(article_ids) == 1:
            return self._of_article(task, self._source.article(article_ids[0]))
        evidence = [
            e
            for name in article_ids
            for e in _clean(whole_article(self._source.article(name), self._source.sentences(name)))
        ]
        ranked = self._chooser.rank(evidence)
        if task.manner == "briefing":
            return Plan(task, task.subject, self._by_article(ranked))
        chosen = self._chooser.pick(_spread(ranked, 2), _MOST_SENTENCES[task.manner])
        return Plan(task, task.subject, _one_section(chosen, ranked))

    def _relevant(self, evidence: Sequence[Evidence], terms: Sequence[Term]) -> list[Ranked]:
        """Returns the sentences that are about the topic, none if not even the best meets enough of it."""
        ranked = self._chooser.rank(evidence, terms)
        best = max((r.relevance for r in ranked), default=0.0)
        if best < LEAST_RELEVANT:
            return []
        return [r for r in ranked if r.relevance >= max(0.4, _NEAR_BEST * best)]

    def _local(self, text: str, held: Sequence[ArticleMeta]) -> set[str]:
        wanted = {bare_place(name) for _, _, name in self._language.places(self._language.normalise(text))}
        return {a.article_id for a in held if any(w in a.region + a.title for w in wanted)}

    def _by_article(self, ranked: Sequence[Ranked]) -> tuple[PlannedSection, ...]:
        names = list(dict.fromkeys(r.evidence.article.article_id for r in ranked))[:_MOST_SECTIONS]
        found = []
        for name in sorted(names):
            own = [r for r in ranked if r.evidence.article.article_id == name]
            meta = own[0].evidence.article
            found.append(self._section(meta.region or meta.title or name, own))
        return _distinct(found)

    def _by_heading(self, ranked: Sequence[Ranked]) -> tuple[PlannedSection, ...]:
        best = list(dict.fromkeys(_heading(r.evidence) for r in ranked))[:_MOST_SECTIONS]
        order = {_heading(r.evidence): r.evidence.start for r in reversed(ranked)}
        for item in ranked:
            order[_heading(item.evidence)] = min(order[_heading(item.evidence)], item.evidence.start)
        return tuple(
            self._section(heading, [r for r in ranked if _heading(r.evidence) == heading])
            for heading in sorted(best, key=order.__getitem__)
        )

    def _section(self, heading: str, ranked: Sequence[Ranked]) -> PlannedSection:
        chosen = self._chooser.pick(ranked, _MOST_SENTENCES["briefing"])
        return PlannedSection(heading, tuple(chosen), tuple(r.evidence for r in ranked[:_MOST_POOL]))


def _one_section(chosen: Sequence[Evidence], ranked: Sequence[Ranked]) -> tuple[PlannedSection, ...]:
    pool = tuple(dict.fromkeys([*chosen, *(r.evidence for r in ranked[:_MOST_POOL])]))
    return (PlannedSection("", tuple(chosen), pool),) if chosen else ()


def _spread(ranked: Sequence[Ranked], most: int) -> list[Ranked]:
    """Returns the ranked sentences with at most so many of each section in front, the others after them."""
    taken: dict[tuple[str, str], int] = {}
    first: list[Ranked] = []
    later: list[Ranked] = []
    for item in ranked:
        key = (item.evidence.article.article_id, _heading(item.evidence))
        taken[key] = taken.get(key, 0) + 1
        (first if taken[key] <= most else later).append(item)
    return [*first, *later]


def _heading(item: Evidence) -> str:
    """Returns the heading that a sentence's part of the article stands under, "" for its beginning."""
    parts = [part.strip() for part in item.sentence.section.split(" / ") if part.strip()]
    return next((part for part in parts if part != item.article.title), "")


def _distinct(sections: Sequence[PlannedSection]) -> tuple[PlannedSection, ...]:
    """Returns the sections with headings that differ: the title is added where two are of one place."""
    names = [s.heading for s in sections]
    return tuple(
        PlannedSection(f"{s.heading} {s.chosen[0].article.title}".strip(), s.chosen, s.pool)
        if names.count(s.heading) > 1 and s.chosen
        else s
        for s in sections
    )


def _clean(evidence: Collection[Evidence]) -> list[Evidence]:
    return [e for e in evidence if not tainted(e.text, e.paragraph)]
