"""A folder that git can hold, and the job that builds it."""

from placedex.workspace.build import Report, build_workspace
from placedex.workspace.built import Result, open_build, results, site_folder
from placedex.workspace.check import Notes, check_workspace, note_workspace
from placedex.workspace.example import copy_example, example_names, make_workspace
from placedex.workspace.reproduce import Reproduced, reproduce_index
from placedex.workspace.revised import Revised, revisions_of_build
from placedex.workspace.taken import Choice, export_build
from placedex.workspace.watch import Silent, Watch
from placedex.workspace.workspace import Workspace, open_workspace

__all__ = [
    "Choice",
    "Notes",
    "Report",
    "Reproduced",
    "Result",
    "Revised",
    "Silent",
    "Watch",
    "Workspace",
    "build_workspace",
    "check_workspace",
    "copy_example",
    "example_names",
    "export_build",
    "make_workspace",
    "note_workspace",
    "open_build",
    "open_workspace",
    "reproduce_index",
    "results",
    "revisions_of_build",
    "site_folder",
]
