"""The site in a real browser: axe-core, a narrow screen and the keyboard."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PAGES = (
    "index.html",
    "places/index.html",
    "places/e47000007.html",
    "places/e08000025.html",
    "places/n09000003.html",
    "places/k02000001.html",
    "indicators/index.html",
    "indicators/gigabit-premises.html",
    "indicators/ict-enterprise-share.html",
    "sources.html",
    "method.html",
    "audit.html",
    "change.html",
    "uncertainty.html",
    "data.html",
    "evidence/index.html",
    "evidence/conflicts.html",
    "evidence/elsewhere/index.html",
    "evidence/techuk-case-study.html",
    "evidence/ldi-valuation-target.html",
    "roadmap.html",
    "programmes/index.html",
    "programmes/digital-devices.html",
    "programmes/together.html",
    "money.html",
    "network.html",
    "organisations/index.html",
    "support.html",
    "accessibility.html",
    "404.html",
)
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
RULES = {"rules": {"target-size": {"enabled": True}}}


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def give_up(reason: str) -> NoReturn:
    """Skip, or fail where everything that is needed ought to be there."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core."""
    if not AXE.is_file():
        give_up("axe-core is not installed: run npm ci")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A browser without a window."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        give_up("playwright is not installed: install the development dependencies")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        give_up("chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """The address at which the bundled workspace's site is served."""
    handler = partial(QuietHandler, directory=str(built / "build" / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def shown(browser: "Browser", **options: Any) -> "Page":
    """An empty tab of a context with these options."""
    return browser.new_context(**options).new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: "Browser", address: str, axe: str, scheme: str
) -> None:
    page = shown(browser, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    found = {}
    for path in PAGES:
        page.goto(f"{address}/{path}")
        page.evaluate(OPEN)
        page.evaluate(axe)
        result = page.evaluate(f"axe.run({json.dumps(RULES)})")
        found[path] = [
            (one["id"], node["html"][:120]) for one in result["violations"] for node in one["nodes"]
        ]
        assert result["passes"], path
    page.context.close()

    assert not any(found.values()), {path: faults for path, faults in found.items() if faults}


def test_axe_would_find_a_fault(browser: "Browser", address: str, axe: str) -> None:
    """A check that cannot fail proves nothing: a link without a name is put into the page."""
    page = shown(browser)
    page.goto(f"{address}/404.html")
    page.evaluate("document.querySelector('main').innerHTML += '<a href=\"index.html\"></a>'")
    page.evaluate(axe)
    result = page.evaluate(f"axe.run({json.dumps(RULES)})")
    page.context.close()

    assert "link-name" in {one["id"] for one in result["violations"]}


def test_no_page_scrolls_sideways_on_a_narrow_screen(browser: "Browser", address: str) -> None:
    page = shown(browser, viewport={"width": 320, "height": 640})
    widths = {}
    for path in PAGES:
        page.goto(f"{address}/{path}")
        page.evaluate(OPEN)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()

    assert {path: wide for path, wide in widths.items() if wide > 320} == {}


@pytest.mark.parametrize("path", ["index.html", "places/e08000025.html", "method.html"])
def test_the_tab_key_reaches_the_content_link_first_and_every_region(
    browser: "Browser", address: str, path: str
) -> None:
    page = shown(browser, viewport={"width": 320, "height": 640})
    page.goto(f"{address}/{path}")
    page.evaluate(OPEN)
    regions = page.evaluate(
        "[...document.querySelectorAll('[role=region] table')].map(one => one.id)"
    )
    count = page.evaluate("document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length")
    reached = []
    for _ in range(count + 5):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.className === 'scroll' "
                "? document.activeElement.querySelector('table').id "
                ": document.activeElement.className"
            )
        )
    page.context.close()

    assert reached[0] == "skip"
    assert regions
    assert set(regions) <= set(reached)


def test_the_content_link_leads_to_the_content(browser: "Browser", address: str) -> None:
    page = shown(browser)
    page.goto(f"{address}/index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    there = page.evaluate("document.activeElement.id")
    page.context.close()

    assert there == "content"


def test_a_figure_can_be_followed_to_its_origin_without_script(
    browser: "Browser", address: str
) -> None:
    page = shown(browser, java_script_enabled=False)
    page.goto(f"{address}/index.html")
    page.get_by_role("link", name="Birmingham").first.click()
    page.locator("td a.v").first.click()
    title = page.locator("article:target h3").inner_text()
    page.context.close()

    assert title


def test_nothing_that_a_page_asks_for_is_missing_or_elsewhere(
    browser: "Browser", address: str
) -> None:
    page = shown(browser)
    asked: list[tuple[str, int]] = []
    page.on("response", lambda response: asked.append((response.url, response.status)))
    for path in PAGES:
        page.goto(f"{address}/{path}")
    page.context.close()

    assert asked
    assert all(
        url.startswith(address) and status < 400
        for url, status in asked
        if not url.endswith("/favicon.ico")
    ), asked
