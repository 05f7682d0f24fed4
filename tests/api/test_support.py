"""The support finder over HTTP: JSON, and errors in one shape."""

import json
from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest

from placedex.api.support import answer_support
from tests.api.test_serve import get, served
from tests.ledger_texts import write_ledger

DAY = date(2025, 6, 1)


@pytest.fixture
def own(example: Path) -> Path:
    return write_ledger(example)


def asked(workspace: Path, query: str) -> tuple[HTTPStatus, dict]:  # type: ignore[type-arg]
    status, body = answer_support(workspace, query, today=DAY)
    return status, json.loads(body)


def test_offers_come_with_why_and_why_not(own: Path) -> None:
    status, content = asked(own, "place=Walsall&size=micro&need=testbed")

    assert status == HTTPStatus.OK
    assert content["place"] == {"code": "E08000030", "name": "Walsall"}
    assert [offer["code"] for offer in content["offers"]] == ["testbed", "past", "abroad"]
    assert [offer["fits"] for offer in content["offers"]] == [True, False, False]
    assert content["offers"][0]["ask"] == "Growth Hub"


def test_the_day_can_be_given(own: Path) -> None:
    _, content = asked(own, "place=E08000030&need=testbed&on=2026-04-01")

    assert [offer["fits"] for offer in content["offers"]] == [False, False, False]


@pytest.mark.parametrize(
    ("query", "met"),
    [
        ("", "No place is given"),
        ("place=Nowhereton", "'Nowhereton' is not a place in 'UK 2025'"),
        ("place=Walsall&size=vast", "'vast' is no size"),
        ("place=Walsall&age=old", "'old' is no age"),
        ("place=Walsall&on=soon", "'soon' is no day"),
        ("place=Walsall&colour=red", "'colour' cannot be asked"),
        ("place=Walsall&place=Dudley", "'place' is given 2 times"),
    ],
)
def test_errors_come_in_one_shape(own: Path, query: str, met: str) -> None:
    status, content = asked(own, query)

    assert status == HTTPStatus.BAD_REQUEST
    assert set(content) == {"error"}
    assert set(content["error"]) == {"met", "wanted", "do"}
    assert content["error"]["met"] == met


def test_a_ledger_that_cannot_be_read_is_an_error_of_the_server(own: Path) -> None:
    (own / "ledger" / "support.yaml").write_text("- {code: x}", encoding="utf-8")

    status, content = asked(own, "place=Walsall")

    assert status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "is missing" in content["error"]["met"]


def test_a_served_site_answers_at_its_address(built: Path) -> None:
    with served(built) as connection:
        status, kind, text = get(connection, "/api/support?place=Walsall&size=micro")
        refused = get(connection, "/api/support")

    assert (status, kind) == (200, "application/json; charset=utf-8")
    assert json.loads(text)["place"]["name"] == "Walsall"
    assert refused[0] == 400
