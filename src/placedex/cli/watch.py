"""Progress on a terminal; nothing in a pipe."""

from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class TerminalWatch:
    """Shows the stages of a build on a terminal, each with the time that it takes."""

    def __init__(self, stream: TextIO) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=Console(file=stream),
            disable=not stream.isatty(),
        )
        self._task = None if self._progress.disable else self._progress.add_task("begin")

    def __enter__(self) -> "TerminalWatch":
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish()
        self._progress.stop()

    def stage(self, name: str) -> None:
        """A stage begins: the one before it is done."""
        if self._task is None:
            return
        self._finish()
        self._task = self._progress.add_task(name, total=None)

    def progress(self, done: int, total: int) -> None:
        """So much of the present stage is done."""
        if self._task is not None:
            self._progress.update(self._task, completed=done, total=total)

    def _finish(self) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=1, total=1)
