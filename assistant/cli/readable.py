"""Answers, hits and lists as readable plain text (pure functions)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.models import Answer, Passage
from retrieval import Article, ArticleMeta, Hit

STATUS = {
    "grounded": "有据",
    "partial": "部分有据",
    "abstained": "未找到",
    "smalltalk": "",
    "rejected": "无法作答",
}


def readable_answer(answer: Answer) -> str:
    """Returns the answer with its status, notices, sources and, when it abstains, the nearest passages."""
    parts = [f"【{label}】" if (label := STATUS[answer.status]) else ""]
    if answer.standalone_question and answer.standalone_question != answer.question:
        parts.append(f"理解为：{answer.standalone_question}")
    if answer.short_answer:
        parts.append(f"{answer.short_answer}\n")
    parts.append(answer.text)
    if answer.mode == "llm":
        parts.append(f"（由模型 {answer.model} 组织语言，逐句核对过）")
    parts.extend(f"注意：{notice.text}" for notice in answer.notices)
    if answer.citations:
        parts.append("\n出处")
        parts.extend(
            f"[{cited.n}] {source_line(cited)}\n    “{flat(cited.quote)}”" for cited in answer.citations
        )
    if answer.nearest:
        parts.append("\n最接近的段落")
        parts.extend(f"- {source_line(near)}\n    “{flat(near.quote)}”" for near in answer.nearest)
    return "\n".join(part for part in parts if part)


def source_line(passage: Passage) -> str:
    """Returns title, publisher, date and section of a passage in one line."""
    known = (
        f"《{passage.title or passage.article_id}》",
        passage.publisher,
        passage.published,
        passage.section,
    )
    return " ".join(part for part in known if part) + ("（摘要，非原文）" if passage.digest else "")


def flat(text: str) -> str:
    """Returns the text on one line."""
    return " ".join(text.split())


def readable_hits(hits: Iterable[Hit], titles: Mapping[str, str]) -> str:
    """Returns the hits as numbered paragraphs, best first."""
    blocks = []
    for rank, hit in enumerate(hits, start=1):
        title = titles.get(hit.article_id) or hit.article_id
        blocks.append(
            f"{rank}. 《{title}》 {hit.section}".rstrip() + f"  [{hit.chunk_id}]\n   {flat(hit.text)}"
        )
    return "\n".join(blocks)


def readable_meta(meta: ArticleMeta) -> str:
    """Returns an article's id, date, publisher and title in one line."""
    known = (meta.article_id, meta.published, meta.publisher, meta.title)
    return "  ".join(part for part in known if part) + ("（摘要，非原文）" if meta.digest else "")


def readable_article(article: Article) -> str:
    """Returns an article's metadata line by line, then its text."""
    rows = (
        ("编号", article.article_id),
        ("标题", article.title),
        ("来源", article.publisher),
        ("日期", article.published),
        ("地区", article.region),
        ("主题", "、".join(article.topics)),
        ("网址", article.url),
        ("文件", article.source),
        ("同文", "、".join(article.also)),
        ("说明", "摘要，非原文" if article.digest else ""),
        ("不全", article.incomplete),
    )
    head = "\n".join(f"{name}：{value}" for name, value in rows if value)
    return f"{head}\n\n{article.text}"
