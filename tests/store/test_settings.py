"""An error in settings names file, line and key, and the nearest key that is known."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from placedex.errors import BadSpec, BadWorkspace
from placedex.store import read_settings


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    weight: float


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    parts: tuple[Inner, ...] = ()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_wrong_key_in_yaml_is_named_with_its_line_and_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "title: A\nparts:\n  - weight: 1\n  - wieght: 2\n")

    with pytest.raises(BadWorkspace) as caught:
        read_settings(path, Outer)

    lines = str(caught.value).splitlines()
    assert any("line 4" in line and "Did you mean 'weight'?" in line for line in lines)


def test_a_wrong_value_in_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "title: A\nparts:\n  - weight: heavy\n")

    with pytest.raises(BadWorkspace, match=r"a\.yaml, line 3: 'parts\.0\.weight' is 'heavy'"):
        read_settings(path, Outer)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.toml", "parts = []\n")

    with pytest.raises(BadWorkspace, match="the key 'title' is missing"):
        read_settings(path, Outer)


def test_a_wrong_key_in_toml_is_named_with_its_line_and_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path / "a.toml", 'title = "A"\n\ntitel = "B"\n')

    with pytest.raises(BadWorkspace, match=r"line 3: the key 'titel' is not known\. .*'title'"):
        read_settings(path, Outer)


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "title: A\nparts: [1, 2\n")

    with pytest.raises(BadSpec, match=r"a\.yaml, line"):
        read_settings(path, Outer, error=BadSpec)


def test_broken_toml_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.toml", "title = \n")

    with pytest.raises(BadWorkspace, match=r"a\.toml: .*line 1"):
        read_settings(path, Outer)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("title: Köln\n".encode("latin-1"))

    with pytest.raises(BadWorkspace, match="not UTF-8"):
        read_settings(path, Outer)


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    first: Inner | None = None
    others: dict[str, Outer] = {}
    pair: tuple[Inner, ...] = Field(default=(), min_length=2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("first: {titel: 1, weight: 1}", "'first.titel' is not known. Wanted one of weight."),
        ("others: {a: {titel: A, title: B}}", "'others.a.titel' is not known. Did you mean 'tit"),
        ("others: {a: {title: B, weigth: 1}}", "Wanted one of title, parts."),
        ("wieght: 1", "the key 'wieght' is not known. Wanted one of first, others, pair."),
        ("first: 2", "'first' is 2. Wanted keys with values, of weight."),
        ("others: {a: 2}", "'others.a' is 2. Wanted keys with values, of title, parts."),
        ("pair: [{weight: 1}]", "Wanted at least 2 entries there."),
    ],
)
def test_what_is_wanted_is_said_by_the_keys_of_that_level(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(BadWorkspace) as caught:
        read_settings(write(tmp_path / "a.yaml", text), Whole)

    assert words in str(caught.value)
    assert "should have" not in str(caught.value)
