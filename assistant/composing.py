"""Parts of code-like names answered: the articles searched for what they say that a digit stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.decide import Choice
from assistant.evidence import ArticleSource, Evidence, whole_article
from assistant.reading.candidates import named_spans, parse, sentence_span
from assistant.reading.composition import Definition, Part, definitions
from assistant.reading.reader import Candidate
from assistant.reading.scoring import Coverage

_SURE = 1.5
_MOST_ARTICLES = 3


class Composer:
    """Finds what parts of names stand for.

    Args:
        source: Gives articles and their sentences.
        normalise: Text → simplified, half width, lower case, of the same length.
    """

    def __init__(self, source: ArticleSource, normalise: Callable[[str], str]) -> None:
        self._source = source
        self._normalise = normalise

    def choose(self, parts: Sequence[Part], evidence: Sequence[Evidence]) -> Choice:
        """Returns the sentences that say what every part stands for; none if one is not told."""
        for article_id in list(dict.fromkeys(e.article.article_id for e in evidence))[:_MOST_ARTICLES]:
            article = self._source.article(article_id)
            sentences = whole_article(article, self._source.sentences(article_id), headings=True)
            told = [definitions(part, sentences, self._normalise) for part in parts]
            if all(told):
                return Choice(tuple(self._candidate(d) for found in told for d in found))
        return Choice((), (), "terms")

    def _candidate(self, found: Definition) -> Candidate:
        parsed = parse(found.evidence, self._normalise)
        if found.goes_on:
            return Candidate(parsed, sentence_span(parsed), _SURE, Coverage(1.0, (), (), ()), 0, 1)
        text = found.evidence.text[found.start : found.end].strip(" ,，。;；")
        span = next(named_spans(parsed, [(found.start, found.end, text)], "name"))
        return Candidate(parsed, span, _SURE, Coverage(1.0, (), (), ()), 0, 1)
