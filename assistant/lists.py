"""Lists answered whole: what stands in one list with the best sentence, and lists that headings make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.evidence import ArticleSource, Evidence, whole_article
from assistant.reading.asked import Asked
from assistant.reading.candidates import parse, sentence_span
from assistant.reading.listing import list_noun, listed
from assistant.reading.matching import Matcher
from assistant.reading.outline import headings_below, list_around
from assistant.reading.reader import Candidate
from assistant.reading.scoring import cover

_HEADED_LEAST = 0.6  # how well a section must meet the question for its headings to answer
_NOUN_LEAST = 0.5
_MOST_ARTICLES = 3


class Lists:
    """Finds lists in articles.

    Args:
        source: Gives articles and their sentences.
        normalise: Text → simplified, half width, lower case, of the same length.
        matcher: Compares words.
    """

    def __init__(self, source: ArticleSource, normalise: Callable[[str], str], matcher: Matcher) -> None:
        self._source = source
        self._normalise = normalise
        self._matcher = matcher
        self._parse = lru_cache(maxsize=2000)(lambda e: parse(e, normalise))

    def around(self, asked: Asked, best: Candidate) -> tuple[Candidate, ...]:
        """Returns the sentences that carry one list with the best, in order; () if it stands alone."""
        found = list_around(best.evidence, self._article(best.evidence), listed(asked.question.text))
        return tuple(self._candidate(e, best) for e in found)

    def by_headings(self, asked: Asked, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Returns the numbered headings of the section headed by what is asked for, () if there is none."""
        noun = list_noun(asked.question.text)
        wanted = listed(asked.question.text)
        if not noun:
            return ()
        seen: set[tuple[str, str]] = set()
        for candidate in candidates:
            section = candidate.evidence.sentence.section.split(" / ")[0]
            key = (candidate.evidence.article.article_id, section)
            if not section or key in seen or candidate.place_match < 0:
                continue
            seen.add(key)
            if self._matcher.match(noun, self._normalise(section)) < _NOUN_LEAST:
                continue
            items = headings_below(self._article(candidate.evidence), section)
            if (
                len(items) > 1
                and (not wanted or len(items) == wanted)
                and self._meets(asked, candidate, section, items)
            ):
                return tuple(self._candidate(e, candidate) for e in items)
        return ()

    def _meets(self, asked: Asked, candidate: Candidate, section: str, items: Sequence[Evidence]) -> bool:
        meta = candidate.evidence.article
        zones = {
            "clause": self._normalise(" ".join((section, *(e.text for e in items)))),
            "title": self._normalise(" ".join((meta.title, meta.region, meta.publisher))),
        }
        return cover(asked.terms, zones, self._matcher).score >= _HEADED_LEAST

    def _article(self, evidence: Evidence) -> list[Evidence]:
        article_id = evidence.article.article_id
        return whole_article(
            self._source.article(article_id), self._source.sentences(article_id), headings=True
        )

    def _candidate(self, evidence: Evidence, best: Candidate) -> Candidate:
        parsed = self._parse(evidence)
        return Candidate(
            parsed, sentence_span(parsed), best.score, best.coverage, best.time_match, best.place_match
        )
