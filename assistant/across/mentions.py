"""Which articles mention something: all of them, not the best few; the first sentence of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assistant.across.lines import Line, LineFigure, Part
from assistant.across.result import Result
from assistant.evidence import ArticleSource, Evidence, whole_article
from assistant.figures import extract_figures
from assistant.ledger.places import region_places
from assistant.reading.language import Language
from assistant.reading.question import understand
from assistant.reading.terms import Term
from assistant.reading.vocabulary import load_vocabulary
from retrieval import ArticleMeta, Brief, Chunk, Hit, Query, briefs_of

_MOST_SHOWN = 60
_MOST_TITLES = 200
_NEAR = 40
_MOST_SPANS = 3
_TAIL = re.compile(r"(?<=..)(?:工作|情况|问题|方面|事项|内容|状况|现象|活动|建设)$")
_WHOLE = 5  # characters from which a term is looked for in its words too
_QUOTES = dict.fromkeys(map(ord, "“”‘’\"'「」『』《》〈〉 \t\u3000"))


class Mentions:
    """Finds every article that mentions something; every outside thing is handed in.

    Args:
        holding: Groups of tokens, scope → all passages that hold every token of a group.
        marks: Term → tokens that every text holding it has.
        search: Query → hits, for what no article has as written.
        articles, source: The articles.
        language: Normalises and compares.
    """

    def __init__(
        self,
        *,
        holding: Callable[[Sequence[Collection[str]], Collection[str] | None], Iterator[Chunk]],
        marks: Callable[[str], list[str]],
        search: Callable[[Query], list[Hit]],
        articles: Callable[[], Sequence[ArticleMeta]],
        source: ArticleSource,
        language: Language,
    ) -> None:
        self._holding = holding
        self._marks = marks
        self._search = search
        self._articles = articles
        self._source = source
        self._language = language

    def answer(self, terms: Sequence[str], scope: frozenset[str] | None, *, quoted: bool = False) -> Result:
        """Returns the number of articles that mention all terms, with the first sentence of each."""
        known = {
            m.article_id: m for m in briefs_of(self._articles()) if scope is None or m.article_id in scope
        }
        found, how = self._by_words(terms, scope), ""
        if not found and len(terms) == 1:
            found, terms, how = self._otherwise(terms[0], scope)
        elif len(terms) == 1 and not quoted:
            found, how = self._wider(terms[0], found, scope)
        found = [f for f in found if f.article in known]
        name = "、".join(f"“{t}”" for t in terms)
        understood = f"哪些文章提到：{name}（共{len(known)}篇，逐篇查找）"
        if not found:
            return Result(
                missing=(name,), nearest=tuple(self._closest(terms[0], scope)), understood=understood
            )
        return self._result(found, known, name, how, understood)

    def _result(
        self, found: Sequence[_Mention], known: dict[str, Brief], name: str, how: str, understood: str
    ) -> Result:
        lines = {f.article: self._line(f) for f in found[:_MOST_SHOWN]}
        found = [f for f in found if lines.get(f.article, ...) is not None]
        exact = [f for f in found if not f.instead]
        names = list(dict.fromkeys(_name_of(known[f.article]) for f in found))
        head = f"库中{len(known)}篇文章里，有{len(exact) or len(found)}篇提到{name}{how}"
        shown = [line for f in found if (line := lines.get(f.article)) is not None]
        rest = [f"《{known[f.article].title or f.article}》" for f in found if f.article not in lines]
        said = head + "。"
        if rest:
            more = f"等共{len(rest)}篇" if len(rest) > _MOST_TITLES else ""
            said += f"以下列出前{_MOST_SHOWN}篇的首句，其余为：{'、'.join(rest[:_MOST_TITLES])}{more}。"
        short = f"{len(exact) or len(found)}篇：{'、'.join(names[:12])}{'等' if len(names) > 12 else ''}"
        if not found:
            return Result(missing=(name,), understood=understood)
        return Result(tuple(shown), short, (), said, understood=understood)

    def _line(self, mention: _Mention) -> Line | None:
        article = self._source.article(mention.article)
        sentences = whole_article(article, self._source.sentences(mention.article), headings=True)
        for start, end in mention.spans:
            for evidence in sentences:
                if evidence.start < end and start < evidence.end:
                    quoted = _NUMBERED.sub("", _part(evidence.text, start - evidence.start))
                    label = _name_of(evidence.article)
                    part, named = Part(quoted, (evidence,)), bool(region_places(evidence.article.region))
                    return Line(
                        f"{label}：{quoted}",
                        (evidence,),
                        (part,),
                        _figures(quoted, evidence),
                        labels=(label,) if named else (),
                        sources=() if named else (label,),
                    )
        return None

    def _by_words(self, terms: Sequence[str], scope: frozenset[str] | None) -> list[_Mention]:
        """Returns the articles that hold all terms as written, quotation marks, width and script aside."""
        per_term = [self._holders(term, scope) for term in terms]
        first = per_term[0]
        return [m for key, m in first.items() if all(key in other for other in per_term[1:])]

    def _holders(self, term: str, scope: frozenset[str] | None) -> dict[str, _Mention]:
        wanted = self._bare(term)
        if not wanted:
            return {}
        found: dict[str, _Mention] = {}
        for chunk in self._holding(_groups(self._marks(term)), scope):
            if (at := self._find(chunk.text, wanted)) is not None:
                span = (chunk.start + at[0], chunk.start + at[1])
                earlier = found.get(chunk.article_id, _Mention(chunk.article_id, ()))
                if len(earlier.spans) < _MOST_SPANS:
                    found[chunk.article_id] = replace(earlier, spans=(*earlier.spans, span))
        return found

    def _bare(self, text: str) -> str:
        return self._language.normalise(text).translate(_QUOTES)

    def _find(self, text: str, wanted: str) -> tuple[int, int] | None:
        """Returns the span of a term in a text, quotation marks and spaces inside it aside."""
        normal = self._language.normalise(text)
        places = [i for i, c in enumerate(normal) if ord(c) not in _QUOTES]
        at = "".join(normal[i] for i in places).find(wanted)
        return None if at < 0 else (places[at], places[at + len(wanted) - 1] + 1)

    def _wider(
        self, term: str, found: list[_Mention], scope: frozenset[str] | None
    ) -> tuple[list[_Mention], str]:
        """Returns the articles with those added that say it in another word, and how that is told."""
        others = sorted(load_vocabulary().same(term)) if len(term) > 2 else []
        if core := _TAIL.sub("", term):
            others += [core] if core != term else []
        have = {f.article for f in found}
        more: list[_Mention] = []
        told: list[str] = []
        for other in others:
            if len(other) < 2 or (other in term and other != _TAIL.sub("", term)):
                continue
            extra = [m for m in self._by_words([other], scope) if m.article not in have]
            more += [replace(m, instead=other) for m in extra]
            have |= {m.article for m in extra}
            told += [f"另有{len(extra)}篇写作“{other}”"] if extra else []
        if found and len(self._contents(term)) > 1:
            near = self._search(Query(text=term, scope=scope, top_k=_NEAR))
            extra = [m for m in self._in_one_sentence(term, near) if m.article not in have]
            more += extra
            told += [f"另有{len(extra)}篇在一句中同时说到其中的词"] if extra else []
        return found + more, f"；{'，'.join(told)}" if told else ""

    def _otherwise(
        self, term: str, scope: frozenset[str] | None
    ) -> tuple[list[_Mention], tuple[str, ...], str]:
        """Returns what comes nearest to a term that no article has: mended, in a synonym, or its words in one sentence."""
        near = self._search(Query(text=term, scope=scope, top_k=_NEAR))
        mended = self._language.mended(term, [h.text for h in near])
        if mended != term and (found := self._by_words([mended], scope)):
            return found, (mended,), ""
        wider, how = self._wider(term, [], scope)
        if wider:
            return (
                wider,
                (term,),
                f"的近义说法（原文没有照写{how.replace('；另有', '，其中').replace('，另有', '，')}）",
            )
        return (
            self._in_one_sentence(term, near),
            (term,),
            "的相关内容（原文没有照写，以下各句同时说到其中的词）",
        )

    def _contents(self, term: str) -> list[Term]:
        """Returns the words of a term that tell what it is about."""
        normal = _TAIL.sub("", self._language.normalise(term))
        pieces = [w for w in self._language.words(normal) if 1 < len(w) < _WHOLE <= len(normal)]
        if len(pieces) > 1 and "".join(pieces) == normal:
            return [Term(w, 1.0) for w in pieces]  # 对老旧小区进行改造
        return [t for t in self._language.terms(understand(normal), ()) if len(t.text) > 1]

    def _in_one_sentence(self, term: str, near: Sequence[Hit]) -> list[_Mention]:
        terms = self._contents(term)
        found: dict[str, _Mention] = {}
        for hit in near if terms else ():
            for match in re.finditer(r"[^。！？!?\n]+", hit.text):
                text = self._language.normalise(match[0])
                met = sum(t.weight for t in terms if self._language.matcher.match(t.text, text) >= 0.5)
                if met >= 0.9 * sum(t.weight for t in terms) and hit.article_id not in found:
                    span = (hit.start + match.start(), hit.start + match.end())
                    found[hit.article_id] = _Mention(hit.article_id, (span,), "同句")
        return sorted(found.values(), key=lambda m: m.article)

    def _closest(self, term: str, scope: frozenset[str] | None) -> Iterator[Evidence]:
        for hit in self._search(Query(text=term, scope=scope, top_k=3)):
            article = self._source.article(hit.article_id)
            for evidence in whole_article(article, self._source.sentences(hit.article_id)):
                if hit.start <= evidence.start < hit.end:
                    yield evidence
                    break


# The number of a heading or list item, which counts nothing: «4. …», «(三)…».
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.、．)]|[(（]?[一二三四五六七八九十]{1,3}[)）、.])\s*")


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where an article first holds a term; `instead` is the other word that stands there."""

    article: str
    spans: tuple[tuple[int, int], ...]
    instead: str = ""


