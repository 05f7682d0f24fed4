"""At which prices money is shown on the command line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Prices:
    """The prices at which money is shown, and by what it is taken there.

    Parameters
    ----------
    prices
        nominal, or the year (2022) to whose prices money is taken.
    deflator
        The place whose deflator is used; without it the workspace's home, or the nearest place
        around it that has one.
    figures
        A folder of published files that hold the deflator, read besides the workspace's own.
    """

    prices: Annotated[str, Parameter(name="--prices")] = "nominal"
    deflator: Annotated[str | None, Parameter(name="--deflator")] = None
    figures: Annotated[Path | None, Parameter(name="--figures")] = None

    @property
    def base(self) -> int | None:
        """The year, or nothing for nominal; BadUsage for anything else."""
        from placedex.errors import BadUsage

        if self.prices == "nominal":
            return None
        if not (self.prices.isascii() and self.prices.isdigit() and len(self.prices) == 4):
            raise BadUsage(
                f"'{self.prices}' are no prices. Wanted nominal or a year, as 2022. Mend --prices."
            )
        return int(self.prices)
