"""Cases made by a test in the layout of the golden ones, and what must hold of each."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.golden.__main__ import Verdict, run
from tests.golden.case import difference

Table = Iterable[Mapping[str, Any]]


def write_table(path: Path, rows: Table) -> None:
    """Write rows as a table; nothing stands for a gap."""
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)


def write_case(
    folder: Path,
    name: str,
    content: Mapping[str, Any],
    tables: Mapping[str, Table] | None = None,
) -> Path:
    """The JSON file of a case written with its tables beside it, each listed as the golden do."""
    made = tables or {}
    files = {ending: f"{name}__{ending}.csv" for ending in made}
    for ending, rows in made.items():
        write_table(folder / files[ending], rows)
    listed = {
        "id": name,
        "section": name[0],
        "tolerance": 1e-9,
        "params": {},
        "inputs": {},
        "expected": {},
        "input_files": [file for ending, file in files.items() if ending.startswith("in_")],
        "expected_files": [file for ending, file in files.items() if ending.startswith("exp_")],
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps({**listed, **content}), encoding="utf-8")
    return path


def verdict_of(path: Path) -> Verdict:
    """How a case comes out of the runner."""
    name = json.loads(path.read_text(encoding="utf-8"))["id"]
    return next(one for one in run(path.parent) if one.name == name)


def hold(path: Path) -> None:
    """Hold that a case passes as it is, and fails with any one of its answers made wrong."""
    verdict = verdict_of(path)
    assert verdict.outcome == "passed", str(verdict)
    content = json.loads(path.read_text(encoding="utf-8"))
    for key in content["expected"]:
        wrong = {**content["expected"], key: spoiled(content["expected"][key])}
        if difference(wrong[key], content["expected"][key]) == 0:
            continue
        path.write_text(json.dumps({**content, "expected": wrong}), encoding="utf-8")
        assert verdict_of(path).outcome == "failed", f"{key} is not held against anything"
    path.write_text(json.dumps(content), encoding="utf-8")
    for name in content["expected_files"]:
        _hold_table(path, path.parent / name)


def _hold_table(path: Path, table: Path) -> None:
    right = table.read_text(encoding="utf-8")
    rows = list(csv.DictReader(right.splitlines()))
    for name in rows[0]:
        cell = next((row for row in rows if _is_number(row[name])), None)
        if cell is None or name == next(iter(rows[0])):
            continue
        kept, cell[name] = cell[name], str(float(cell[name]) + 1.5)
        write_table(table, rows)
        assert verdict_of(path).outcome == "failed", f"{table.name}: {name} is not held"
        cell[name] = kept
    table.write_text(right, encoding="utf-8")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def spoiled(answer: Any) -> Any:
    """An answer with the first number or word in it made wrong."""
    if isinstance(answer, bool):
        return not answer
    if isinstance(answer, int | float):
        return answer + 1.5
    if isinstance(answer, str):
        return f"not {answer}"
    if isinstance(answer, Mapping):
        first = next(iter(answer), None)
        return {} if first is None else {**answer, first: spoiled(answer[first])}
    if isinstance(answer, Sequence) and answer:
        first = next((at for at, one in enumerate(answer) if one is not None), 0)
        return [*answer[:first], spoiled(answer[first]), *answer[first + 1 :]]
    return answer
