"""Worker processes that prepare articles while the main process reads and writes."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from retrieval.embeddings import Embedder, HashedEmbeddings
from retrieval.preparing import Prepared, Work, prepare_all
from retrieval.tokens import Tokenizer

# So many articles are done before it pays to start processes, which takes them a second or two.
_FIRST_IN_PLACE = 150
_MOST_WORKERS = 8


def worker_count() -> int:
    """Returns how many processes help: one core stays for reading and writing."""
    if getattr(sys, "frozen", False) or not sys.executable:
        return 0
    return min(_MOST_WORKERS, (os.cpu_count() or 1) - 1)


class Workers:
    """A Preparer that starts processes once there is much to do. Use as a context manager.

    The processes are plain `python -m retrieval.worker`, so that a program that uses the library needs no
    guard around its main part. One that dies is done without.
    """

    def __init__(self, tokenizer: Tokenizer, embeddings: Embedder, count: int, lexicon: Path) -> None:
        self._tokenizer = tokenizer
        self._embeddings = embeddings
        self._count = count
        self._lexicon = lexicon
        self._done_in_place = 0
        self._threads: ThreadPoolExecutor | None = None
        self._idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def depth(self) -> int:
        """How many batches are worth having under way at once."""
        return 2 if self._count else 0

    def submit(self, work: Sequence[Work]) -> Future[list[Prepared]]:
        """Returns what will be the prepared articles, in order; without vectors if they are not hashed."""
        work = list(work)
        if self._count and self._done_in_place >= _FIRST_IN_PLACE:
            if self._threads is None:
                self._start()
            assert self._threads is not None
            return self._threads.submit(self._elsewhere, work)
        self._done_in_place += len(work)
        future: Future[list[Prepared]] = Future()
        future.set_result(self._here(work))
        return future

    def close(self) -> None:
        """Ends the processes; what they have not given back is dropped."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None
        for process in self._started:
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    if stream is not None:
                        stream.close()
            process.kill()
            process.wait()
        self._started = []

    def _start(self) -> None:
        root = str(Path(__file__).resolve().parents[1])
        known = os.environ.get("PYTHONPATH")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, known)))}
        own = self._embeddings
        dimensions = own.dimensions if isinstance(own, HashedEmbeddings) else 0
        command = [sys.executable, "-P", "-m", "retrieval.worker", str(self._lexicon), str(dimensions)]
        for _ in range(self._count):
            with suppress(OSError):
                process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                )
                self._started.append(process)
                self._idle.put(process)
        self._count = len(self._started)
        self._threads = ThreadPoolExecutor(max_workers=max(1, self._count))

    def _elsewhere(self, work: list[Work]) -> list[Prepared]:
        try:
            process = self._idle.get_nowait()
        except queue.Empty:
            return self._here(work)
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump(work, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            prepared: list[Prepared] = pickle.load(process.stdout)
        except (OSError, EOFError, ValueError, pickle.PickleError):
            return self._here(work)  # the process is dead, of too little memory for instance
        self._idle.put(process)
        return prepared

    def _here(self, work: list[Work]) -> list[Prepared]:
        hashed = self._embeddings if isinstance(self._embeddings, HashedEmbeddings) else None
        return prepare_all(self._tokenizer, hashed, work)
