"""Lists answered whole: what stands in one list with the best sentence, and lists that headings make."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from assistant.evidence import ArticleSource, Evidence, whole_article
from assistant.reading.asked import Asked
from assistant.reading.candidates import parse, sentence_span
from assistant.reading.listing import list_noun, listed
from assistant.reading.matching import Matcher
from assistant.reading.outline import headings_below, list_around
from assistant.reading.reader import Candidate
from assistant.reading.rosters import roster
from assistant.reading.scoring import cover

_HEADED_LEAST = 0.6  # how well a section must meet the question for its headings to answer
_NOUN_LEAST = 0.5
_MOST_ARTICLES = 3
_FEW = 3  # sentences that are no long list
_SEVERAL = re.compile("哪些|哪几|都有|有谁|分别|名单|哪[两二三四五六七八九十]|各是|(?:那|哪)两")
_LEANS = re.compile(
    "(?:通过|采取|经过|借助|依托|以)?(?:这|此)(?:一|类|种|些|样|项|套)?(?:方式|办法|做法|举措|机制|模式|措施|举|途径|思路|方案|活动|行动|制度)|为此|由此|对此|因此|这样一来|此举|其中"
)
_TELLS_WHY = re.compile("^(?:此举|这样做|这一?做法|目的|为的)|(?:正?是为了?|旨在|目的是|目的在于|以便|意在)")


def _goes_on(first: Evidence, later: Evidence, have: Collection[int]) -> bool:
    """Returns whether two sentences stand in one paragraph, neither a heading nor both chosen already."""
    if first.sentence.heading or later.sentence.heading or {first.start, later.start} <= set(have):
        return False
    return first.sentence.section == later.sentence.section and first.text in (
        later.paragraph or later.before
    )


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

    def by_lines(self, asked: Asked, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Returns the names that stand one a line under the line that a question names, () if none do."""
        if not _SEVERAL.search(asked.question.text):
            return ()
        articles = {c.evidence.article.article_id: c for c in candidates if c.place_match >= 0}
        for candidate in list(articles.values())[:_MOST_ARTICLES]:
            article = self._article(candidate.evidence)
            wanted = listed(asked.question.text)
            if found := roster(article, asked.question.text, self._normalise, wanted):
                return tuple(self._candidate(e, candidate) for e in found)
        return ()

    def in_full(self, asked: Asked, chosen: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Returns the chosen sentences with what they lean on: «通过这类方式…» needs the sentence before it.

        For a reason asked for, a sentence after them that tells it («此举是为了…») is added as well.
        """
        if not chosen or chosen[0].span.type != "sentence" or len(chosen) > _FEW:
            return tuple(chosen)
        best, have = chosen[0], {c.evidence.start for c in chosen}
        article = self._article(best.evidence)
        at = next((i for i, e in enumerate(article) if e.start == best.evidence.start), -1)
        found = list(chosen)
        if at > 0 and _LEANS.match(best.evidence.text) and _goes_on(article[at - 1], article[at], have):
            found.insert(0, self._candidate(article[at - 1], best))
        after = article[at + 1] if 0 <= at < len(article) - 1 else None
        why = asked.question.kind == "purpose" and after is not None and _TELLS_WHY.search(after.text)
        if why and after is not None and _goes_on(article[at], after, have):
            found.append(self._candidate(after, best))
        return tuple(found)

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
