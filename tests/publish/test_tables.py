"""Tables: what comes from outside is escaped, markup is kept."""

from placedex.publish.cells import link
from placedex.publish.tables import draw_table, figures, words
from tests.publish.document import parse


def test_text_in_cells_heads_and_captions_is_escaped_and_markup_is_kept() -> None:
    columns = [words("<b>Place</b>"), figures("Value")]
    rows = [["<i>Ayton</i>", link("a.html?x=1&y=2", "5 < 6")]]

    table = parse(str(draw_table("t", "<u>All</u>", columns=columns, rows=rows)))

    assert not list(table.all("b", "i", "u"))
    assert [cell.text for cell in table.all("th")] == ["<b>Place</b>", "Value", "<i>Ayton</i>"]
    assert [one.attributes["href"] for one in table.all("a")] == ["a.html?x=1&y=2"]
    assert next(table.all("caption")).text == "<u>All</u>"


def test_figures_stand_at_the_right_and_the_first_cell_heads_its_row() -> None:
    columns = [words("Place"), figures("Value")]

    table = parse(str(draw_table("t", "All", columns=columns, rows=[["Ayton", "5"]])))

    assert [cell.attributes.get("class") for cell in table.all("td")] == ["n"]
    assert [cell.attributes["scope"] for cell in table.all("th")] == ["col", "col", "row"]
