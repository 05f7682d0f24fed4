"""A panel: values of indicators for places, with why, how sure and from where."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadUsage, MissingLibrary
from placedex.observations.indicator import Indicator
from placedex.observations.origin import Origin
from placedex.observations.period import Period
from placedex.observations.status import Status
from placedex.places import Place

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

FloatArray = NDArray[np.float64]
StatusArray = NDArray[np.uint8]
OriginArray = NDArray[np.int32]
NO_ORIGIN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Arrays with labels: a row is a place, a column an indicator.

    Shape:  values, errors, statuses and origins are (places, indicators); periods is one for each
            indicator.
    Gaps:   a missing value is not-a-number and its status says why; errors are standard errors,
            not-a-number where the publisher gives no interval; origins index `sources`, -1 is none.
    """

    places: tuple[Place, ...]
    indicators: tuple[Indicator, ...]
    values: FloatArray
    errors: FloatArray
    statuses: StatusArray
    origins: OriginArray
    sources: tuple[Origin, ...] = ()
    periods: tuple[Period | None, ...] = ()

    def __post_init__(self) -> None:
        shape = (len(self.places), len(self.indicators))
        for name in ("values", "errors", "statuses", "origins"):
            if getattr(self, name).shape != shape:
                raise BadUsage(
                    f"The {name} of a panel have the shape {getattr(self, name).shape}. Wanted "
                    f"{shape}: {shape[0]} places and {shape[1]} indicators."
                )
        if len(self.periods) != shape[1]:
            object.__setattr__(self, "periods", (None,) * shape[1])

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the indicators, in the order of the columns."""
        return tuple(indicator.code for indicator in self.indicators)

    def column(self, code: str) -> int:
        """The number of an indicator's column; BadUsage if the panel has none of that code."""
        for number, indicator in enumerate(self.indicators):
            if indicator.code == code:
                return number
        raise BadUsage(
            f"The panel has no indicator '{code}'. Wanted one of {', '.join(self.codes)}."
        )

    def row(self, code: str) -> int:
        """The number of a place's row; BadUsage if the panel has no place of that code."""
        for number, place in enumerate(self.places):
            if place.code == code:
                return number
        raise BadUsage(f"The panel has no place {code}. Wanted the code of one of its places.")

    def of(self, code: str) -> FloatArray:
        """The values of one indicator, a number for each place."""
        return self.values[:, self.column(code)]

    def select(self, codes: Iterable[str]) -> "Panel":
        """The panel with these indicators only, in this order."""
        columns = [self.column(code) for code in codes]
        return dataclasses.replace(
            self,
            indicators=tuple(self.indicators[column] for column in columns),
            values=self.values[:, columns],
            errors=self.errors[:, columns],
            statuses=self.statuses[:, columns],
            origins=self.origins[:, columns],
            periods=tuple(self.periods[column] for column in columns),
        )

    def keep(self, rows: NDArray[np.bool_]) -> "Panel":
        """The panel with these places only: one truth value for each row."""
        return dataclasses.replace(
            self,
            places=tuple(place for place, kept in zip(self.places, rows, strict=True) if kept),
            values=self.values[rows],
            errors=self.errors[rows],
            statuses=self.statuses[rows],
            origins=self.origins[rows],
        )

    def with_values(self, values: FloatArray, *, statuses: StatusArray | None = None) -> "Panel":
        """The panel with other values; their standard errors are no longer known."""
        return dataclasses.replace(
            self,
            values=values,
            errors=np.full(values.shape, np.nan),
            statuses=self.statuses if statuses is None else statuses,
        )

    def to_arrow(self) -> "pa.Table":
        """A table with a row for each place: code, name, then a column for each indicator."""
        import pyarrow as pa

        columns: dict[str, Any] = {
            "place": [place.code for place in self.places],
            "name": [place.name for place in self.places],
        }
        for number, code in enumerate(self.codes):
            values = self.values[:, number]
            columns[code] = pa.array(values, mask=np.isnan(values))
        return pa.table(columns)

    def to_long_arrow(self) -> "pa.Table":
        """A table with a row for each value: place, indicator, period, value, status, origin."""
        import pyarrow as pa

        rows, columns = np.indices(self.values.shape)
        values, errors = self.values.ravel(), self.errors.ravel()
        places = np.array([place.code for place in self.places], dtype=object)
        periods = np.array([str(period or "") for period in self.periods], dtype=object)
        sources = [source.code for source in self.sources]
        return pa.table(
            {
                "place": places[rows.ravel()],
                "indicator": np.array(self.codes, dtype=object)[columns.ravel()],
                "period": periods[columns.ravel()],
                "value": pa.array(values, mask=np.isnan(values)),
                "standard_error": pa.array(errors, mask=np.isnan(errors)),
                "status": [Status(int(status)).words for status in self.statuses.ravel()],
                "origin": [
                    sources[origin] if origin >= 0 else None for origin in self.origins.ravel()
                ],
            }
        )

    def to_pandas(self) -> "pd.DataFrame":
        """A pandas frame with a row for each place, indexed by its code."""
        _wanted("pandas")
        return self.to_arrow().to_pandas().set_index("place")

    def to_polars(self) -> "pl.DataFrame":
        """A polars frame with a row for each place."""
        polars = _wanted("polars")
        return polars.from_arrow(self.to_arrow())  # type: ignore[no-any-return]


def make_panel(
    places: Iterable[Place], indicators: Iterable[Indicator], values: FloatArray
) -> Panel:
    """A panel of bare values, all published, without errors, periods or origins."""
    array = np.asarray(values, dtype=np.float64)
    statuses = np.where(np.isnan(array), Status.NOT_COLLECTED, Status.PUBLISHED)
    return Panel(
        places=tuple(places),
        indicators=tuple(indicators),
        values=array,
        errors=np.full(array.shape, np.nan),
        statuses=statuses.astype(np.uint8),
        origins=np.full(array.shape, NO_ORIGIN, dtype=np.int32),
    )


def _wanted(name: str) -> Any:
    import importlib

    load: Callable[[str], Any] = importlib.import_module
    try:
        return load(name)
    except ImportError:
        raise MissingLibrary(
            f"{name} is not installed. Wanted it to turn a panel into a {name} frame. "
            f"Install it: pip install {name}; or use to_arrow()."
        ) from None
