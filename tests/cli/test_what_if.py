"""`placedex what-if`, as its user meets it: what is printed leads where it is said to lead."""

import re
from pathlib import Path

import pytest

from placedex.cli.what_if import enough
from placedex.workspace import open_build, open_workspace
from placedex.workspace.what_if import reckon_with
from tests.conftest import Run

MOVE = re.compile(r"\(([a-z0-9-]+)\) +(\S+) +(\S+) +(\d+) +\+(\d+)$", re.MULTILINE)


@pytest.mark.parametrize("name", ["Coventry", "Dudley", "Birmingham"])
def test_every_figure_that_is_printed_leads_to_the_rank_beside_it(
    run: Run, built: Path, name: str
) -> None:
    """Put back as `--set` would: the moves alone each by itself, those of a plan together."""
    workspace = open_workspace(built)
    place = workspace.register.find(name)
    said = run("what-if", built, name).stdout
    tables = [MOVE.findall(part) for part in said.split("Fewest moves")]

    assert any(tables)
    for number, rows in enumerate(tables):
        figures: dict[str, float] = {}
        for code, _, to, rank, _ in rows:
            figures = {**(figures if number else {}), code: float(to)}
            with open_build(built) as connection:
                [found] = reckon_with(workspace, connection, place, figures=figures)
            assert found.new_rank is not None
            assert found.new_rank <= int(rank)


@pytest.mark.parametrize(
    ("figure", "new_figure", "printed"),
    [
        (50.0, 61.2345612, "61.2346"),
        (50.0, 61.2345001, "61.2346"),
        (50.0, 38.7654399, "38.7654"),
        (50.0, 38.7654999, "38.7654"),
        (50.0, 100.0, "100"),
        (50.0, 85.00000001, "85.0001"),
        (-1.0, 0.0, "0"),
    ],
)
def test_a_figure_is_rounded_towards_the_better_side(
    figure: float, new_figure: float, printed: str
) -> None:
    assert float(enough({"figure": figure, "new_figure": new_figure})) == float(printed)
