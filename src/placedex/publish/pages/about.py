"""Pages about the site itself: how accessible it is, and what to do when a page is not there."""

from placedex.publish.pages.page import Page


def about_pages() -> tuple[Page, ...]:
    """The accessibility statement and the page for what was not found."""
    return (
        Page(
            path="accessibility.html",
            title="Accessibility",
            template="accessibility.html",
            section="accessibility",
        ),
        Page(path="404.html", title="Page not found", template="404.html"),
    )
