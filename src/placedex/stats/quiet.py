"""Quiet: no stray lines of a compiled library on standard output."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_one_at_a_time = threading.Lock()


@contextmanager
def quiet_output() -> Iterator[None]:
    """Keep standard output shut while a compiled library works.

    HiGHS 1.12, in scipy 1.17, prints a line about its own workings past every option
    (jump-dev/HiGHS.jl issue 312); on standard output it would spoil tables that another program
    reads. Whatever else the process writes there meanwhile is lost too: keep the block short.
    """
    with _one_at_a_time:
        with suppress(AttributeError, ValueError, OSError):
            sys.stdout.flush()
        try:
            kept = os.dup(1)
        except OSError:
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.close(nowhere)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
