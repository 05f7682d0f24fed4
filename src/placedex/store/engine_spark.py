"""Apache Spark as an engine: the same expressions, on as many machines as there are."""

import importlib.util
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import MissingLibrary, UnreadableSource
from placedex.store.opened import Opened

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.backends.pyspark import Backend
    from ibis.expr.types import Table
    from pyspark.sql import SparkSession

WANTED = ("pyspark", "pandas")
# Threads of one machine want few pieces of a table; Spark's own 200 are for many machines.
FEW = 8
# Else a row that is too short or too long is not seen if only some of its columns are asked for.
WHOLE_ROWS = {"spark.sql.csv.parser.columnPruning.enabled": "false"}


@dataclass(frozen=True, slots=True)
class SparkEngine(Opened):
    """An engine on a session of Spark; what it lays out are views that bear its own names."""

    session: "SparkSession"
    backend: "Backend"

    @property
    def name(self) -> str:
        """What the engine is, for people."""
        return f"Spark {self.session.version} at {self.session.sparkContext.master}"

    def read_csv(self, files: Sequence[Path], *, names: Sequence[str]) -> "Table":
        """CSV files with one header row, as text in columns of these names; read when needed."""
        from pyspark.sql.types import StringType, StructField, StructType

        form = StructType([StructField(name, StringType()) for name in names])
        frame = self.session.read.csv(
            [str(path) for path in files],
            schema=form,
            header=True,
            enforceSchema=True,
            quote='"',
            escape='"',
            nullValue="",
            emptyValue="",
            mode="FAILFAST",
        )
        return self._view(frame)

    def read_parquet(self, files: Sequence[Path]) -> "Table":
        """Parquet files of one form, read when needed."""
        try:
            frame = self.session.read.parquet(*(str(path) for path in files))
        except _opening() as error:
            raise _unreadable(error) from None
        return self._view(frame)

    def lay_out(self, rows: "pa.Table") -> "Table":
        """A small table, such as a list of codes, to join with large ones."""
        return self._view(self.session.createDataFrame(rows))

    def keep(self, expression: "Table") -> "Table":
        """A table worked out once, to be asked several questions."""
        frame = self.session.sql(self.query(expression)).cache()
        try:
            frame.count()
        except _reading() as error:
            frame.unpersist()
            raise _unreadable(error) from None
        return self._view(frame)

    def rows(self, expression: "Table") -> "pa.Table":
        """The rows of an expression, which must fit into memory."""
        try:
            return self.session.sql(self.query(expression)).toArrow()
        except _reading() as error:
            raise _unreadable(error) from None

    def query(self, expression: "Table") -> str:
        """The expression as Spark's SQL."""
        return str(self.backend.compile(expression))

    def _let_go(self) -> None:
        self.session.stop()

    def _view(self, frame: object) -> "Table":
        name = self._new_name()
        frame.createOrReplaceTempView(name)  # type: ignore[attr-defined]
        return self.backend.table(name)


def want_spark() -> None:
    """Refuse to go on where Spark is not installed, or pandas, which it asks for itself.

    Errors: MissingLibrary saying what to install.
    """
    lacking = [name for name in WANTED if importlib.util.find_spec(name) is None]
    if lacking:
        raise MissingLibrary(
            f"{' and '.join(lacking)} cannot be found. Wanted {' and '.join(WANTED)} to work on "
            "Apache Spark. Install them: pip install 'placedex[spark]'; Spark needs Java 17 or 21 "
            "besides."
        )


def spark_on(session: "SparkSession") -> SparkEngine:
    """An engine on a session that has begun already; closing the engine leaves it."""
    return _engine(session, owned=False)


def open_spark(master: str, *, memory: str, folder: Path | None = None) -> SparkEngine:
    """An engine with a session of its own at a master; its driver may take so much memory.

    Errors: MissingLibrary if Spark is not installed.
    """
    want_spark()
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.memory": memory.removesuffix("B").lower(),
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": "false",
    }
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings |= {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": FEW}
    if folder is not None:
        settings["spark.local.dir"] = str(folder / "local")
        settings["spark.sql.warehouse.dir"] = str(folder / "warehouse")
    builder = SparkSession.builder.master(master).appName("placedex").config(map=settings)
    return _engine(builder.getOrCreate(), owned=True)


def _engine(session: "SparkSession", *, owned: bool) -> SparkEngine:
    import ibis

    for key, value in WHOLE_ROWS.items():
        session.conf.set(key, value)
    return SparkEngine(session, ibis.pyspark.from_connection(session), owned=owned)


def _reading() -> tuple[type[Exception], ...]:
    """What goes wrong while files are read; a fault of the question is met before that."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import SparkRuntimeException

    return (Py4JJavaError, SparkRuntimeException)


def _opening() -> tuple[type[Exception], ...]:
    """What goes wrong when a file is looked at before any question is asked of it."""
    from pyspark.errors import AnalysisException

    return (*_reading(), AnalysisException)


def _unreadable(error: Exception) -> UnreadableSource:
    told = dict.fromkeys(re.findall(r"\[[A-Z_.]+\] ([^\n]+?)(?: +SQLSTATE|\n)", str(error)))
    return UnreadableSource(
        f"{'; '.join(told)[:600]}. Wanted whole files as their publisher writes them. Fetch them "
        "again."
    )
