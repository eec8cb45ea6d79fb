"""The evidence a model is offered: numbered sentences, fenced as data, within a budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Evidence
from assistant.orders import gives_orders, tainted, visible
from prompts import one_line

MOST_SENTENCES = 28
MOST_CHARACTERS = 4_500


@dataclass(frozen=True, slots=True)
class Offer:
    """Evidence under the numbers 1…n; a model may cite nothing else."""

    sentences: tuple[Evidence, ...]

    def at(self, label: int) -> Evidence | None:
        """Returns the sentence with that number, None if there is none."""
        return self.sentences[label - 1] if 1 <= label <= len(self.sentences) else None

    def fenced(self) -> str:
        """Returns the sentences a line each, under a line that names their article.

        Every line begins with words or a number of ours, so that no sentence can pass for another or
        close the fence; what speaks to the machine is not among them.
        """
        lines: list[str] = []
        article = ""
        for number, item in enumerate(self.sentences, start=1):
            if item.article.article_id != article:
                article = item.article.article_id
                lines.append(f"（以下出自：{_named(item)}）")
            section = one_line(visible(item.sentence.section))
            under = f"（{section}）" if section and not gives_orders(section) else ""
            lines.append(f"[{number}] {under}{_bare(item.text)}")
        return "\n".join(lines)


def _named(item: Evidence) -> str:
    meta = item.article
    parts = [_bare(part) for part in (meta.title, meta.region, meta.published)]
    return "，".join(part for part in parts if part and not gives_orders(part)) or "一篇文章"


def _bare(text: str) -> str:
    """Returns the text on one line, without what looks like our fences."""
    return one_line(visible(text)).replace("<<<", "《").replace(">>>", "》")


def make_offer(first: Iterable[Evidence], then: Iterable[Evidence] = ()) -> Offer:
    """Returns the evidence numbered, within the budget: all of `first` that fits, then the rest by order.

    Sentences of an article stand together in the order of the article.
    """
    chosen: dict[tuple[str, int], Evidence] = {}
    characters = 0
    for item in (*first, *then):
        key = (item.article.article_id, item.start)
        if key in chosen or tainted(item.text, item.paragraph):
            continue
        if len(chosen) == MOST_SENTENCES or characters + len(item.text) > MOST_CHARACTERS:
            continue
        chosen[key] = item
        characters += len(item.text)
    order = list(dict.fromkeys(article for article, _ in chosen))
    placed = sorted(chosen.values(), key=lambda e: (order.index(e.article.article_id), e.start))
    return Offer(tuple(replace(item, label=number) for number, item in enumerate(placed, start=1)))


def rank_by_words(evidence: Sequence[Evidence], text: str) -> list[Evidence]:
    """Returns the sentences that share most character pairs with a text first."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}

    def shared(item: Evidence) -> int:
        return len(pairs & {item.text[i : i + 2] for i in range(len(item.text) - 1)})

    return sorted(evidence, key=lambda e: -shared(e))
