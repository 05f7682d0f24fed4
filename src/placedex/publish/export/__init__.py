"""What is taken away for other programs: tables of a build, in the forms that they read."""

from placedex.publish.export.extract import FORMS, Extract, write_extract
from placedex.publish.export.figures import choose, figure_tables
from placedex.publish.export.table import ExportTable, Field

__all__ = [
    "FORMS",
    "ExportTable",
    "Extract",
    "Field",
    "choose",
    "figure_tables",
    "write_extract",
]
