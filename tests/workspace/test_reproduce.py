"""Published indices made again: the files of docs/reproductions, and one of four places by hand."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from placedex.errors import BadSpec, UnreadableSource
from placedex.index import read_reproduction
from placedex.workspace import Reproduced, reproduce_index
from tests.conftest import ROOT, Run

FOLDER = ROOT / "docs" / "reproductions"
FILES = sorted(FOLDER.glob("*.yaml"))
INPUTS = """\
code,place,speed,price,region
a,Ayton,10,3,north
b,Beeford,20,1,north
c,Ceeham,30,n/a,south
d,Deeton,30,2,south
t,Total,90,6,
"""
SCORES = "area,score,place\na,0.0,4\nb,75.0,2\nd,75.0,2\nC,100.0,1\n"
YAML = """\
published:
  title: Index of four places
  publisher: Somebody
  address: https://example.org/index
  licence: CC0
files:
  - file: figures.csv
    sha256: {figures}
    get: figures of the four places
    key: code
    name: place
    missing: [n/a]
    leave_out: {{place: [Total]}}
    columns:
      - {{column: speed, indicator: speed, name: Speed, unit: Mbit/s}}
      - {{column: price, indicator: price, name: Price, unit: pounds, direction: lower}}
  - file: scores.csv
    sha256: {scores}
    key: area
    rename: {{C: c}}
index:
  code: four
  title: Four places
  components:
    - {{code: whole, name: Whole}}
  indicators:
    - {{indicator: speed, parent: whole, weight: 1, why: It matters.}}
    - {{indicator: price, parent: whole}}
  steps:
    - scale
    - normalise: {{scale: [0, 100]}}
    - aggregate
    - rank: {{decimals: 1}}
compare:
  - {{node: whole, file: scores.csv, score: score, rank: place, decimals: 1}}
