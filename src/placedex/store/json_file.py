"""JSON files: read whole, or refused with the line at which they break."""

import json
from pathlib import Path
from typing import Any

from placedex.errors import BadWorkspace


def read_json(path: Path) -> Any:
    """What a JSON file in UTF-8 holds, with or without a byte-order mark.

    Errors: BadWorkspace if the file is missing, is not UTF-8 or is no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BadWorkspace(f"{path} is missing. Wanted a JSON file there.") from None
    except UnicodeDecodeError:
        raise BadWorkspace(f"{path} is not UTF-8. Wanted JSON in UTF-8: save it so.") from None
    except json.JSONDecodeError as error:
        raise BadWorkspace(
            f"{path}, line {error.lineno}: {error.msg}. Wanted JSON: mend that line."
        ) from None
    except RecursionError:
        raise BadWorkspace(f"{path} is nested too deeply. Wanted a list of records.") from None
