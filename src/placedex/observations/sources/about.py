"""About a file: its origin, from the layout, from a file that describes it, and from its name."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml.error import YAMLError

from placedex.errors import UnreadableSource
from placedex.observations.origin import Origin
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import About, Layout
from placedex.store import hash_file, read_plain_yaml


def stem(path: Path) -> str:
    """A file's name without its endings: table.csv.gz is table."""
    return path.name.removesuffix(".gz").rpartition(".")[0] or path.name


def _words(path: Path) -> str:
    return stem(path).replace("-", " ").replace("_", " ").capitalize()


def beside(path: Path, about: About) -> Path:
    """The file that describes a table, whether it is there or not."""
    return path.with_name(about.file.replace("{stem}", stem(path)))


def origin_of(path: Path, layout: Layout, desk: Desk) -> Origin:
    """Where a file's figures were published.

    Errors: UnreadableSource if the file that describes it cannot be read.
    """
    told = _told(path, layout.about, desk=desk) if layout.about else {}
    about = layout.about or About(file="")
    publisher = _first(told, about.publisher) or layout.publisher
    if layout.through and publisher != layout.through:
        publisher = f"{publisher}, through {layout.through}"
    return Origin(
        code=desk.name(path),
        publisher=publisher,
        title=_first(told, about.title) or (_words(path) if told else layout.title),
        edition=_first(told, about.edition) or layout.edition or stem(path),
        url=_first(told, about.url) or layout.url or layout.page,
        licence=layout.licence,
        published=_day(_first(told, about.published), about.form) or layout.published,
        file=desk.name(path),
        sha256=hash_file(path),
    )


def _told(path: Path, about: About, *, desk: Desk) -> Mapping[str, Any]:
    described = beside(path, about)
    where = desk.name(described)
    try:
        if described.suffix in {".yaml", ".yml"}:
            content = read_plain_yaml(described)
        else:
            content = json.loads(described.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError, YAMLError) as error:
        raise UnreadableSource(
            f"{where} cannot be read ({str(error).splitlines()[0][:120]}). Wanted the file that "
            "describes the table beside it, as its publisher writes it. Fetch it again."
        ) from None
    if not isinstance(content, Mapping):
        raise UnreadableSource(
            f"{where} has no keys. Wanted the file that describes the table beside it, as its "
            "publisher writes it. Fetch it again."
        )
    _check(content, about, where=where)
    return content


def _check(content: Mapping[str, Any], about: About, *, where: str) -> None:
    """Refuse a description of another form: one that lacks what the layout needs."""
    for path in about.needed:
        if _at(content, path) is None:
            raise UnreadableSource(
                f"{where} has nothing under '{path}'; its keys are "
                f"{', '.join(map(str, content))[:200]}. Wanted the file that its publisher "
                "writes. Fetch it again, or mend the layout."
            )


def _first(told: Mapping[str, Any], paths: Sequence[str]) -> str:
    for path in paths:
        found = _at(told, path)
        if isinstance(found, Mapping):
            found = ", ".join(str(one) for one in found.values())
        if found not in (None, ""):
            return " ".join(str(found).split())
    return ""


def _at(content: Any, path: str) -> Any:
    for step in path.split("."):
        if not isinstance(content, Mapping) or step not in content:
            return None
        content = content[step]
    return content


def _day(text: str, form: str) -> date | None:
    for one in (form, "%Y-%m-%d"):
        try:
            return datetime.strptime(text, one).date()
        except ValueError:
            continue
    return None
