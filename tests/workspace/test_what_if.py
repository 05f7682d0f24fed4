"""What would change a rank of the last build, and what other figures would do."""

from pathlib import Path

import pytest

from placedex.errors import BadUsage
from placedex.places import Place
from placedex.workspace import build_workspace, open_build, open_workspace
from placedex.workspace.what_if import Gains, Reckoned, gains, reckon_with

SPEC = Path("indexes") / "local-digital-index.yaml"


def place(folder: Path, name: str) -> Place:
    return open_workspace(folder).register.find(name)


def gained(folder: Path, name: str, *, rank: int | None = None) -> Gains:
    with open_build(folder) as connection:
        [found] = gains(open_workspace(folder), connection, place(folder, name), rank=rank)
    return found


def reckoned(folder: Path, name: str, **figures: float) -> Reckoned:
    named = {code.replace("_", "-"): value for code, value in figures.items()}
    with open_build(folder) as connection:
        [found] = reckon_with(
            open_workspace(folder), connection, place(folder, name), figures=named
        )
    return found


def test_each_move_leads_to_the_rank_that_the_whole_index_built_again_gives(built: Path) -> None:
    found = gained(built, "Coventry")

    assert found.moves
    for move in found.moves:
        code, wanted = str(move["indicator"]), float(move["new_figure"] or 0)
        beyond = 1e-6 if wanted > float(move["figure"] or 0) else -1e-6
        after = reckoned(built, "Coventry", **{code.replace("-", "_"): wanted + beyond})
        assert after.new_rank == move["rank"]
        assert after.rank == found.rank


def test_the_plans_lead_to_the_next_three_ranks(built: Path) -> None:
    found = gained(built, "Coventry")

    assert list(found.plans) == [found.rank - 1, found.rank - 2, found.rank - 3]
    for rank, plan in found.plans.items():
        assert plan
        assert plan[-1]["rank"] == rank


def test_a_ratio_is_set_by_its_numerator(built: Path) -> None:
    found = reckoned(built, "Coventry", ict_enterprise_share=9.0)

    [figure] = found.figures
    assert figure["new_figure"] == 9.0
    assert (found.new_score or 0) > (found.score or 0)


def test_figures_as_they_are_change_nothing(built: Path) -> None:
    found = reckoned(built, "Coventry", level_3=68.2)

    assert found.new_score == pytest.approx(found.score or 0.0)
    assert found.new_rank == found.rank


def test_a_code_that_the_index_does_not_score_is_refused_with_those_that_it_does(
    built: Path,
) -> None:
    with pytest.raises(BadUsage, match="No index of Coventry scores gigabit. Wanted one of"):
        reckoned(built, "Coventry", gigabit=99)


def test_a_place_without_a_rank_is_told_so(built: Path) -> None:
    with pytest.raises(BadUsage, match="Belfast has no rank"):
        gained(built, "Belfast")


def test_a_kind_that_is_not_ranked_is_told_so(built: Path) -> None:
    with pytest.raises(BadUsage, match="ranks places of the kind 'country'"):
        gained(built, "United Kingdom")


def test_a_spec_that_changed_since_the_build_is_noticed(example: Path) -> None:
    build_workspace(open_workspace(example), version="t")
    path = example / SPEC
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("goalposts: [45, 86]", "goalposts: [45, 90]"), encoding="utf-8")

    with pytest.raises(BadUsage, match="has changed since the last build"):
        gained(example, "Coventry")
