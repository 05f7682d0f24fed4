"""The pages of reviews in a real browser: by keyboard alone, without script, and for axe-core."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from placedex.evidence import State
from tests.api.reviewed import Served, served, workspace_of
from tests.publish.test_browser import AXE, QUIET, RULES, give_up

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
MOST_TABS = 40


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


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Iterator[Served]:
    """The plan of the tests with five claims."""
    with served(workspace_of(built, tmp_path)) as one:
        yield one


def tab_to(page: "Page", words: str) -> None:
    """Press Tab until the element with these words, this name or this label has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(() => { const one = document.activeElement;"
            " return one.labels && one.labels.length ? one.labels[0].innerText : one.innerText })()"
        )
        if here.strip().startswith(words):
            return
    raise AssertionError(f"{words!r} is not reached by the Tab key")


def test_a_claim_is_accepted_mended_and_rejected_by_keyboard(
    browser: "Browser", site: Served
) -> None:
    page = browser.new_context().new_page()
    page.goto(f"http://127.0.0.1:{site.port}/review/")
    tab_to(page, "plan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/plan")
    tab_to(page, "£15.3 billion: worth")
    page.keyboard.press("Enter")
    page.wait_for_selector("form")
    tab_to(page, "Note")
    page.keyboard.type("Checked.")
    tab_to(page, "Accept")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=accepted*")
    assert page.inner_text("[role=status]") == "The claim was accepted."
    assert page.inner_text("h1") == "2,400: businesses"
    tab_to(page, "Mend")
    page.keyboard.press("Enter")
    tab_to(page, "Unit")
    page.keyboard.press("Control+A")
    page.keyboard.type("firms")
    tab_to(page, "Save as mended")
    page.keyboard.press("Space")
    page.wait_for_url("**said=mended*")
    tab_to(page, "Reject")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=rejected*")
    page.context.close()

    kept = site.review.claims
    assert [one.state for one in kept[:3]] == [State.ACCEPTED, State.MENDED, State.REJECTED]
    assert kept[0].note == "Checked."
    assert kept[1].claim.unit == "firms"


def test_enter_in_a_line_of_the_form_accepts_nothing(browser: "Browser", site: Served) -> None:
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{site.port}/review/plan/{site.review.claims[0].code}")
    tab_to(page, "Who answers")
    page.keyboard.type("JB")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=note*")
    page.close()

    assert (site.review.claims[0].state, site.review.claims[0].by) == (State.OPEN, "JB")


def test_the_pages_work_where_scripts_are_switched_off(browser: "Browser", site: Served) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"http://127.0.0.1:{site.port}/review/plan/{site.review.claims[0].code}")
    page.get_by_role("button", name="Accept").press("Enter")
    page.wait_for_url("**said=accepted*")
    page.context.close()

    assert site.review.claims[0].state is State.ACCEPTED


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_reviews(
    browser: "Browser", site: Served, scheme: str
) -> None:
    if not AXE.is_file():
        give_up("axe-core is not installed: run npm ci")
    axe = AXE.read_text(encoding="utf-8")
    claim = f"/review/plan/{site.review.claims[0].code}"
    site.ask(claim, site.form(claim) | {"answer": "rejected", "note": "No."})
    text = site.workspace / "documents" / "plan.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("144,000", "many"), encoding="utf-8")
    page = browser.new_context(color_scheme=scheme).new_page()  # type: ignore[arg-type]
    found, wide = {}, {}
    for path in ("/review/", "/review/plan", f"{claim}?said=rejected", "/review/none"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"http://127.0.0.1:{site.port}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.evaluate(axe)
        result = page.evaluate(f"axe.run({json.dumps(RULES)})")
        found[path] = [
            (one["id"], node["html"][:120]) for one in result["violations"] for node in one["nodes"]
        ]
        assert result["passes"], path
        page.set_viewport_size({"width": 320, "height": 640})
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()

    assert not any(found.values()), found
    assert max(wide.values()) <= 320, wide
