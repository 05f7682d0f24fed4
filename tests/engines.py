"""The engines that a test may ask: DuckDB always, and Spark where it can run."""

import importlib.util
import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from placedex.store import Engine, open_engine

ENGINES = ("duckdb", "local[2]")


@contextmanager
def opened(address: str, folder: Path) -> Iterator[Engine]:
    """An engine of its own; a test that asks for Spark is skipped where it cannot run."""
    if address == "duckdb":
        with open_engine(address, folder=folder) as engine:
            yield engine
        return
    want_spark_and_java()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # Spark doubts pandas 3 wherever it meets it; no frame of pandas is handed to it here.
        warnings.simplefilter("ignore")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        with open_engine(address, folder=folder) as engine:
            yield engine


def want_spark_and_java() -> None:
    """Skip what needs Spark where it cannot run."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install placedex[spark]")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java on this machine: apt-get install default-jre-headless")
