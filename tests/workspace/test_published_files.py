"""A workspace reads published files: every file that a source claims, its own layouts first."""

import re
from pathlib import Path

import pytest

from placedex.errors import Faults, UnreadableSource
from placedex.observations.sources import installed_sources
from placedex.workspace import (
    build_workspace,
    examine_workspace,
    open_workspace,
    revisions_of_build,
    site_folder,
)

TAKE_UP = """\
laua,laua_name,Full-fibre take-up (% of full-fibre coverage),Full-fibre take-up (% of all premises)
E08000025,Birmingham,40,30
E08000019,Sheffield,50,20
"""
OWN = """\
code: {code}
title: Jobs that we count ourselves
publisher: The council
licence: Open Government Licence v3.0
files: ["jobs-*.csv"]
place: {{column: place}}
period: {{file: '(\\d{{4}})', form: year}}
indicator: jobs
value: jobs
"""


def published(folder: Path) -> Path:
    (folder / "deep").mkdir(parents=True)
    name = "202507_full_fibre_take-up_laua_r01.csv"
    (folder / "deep" / name).write_text(TAKE_UP, encoding="utf-8")
    (folder / "jobs-2024.csv").write_text("place,jobs\nE08000025,12\n", encoding="utf-8")
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")
    return folder


def test_files_are_read_deep_in_a_tree_and_those_that_nobody_claims_are_reported(
    example: Path, tmp_path: Path
) -> None:
    workspace = open_workspace(example)
    folder = published(tmp_path / "files")

    with workspace.observations(folder) as observations:
        rows = observations.connection.execute(
            "SELECT place, value, period FROM current_observation "
            "WHERE indicator = 'full-fibre-take-up' ORDER BY place"
        ).fetchall()

    assert rows == [("E08000025", 40, "2025-07"), ("E08000039", 50, "2025-07")]
    assert workspace.claims(folder).unclaimed == ("jobs-2024.csv", "notes.txt")


def test_a_workspace_brings_layouts_of_its_own(example: Path, tmp_path: Path) -> None:
    (example / "sources").mkdir()
    (example / "sources" / "jobs.yaml").write_text(OWN.format(code="jobs"), encoding="utf-8")

    workspace = open_workspace(example)
    claims = workspace.claims(published(tmp_path / "files"))

    assert [source.code for source, _ in claims.by_source] == ["jobs", "ofcom-take-up"]
    assert claims.unclaimed == ("notes.txt",)
    with workspace.observations(tmp_path / "files") as observations:
        [one] = observations.series("E08000025", "jobs")
    assert (one.value, one.origin.publisher, str(one.period)) == (12, "The council", "2024")


def test_a_layout_of_a_workspace_takes_the_place_of_the_built_in_one_of_its_code(
    example: Path, tmp_path: Path
) -> None:
    (example / "sources").mkdir()
    (example / "sources" / "jobs.yaml").write_text(
        OWN.format(code="ofcom-take-up"), encoding="utf-8"
    )

    claims = open_workspace(example).claims(published(tmp_path / "files"))

    assert [source.code for source, _ in claims.by_source] == ["ofcom-take-up"]
    assert "deep/202507_full_fibre_take-up_laua_r01.csv" in claims.unclaimed


def test_a_folder_of_which_nothing_can_be_read_is_refused(example: Path, tmp_path: Path) -> None:
    workspace = open_workspace(example)

    with pytest.raises(UnreadableSource, match="holds no published files that placedex reads"):
        workspace.claims(tmp_path)
    with pytest.raises(UnreadableSource, match="is no folder"):
        workspace.claims(tmp_path / "gone")


def test_the_built_in_sources_are_found_whether_or_not_the_package_was_installed() -> None:
    codes = [source.code for source in installed_sources()]

    assert {"ons-els", "ons-els-history", "ofcom-take-up", "regional-gva", "bres"} <= set(codes)
    assert len(codes) == len(set(codes))