"""


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def written(folder: Path, *, figures: str = INPUTS, scores: str = SCORES) -> Path:
    """A folder with the published files and the reproduction of them."""
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    (folder / "scores.csv").write_text(scores, encoding="utf-8")
    text = YAML.format(figures=sha256(figures), scores=sha256(scores))
    path = folder / "four.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def made_again(folder: Path, *, figures: str = INPUTS, scores: str = SCORES) -> Reproduced:
    path = written(folder, figures=figures, scores=scores)
    return reproduce_index(read_reproduction(path), [folder])


def changed(folder: Path, old: str, new: str) -> Path:
    """The reproduction with some of its words exchanged."""
    path = written(folder)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_published_index_is_reproduced_as_its_page_says(path: Path, shared: Path) -> None:
    found = reproduce_index(read_reproduction(path), [shared])
    far = [one.largest_difference for one in found.compared if one.largest_difference is not None]
    wrong = [one.wrong_ranks for one in found.compared if one.wrong_ranks is not None]

    assert found.state == "reproduced"
    places, difference, ranks = told()[path.name]
    assert places == f"{found.places:,}"
    assert difference == "-" if not far else max(far) <= float(difference) <= 1.1 * max(far) + 1e-8
    assert ranks == "-" if not wrong else ranks.partition(" ")[0] == str(sum(wrong))


def told() -> dict[str, tuple[str, str, str]]:
    """The table of the page: places, largest difference and wrong ranks by the name of the file."""
    page = (FOLDER / "index.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| \[[^\]]+\]\((\S+\.yaml)\) \| ([\d,]+) \| (\S+) \| ([^|]+) \|", re.M)
    return {name: (places, far, ranks.strip()) for name, places, far, ranks in row.findall(page)}


def test_the_page_lists_every_reproduction() -> None:
    assert sorted(told()) == [path.name for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_reproduction_says_what_was_published_and_where_to_get_it(path: Path) -> None:
    reproduction = read_reproduction(path)

    assert reproduction.spec.code == path.stem
    assert reproduction.publication.address.startswith("https://")
    assert all(one.get for one in reproduction.files)


def test_four_places_are_reproduced_by_hand(tmp_path: Path) -> None:
    """Ayton scores 0 and 0; Beeford 50 and 100; Ceeham 100 alone; Deeton 100 and 50."""
    found = made_again(tmp_path)

    (compared,) = found.compared
    assert found.state == "reproduced"
    assert (found.places, compared.places, compared.lacking, compared.unpublished) == (4, 4, 0, 0)
    assert (compared.largest_difference, compared.wrong_ranks) == (0, 0)


def test_the_order_of_rows_is_nothing(tmp_path: Path) -> None:
    head, *rows = INPUTS.splitlines(keepends=True)

    assert made_again(tmp_path, figures=head + "".join(reversed(rows))).state == "reproduced"


def test_a_score_beyond_its_tolerance_is_not_reproduced(tmp_path: Path) -> None:
    scores = SCORES.replace("b,75.0,2", "b,74.9,3")

    (compared,) = made_again(tmp_path, scores=scores).compared

    assert not compared.reproduced
    assert compared.largest_difference == pytest.approx(0.1)
    assert compared.farthest == "b"
    assert (compared.wrong_ranks, compared.largest_rank_difference) == (1, 1)


def test_a_published_place_without_a_score_here_is_not_reproduced(tmp_path: Path) -> None:
    (compared,) = made_again(tmp_path, figures=INPUTS.replace("30,n/a", "n/a,n/a")).compared

    assert (compared.lacking, compared.reproduced) == (1, False)


def test_a_place_that_is_not_published_must_be_expected(tmp_path: Path) -> None:
    scores = SCORES.replace("C,100.0,1\n", "").replace("b,75.0,2\nd,75.0,2", "b,75.0,1\nd,75.0,1")
    scores = scores.replace("a,0.0,4", "a,0.0,3")

    (compared,) = made_again(tmp_path, scores=scores).compared

    assert (compared.unpublished, compared.wrong_ranks, compared.reproduced) == (1, 0, False)


def test_wrong_ranks_that_are_expected_and_explained_are_no_fault(tmp_path: Path) -> None:
    scores = SCORES.replace("b,75.0,2", "b,75.0,3")
    path = written(tmp_path, scores=scores)
    text = path.read_text(encoding="utf-8").replace(
        "decimals: 1}\n", "decimals: 1, wrong_ranks: 1, why: A slip of the publisher.}\n"
    )
    path.write_text(
        text.replace(
            "rank: {decimals: 1, wrong_ranks: 1, why: A slip of the publisher.}",
            "rank: {decimals: 1}",
        ),
        encoding="utf-8",
    )

    found = reproduce_index(read_reproduction(path), [tmp_path])

    assert (found.state, found.compared[0].wrong_ranks) == ("reproduced", 1)


def test_a_packed_file_below_the_folder_is_found(tmp_path: Path) -> None:
    packed = gzip.compress(INPUTS.encode(), mtime=0)
    path = changed(tmp_path, "figures.csv", "figures.csv.gz")
    text = path.read_text(encoding="utf-8")
    text = text.replace(sha256(INPUTS), hashlib.sha256(packed).hexdigest())
    path.write_text(text, encoding="utf-8")
    (tmp_path / "deep" / "down").mkdir(parents=True)
    (tmp_path / "deep" / "down" / "figures.csv.gz").write_bytes(packed)

    assert reproduce_index(read_reproduction(path), [tmp_path]).state == "reproduced"


def test_a_file_that_is_not_there_makes_a_skip_that_says_where_to_get_it(
    tmp_path: Path, run: Run
) -> None:
    path = written(tmp_path)
    (tmp_path / "figures.csv").unlink()

    done = run("reproduce", path, "--inputs", tmp_path)

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "four: skipped, figures.csv is not there (get it: figures of the four places)",
        "0 reproduced, 0 not, 1 skipped",
    ]


def test_the_command_says_what_is_not_reproduced_and_gives_one(tmp_path: Path, run: Run) -> None:
    written(tmp_path, scores=SCORES.replace("b,75.0,2", "b,74.8,3"))

    done = run("reproduce", tmp_path, "--inputs", tmp_path)

    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[0].startswith("four: 4 places, largest difference 0.2, 1 wrong ranks (by 1 at")
    assert lines[1] == (
        "  not reproduced, node 'whole': the score of b is off by 0.2, allowed 0.05; 1 ranks "
        "differ, by 1 at most, expected 0"
    )
    assert lines[2] == "0 reproduced, 1 not, 0 skipped"
    assert done.stderr.startswith("placedex: Not reproduced: four. Wanted scores within")


def test_the_command_gives_json_for_programs(tmp_path: Path, run: Run) -> None:
    done = run("reproduce", written(tmp_path), "--inputs", tmp_path, "--format", "json")

    found = json.loads(done.stdout)
    assert (found["reproduced"], found["not reproduced"], found["skipped"]) == (1, 0, 0)
    assert found["indexes"][0]["compared"][0]["largest_difference"] == 0


def test_no_folder_and_no_file_are_faults_of_the_command_line(tmp_path: Path, run: Run) -> None:
    path = written(tmp_path)
    (tmp_path / "empty").mkdir()

    assert run("reproduce", path, "--inputs", tmp_path / "gone").returncode == 2
    assert run("reproduce", tmp_path / "empty", "--inputs", tmp_path).returncode == 2
    assert run("reproduce", path).returncode == 2


def test_another_file_of_the_same_name_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "figures.csv").write_text(INPUTS.replace("10", "11"), encoding="utf-8")

    with pytest.raises(UnreadableSource, match=r"figures.csv has the SHA-256 .* Wanted .* another"):
        reproduce_index(read_reproduction(path), [tmp_path])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("b,Beeford", "a,Beeford", "figures.csv, row 3, column code: 'a' is there twice"),
        ("b,Beeford", ",Beeford", "figures.csv, row 3, column code: the key is empty"),
        ("speed", "pace", "figures.csv, row 1: the column 'speed' is not there"),
        ("region", "speed", "figures.csv, row 1: the column 'speed' is there 2 times"),
        ("20,1", "20,one", "figures.csv, row 3, column price: 'one' is no number"),
        ("20,1", "20,nan", "figures.csv, row 3, column price: 'nan' is no number"),
        ("20,1", "20", "figures.csv, line 3: 4 cells. Wanted 5"),
        ("d,Deeton", 'd,"Deeton', "figures.csv, line .*every quotation mark closed"),
        ("d,Deeton", "e,Deeton", "scores.csv, column score: 1 places are in no input, such as d"),
    ],
)
def test_a_published_file_that_is_at_fault_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    with pytest.raises(UnreadableSource, match=words):
        made_again(tmp_path, figures=INPUTS.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("node: whole", "node: hole", "four.yaml, compare: the index has no node 'hole'. Wanted"),
        ("file: scores.csv, score", "file: s.csv, score", "the file 's.csv' is not among the"),
        ("    key: area", "    kee: area", "line 19: the key 'files.1.kee' is not known"),
        ("  code: four", "  cod: four", "line 22: the key 'cod' is not known. Did you mean 'code'"),
        ("parent: whole, weight", "parent: hole, weight", "'speed' has the parent 'hole'"),
        (
            "{indicator: price,",
            "{indicator: cost,",
            "four.yaml: The indicator 'cost' is in no catalogue.*a column of a file",
        ),
        ("indicator: price, name", "indicator: speed, name", "two columns are of the indicator"),
        ("pounds, direction", "pounds, denominator: area, direction", "is divided by 'area'"),
        ("  - file: scores", "  - file: figures", "the file 'figures.csv' is there twice"),
        ("score: score, rank: place, ", "", "line 35: 'compare.0' .*a score or a rank to compare"),
        (", decimals: 1}\n", "}\n", "decimals or a tolerance with a score"),
        ("  licence: CC0\n", "", "line 1: the key 'published.licence' is missing"),
        ("direction: lower", "direction: down", "line 16: 'files.0.columns.1.direction' is 'down'"),
    ],
)
def test_a_reproduction_that_is_at_fault_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = changed(tmp_path, old, new)

    with pytest.raises(BadSpec, match=words):
        read_reproduction(path)


def test_a_file_that_nothing_uses_is_refused(tmp_path: Path) -> None:
    extra = f"  - {{file: more.csv, sha256: {sha256('')}, key: code}}\nindex:\n"

    with pytest.raises(BadSpec, match="'more.csv' has no columns and nothing is compared with it"):
        read_reproduction(changed(tmp_path, "index:\n", extra))
