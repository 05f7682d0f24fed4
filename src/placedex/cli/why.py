"""`placedex why`: why the score and the rank of a place changed, cause by cause."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from placedex.cli.against import Against

if TYPE_CHECKING:
    from placedex.index.change import Account
    from placedex.index.rows import Row
    from placedex.index.why import Why
    from placedex.workspace.compare import Comparison

Format = Literal["table", "csv", "json"]
AGAINST = Against()


def why(
    workspace: Path,
    place: str,
    *,
    against: Against = AGAINST,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
    svg: Annotated[Path | None, Parameter(name="--svg")] = None,
) -> None:
    """Print why the score and the rank of PLACE differ between two editions, or two specs.

    The causes add up to the change: each indicator's figures, the weights and the method for the
    score; its own figures, its rivals', weights, method and membership for the rank.

    Parameters
    ----------
    workspace
        The folder of a workspace; it need not be built.
    place
        A code, or a name that only one place bears.
    format
        table to read; csv or json for programs, every number with all its digits.
    output
        Write to this file instead of standard output.
    svg
        Write a waterfall of the score to this file.
    """
    from placedex.cli.printed import put
    from placedex.workspace import open_workspace
    from placedex.workspace.compare import why_changed

    opened = open_workspace(workspace)
    found, account = why_changed(opened, against.question, opened.register.find(place))
    put(_told(found, account, format), output)
    if svg is not None:
        put(_svg(found, account), svg)


def _told(found: "Comparison", account: "Why", form: Format) -> str:
    from placedex.cli.printed import as_json, rows_as_csv

    if form == "csv":
        return rows_as_csv(_rows(found, account))
    return as_json(_content(found, account)) if form == "json" else _text(found, account)


def _rows(found: "Comparison", account: "Why") -> "list[Row]":
    about: Row = {"index": found.index, "before": found.names[0], "after": found.names[1]}
    accounts = (account.score, account.rank)
    return [about | {"code": account.place.code} | row for one in accounts for row in one.to_rows()]


def _content(found: "Comparison", account: "Why") -> dict[str, object]:
    def told(one: "Account") -> dict[str, object]:
        amounts = one.causes.contributions.tolist()
        return {
            "before": one.before,
            "after": one.after,
            "causes": dict(zip(one.causes.players, amounts, strict=True)),
            "words": one.words,
        }

    return {
        "index": found.index,
        "place": account.place.code,
        "name": account.place.name,
        "kind": found.kind,
        "before": found.names[0],
        "after": found.names[1],
        "score": told(account.score),
        "rank": told(account.rank),
        "notes": [*account.notes, *found.notes],
    }


def _text(found: "Comparison", account: "Why") -> str:
    from placedex.cli.printed import Sheet, number
    from placedex.index.why import told

    sheet = Sheet()
    for words in account.words:
        sheet.say(words)
    sheet.say()
    before, after = found.names
    for title, one in (("score", account.score), ("rank", account.rank)):
        causes = [(name, number(amount, 2, signed=True)) for name, amount in told(one)]
        ends = [(before, number(one.before, 2)), (after, number(one.after, 2))]
        columns = {account.place.name: False, title: True}
        sheet.table("", columns, [ends[0], *causes, ends[1]])
    for note in (*account.notes, *found.notes):
        sheet.say(f"- {note}")
    return sheet.text()


def _svg(found: "Comparison", account: "Why") -> str:
    from placedex.index.why import told
    from placedex.publish.charts.svg import Words
    from placedex.publish.charts.waterfall import Cause, Ends, as_file, draw_waterfall
    from placedex.publish.words import number

    score, (before, after) = account.score, found.names
    words = Words(
        key="why",
        title=f"Why the score of {account.place.name} changed, {before} to {after}",
        shows=score.words,
        table="",
    )
    drawing = draw_waterfall(
        [Cause(name, amount) for name, amount in told(score)],
        Ends(score.before, score.after, (before, after)),
        words,
        label=lambda value: number(value, 2),
    )
    return as_file(drawing)
