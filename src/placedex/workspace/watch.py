"""Watch: somebody who is told how a long job gets on."""

from dataclasses import dataclass
from typing import Protocol


class Watch(Protocol):
    """Somebody who is told how a job gets on."""

    def stage(self, name: str) -> None:
        """A stage begins."""
        ...

    def progress(self, done: int, total: int) -> None:
        """So much of the present stage is done."""
        ...


@dataclass(frozen=True, slots=True)
class Silent:
    """A watch that looks away."""

    def stage(self, name: str) -> None:
        """Nothing is said of a stage."""

    def progress(self, done: int, total: int) -> None:
        """Nothing is said of progress."""
