"""An indicator's page says at which prices it is, and what it may not be compared with."""

from html.parser import HTMLParser
from pathlib import Path

from placedex.workspace import build_workspace, open_workspace, site_folder
from tests.workspace.regions import REGIONS, workspace


class Words(HTMLParser):
    """The words between the marks of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_of(path: Path) -> str:
    """The words of a page, one blank between them."""
    reader = Words()
    reader.feed(path.read_text(encoding="utf-8"))
    return " ".join(" ".join(reader.found).split())


def test_a_page_names_what_looks_alike_with_the_reasons(built: Path) -> None:
    page = words_of(site_folder(built) / "indicators" / "full-fibre-premises.html")

    assert (
        "Not comparable with Premises with gigabit broadband : what is counted is 'premises that "
        "a fibre can reach all the way' in one and 'premises that can order a download speed of "
        "1,000 Mbit/s or more, on any network' in the other"
    ) in page
    assert "Not comparable with Take-up of full fibre :" in page
    pay = words_of(site_folder(built) / "indicators" / "median-weekly-pay.html")
    assert "Prices Current prices, those of each year" in pay
    assert "At constant prices" not in pay


def test_money_with_a_deflator_is_shown_at_the_prices_of_its_base(tmp_path: Path) -> None:
    """2020: 128 at prices of which 80 buy what 100 buy in 2022 is 160."""
    folder = workspace(tmp_path / "regions", {"2020": "second", "2022": "second"}, code="gva")
    table = folder / "figures" / "figures.csv"
    rows = "".join(
        f"{place},gva-deflator,{period},{value},,,published,second\n"
        for place in REGIONS
        for period, value in (("2020", 80), ("2022", 100))
    )
    table.write_text(table.read_text("utf-8") + rows, encoding="utf-8")

    build_workspace(open_workspace(folder), version="test")

    page = words_of(site_folder(folder) / "indicators" / "gva.html")
    assert "Gross value added at the prices of 2022 £ million, West Midlands, 2020 to 2022" in page
    assert "2020 £128 million 80.0 £160 million 2022 £256 million 100.0 £256 million" in page
    assert "deflated here by Prices of gross value added" in page
    alone = words_of(site_folder(folder) / "indicators" / "gva-deflator.html")
    assert "A deflator: what turns current prices into those of one year" in alone
