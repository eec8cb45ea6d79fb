"""Articles in, ranked passages out: the library, its indexes and the search over them.

Importing this package does no work: names are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retrieval.backup import back_up, restore
    from retrieval.catalogue import Brief, briefs_of, ids_about, regions_of
    from retrieval.errors import (
        ArticleError,
        ArticleNotFound,
        ArticleUnreadable,
        LibraryError,
        LibraryFull,
        LibraryLocked,
        LibraryReadOnly,
        LibraryTooNew,
        LibraryUnreachable,
        RetrievalError,
    )
    from retrieval.kinship import Kin
    from retrieval.library import Library
    from retrieval.measures import LATIN_UNITS, MEASURES, unit_meaning
    from retrieval.models import (
        Article,
        ArticleMeta,
        CheckReport,
        ChromaServer,
        Chunk,
        Hit,
        IngestResult,
        Query,
        Record,
        Sentence,
        Telling,
    )
    from retrieval.numerals import Numeral, find_numerals, half_width
    from retrieval.places import PlaceSpan, division_names, find_places, is_within
    from retrieval.retriever import LibraryRetriever
    from retrieval.stating import EDITABLE, Edit, Stated
    from retrieval.tokens import Tokenizer, aligned
    from retrieval.values import chinese_value, plain

_HOME = {
    "back_up": "backup",
    "Brief": "catalogue",
    "briefs_of": "catalogue",
    "ids_about": "catalogue",
    "regions_of": "catalogue",
    "restore": "backup",
    "EDITABLE": "stating",
    "Edit": "stating",
    "Kin": "kinship",
    "Library": "library",
    "Stated": "stating",
    "LibraryRetriever": "retriever",
    "LATIN_UNITS": "measures",
    "MEASURES": "measures",
    "chinese_value": "values",
    "plain": "values",
    "unit_meaning": "measures",
    "PlaceSpan": "places",
    "Tokenizer": "tokens",
    "aligned": "tokens",
    "division_names": "places",
    "find_places": "places",
    "is_within": "places",
    "Numeral": "numerals",
    "find_numerals": "numerals",
    "half_width": "numerals",
    **dict.fromkeys(
        [
            "Article",
            "ArticleMeta",
            "CheckReport",
            "ChromaServer",
            "Chunk",
            "Hit",
            "IngestResult",
            "Query",
            "Record",
            "Sentence",
            "Telling",
        ],
        "models",
    ),
    **dict.fromkeys(
        [
            "ArticleError",
            "ArticleNotFound",
            "ArticleUnreadable",
            "LibraryError",
            "LibraryFull",
            "LibraryLocked",
            "LibraryReadOnly",
            "LibraryTooNew",
            "LibraryUnreachable",
            "RetrievalError",
        ],
        "errors",
    ),
}

__all__ = [
    "EDITABLE",
    "LATIN_UNITS",
    "MEASURES",
    "Article",
    "ArticleError",
    "ArticleMeta",
    "ArticleNotFound",
    "ArticleUnreadable",
    "Brief",
    "CheckReport",
    "ChromaServer",
    "Chunk",
    "Edit",
    "Hit",
    "IngestResult",
    "Kin",
    "Library",
    "LibraryError",
    "LibraryFull",
    "LibraryLocked",
    "LibraryReadOnly",
    "LibraryRetriever",
    "LibraryTooNew",
    "LibraryUnreachable",
    "Numeral",
    "PlaceSpan",
    "Query",
    "Record",
    "RetrievalError",
    "Sentence",
    "Stated",
    "Telling",
    "Tokenizer",
    "aligned",
    "back_up",
    "briefs_of",
    "chinese_value",
    "division_names",
    "find_numerals",
    "find_places",
    "half_width",
    "ids_about",
    "is_within",
    "plain",
    "regions_of",
    "restore",
    "unit_meaning",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'retrieval' has no attribute {name!r}")
    return getattr(import_module(f"retrieval.{_HOME[name]}"), name)
