"""`placedex check`: every fault of a workspace at once."""

from pathlib import Path


def check(workspace: Path = Path()) -> None:
    """Print every fault in WORKSPACE: settings, figures, specs. Exit code 1 if there is one.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    """
    from placedex.errors import BadWorkspace
    from placedex.workspace import check_workspace

    faults = check_workspace(workspace)
    for fault in faults:
        print(fault)
    if faults:
        raise BadWorkspace(
            f"{len(faults)} faults in {workspace}."
            if len(faults) > 1
            else f"1 fault in {workspace}."
        )
    print(f"{workspace}: no fault found")
