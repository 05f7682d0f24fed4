"""`placedex support`: the offers of help that fit a firm, and why not the others."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from placedex.cli.firm import AboutFirm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from placedex.cli.printed import Sheet
    from placedex.ledger.support_finder import Answer

Format = Literal["table", "json"]
FIRM = AboutFirm()


def support(
    workspace: Path = Path(),
    *,
    place: Annotated[str, Parameter(name="--place")],
    firm: AboutFirm = FIRM,
    on: Annotated[str | None, Parameter(name="--on")] = None,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print the offers of help in the ledger of WORKSPACE that fit a firm, and why not the others.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    place
        Where the firm is: a code or a name.
    on
        The day (2025-04-30) on which help is looked for; today if left out.
    format
        table to read; json for programs.
    output
        Write to this file instead of standard output.
    """
    from placedex.cli.day import read_day
    from placedex.cli.printed import Sheet, as_json, put
    from placedex.ledger.support_finder import to_rows
    from placedex.workspace import open_workspace
    from placedex.workspace.support import support_for

    day = read_day(on, name="--on")
    found, answers = support_for(open_workspace(workspace), place, about=firm.words, on=day)
    if format == "json":
        put(as_json(list(to_rows(answers))), output)
    else:
        sheet = Sheet()
        where = f"{found.place.name} ({found.place.code})"
        _print_all(sheet, answers, firm=f"a firm in {where} on {day.isoformat()}")
        put(sheet.text(), output)


def _print_all(sheet: "Sheet", answers: "Sequence[Answer]", *, firm: str) -> None:
    fitting = [one for one in answers if one.fits]
    others = [one for one in answers if not one.fits]
    sheet.say(f"{len(fitting)} of {len(answers)} offers fit {firm}.")
    for one in fitting:
        _print(sheet, one)
    if others:
        sheet.say("\nThe others, and why not:")
    for one in others:
        sheet.say(f"- {one.offer.name} ({one.by}): {one.not_met}.")


def _print(sheet: "Sheet", one: "Answer") -> None:
    sheet.say(f"\n{one.offer.name} ({one.by})")
    sheet.say(f"  gives: {one.offer.gives}")
    sheet.say(f"  why: {'; '.join(one.met)}.")
    for words in one.ask_first:
        sheet.say(f"  find out: {words}.")
    sheet.say(f"  until when: {one.until or 'no end is published: ask whether it is still open'}.")
    where = f", {one.offer.website}" if one.offer.website else ""
    sheet.say(f"  ask: {one.ask}{where}")
