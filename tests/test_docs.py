"""The words around the code are true: listings are fresh, links lead somewhere, commands run."""

import re
import shlex
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from tools import make_docs

from placedex.cli.main import app
from placedex.index import read_spec
from placedex.observations import bundled_catalogue
from placedex.store import read_yaml
from tests.conftest import EXAMPLE, ROOT, Run

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")]
)
HOW_TOS = [page for page in PAGES if page.parent.name == "how-to"]
TUTORIAL = ROOT / "docs" / "tutorial.md"
FENCE = re.compile(r"^```(?P<form>[a-z]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\((?P<address>[^)\s]+)\)")
ANYTHING = "..."


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page: its form (console, diff, python ...) and what stands in it."""

    form: str
    body: str


def blocks(page: Path) -> list[Block]:
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return [Block(one["form"], one["body"]) for one in found]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """A page without its fenced blocks, in which nothing is a link or a heading."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchor of every heading of a page, as GitHub makes them, and those set by hand."""
    seen: Counter[str] = Counter()
    found = set(re.findall(r'<a id="([^"]+)"></a>', prose(page)))
    for heading in re.findall(r"^#{1,6} (.+)$", prose(page), re.MULTILINE):
        words = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).strip()
        anchor = words.replace(" ", "-")
        found.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return found


def dead_links(page: Path) -> Iterator[str]:
    for address in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, anchor = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield address


def commands(page: Path) -> Iterator[list[str]]:
    """The words of every placedex command of a page, after the name itself."""
    for block in blocks(page):
        if block.form in {"console", "sh"}:
            for line in block.body.splitlines():
                words = shlex.split(line.removeprefix("$ "), comments=True)
                if words[:1] == ["placedex"]:
                    yield words[1:]


def matches(wanted: str, found: str) -> bool:
    """Whether a line is as wanted; three points stand for anything."""
    parts = (re.escape(part) for part in wanted.split(ANYTHING))
    return re.fullmatch(".*".join(parts).rstrip(), found.rstrip()) is not None


def not_printed(wanted: str, found: str) -> list[str]:
    """The wanted lines that are not among the found ones, in that order."""
    rest = iter(found.splitlines())
    return [
        line
        for line in wanted.splitlines()
        if line != ANYTHING and not any(matches(line, other) for other in rest)
    ]


def edit(folder: Path, body: str) -> None:
    """Do what a diff block says: its first line names the file; -, + and blank mark the others."""
    first, *lines = body.splitlines()
    path = folder / first.removeprefix("# ")
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in {"-", " "})
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in {"+", " "})
    text = path.read_text(encoding="utf-8")
    if old:
        assert text.count(old) == 1, f"{path.name} has these lines {text.count(old)} times:\n{old}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    else:
        path.write_text(text + new, encoding="utf-8")


def steps(body: str) -> Iterator[tuple[list[str], str]]:
    """Each command of a console block with the lines that the page says it prints."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield shlex.split(command, comments=True), printed


def test_the_listings_are_as_the_code_has_them_now() -> None:
    assert make_docs.stale() == ()


def test_a_stale_listing_is_found(tmp_path: Path) -> None:
    assert make_docs.stale(tmp_path) == tuple(make_docs.pages())


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    assert list(dead_links(page)) == []


def test_a_dead_link_and_a_dead_anchor_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](#one) [b](#two) [c](gone.md) [d](https://example.org)\n")

    assert list(dead_links(page)) == ["#two", "gone.md"]


def test_every_page_of_docs_can_be_reached_from_the_contents() -> None:
    """By a link on the page of contents, or on a page that is reached from it."""
    reached, waiting = set[Path](), [ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        waiting += [
            (page.parent / address.partition("#")[0]).resolve()
            for address in LINK.findall(prose(page))
            if not re.match(r"[a-z]+:", address)
        ]

    assert {name(page) for page in (ROOT / "docs").rglob("*.md") if page not in reached} == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_in_the_words_can_be_given(page: Path) -> None:
    """Each is read by the command line's own parser; nothing is run."""
    for words in commands(page):
        app.parse_args(words, exit_on_error=False, print_error=False)


def test_the_python_of_the_readme_prints_what_the_readme_says(example: Path) -> None:
    found = blocks(ROOT / "README.md")
    place = next(number for number, block in enumerate(found) if block.form == "python")
    code, printed = found[place], found[place + 1]

    done = subprocess.run(
        [sys.executable, "-c", code.body],
        cwd=example.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.stderr == ""
    assert [line.rstrip() for line in done.stdout.splitlines()] == printed.body.splitlines()


@pytest.mark.parametrize("page", HOW_TOS, ids=name)
def test_the_python_of_a_how_to_runs_and_prints_what_it_says(page: Path, example: Path) -> None:
    found = blocks(page)
    script, wanted = "", ""
    for block, after in pairwise([*found, Block("", "")]):
        if block.form == "python":
            script += block.body
            wanted += after.body if after.form == "text" else ""
    if not script:
        return

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=example.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.stderr == ""
    assert not_printed(wanted, done.stdout) == []


@pytest.mark.slow
def test_the_tutorial_does_what_it_says(tmp_path: Path, run: Run) -> None:
    """Its console blocks are run and its diff blocks are made, in order, in one empty folder."""
    wrong = []
    for block in blocks(TUTORIAL):
        if block.form == "diff":
            edit(tmp_path, block.body)
        elif block.form == "console":
            for words, printed in steps(block.body):
                assert words[0] == "placedex"
                done = run(*words[1:], cwd=tmp_path)
                lines = not_printed(printed, done.stdout + done.stderr)
                wrong += [f"{shlex.join(words)}: {line}" for line in lines]

    assert wrong == []


def test_the_goalposts_and_weights_of_the_method_page_are_those_of_the_spec() -> None:
    text = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `([\w-]+)`[^|]*\| (\w+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.M
    )
    spec = read_spec(EXAMPLE / "indexes" / "local-digital-index.yaml", bundled_catalogue())

    told = {
        code: (part, float(weight), (float(low), float(high)))
        for code, part, weight, low, high in rows
    }
    wanted = {
        leaf.code: (leaf.parent, leaf.weight, leaf.goalposts) for leaf in spec.hierarchy.leaves
    }

    assert told == wanted


def test_the_version_to_cite_is_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = read_yaml(ROOT / "CITATION.cff")

    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
