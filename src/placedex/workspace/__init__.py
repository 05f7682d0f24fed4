"""A folder that git can hold, and the job that builds it."""

from placedex.workspace.build import Report, build_workspace
from placedex.workspace.built import Result, open_build, results, site_folder
from placedex.workspace.check import (
    Checked,
    Notes,
    check_workspace,
    examine_workspace,
    note_workspace,
)
from placedex.workspace.documents import document_desk
from placedex.workspace.effect import Sought, effect_of
from placedex.workspace.example import copy_example, example_names, make_workspace
from placedex.workspace.found import Atlas
from placedex.workspace.kin import (
    Alike,
    alike,
    areas_within,
    children_of,
    district_above,
    neighbours_of,
    parents_of,
)
from placedex.workspace.progress import Asked, progress_of
from placedex.workspace.reproduce import Reproduced, reproduce_index
from placedex.workspace.revised import Revised, revisions_of_build
from placedex.workspace.said import Said, check_said, read_said
from placedex.workspace.taken import Choice, export_build
from placedex.workspace.watch import Silent, Watch
from placedex.workspace.workspace import Workspace, open_workspace

__all__ = [
    "Alike",
    "Asked",
    "Atlas",
    "Checked",
    "Choice",
    "Notes",
    "Report",
    "Reproduced",
    "Result",
    "Revised",
    "Said",
    "Silent",
    "Sought",
    "Watch",
    "Workspace",
    "alike",
    "areas_within",
    "build_workspace",
    "check_said",
    "check_workspace",
    "children_of",
    "copy_example",
    "district_above",
    "document_desk",
    "effect_of",
    "examine_workspace",
    "example_names",
    "export_build",
    "make_workspace",
    "neighbours_of",
    "note_workspace",
    "open_build",
    "open_workspace",
    "parents_of",
    "progress_of",
    "read_said",
    "reproduce_index",
    "results",
    "revisions_of_build",
    "site_folder",
]
