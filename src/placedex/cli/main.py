"""The command `placedex`: its verbs, its exit codes, and how errors are shown."""

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError
from rich.console import Console

from placedex.cli.audit import audit
from placedex.cli.build import build
from placedex.cli.check import check
from placedex.cli.claims import claims
from placedex.cli.codes import codes
from placedex.cli.compare import compare
from placedex.cli.effect import effect
from placedex.cli.export import export
from placedex.cli.fetch import fetch
from placedex.cli.grants import grants
from placedex.cli.index import index
from placedex.cli.init import init
from placedex.cli.money import money
from placedex.cli.network import network
from placedex.cli.progress import progress
from placedex.cli.reproduce import reproduce
from placedex.cli.revisions import revisions
from placedex.cli.serve import serve
from placedex.cli.show import show
from placedex.cli.subsidy import subsidy
from placedex.cli.support import support
from placedex.cli.tabulate import tabulate
from placedex.cli.uncertainty import uncertainty
from placedex.cli.what_if import what_if
from placedex.cli.why import why
from placedex.errors import BadUsage, PlacedexError

GOOD, DATA_AT_FAULT, COMMAND_AT_FAULT, STOPPED = 0, 1, 2, 130


def _version() -> str:
    import placedex

    return str(placedex.__version__)


app = App(
    name="placedex",
    help="Measure, explain and steer a place's digital economy.",
    version=_version,
    help_format="plaintext",
)
VERBS = (
    init,
    fetch,
    build,
    index,
    uncertainty,
    what_if,
    compare,
    why,
    audit,
    show,
    serve,
    check,
    codes,
    revisions,
    export,
    tabulate,
    reproduce,
)
LEDGER_VERBS = (progress, effect, network, money, subsidy, support)
# Words that have verbs of their own.
GROUPS = (claims, grants)
for verb in (*VERBS, *LEDGER_VERBS):
    app.command(verb)
for group in GROUPS:
    app.command(group)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code.

    0 is good, 1 says that the data or the workspace is at fault, 2 that the command line is.
    """
    console = Console(
        stderr=True, no_color=not sys.stderr.isatty(), highlight=False, soft_wrap=True
    )
    try:
        app(
            list(words) if words is not None else None,
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )
    except CycloptsError as error:
        console.print(f"placedex: {error}\nTry: placedex --help", markup=False)
        return COMMAND_AT_FAULT
    except BadUsage as error:
        console.print(f"placedex: {error}", markup=False)
        return COMMAND_AT_FAULT
    except PlacedexError as error:
        console.print(f"placedex: {error}", markup=False)
        return DATA_AT_FAULT
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # The reader has gone: nothing more can be said, and that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        console.print(f"placedex: {_refused(error)}", markup=False)
        return DATA_AT_FAULT
    return GOOD


def _refused(error: OSError) -> str:
    """What the operating system would not do, and to which file."""
    what = f"{error.filename}: " if error.filename else ""
    return f"{what}{error.strerror or error}. Wanted to read or write there. Look at its rights."
