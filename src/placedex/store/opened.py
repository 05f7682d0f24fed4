"""What an engine holds open, and lets go of only if it opened it itself."""

import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(ABC):
    """An engine that is open until it is closed.

    Attributes:
        owned: the engine opened what it works on; else somebody else will close it.
    """

    owned: bool
    _numbers: Iterator[int] = field(default=NUMBERS, repr=False)

    def close(self) -> None:
        """Let go of what the engine holds, if it opened it."""
        if self.owned:
            self._let_go()

    def __enter__(self) -> Self:
        """The engine itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of what the engine holds, if it opened it."""
        self.close()

    @abstractmethod
    def _let_go(self) -> None:
        """Let go of it, whoever opened it."""

    def _new_name(self) -> str:
        """A name for a table, which no other engine of this process has given."""
        return f"engine_{next(self._numbers)}"
