"""Which assistant answers in a conversation: the common one, or one that reads its attachments too."""

from __future__ import annotations

import threading
from collections import OrderedDict

from assistant.attachments.store import AttachmentStore
from assistant.ports import AssistantPort

_MOST_KEPT = 32


class Answering:
    """Gives each conversation its assistant; those with attachments are kept while they are in use."""

    def __init__(self, common: AssistantPort, attachments: AttachmentStore) -> None:
        self._common = common
        self._attachments = attachments
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, ...], AssistantPort] = OrderedDict()

    def assistant_for(self, owner: str, conversation_id: str) -> AssistantPort:
        """Returns the assistant that answers in the owner's conversation."""
        if not conversation_id:
            return self._common
        articles = self._attachments.articles(owner, conversation_id)
        if not articles:
            return self._common
        key = (owner, *(article.article_id + article.content_hash for article in articles))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._common.with_attachments(articles)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made