def test_a_build_tells_what_later_editions_changed(example: Path) -> None:
    """Two editions of one figure are put into the workspace's own table."""
    origins = example / "figures" / "origins.yaml"
    lines = (
        "- {{code: {0}, publisher: P, title: T, edition: E, url: u, licence: L, published: {1}}}\n"
    )
    with origins.open("a", encoding="utf-8") as file:
        file.write(lines.format("first", "2020-01-01") + lines.format("second", "2030-01-01"))
    with (example / "figures" / "figures.csv").open("a", encoding="utf-8") as file:
        file.write("E08000025,gva,1990,100,,,published,first\n")
        file.write("E08000025,gva,1990,110,,,published,second\n")
    build_workspace(open_workspace(example), version="test")

    revised = revisions_of_build(example)

    assert revised.since is not None
    assert revised.since.isoformat() == "2029-12-31"
    assert [(one.place, one.before, one.after) for one in revised.changes.revised] == [
        ("E08000025", 100, 110)
    ]
    page = " ".join((site_folder(example) / "quality.html").read_text(encoding="utf-8").split())
    assert "Since 31 December 2029, the day before the last edition came." in page
    _, table = page.split("The largest revisions", 1)
    row = re.sub("<[^>]+>", " ", table[: table.index("</table>")]).split("Change", 1)[1]
    said = "Birmingham Gross value added 1990 £100 million £110 million 10.0%"
    assert " ".join(row.split()) == said


def figures_of(workspace: Path, folder: Path) -> dict[str, list[tuple[str, float]]]:
    """The origins and figures of active enterprises, by place."""
    found: dict[str, list[tuple[str, float]]] = {}
    with open_workspace(workspace).observations(folder) as observations:
        for place in ("E08000025", "E08000026", "E47000007", "E12000005"):
            one = observations.series(place, "enterprises")
            found[place] = [(figure.origin.code, figure.value or 0) for figure in one]
    return found


@pytest.fixture
def enterprises(example: Path) -> Path:
    """A workspace with enterprises of two districts, a combined authority and a region."""
    (example / "sources").mkdir(exist_ok=True)
    layout = (
        OWN.format(code="counted")
        .replace("jobs-*", "firms-*")
        .replace("indicator: jobs", "indicator: enterprises")
    )
    layout = layout.replace("{file: '(\\d{4})', form: year}", "2025-03")
    (example / "sources" / "counted.yaml").write_text(layout, encoding="utf-8")
    figures = example / "figures"
    kept = [
        line
        for line in (figures / "figures.csv").read_text("utf-8").splitlines()
        if ",enterprises," not in line
    ]
    origin = kept[1].split(",")[-1]
    kept += [
        f"{place},enterprises,2024-03,{value},,,published,{origin}"
        for place, value in (
            ("E08000025", 10),
            ("E08000026", 11),
            ("E47000007", 12),
            ("E12000005", 13),
        )
    ]
    (figures / "figures.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return example


def test_published_figures_take_the_place_of_the_workspaces_own_kind_by_kind(
    enterprises: Path, tmp_path: Path
) -> None:
    """The file has one district, so the other own figure goes: no kind is mixed."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "firms-2024.csv").write_text("place,jobs\nE08000025,20\n")

    found = figures_of(enterprises, tmp_path / "files")

    assert found["E08000025"] == [("firms-2024.csv", 20)]
    assert found["E08000026"] == []
    assert [value for _, value in found["E47000007"]] == [12]
    assert [value for _, value in found["E12000005"]] == [13]


def test_a_published_row_without_a_value_takes_nothing_away(
    enterprises: Path, tmp_path: Path
) -> None:
    (tmp_path / "files").mkdir()
    rows = "place,jobs\nE08000025,20\nE47000007,\nTLG,40\n"
    (tmp_path / "files" / "firms-2024.csv").write_text(rows)

    found = figures_of(enterprises, tmp_path / "files")

    assert 12 in [value for _, value in found["E47000007"]]
    assert found["E12000005"] == [("firms-2024.csv", 40)]


def test_a_row_at_fault_stays_to_be_named(enterprises: Path, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "firms-2024.csv").write_text("place,jobs\nE08000025,20\n")
    with (enterprises / "figures" / "figures.csv").open("a", encoding="utf-8") as file:
        file.write(",enterprises,2024-03,1,,,published,nobody\n")

    with pytest.raises(Faults, match="figures.csv"):
        figures_of(enterprises, tmp_path / "files")


def test_no_kind_is_ranked_on_fewer_components_with_every_published_file_than_without(
    example: Path, shared: Path
) -> None:
    """Of districts there are more, so that an indicator may fall to the screen for them."""
    alone = examine_workspace(example).notes
    checked = examine_workspace(example, shared / "data")

    assert checked.faults == ()
    assert alone is not None
    assert checked.notes is not None
    made_of = {kind: one.made_of for (_, kind), one in checked.notes.ranked.items()}
    assert made_of == {kind: one.made_of for (_, kind), one in alone.ranked.items()}
    assert made_of == {"district": 5, "combined authority": 3, "region": 5, "nation": 5}
