"""Tables as HTML: each with a caption, scopes and, as it may be wide, a region of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from placedex.publish.markup import trusted

Cell = str | Markup


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; figures stand at the right."""

    name: Cell
    figures: bool = False


def words(name: Cell) -> Column:
    """A column of words."""
    return Column(name)


def figures(name: Cell) -> Column:
    """A column of figures."""
    return Column(name, figures=True)


def draw_table(
    key: str,
    caption: Cell,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    quiet: bool = False,
) -> Markup:
    """A table with an id, in a region that scrolls; the first cell of a row is its heading.

    A quiet table's caption is for screen readers alone: a heading says the same to the eye.
    """
    head = "".join(
        f'<th scope="col"{" class=n" if column.figures else ""}>{escape(column.name)}</th>'
        for column in columns
    )
    starts = ['<td class="n">' if column.figures else "<td>" for column in columns[1:]]
    first = '<th scope="row" class="n">' if columns[0].figures else '<th scope="row">'
    lines = []
    for row in rows:
        lines.append(f"<tr>{first}{_safe(row[0])}</th>")
        for start, cell in zip(starts, row[1:], strict=True):
            lines.append(f"{start}{_safe(cell)}</td>")
        lines.append("</tr>\n")
    body = "".join(lines)
    key = str(escape(key))
    hidden = ' class="hidden"' if quiet else ""
    return trusted(
        f'<div class="scroll" role="region" aria-labelledby="{key}-c" tabindex="0">'
        f'<table id="{key}"><caption id="{key}-c"{hidden}><span>{escape(caption)}</span></caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>"
    )


def _safe(cell: Cell) -> str:
    """A cell as markup; text is escaped, markup is as it is."""
    return cell if isinstance(cell, Markup) else str(escape(cell))
