"""On Spark: the draws of one index, or the builds of many, spread over the machines of a cluster.

Every machine runs the same kernels with the same streams, so that the answers are those of one
machine. Spark sends each task the engine, and the task sends back counts.
"""

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from placedex.errors import BadUsage
from placedex.index.draws import Engine, in_order, replicates
from placedex.index.monte_carlo import (
    BOOTSTRAP,
    DesignResults,
    Shares,
    Simulation,
    Tallies,
    design_at,
)
from placedex.index.plan import Compiled
from placedex.index.program import IntArray, RankArray
from placedex.index.sobol import Bootstrap
from placedex.index.spark import libraries, refuse_others
from placedex.index.step import State
from placedex.store.engine_spark import want_spark

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame, SparkSession

CELLS = 1 << 18
PARTS = {"counts": np.int32, "sums": np.int64, "faults": np.int64}
PIECE = "part string, first long, counts binary"
MOST_DRAWS = int(np.iinfo(np.int32).max)


def simulate_on_spark(
    engine: Engine,
    draws: int,
    *,
    session: "SparkSession",
    top: int = 10,
    batches: int | None = None,
) -> Simulation:
    """What `simulate` gives, to the byte, worked out by the machines of a Spark session.

    The replicates are cut into batches, as many as Spark has cores if not said. Each becomes a task
    that runs them with their own streams and sends back how often each place had each rank; Spark
    adds these up.
    Errors: MissingLibrary without pyspark; BadUsage if there is no draw or no batch, or a machine
            has other versions of the libraries.
    """
    _want_draws(draws)
    sent, here = engine_to_send(engine), libraries()

    def task(parts: "Iterator[RecordBatch]") -> "Iterator[RecordBatch]":
        refuse_others(here)
        tallies = Tallies.empty(sent, top=top)
        runs = replicates(sent, draws, blocks=_numbers(parts))
        for block in in_order(sent, runs, threads=1):
            tallies.add(sent, block)
        yield from _pieces(tallies)

    spread = _spread(session, engine.count_blocks(draws), batches)
    pieces = spread.mapInArrow(task, PIECE).groupBy("part", "first").applyInArrow(_sum, PIECE)
    total = Tallies.empty(engine, top=top)
    for piece in pieces.toArrow().to_batches():
        _add(total, piece)
    return total.simulation(engine, draws)


def shares_of_variance_on_spark(
    engine: Engine,
    points: int,
    *,
    session: "SparkSession",
    batches: int | None = None,
    bootstrap: Bootstrap = BOOTSTRAP,
) -> Shares:
    """What `shares_of_variance` gives, worked out by the machines of a Spark session.

    The indices are the same to the byte; the split between sampling and method is summed in another
    order and the same to 1e-12.
    Errors: as `shares_of_variance` and `simulate_on_spark`.
    """
    _want_draws(points)
    results = DesignResults.empty(engine, points)
    sent, here = engine_to_send(engine), libraries()

    def task(parts: "Iterator[RecordBatch]") -> "Iterator[RecordBatch]":
        refuse_others(here)
        found, done = DesignResults.empty(sent, points), [np.empty(0, dtype=np.int64)]
        desk = sent.make_desk()
        for block in _numbers(parts):
            at = sent.replicates_in(block, points)
            found.add(sent, at, [sent.run(runs, desk=desk) for runs in design_at(sent, at)])
            done.append(at)
        yield _packed(found, np.concatenate(done))

    spread = _spread(session, engine.count_blocks(points), batches)
    schema = "at binary, shifts binary, kept binary, ranks binary, scores binary"
    for row in spread.mapInArrow(task, schema).toArrow().to_pylist():
        _unpack(results, row)
    return results.shares(engine, bootstrap)


def _want_draws(draws: int) -> None:
    if not 1 <= draws <= MOST_DRAWS:
        raise BadUsage(f"{draws:,} draws were asked for. Wanted 1 to {MOST_DRAWS:,}. Mend it.")


def engine_to_send(engine: Engine) -> Engine:
    """The engine without the figures it was made from, which no replicate by kernels needs.

    Errors: BadUsage for an engine of which a method has no kernel.
    """
    if not isinstance(engine.workings, Compiled):
        raise BadUsage(
            "A step of the index has no compiled kernel. Wanted one for every step, to draw on "
            "Spark. Draw on one machine, or exchange the step."
        )
    state = engine.frame.state
    nobody = state.panel.keep(np.zeros(len(state.panel.places), dtype=np.bool_))
    bare = State(dataclasses.replace(nobody, sources=()), state.hierarchy)
    return dataclasses.replace(engine, frame=dataclasses.replace(engine.frame, state=bare))


def _spread(session: "SparkSession", blocks: int, batches: int | None) -> "DataFrame":
    """The numbers of the blocks, in so many parts; in as many as Spark has cores if not said."""
    want_spark()
    if batches is not None and batches < 1:
        raise BadUsage(f"{batches} batches were asked for. Wanted at least 1. Mend it.")
    return session.range(0, blocks, 1, batches)


def _numbers(parts: "Iterator[RecordBatch]") -> Iterator[int]:
    for part in parts:
        yield from part.column(0).to_pylist()


def _pieces(tallies: Tallies) -> "Iterator[RecordBatch]":
    """The counts cut into pieces that can be added apart, without those that are all nought."""
    import pyarrow as pa

    # The width of a class and how many places the top is: they are no counts.
    tallies.sums[3, :2] = 0
    for part in PARTS:
        flat = getattr(tallies, part).reshape(-1)
        for first in range(0, flat.size, CELLS):
            piece = flat[first : first + CELLS]
            if piece.any():
                row = {"part": part, "first": first, "counts": piece.tobytes()}
                yield pa.RecordBatch.from_pylist([row])


def _sum(pieces: "pa.Table") -> "pa.Table":
    """One piece that is the sum of pieces of the same cells."""
    import pyarrow as pa

    part, first = pieces.column(0)[0].as_py(), pieces.column(1)[0].as_py()
    total: IntArray | RankArray | None = None
    for piece in pieces.column(2):
        counts = np.frombuffer(piece.as_buffer(), dtype=PARTS[part])
        total = counts if total is None else total + counts
    told = b"" if total is None else total.tobytes()
    return pa.Table.from_pylist([{"part": part, "first": first, "counts": told}])


def _add(tallies: Tallies, pieces: "RecordBatch") -> None:
    for row in pieces.to_pylist():
        counts = np.frombuffer(row["counts"], dtype=PARTS[row["part"]])
        flat = getattr(tallies, row["part"]).reshape(-1)
        flat[row["first"] : row["first"] + counts.size] += counts


def _packed(results: DesignResults, at: IntArray) -> "RecordBatch":
    """What came of the runs at some points, as bytes."""
    import pyarrow as pa

    columns = {
        "at": at,
        "shifts": results.shifts[:, at],
        "kept": results.kept[:, at],
        "ranks": results.ranks.sums,
        "scores": results.scores.sums,
    }
    arrays = [pa.array([column.tobytes()], type=pa.binary()) for column in columns.values()]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))


def _unpack(results: DesignResults, row: dict[str, bytes]) -> None:
    at = np.frombuffer(row["at"], dtype=np.int64)
    for name in ("shifts", "kept"):
        array = getattr(results, name)
        array[:, at] = np.frombuffer(row[name]).reshape(array[:, at].shape)
    results.ranks.sums += np.frombuffer(row["ranks"]).reshape(results.ranks.sums.shape)
    results.scores.sums += np.frombuffer(row["scores"]).reshape(results.scores.sums.shape)
