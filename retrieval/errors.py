"""Errors of the retrieval package.

RetrievalError
├── LibraryError            the library as a whole cannot be used
│   ├── LibraryLocked       another process is writing
│   ├── LibraryReadOnly     the data folder cannot be written
│   ├── LibraryFull         no space left on the disk
│   ├── LibraryTooNew       written by a newer version of jushi
│   ├── LibraryUnreachable  the Chroma server does not answer
│   ├── LibraryChanged      another process has turned to another embedding model
│   └── EmbeddingsFailed    the embedding model does not answer
└── ArticleError            one article or file cannot be used
    ├── ArticleNotFound     no article of that id
    └── ArticleUnreadable   the file cannot be turned into an article

Every message is Chinese and says what happened, to which thing, and what to do.
"""


class RetrievalError(Exception):
    """Base of all errors that a person can act on."""


class LibraryError(RetrievalError):
    """The library as a whole cannot be used."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""


class LibraryReadOnly(LibraryError):
    """The data folder cannot be written."""


class LibraryFull(LibraryError):
    """There is no space left where the library lives."""


class LibraryTooNew(LibraryError):
    """The library was written by a newer version."""


class LibraryUnreachable(LibraryError):
    """The Chroma server that holds the vectors does not answer."""


class LibraryChanged(LibraryError):
    """Another process has made the vectors anew with another embedding model."""


class EmbeddingsFailed(LibraryError):
    """The embedding model cannot be used or does not answer."""


class ArticleError(RetrievalError):
    """One article or file cannot be used."""


class ArticleNotFound(ArticleError):
    """No article has that id."""


class ArticleUnreadable(ArticleError):
    """A file cannot be turned into an article; the message says why."""
