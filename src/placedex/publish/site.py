"""The site: every page and every file, written whole, the same bytes for the same edition."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from placedex.publish.downloads import Download, downloads
from placedex.publish.edition import Edition
from placedex.publish.material import Material, gather
from placedex.publish.navigation import navigation
from placedex.publish.pages import (
    Page,
    about_pages,
    audit_pages,
    change_page,
    data_page,
    home_page,
    indicator_page,
    indicators_page,
    is_audited,
    is_drawn,
    method_page,
    place_page,
    places_page,
    quality_page,
    record_pages,
    sources_page,
    uncertainty_pages,
)
from placedex.publish.words import said, size
from placedex.store import write_bytes, write_text

# Pages that every site has, whatever its places and indicators.
FIXED = 10


def write_site(
    edition: Edition, folder: Path, *, progress: Callable[[int, int], None] | None = None
) -> None:
    """Write an edition's site into a folder; `progress` is told how many pages of all are done.

    Files that lie in the folder already and are no part of the site stay as they are.
    """
    material = gather(edition)
    files = downloads(material)
    said = record_pages(material)
    total = FIXED + len(material.indicators) + len(edition.places) + is_audited(material)
    total += is_drawn(material) + len(said)
    for done, page in enumerate((*_pages(material, files), *said), start=1):
        write_text(folder / page.path, render(page, edition))
        if progress is not None:
            progress(done, total)
    for download in files:
        for file in download.files:
            write_bytes(folder / file.path, file.content)
    write_text(folder / "site.css", _style())


def render(page: Page, edition: Edition) -> str:
    """A page as HTML."""
    return (
        _environment()
        .get_template(page.template)
        .render(
            page=page,
            links=page.links,
            navigation=navigation(edition.record),
            edition=edition,
            **page.content,
        )
    )


def _pages(material: Material, files: tuple[Download, ...]) -> Iterator[Page]:
    yield home_page(material)
    yield places_page(material)
    yield indicators_page(material)
    yield change_page(material)
    yield sources_page(material)
    yield quality_page(material)
    yield method_page(material)
    yield from uncertainty_pages(material)
    yield from audit_pages(material)
    yield data_page(files, material)
    yield from about_pages()
    for indicator in material.indicators:
        yield indicator_page(indicator, material)
    for place in material.edition.places:
        yield place_page(place, material)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("placedex.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["size"] = size
    environment.filters["said"] = said
    return environment


def _style() -> str:
    return (resources.files("placedex.publish") / "templates" / "site.css").read_text("utf-8")
