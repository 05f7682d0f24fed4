"""The pages on which a person accepts, mends or rejects claims: plain forms, no script."""

import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from placedex.api.review_pages import render, style
from placedex.errors import (
    AmbiguousPlace,
    BadUsage,
    ChangedMeanwhile,
    PlacedexError,
    Refused,
    UnknownPlace,
)
from placedex.evidence import Desk, OnDesk, Reviewed, State, mend
from placedex.evidence.mend import FIELDS
from placedex.places import Register
from placedex.workspace import document_desk, open_workspace

ROOT = "/review/"
STYLE = f"{ROOT}review.css"
HTML, CSS = "text/html; charset=utf-8", "text/css; charset=utf-8"
LONGEST_NOTE = 2000
KEEP = "note"
ANSWERS = {
    KEEP: "The note was kept.",
    State.ACCEPTED.value: "The claim was accepted.",
    State.REJECTED.value: "The claim was rejected.",
    State.MENDED.value: "The claim was mended.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser asks: an address, the name of the server as it knows it, and a form."""

    path: str
    host: str
    form: Mapping[str, str] | None = None
    # Where the request came from, if the browser says so.
    site: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser gets: a page, or where to go on."""

    status: HTTPStatus
    body: bytes = b""
    kind: str = HTML
    location: str = ""


def is_review(path: str) -> bool:
    """Whether an address is that of a page of reviews."""
    return urlsplit(path).path.startswith(ROOT) or urlsplit(path).path == ROOT.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass
class ReviewPages:
    """The pages of a workspace's reviews; `token` tells its own forms from another site's.

    Attributes:
        alone: whether the server can be reached from this machine alone; if not, nothing is shown.
    """

    workspace: Path
    token: str = field(repr=False)
    alone: bool

    def answer(self, asked: Asked) -> Answer:
        """The answer to one request; an error is a page that says what to do."""
        path = urlsplit(asked.path).path
        if path == STYLE:
            return Answer(HTTPStatus.OK, style(), CSS)
        if (refused := self._refused(asked)) is not None:
            return refused
        if not path.startswith(ROOT):
            return Answer(HTTPStatus.MOVED_PERMANENTLY, location=ROOT)
        parts = [part for part in path.removeprefix(ROOT).split("/") if part]
        try:
            return self._page(asked, parts)
        except BadUsage as error:
            return self._problem(HTTPStatus.NOT_FOUND, "There is no such page", str(error))
        except PlacedexError as error:
            return self._problem(
                HTTPStatus.INTERNAL_SERVER_ERROR, "The documents cannot be read", str(error)
            )

    def _page(self, asked: Asked, parts: list[str]) -> Answer:
        if not parts and asked.form is None:
            return self._documents()
        if len(parts) == 1 and asked.form is None:
            return self._document(self._desk.open(parts[0]), asked)
        if len(parts) == 2:
            opened = self._desk.open(parts[0])
            reviewed = opened.review.find(parts[1])
            if reviewed is None:
                raise BadUsage(_no_claim(opened, parts[1]))
            if asked.form is None:
                return self._claim(opened, reviewed, asked=asked)
            return self._answered(opened, reviewed, asked.form)
        raise BadUsage(f"Nothing stands at {asked.path}. Wanted a document or a claim. See {ROOT}.")

    def _refused(self, asked: Asked) -> Answer | None:
        """Why a request is not answered, if it is not."""
        host = urlsplit(f"//{asked.host}").hostname or ""
        if not self.alone or not is_loopback(host):
            return self._problem(
                HTTPStatus.FORBIDDEN,
                "Claims cannot be reviewed here",
                "The site is served to other machines, or under another name than this machine's. "
                "Whoever can open this page could change the workspace. Serve it to this machine "
                "alone: placedex serve --host 127.0.0.1, and open it at http://127.0.0.1.",
            )
        if asked.form is None:
            return None
        token = asked.form.get("token", "")
        foreign = asked.site not in ("", "same-origin", "none")
        if foreign or not hmac.compare_digest(token.encode(), self.token.encode()):
            return self._problem(
                HTTPStatus.FORBIDDEN,
                "The form is not from this page",
                "What was sent did not come from a page of this server, or the server was started "
                "anew since. Nothing was changed. Open the claim again, then answer.",
            )
        return None

    def _documents(self) -> Answer:
        opened: list[tuple[str, OnDesk | None, str]] = []
        for about in self._desk.documents():
            try:
                opened.append((about.code, self._desk.open(about.code), ""))
            except PlacedexError as error:
                opened.append((about.code, None, str(error)))
        body = render("documents.html", title="Claims of the documents", documents=opened)
        return Answer(HTTPStatus.OK, body)

    def _document(self, opened: OnDesk, asked: Asked) -> Answer:
        body = render("document.html", title=opened.title, opened=opened, said=_said(asked))
        return Answer(HTTPStatus.OK, body)

    def _claim(
        self,
        opened: OnDesk,
        reviewed: Reviewed,
        *,
        asked: Asked | None = None,
        problem: str = "",
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        body = render(
            "claim.html",
            title=": ".join(filter(None, (reviewed.figure, reviewed.claim.measure))),
            opened=opened,
            reviewed=reviewed,
            token=self.token,
            said=_said(asked) if asked is not None else "",
            by=_query(asked, "by") if asked is not None else "",
            problem=problem,
            form=form or {},
        )
        return Answer(HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK, body)

    def _answered(self, opened: OnDesk, reviewed: Reviewed, form: Mapping[str, str]) -> Answer:
        """Keep an answer and lead to the next claim; or the same page with what is wrong."""
        code = opened.about.code
        try:
            now = self._now(reviewed, form)
            self._desk.answer(code, now, mark=form.get("mark", ""))
        except ChangedMeanwhile as error:
            return self._problem(
                HTTPStatus.CONFLICT,
                "The claim was changed meanwhile",
                str(error),
                back=f"{ROOT}{quote(code)}/{quote(reviewed.code)}",
            )
        except (Refused, UnknownPlace, AmbiguousPlace) as error:
            return self._claim(opened, reviewed, problem=str(error), form=form)
        following = f"{ROOT}{quote(code)}"
        if form["answer"] == KEEP:
            following = f"{following}/{quote(reviewed.code)}"
        elif (next_open := _next_open(opened, reviewed)) is not None:
            following = f"{following}/{quote(next_open.code)}"
        query = urlencode(
            {"said": form["answer"], "by": now.by} if now.by else {"said": form["answer"]}
        )
        return Answer(HTTPStatus.SEE_OTHER, location=f"{following}?{query}")

    def _now(self, reviewed: Reviewed, form: Mapping[str, str]) -> Reviewed:
        """The claim as the form says; Refused if it says nothing that can be kept."""
        answer, note = form.get("answer", ""), form.get("note", "").replace("\r\n", "\n").strip()
        if answer not in ANSWERS:
            raise Refused(f"'{answer}' is no answer", f"one of {', '.join(ANSWERS)}", "Choose one.")
        if len(note) > LONGEST_NOTE:
            raise Refused(
                f"The note has {len(note):,} characters", f"at most {LONGEST_NOTE:,}", "Shorten it."
            )
        claim, state = reviewed.claim, reviewed.state if answer == KEEP else State(answer)
        if state is State.MENDED and answer != KEEP:
            answers = {key: form[key] for key in FIELDS if key in form}
            claim = mend(claim, answers, register=self._register)
        by = " ".join(form.get("by", "").split())[:100]
        return replace(reviewed, claim=claim, state=state, note=note, by=by, on=date.today())

    def _problem(self, status: HTTPStatus, title: str, words: str, *, back: str = ROOT) -> Answer:
        lines = words.splitlines()
        return Answer(status, render("problem.html", title=title, words=lines, back=back))

    @cached_property
    def _desk(self) -> Desk:
        return document_desk(open_workspace(self.workspace))

    @cached_property
    def _register(self) -> Register:
        return open_workspace(self.workspace).register


def _said(asked: Asked) -> str:
    return ANSWERS.get(_query(asked, "said"), "")


def _query(asked: Asked, key: str) -> str:
    return parse_qs(urlsplit(asked.path).query).get(key, [""])[0]


def _no_claim(opened: OnDesk, code: str) -> str:
    lost = next((words for words in opened.lost if words.startswith(f"{code}:")), "")
    return lost or (
        f"{opened.title} has no claim '{code}'. Wanted the code of one. Choose it from the list: "
        f"{ROOT}{opened.about.code}."
    )


def _next_open(opened: OnDesk, reviewed: Reviewed) -> Reviewed | None:
    """The next claim of which nothing was said, from this one on and then from the first."""
    claims = opened.review.claims
    at = [one.code for one in claims].index(reviewed.code)
    for one in (*claims[at + 1 :], *claims[:at]):
        if one.state is State.OPEN:
            return one
    return None
