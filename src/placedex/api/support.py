"""The support finder over HTTP: the offers that fit a firm, as JSON."""

import json
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from placedex.errors import BadQuestion, PlacedexError, Refused
from placedex.ledger.support_finder import to_rows
from placedex.workspace import open_workspace
from placedex.workspace.support import support_for

PATH = "/api/support"
ASKED = ("place", "size", "need", "age", "industry", "from", "on")


def answer_support(workspace: Path, query: str, *, today: date) -> tuple[HTTPStatus, bytes]:
    """The status and the JSON that answer the query of an address.

    Errors come in one shape: {"error": {"met", "wanted", "do"}}.
    """
    try:
        content: Mapping[str, object] = _found(workspace, query, today)
    except Refused as error:
        refused = {"met": error.met, "wanted": error.wanted, "do": error.do}
        return HTTPStatus.BAD_REQUEST, _json({"error": refused})
    except PlacedexError as error:
        refused = {"met": str(error), "wanted": "a workspace that can be read", "do": "Mend it."}
        return HTTPStatus.INTERNAL_SERVER_ERROR, _json({"error": refused})
    return HTTPStatus.OK, _json(content)


def _found(workspace: Path, query: str, today: date) -> dict[str, object]:
    words = _words(query)
    firm, answers = support_for(
        open_workspace(workspace),
        words.get("place", ""),
        about={name: words.get(name, "") for name in ("size", "need", "age", "industry", "from")},
        on=_day(words["on"]) if "on" in words else today,
    )
    return {
        "place": {"code": firm.place.code, "name": firm.place.name},
        "offers": list(to_rows(answers)),
    }


def _words(query: str) -> dict[str, str]:
    given = parse_qs(query, keep_blank_values=True, max_num_fields=50)
    for name, values in given.items():
        if name not in ASKED:
            raise BadQuestion(f"'{name}' cannot be asked", f"one of {', '.join(ASKED)}", "Mend it.")
        if len(values) > 1:
            raise BadQuestion(f"'{name}' is given {len(values)} times", "it once", "Leave one.")
    return {name: values[0] for name, values in given.items() if values[0].strip()}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(f"'{text}' is no day", "one like 2025-04-30", "Give it so.") from None


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
