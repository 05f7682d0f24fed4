"""Reproductions read from YAML: an error names file, line and key."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from placedex.errors import BadSpec
from placedex.index.reproduction import (
    Column,
    Publication,
    PublishedFile,
    PublishedScores,
    Reproduction,
)
from placedex.index.spec import Spec
from placedex.index.spec_file import parse_spec
from placedex.observations import HIGHER, LOWER, NEITHER, Catalogue, Indicator, Ratio
from placedex.store import parse_settings, read_yaml

_BETTER = {"higher": HIGHER, "lower": LOWER, "neither": NEITHER}
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Positive = Annotated[float, Field(gt=0, strict=True, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, strict=True)]
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Publication(_Strict):
    title: Text
    publisher: Text
    address: Text
    licence: Text
    page: str = ""
    notes: str = ""


class _Column(_Strict):
    column: Text
    indicator: Text
    name: Text
    unit: str = ""
    direction: Literal["higher", "lower", "neither"] = "higher"
    denominator: str | None = None
    times: float = 1.0


class _PublishedFile(_Strict):
    file: Text
    sha256: Hash
    key: Text
    get: str = ""
    name: str | None = None
    encoding: str = "utf-8-sig"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    thousands: str = ""
    missing: tuple[str, ...] = ("", "NA")
    keep: dict[str, tuple[str, ...]] = {}
    leave_out: dict[str, tuple[str, ...]] = {}
    rename: dict[str, str] = {}
    columns: tuple[_Column, ...] = ()


class _PublishedScores(_Strict):
    node: Text
    file: Text
    score: str | None = None
    rank: str | None = None
    rank_of_score: bool = False
    decimals: Annotated[int, Field(ge=0, le=15, strict=True)] | None = None
    tolerance: Positive | None = None
    missing: tuple[str, ...] = ()
    wrong_ranks: Count = 0
    unpublished: Count = 0
    why: str = ""

    @model_validator(mode="after")
    def _says_enough(self) -> "_PublishedScores":
        if self.score is None and self.rank is None:
            raise ValueError("a score or a rank to compare, or both")
        if self.score is not None and self.decimals is None and self.tolerance is None:
            raise ValueError("decimals or a tolerance with a score")
        if self.rank_of_score and (self.score is None or self.rank is not None):
            raise ValueError("a score and no rank with rank_of_score")
        if (self.wrong_ranks or self.unpublished) and not self.why:
            raise ValueError("a reason under 'why' for wrong ranks or places that are unpublished")
        return self


class _File(_Strict):
    published: _Publication
    files: tuple[_PublishedFile, ...]
    index: Any
    compare: tuple[_PublishedScores, ...]


def read_reproduction(path: Path) -> Reproduction:
    """The reproduction in a YAML file: what was published, in which files, and a spec of it.

    Errors: BadSpec with file, line and key for what cannot be read; for an indicator that two
            columns bear, a file that is there twice, and a comparison with a file or a node that is
            not there.
    """
    content = read_yaml(path, error=BadSpec)
    file = parse_settings(content, _File, path=path, error=BadSpec)
    catalogue = _catalogue(file, path=path)
    spec = parse_spec(content["index"], catalogue, path=path)
    _check_comparisons(file, spec, path=path)
    return Reproduction(
        Publication(**{key: _line(text) for key, text in file.published.model_dump().items()}),
        tuple(_published_file(one) for one in file.files),
        catalogue,
        spec,
        tuple(
            PublishedScores(**{**one.model_dump(), "why": _line(one.why)}) for one in file.compare
        ),
    )


def _catalogue(file: _File, *, path: Path) -> Catalogue:
    catalogue: Catalogue = {}
    names = [one.file for one in file.files]
    for name in names:
        if names.count(name) > 1:
            raise BadSpec(f"{path}: the file '{name}' is there twice. Wanted each once. Join them.")
    for one in (column for given in file.files for column in given.columns):
        if one.indicator in catalogue:
            raise BadSpec(
                f"{path}: two columns are of the indicator '{one.indicator}'. Wanted one for each. "
                "Give one of them another code."
            )
        ratio = None
        if one.denominator is not None:
            ratio = Ratio(one.indicator, one.denominator, one.times)
        catalogue[one.indicator] = Indicator(
            one.indicator, one.name, one.unit, better=_BETTER[one.direction], ratio=ratio
        )
    for indicator in catalogue.values():
        if indicator.ratio is not None and indicator.ratio.denominator not in catalogue:
            raise BadSpec(
                f"{path}: the indicator '{indicator.code}' is divided by "
                f"'{indicator.ratio.denominator}', which no column is of. Wanted one of "
                f"{', '.join(catalogue)}. Add the column, or mend the code."
            )
    return catalogue


def _check_comparisons(file: _File, spec: Spec, *, path: Path) -> None:
    codes = {node.code for node in spec.hierarchy}
    names = {one.file for one in file.files}
    for one in file.compare:
        if one.node not in codes:
            raise BadSpec(
                f"{path}, compare: the index has no node '{one.node}'. Wanted one of "
                f"{', '.join(node.code for node in spec.hierarchy)}. Mend the code."
            )
        if one.file not in names:
            raise BadSpec(
                f"{path}, compare, node '{one.node}': the file '{one.file}' is not among the "
                f"files. Wanted one of {', '.join(sorted(names))}. Add it to them."
            )
    compared = {one.file for one in file.compare}
    if not compared:
        raise BadSpec(
            f"{path}: 'compare' is empty. Wanted a node to hold against what was published."
        )
    for given in file.files:
        if not given.columns and given.file not in compared:
            raise BadSpec(
                f"{path}: the file '{given.file}' has no columns and nothing is compared with it. "
                "Wanted one of them. Add columns, or take the file out."
            )
    if not any(one.columns for one in file.files):
        raise BadSpec(
            f"{path}: no file has columns of indicators. Wanted at least one, to make the index of."
        )


def _published_file(one: _PublishedFile) -> PublishedFile:
    return PublishedFile(
        file=one.file,
        sha256=one.sha256,
        key=one.key,
        get=_line(one.get),
        name=one.name,
        encoding=one.encoding,
        delimiter=one.delimiter,
        thousands=one.thousands,
        missing=one.missing,
        keep=tuple(one.keep.items()),
        leave_out=tuple(one.leave_out.items()),
        rename=tuple(one.rename.items()),
        columns=tuple(Column(column.column, column.indicator) for column in one.columns),
    )


def _line(text: str) -> str:
    return " ".join(text.split())
