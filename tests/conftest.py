"""What every test may use: the shared published files, a workspace to build, and the command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EXAMPLE = ROOT / "src" / "placedex" / "examples" / "west-midlands"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The published files and other people's answers; absent on a user's machine."""
    if not SHARED.is_dir():
        pytest.skip("the published files of ../shared are not on this machine")
    return SHARED


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A fresh copy of the bundled workspace."""
    folder = tmp_path / "west-midlands"
    shutil.copytree(EXAMPLE, folder)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled workspace, built once; tests read it and do not change it."""
    from placedex.workspace import build_workspace, open_workspace

    folder = tmp_path_factory.mktemp("built") / "west-midlands"
    shutil.copytree(EXAMPLE, folder)
    build_workspace(open_workspace(folder), version="test")
    return folder


@pytest.fixture(scope="session")
def run() -> Run:
    """The command `placedex`, in a process of its own with no terminal."""

    def call(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "COLUMNS": "100"}
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [sys.executable, "-m", "placedex", *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=environment,
            **options,  # type: ignore[call-overload]
        )
        return done

    return call
