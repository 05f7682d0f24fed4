"""The wheel installs into an empty environment and carries the example."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run(
        [*command, "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)], check=True
    )
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_carries_the_example_the_register_and_the_templates(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    for wanted in (
        "placedex/examples/west-midlands/placedex.toml",
        "placedex/examples/west-midlands/figures/figures.csv",
        "placedex/examples/west-midlands/indexes/local-digital-index.yaml",
        "placedex/examples/west-midlands/documents/documents.yaml",
        "placedex/examples/west-midlands/documents/elsewhere.csv",
        "placedex/examples/west-midlands/documents/claims/techuk-case-study.yaml",
        "placedex/examples/west-midlands/ledger/programmes.yaml",
        "placedex/places/registers/uk-2025.csv",
        "placedex/observations/catalogue/connectivity.yaml",
        "placedex/publish/templates/site.css",
        "placedex/py.typed",
    ):
        assert wanted in names
    assert not [name for name in names if ".placedex/" in name or name.startswith("tests")]


@pytest.mark.slow
def test_the_wheel_builds_the_example_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Installs the locked libraries from the package registry, hashes checked."""
    if "CI" not in os.environ and "PLACEDEX_TEST_INSTALL" not in os.environ:
        pytest.skip("installs from the package registry: set PLACEDEX_TEST_INSTALL=1 to run it")
    environment = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    command = str(environment / "bin" / "placedex")

    subprocess.run([command, "init", "wm", "--example", "west-midlands"], cwd=tmp_path, check=True)
    done = subprocess.run(
        [command, "build", "wm"], cwd=tmp_path, check=True, capture_output=True, text=True
    )

    assert "district: 40 of 41 ranked, on 5 of 6 components" in done.stdout
    assert (tmp_path / "wm" / "build" / "site" / "index.html").is_file()
