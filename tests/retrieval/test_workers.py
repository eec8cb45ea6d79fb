"""Worker processes give back exactly what the main process would have made."""

from __future__ import annotations

from pathlib import Path

import invented
import numpy as np

from retrieval import workers as workers_module
from retrieval.embeddings import HashedEmbeddings
from retrieval.models import ArticleMeta
from retrieval.preparing import prepare_all
from retrieval.tokens import Tokenizer
from retrieval.workers import Workers


def test_elsewhere_is_the_same_as_here(tmp_path: Path) -> None:
    lexicon = invented.write(tmp_path, "lexicon.txt", "暖蜂驿站\n")
    tokenizer = Tokenizer(lexicon)
    embeddings = HashedEmbeddings(tokenizer)
    work = [(ArticleMeta(article_id=f"文{n}", title="暖蜂驿站"), invented.numbered(n)) for n in range(5)]
    with Workers(tokenizer, embeddings, 1, lexicon) as workers:
        workers._done_in_place = workers_module._FIRST_IN_PLACE
        elsewhere = [workers.submit(work), workers.submit(work[:1])]
        here = prepare_all(tokenizer, embeddings, work)
        assert workers._started
        for mine, other in zip(here, elsewhere[0].result(), strict=True):
            assert (mine.chunks, mine.entries) == (other.chunks, other.entries)
            assert np.array_equal(mine.vectors, other.vectors)
        # One that is killed, for want of memory perhaps, is done without.
        workers._started[0].kill()
        workers._started[0].wait()
        assert [one.article_id for one in workers.submit(work).result()] == [f"文{n}" for n in range(5)]
