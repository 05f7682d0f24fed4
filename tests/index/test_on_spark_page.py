"""The page on Spark is true: its code runs in order and prints what the page says."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.index.test_on_spark import want_spark_and_java
from tests.test_docs import Block, blocks, not_printed


@pytest.mark.slow
def test_the_code_of_the_page_on_spark_prints_what_the_page_says(example: Path) -> None:
    """Spark writes to the standard error by itself, so that it alone is not looked at."""
    want_spark_and_java()
    found = blocks(ROOT / "docs" / "how-to" / "draw-on-spark.md")
    script, wanted = "", ""
    for block, after in pairwise([*found, Block("", "")]):
        if block.form == "py":
            script += block.body
            wanted += after.body if after.form == "text" else ""

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=example.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    assert wanted
    assert not_printed(wanted, done.stdout) == []
