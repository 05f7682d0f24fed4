"""A folder of documents with its reviews: what lies there, and what a person says of a claim."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from placedex.errors import BadUsage, BadWorkspace, ChangedMeanwhile
from placedex.evidence.about import About, code_of, read_about
from placedex.evidence.claim import Claim
from placedex.evidence.document import Document
from placedex.evidence.formats import FORMATS
from placedex.evidence.reading import read_document
from placedex.evidence.review import (
    Review,
    Reviewed,
    add_claims,
    begin_review,
    carry_over,
    misplaced,
)
from placedex.evidence.review_file import FOLDER, read_review, review_path, write_review
from placedex.store import hash_file

FindClaims = Callable[[Document], tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A document with its review.

    Attributes:
        document: nothing if its file is not in the folder; the claims are then known without words.
        moved: how many claims stand elsewhere since the document changed.
        lost: a sentence for each claim whose words are no longer in the document.
    """

    about: About
    document: Document | None
    review: Review
    moved: int = 0
    lost: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the document calls itself, or else its file's name."""
        if self.document is not None:
            return self.document.title
        return self.about.title or self.about.file


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder of documents; `find` reads the claims of a document that has no review yet."""

    folder: Path
    find: FindClaims | None = None

    def documents(self) -> tuple[About, ...]:
        """Every document that documents.yaml names, that lies here, or that was reviewed.

        Errors: BadWorkspace if documents.yaml or a review cannot be read, or two files would have
                one code.
        """
        about = dict(read_about(self.folder))
        for path in sorted(self.folder.glob("*")):
            if path.suffix.lower() in FORMATS and path.is_file() and path.name not in about:
                about[path.name] = About(path.name, code_of(path.name))
        by_code: dict[str, About] = {}
        for one in about.values():
            if one.code in by_code:
                raise BadWorkspace(
                    f"{self.folder.name}: {one.file} and {by_code[one.code].file} would both be "
                    f"called '{one.code}'. Wanted each code once. Give one in documents.yaml."
                )
            by_code[one.code] = one
        for path in sorted((self.folder / FOLDER).glob("*.yaml")):
            if path.stem not in by_code:
                by_code[path.stem] = About(read_review(path).file, path.stem)
        return tuple(by_code.values())

    def open(self, code: str) -> OnDesk:
        """A document and its review, carried over if the document changed since.

        Errors: BadUsage if there is no such document; UnreadableDocument or BadWorkspace if it or
                its review cannot be read, or the review says that words are where they are not.
        """
        about = self._about(code)
        code = about.code
        path, file = review_path(self.folder, code), self.folder / about.file
        review = read_review(path) if path.is_file() else None
        if review is not None and review.document != code:
            raise BadWorkspace(
                f"{path}: it is the review of '{review.document}'. Wanted that of '{code}', by the "
                "name of the file. Give it its name back."
            )
        if not file.is_file():
            empty = Review(code, about.file, about.sha256, ())
            return OnDesk(about, None, review if review is not None else empty)
        document = _read(file, about, hash_file(file))
        found = _found(self.find, document) if self.find is not None else ()
        if review is None:
            return OnDesk(about, document, begin_review(document, found))
        moved, told = 0, {}
        if review.sha256 != document.sha256:
            carried = carry_over(review, document)
            review, moved = carried.review, carried.moved
            told = dict(zip((one.code for one in carried.lost), carried.words, strict=True))
        elif wrong := misplaced(review, document):
            raise BadWorkspace("\n".join(_misplaced(one, path) for one in wrong))
        lost = tuple(told.get(one.code, _lost(one)) for one in review.lost)
        return OnDesk(
            about, document, _worded(add_claims(review, document, found), document), moved, lost
        )

    def answer(self, code: str, reviewed: Reviewed, *, mark: str) -> None:
        """Write what a person says of one claim; `mark` is that of the claim as it was read.

        Errors: ChangedMeanwhile if the claim is not as it was read, or is no longer there.
        """
        code = self._about(code).code
        path = review_path(self.folder, code)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path.parent):
            review = self.open(code).review
            now = review.find(reviewed.code)
            if now is None or now.mark != mark:
                raise ChangedMeanwhile(
                    f"Somebody else changed the claim {reviewed.code} meanwhile"
                    + (f": it is {now.state.value} now" if now else ": it is gone"),
                    "it as you read it",
                    "Look at it again, then answer.",
                )
            write_review(review.with_claim(reviewed), path)

    def _about(self, code: str) -> About:
        documents = self.documents()
        for one in documents:
            if code in (one.code, one.file):
                return one
        there = ", ".join(one.code for one in documents) or "none"
        raise BadUsage(
            f"No document '{code}' lies in {self.folder}. Wanted one of these: {there}. Put its "
            "file there, or name it in documents.yaml."
        )


# A long PDF takes seconds, and a person answers about one claim of it after another.
@lru_cache(maxsize=4)
def _read(file: Path, about: About, _sha256: str) -> Document:
    return read_document(file, about=about)


@lru_cache(maxsize=4)
def _found(find: FindClaims, document: Document) -> tuple[Claim, ...]:
    return find(document)


def _worded(review: Review, document: Document) -> Review:
    """The review with the words of each claim, which its file does not keep."""
    text = document.text
    return replace(
        review,
        claims=tuple(
            replace(one, claim=replace(one.claim, words=text[span.start : span.end]))
            for one in review.claims
            for span in (one.claim.span,)
        ),
    )


def _lost(one: Reviewed) -> str:
    return f"{one.code}: the words '{one.figure}' are no longer in the document."


def _misplaced(one: Reviewed, path: Path) -> str:
    start = one.claim.figure.start
    return (
        f"{path}: the claim {one.code} says that '{one.figure}' stands at character {start:,}, and "
        "it does not. Wanted its words there. Mend `figure`, or take the claim out."
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else writes in the folder meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