def _figures(text: str, evidence: Evidence) -> tuple[LineFigure, ...]:
    """Returns the amounts of a quoted sentence."""
    return tuple(
        LineFigure(f.text, f.value, f.unit, f.qualifier, "", evidence)
        for f in extract_figures(text)
        if f.is_quantity
    )


def _groups(marks: Sequence[str]) -> list[Sequence[str]]:
    """Returns the tokens to look for: all of them, or all but those that quotation marks inside may have parted."""
    if len(marks) <= 2:
        return [marks] if marks else []
    groups: list[Sequence[str]] = [marks]
    spans = [
        (i, j) for i, j in combinations(range(len(marks) + 1), 2) if 1 <= j - i <= 2 and j - i < len(marks)
    ]
    return groups + [[*marks[:i], *marks[j:]] for i, j in spans]


def _part(sentence: str, at: int, most: int = 120) -> str:
    """Returns the sentence, or of a long one the clauses around an offset."""
    flat = sentence.replace("\n", " ").strip()
    if len(flat) <= most:
        return flat
    cuts = [0, *(m.end() for m in re.finditer(r"[,，;；。:：]", sentence)), len(sentence)]
    start = max((c for c in cuts if c <= max(0, at - 30)), default=0)
    end = next((c for c in cuts if c >= at + 50), len(sentence))
    return sentence[start:end].replace("\n", " ").strip(" ,，;；:：")


def _name_of(meta: Brief | ArticleMeta) -> str:
    places = region_places(meta.region)
    return places[-1] if places else meta.title or meta.article_id
