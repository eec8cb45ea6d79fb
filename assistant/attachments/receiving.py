"""A file from a browser attached to a conversation: read in memory, never part of the library."""

from __future__ import annotations

from assistant.attachments.store import MOST_ATTACHED, AttachmentStore
from assistant.conversations.records import Conversation, title_of
from assistant.conversations.store import ConversationStore
from assistant.shelf.receiving import MOST_BYTES, TOO_LARGE, safe_name, staged
from retrieval import Article, IngestResult
from retrieval.articles import RejectedArticle, read_articles

TOO_MANY = f"一次对话最多附 {MOST_ATTACHED} 份。请先去掉一些，或另开一个对话。"


class Attaching:
    """Attaches files to conversations."""

    def __init__(self, talks: ConversationStore, attachments: AttachmentStore) -> None:
        self._talks = talks
        self._attachments = attachments

    def attach(
        self, owner: str, conversation_id: str, name: str, content: bytes, *, allow_internal: bool = False
    ) -> tuple[str, list[IngestResult]]:
        """Returns the conversation's id and what became of each article of the file.

        A conversation that is not kept yet is kept, named after the file.
        """
        safe = safe_name(name)
        if len(content) > MOST_BYTES:
            return conversation_id, [_rejected(safe, TOO_LARGE)]
        articles: list[Article] = []
        results: list[IngestResult] = []
        with staged(safe, content) as path:
            for found in read_articles(path, allow_internal=allow_internal):
                if isinstance(found, RejectedArticle):
                    results.append(_rejected(safe, found.reason))
                else:
                    articles.append(Article(**found.meta.model_dump(), text=found.text))
        if not articles:
            return conversation_id, results
        if len(self._attachments.of(owner, conversation_id)) + len(articles) > MOST_ATTACHED:
            return conversation_id, [_rejected(safe, TOO_MANY)]
        key = self._kept(owner, conversation_id, safe)
        for article in articles:
            self._attachments.add(owner, key, article.title or safe, article)
            results.append(IngestResult(path=safe, article_id=article.article_id, result="added"))
        return key, results

    def _kept(self, owner: str, conversation_id: str, name: str) -> str:
        if conversation_id and self._talks.load(owner, conversation_id):
            return conversation_id
        return self._talks.save(owner, Conversation(title=title_of(name))).conversation_id


def _rejected(name: str, reason: str) -> IngestResult:
    return IngestResult(path=name, result="rejected", reason=reason)
