"""The data page: every file that can be taken away, with its columns, rows, size and licence."""

from collections.abc import Sequence

from placedex.publish.downloads import Download
from placedex.publish.material import Material
from placedex.publish.pages.page import Page
from placedex.publish.words import counted

PATH = "data.html"


def data_page(downloads: Sequence[Download], material: Material) -> Page:
    """The data page."""
    licences = sorted({one.licence for one in material.edition.observations.origins})
    return Page(
        path=PATH,
        title="Data",
        template="data.html",
        section="data",
        content={
            "downloads": [
                {
                    "table": one.table,
                    "rows": counted(one.rows, "row"),
                    "files": one.files,
                }
                for one in downloads
            ],
            "licences": licences,
        },
    )
