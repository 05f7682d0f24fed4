"""The ASEM index of COINr's example: its golden tables, and its spec for placedex."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from placedex.index import (
    Aggregate,
    Given,
    GroupMean,
    Hierarchy,
    Impute,
    MinMax,
    Node,
    Rank,
    Scale,
    Screen,
    Spec,
    Step,
    Treat,
)
from placedex.observations import Indicator, Panel, Ratio, make_panel
from placedex.places import Place


def number(text: str) -> float:
    """The number in a cell; empty and NA are missing."""
    return float(text) if text not in {"", "NA"} else np.nan


@dataclass(frozen=True)
class Golden:
    """The folder of COINr's answers."""

    folder: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one of its tables."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def nodes(meta: list[dict[str, str]]) -> Hierarchy:
    """The hierarchy that the table of metadata describes."""
    return Hierarchy(
        tuple(
            Node(
                row["iCode"],
                row["iName"],
                row["Parent"] or None,
                float(row["Weight"]),
                int(row["Direction"]),
            )
            for row in meta
            if row["Type"] in {"Indicator", "Aggregate"}
        )
    )


def denominated(row: dict[str, str]) -> Indicator:
    """An indicator, over its denominator if it has one."""
    ratio = Ratio(row["iCode"], row["Denominator"]) if row["Denominator"] else None
    return Indicator(row["iCode"], row["iName"], row["Unit"], ratio=ratio)


def asem(golden: Golden, *steps: Step) -> tuple[Spec, Panel]:
    """The ASEM spec of COINr's example, with some steps exchanged by verb."""
    data, meta = golden.rows("asem_iData.csv"), golden.rows("asem_iMeta.csv")
    codes = [row["iCode"] for row in meta if row["Type"] in {"Indicator", "Denominator"}]
    panel = make_panel(
        [Place(row["uCode"], row["uName"], "country", "ASEM") for row in data],
        [Indicator(code, code, "") for code in codes],
        np.array([[number(row[code]) for code in codes] for row in data]),
    )
    wanted = tuple(denominated(row) for row in meta if row["Type"] == "Indicator")
    groups = {row["uCode"]: row["EurAsia_group"] for row in data}
    usual: tuple[Step, ...] = (
        Scale(wanted),
        Impute(GroupMean(groups)),
        Screen(places=0.9),
        Treat(most=5),
        MinMax(),
        Given(),
        Aggregate(),
        Rank(),
    )
    exchanged = {step.verb: step for step in steps}
    chosen = tuple(exchanged.get(step.verb, step) for step in usual)
    return Spec("asem", "ASEM", nodes(meta), chosen), panel
