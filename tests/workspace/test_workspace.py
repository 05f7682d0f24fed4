"""A workspace from Python, and workspaces that keep a register and indicators of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

import placedex
from placedex.errors import BadUsage, BadWorkspace, UnreadableSource
from placedex.workspace import build_workspace, open_workspace


def test_a_panel_and_an_index_come_in_a_few_lines(example: Path) -> None:
    workspace = placedex.open_workspace(example)

    panel = workspace.panel("district")
    index = placedex.build(workspace.spec("local-digital-index"), panel)

    assert len(panel.places) == 41
    assert index.scores.to_pandas().loc["E08000026", "index"] == index.result("E08000026")[0]
    assert workspace.index("local-digital-index", "district").result("E08000026") == index.result(
        "E08000026"
    )


def test_importing_placedex_loads_nothing_heavy() -> None:
    script = "import sys, placedex; sys.exit('numpy' in sys.modules or 'duckdb' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_every_public_name_can_be_had() -> None:
    for name in placedex.__all__:
        assert getattr(placedex, name) is not None
    with pytest.raises(AttributeError, match="placedex has no 'bulid'"):
        placedex.bulid  # noqa: B018


def test_an_unknown_index_or_kind_is_refused_with_what_there_is(example: Path) -> None:
    workspace = open_workspace(example)

    with pytest.raises(BadUsage, match="no index 'gdp'.* Wanted one of local-digital-index"):
        workspace.spec("gdp")
    with pytest.raises(BadUsage, match="no place of the kind 'parish'"):
        workspace.panel("parish")


def test_a_kind_of_place_that_the_register_lacks_is_refused(example: Path) -> None:
    path = example / "placedex.toml"
    text = path.read_text(encoding="utf-8").replace('"nation"', '"state"')
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadWorkspace, match="'state' is no kind of place"):
        open_workspace(example)


def test_a_folder_without_published_files_is_refused(example: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds no published files that placedex reads"):
        build_workspace(open_workspace(example), version="test", figures=tmp_path)


def test_a_workspace_may_keep_its_own_register_and_indicators(tmp_path: Path) -> None:
    """Two towns, one indicator of their own: nothing of the United Kingdom is needed."""
    files = {
        "placedex.toml": 'placedex = 1\ntitle = "Towns"\nhome = "T1"\n'
        '[places]\nregister = "towns"\nkinds = ["town"]\n',
        "places/towns.yaml": "name: Towns 2026\nday: 2026-01-01\n",
        "places/towns.csv": "code,name,kind,started,ended,parents,longitude,latitude,column,row\n"
        "T1,Easton,town,,,,0.1,52.1,0,0\nT2,Weston,town,,,,0.2,52.2,1,0\n",
        "indicators.yaml": "- {code: cafes, name: Cafés with a network, unit: '%', "
        "period: year, measure: {counted: cafés}}\n",
        "figures/origins.yaml": "- {code: survey, publisher: Town Hall, title: Survey, "
        "edition: '2025', url: 'https://example.org/', licence: CC BY 4.0}\n",
        "figures/figures.csv": "place,indicator,period,value,low,high,status,origin\n"
        "T1,cafes,2025,40,,,published,survey\nT2,cafes,2025,60,,,published,survey\n",
        "indexes/cafes.yaml": "code: cafes-index\ntitle: Cafés\nkinds: [town]\n"
        "components: [{code: index, name: Cafés}]\n"
        "indicators: [{indicator: cafes, parent: index, goalposts: [0, 80]}]\n"
        "steps: [scale, normalise, aggregate, rank]\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    workspace = open_workspace(tmp_path)
    build_workspace(workspace, version="test")

    assert workspace.index("cafes-index", "town").result("T2") == (75.0, 1.0)
    assert (tmp_path / "build" / "site" / "places" / "t2.html").is_file()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("T1,Weston,town,,,,,,,", "row 3, column code: T1 is in row 2 too"),
        ("T2,Weston,town,,,T9,,,,", "row 3, column parents: T9 is not in the register"),
        ("T2,Weston,town,,,,east,,,", "row 3, column longitude: 'east' is not a number"),
        ("T2,Weston,town,long ago,,,,,,", "row 3, column started: 'long ago' is not a day"),
    ],
)
def test_a_register_that_cannot_be_read_is_refused(tmp_path: Path, row: str, words: str) -> None:
    from placedex.places import read_register

    (tmp_path / "towns.yaml").write_text("name: Towns\nday: 2026-01-01\n", encoding="utf-8")
    header = "code,name,kind,started,ended,parents,longitude,latitude,column,row"
    (tmp_path / "towns.csv").write_text(f"{header}\nT1,Easton,town,,,,,,,\n{row}\n", "utf-8")

    with pytest.raises(BadWorkspace, match=words):
        read_register(tmp_path, "towns")
