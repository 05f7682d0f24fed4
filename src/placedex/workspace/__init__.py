"""A folder that git can hold, and the job that builds it."""

from placedex.workspace.build import Report, Silent, Watch, build_workspace
from placedex.workspace.built import Result, open_build, results, site_folder
from placedex.workspace.check import check_workspace
from placedex.workspace.example import copy_example, example_names, make_workspace
from placedex.workspace.reproduce import Reproduced, reproduce_index
from placedex.workspace.workspace import Workspace, open_workspace

__all__ = [
    "Report",
    "Reproduced",
    "Result",
    "Silent",
    "Watch",
    "Workspace",
    "build_workspace",
    "check_workspace",
    "copy_example",
    "example_names",
    "make_workspace",
    "open_build",
    "open_workspace",
    "reproduce_index",
    "results",
    "site_folder",
]
