"""The LangChain retriever over the library's search."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from retrieval.library import Library
from retrieval.models import ArticleMeta, Hit, Query


class LibraryRetriever(BaseRetriever):
    """Questions to Documents: a passage each, with its place in the article and the article's metadata.

    Attributes:
        library: The library that is searched.
        k: The most passages to return.
        scope: Ids of the articles to search in; None for all.
        per_article: Whether an article gives one passage at most.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library = Field(repr=False)
    k: int = Field(default=5, ge=1)
    scope: frozenset[str] | None = None
    per_article: bool = False

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = self.library.search(
            Query(text=query, scope=self.scope, top_k=self.k, per_article=self.per_article)
        )
        metas = {meta.article_id: meta for meta in self.library.articles()} if hits else {}
        return [_document(hit, metas[hit.article_id]) for hit in hits if hit.article_id in metas]


def _document(hit: Hit, meta: ArticleMeta) -> Document:
    about = meta.model_dump(mode="json", exclude={"also", "content_hash"})
    place = hit.model_dump(mode="json", exclude={"text"})
    return Document(page_content=hit.text, id=hit.chunk_id, metadata={**about, **place})
