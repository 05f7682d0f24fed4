"""Uncertainty in a build: kept, read back, drawn anew."""

import shutil
from pathlib import Path

import pytest

from placedex.errors import BadUsage
from placedex.workspace import build_workspace, check_workspace, open_build, open_workspace
from placedex.workspace.uncertainty import draw_anew, kept_uncertainty
from tests.conftest import EXAMPLE

SPEC = Path("indexes") / "local-digital-index.yaml"


class Stages:
    """A watch that remembers."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def stage(self, name: str) -> None:
        self.names.append(name)

    def progress(self, done: int, total: int) -> None:
        """Nothing is kept of progress."""


def without_section(folder: Path) -> None:
    path = folder / SPEC
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("\nuncertainty:")] + "\n", encoding="utf-8")


def test_every_ranked_place_has_its_draws_and_every_choice_its_share(built: Path) -> None:
    with open_build(built) as connection:
        found = kept_uncertainty(connection)
        ranked = connection.execute(
            "SELECT place FROM score WHERE node = 'index' AND rank IS NOT NULL"
        ).fetchall()

    assert found[0].kind == "district"
    assert {row["place"] for one in found for row in one.rows} == {place for (place,) in ranked}
    for one in found:
        assert [row["rank"] for row in one.rows] == sorted(row["rank"] or 0 for row in one.rows)
        for row in one.rows:
            low, median, high = (
                float(row[name] or 0)
                for name in ("rank_5_percent", "median_rank", "rank_95_percent")
            )
            assert 1 <= low <= median <= high <= len(one.rows)
            assert (row["attainable_best_rank"] or 0) <= (row["rank"] or 0)  # type: ignore[operator]
            assert (row["survey_worst_rank"] or 0) >= (row["rank"] or 0)  # type: ignore[operator]
        assert len(one.shares) == 8
        assert dict(one.notes)["draws"].startswith("10,000 draws from the seed 2026.")


def test_the_mean_ranks_of_a_kind_add_up_as_ranks_do(built: Path) -> None:
    with open_build(built) as connection:
        found = kept_uncertainty(connection)

    for one in found:
        count = len(one.rows)
        mean = sum(float(row["mean_rank"] or 0) for row in one.rows)
        assert mean == pytest.approx(count * (count + 1) / 2, rel=0.01)


def test_drawn_anew_from_the_same_seed_the_rows_are_those_of_the_build(built: Path) -> None:
    with open_build(built) as connection:
        [kept] = kept_uncertainty(connection, kind="nation")
        [anew] = draw_anew(open_workspace(built), connection, kind="nation", seed=2026)

    assert anew.rows == kept.rows
    assert anew.shares == kept.shares
    assert anew.notes == kept.notes


def test_a_kind_that_is_not_there_is_refused_with_those_that_are(built: Path) -> None:
    with open_build(built) as connection, pytest.raises(BadUsage, match="Wanted one of district"):
        kept_uncertainty(connection, kind="parish")


def test_the_build_says_that_it_draws_and_a_spec_without_the_section_is_not_drawn(
    example: Path,
) -> None:
    with_section, without = Stages(), Stages()
    build_workspace(open_workspace(example), version="t", watch=with_section)
    without_section(example)
    build_workspace(open_workspace(example), version="t", watch=without)

    assert any(name.startswith("draw the ranks") for name in with_section.names)
    assert not any(name.startswith("draw the ranks") for name in without.names)
    site = example / "build" / "site"
    assert not (site / "uncertainty.html").exists()
    assert "uncertainty.html" not in (site / "method.html").read_text(encoding="utf-8")
    with open_build(example) as connection, pytest.raises(BadUsage, match="section `uncertainty`"):
        kept_uncertainty(connection)


def exchange(folder: Path, old: str, new: str) -> None:
    """Another wording in the spec of the example."""
    path = folder / SPEC
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


DOUBT = "\n  - aggregate: {mean: arithmetic,"


def test_an_index_without_kernels_is_drawn_in_the_build_and_anew_to_the_same_rows(
    example: Path,
) -> None:
    """The benefit of the doubt above, and weights that look at figures as one of the choices."""
    exchange(example, DOUBT, f"{DOUBT} nodes: {{index: benefit of the doubt}},")
    exchange(example, "kinds: [district, combined authority, region, nation]", "kinds: [region]")
    exchange(example, "draws: 10000", "draws: 40\n  points: 4")
    exchange(example, "            - weight: equal\n    -", "            - weight: entropy\n    -")
    experts = "{experts: [{name: Ada, weights: {level-3: 2}}, {name: Ben, weights: {level-3: 3}}]}"
    exchange(example, "weights: {noise: 0.25}", f"weights: {experts}")
    report = build_workspace(open_workspace(example), version="t")
    with open_build(example) as connection:
        [kept] = kept_uncertainty(connection)
        [anew] = draw_anew(open_workspace(example), connection, seed=2026)
    page = (example / "build" / "site" / "uncertainty.html").read_text(encoding="utf-8")

    assert not report.not_drawn
    assert (anew.rows, anew.shares, anew.notes) == (kept.rows, kept.shares, kept.notes)
    assert len(kept.rows) == 9
    assert dict(kept.notes)["draws"].startswith("40 draws from the seed 2026.")
    [weights] = [row for row in kept.shares if row["choice"] == "weights"]
    assert "those of Ada; Ben." in str(weights["words"])
    assert "those of Ada; Ben." in page


def test_an_index_by_a_method_that_cannot_be_drawn_is_built_and_says_why_it_was_not(
    example: Path,
) -> None:
    """One of the choices is a Kemeny order with room for three places; there are four nations."""
    line = "\n            - aggregate: {mean: arithmetic, nodes: {index: "
    exchange(example, f"{line}geometric}}", f"{line}{{kemeny-young: {{largest: 3}}}}}}")
    exchange(example, "kinds: [district, combined authority, region, nation]", "kinds: [nation]")
    report = build_workspace(open_workspace(example), version="t")
    with open_build(example) as connection:
        kept = kept_uncertainty(connection)
        [anew] = draw_anew(open_workspace(example), connection, kind="nation", draws=3)
    page = (example / "build" / "site" / "uncertainty.html").read_text(encoding="utf-8")

    assert check_workspace(example) == ()
    assert len(report.ranked) == len(report.not_drawn) == len(kept) == 1
    for one in (*kept, anew):
        assert (one.rows, one.shares) == ((), ())
        [(part, words)] = one.notes
        assert part == "not reckoned"
        assert "Step aggregate, node 'index': a Kemeny-Young order of 4 places takes" in words
    assert page.count("a Kemeny-Young order of 4 places takes") == 1
    assert "why not" in (example / "build" / "site" / "method.html").read_text(encoding="utf-8")


def test_a_choice_of_what_has_no_kernel_is_no_fault_and_a_bad_choice_is_one(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "wm"
    shutil.copytree(EXAMPLE, folder)
    choice = "          replace:\n            - weight: equal\n    - code: saturated"
    exchange(folder, choice, choice.replace("equal", "entropy"))
    open_only = check_workspace(folder)
    exchange(folder, "- weight: entropy", "- weight: entropic")
    [fault, *_] = check_workspace(folder)

    assert open_only == ()
    assert "'entropic' is not known" in fault
