"""With what an index is compared: the options that `compare` and `why` share."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.workspace.compare import Question

PolicyName = Literal["frozen", "pooled", "floating"]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Against:
    """Either an earlier edition or another spec."""

    before: Annotated[
        str | None,
        Parameter(
            name="--before",
            help="The earlier edition: only figures of periods that ended by the end of this one, "
            "for example 2023 or 2024-06.",
        ),
    ] = None
    after: Annotated[
        str | None,
        Parameter(
            name="--after", help="The later edition, in the same way; the latest figures if none."
        ),
    ] = None
    other: Annotated[
        Path | None,
        Parameter(
            name="--with",
            help="Another spec, built from the same figures, in place of an earlier edition.",
        ),
    ] = None
    policy: Annotated[
        PolicyName,
        Parameter(
            name="--policy",
            help="Where goalposts that the spec does not give come from: the earlier edition "
            "(frozen), both together (pooled) or each by itself (floating).",
        ),
    ] = "frozen"
    index: Annotated[
        str | None,
        Parameter(name="--index", help="The code of the workspace's index; its first if none."),
    ] = None
    figures: Annotated[
        Path | None,
        Parameter(
            name="--figures", help="A folder of published files, read before the workspace's own."
        ),
    ] = None

    @property
    def question(self) -> "Question":
        """The same as the workspace wants it; BadUsage if it is not said with what to compare."""
        from placedex.index.normalise import Policy
        from placedex.workspace.compare import Question

        return Question(
            self.before,
            self.after,
            Policy(self.policy),
            other=self.other,
            index=self.index,
            figures=self.figures,
        )
