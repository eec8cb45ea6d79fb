"""A worker process: takes pickled articles from stdin, gives them back prepared on stdout.

Started by `retrieval.workers`; it ends when its stdin does, so it never outlives who has started it.
"""

from __future__ import annotations

import pickle
import signal
import sys
from pathlib import Path

from retrieval.embeddings import HashedEmbeddings
from retrieval.preparing import prepare_all
from retrieval.tokens import Tokenizer


def main() -> None:
    """Serves until stdin ends. Arguments: a person's lexicon, the vectors' dimensions (0: no vectors)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that has started this one
    tokenizer = Tokenizer(Path(sys.argv[1]))
    dimensions = int(sys.argv[2])
    embeddings = HashedEmbeddings(tokenizer, dimensions) if dimensions else None
    while True:
        try:
            work = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(prepare_all(tokenizer, embeddings, work), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
