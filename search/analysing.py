"""Documents analysed by processes beside this one: analysis is most of the work of a rebuild."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from .engine import Document

Analyse = Callable[[Document], Any]
# Fewer documents are analysed sooner than a process has started.
WORTH_IT = 2000
_TOGETHER = 200


@contextlib.contextmanager
def analysts(analyse: Analyse, expected: int) -> Iterator[Callable[[list[Document]], Iterable]]:
    """A function that begins the analysis of documents and gives what comes out, in their order.

    ``analyse``, a function of a module, is called in other processes if ``expected`` documents are
    worth it. One core is left to whoever reads and writes.
    """
    if expected < WORTH_IT:
        yield lambda documents: map(analyse, documents)
        return
    pool = ProcessPoolExecutor(
        max(1, (os.cpu_count() or 2) - 1),
        # A fork would take the locks of threads and the connection to the database along.
        multiprocessing.get_context("spawn"),
        initializer=_end_with,
        initargs=(os.getpid(),),
    )
    try:
        yield lambda documents: pool.map(analyse, documents, chunksize=_TOGETHER)
    finally:
        pool.shutdown(cancel_futures=True)


def _end_with(parent: int) -> None:
    """A parent that is killed cannot tell its children; Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
