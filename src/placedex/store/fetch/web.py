"""Files from the web: resumed when the line breaks, asked for politely, kept when whole."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from placedex.errors import Unfetched
from placedex.store.fetch.address import Address, Limits, must_be_taken, redirected
from placedex.store.fetch.cache import Cache, Fetched, Record, hash_and_size
from placedex.store.fetch.look import ends_oddly, look_at
from placedex.store.fetch.mirror import wrong_hash
from placedex.store.fetch.part import Part

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

DEFAULT_LIMITS = Limits()
SENDS_ON = {301, 302, 303, 307, 308}
TRY_LATER = {408, 425, 429, 500, 502, 503, 504}


class _AgainError(Exception):
    """The server or the line failed in a way that may pass."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(slots=True)
class Clock:
    """Time and patience: the day, the seconds that pass, and how one waits."""

    today: Callable[[], date] = date.today
    seconds: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Web:
    """Files asked of their publishers' servers, through a cache.

    Attributes:
        told: hears the file's name, the bytes that are here, and how many there will be (or 0).
    """

    cache: Cache
    agent: str
    limits: Limits = DEFAULT_LIMITS
    clock: Clock = field(default_factory=Clock)
    told: Callable[[str, int, int], None] | None = None
    _asked: dict[str, float] = field(default_factory=dict)
    _pool: "PoolManager | None" = None

    def fetch(self, address: Address) -> Fetched:
        """The file of an address: new, changed, or unchanged since it was last fetched.

        Errors: Unfetched if the server refuses or keeps failing, if the file is too large or not
                what its name says, or has another hash than the one stated. What was kept before
                stays as it is.
        """
        if address.by_hand:
            raise must_be_taken(address)
        with self.cache.lock(address):
            before = self.cache.record(address)
            why = ""
            for number in range(self.limits.tries):
                try:
                    return self._once(address, before)
                except _AgainError as error:
                    why = str(error)
                    if number + 1 < self.limits.tries:
                        pause = 0.5 * 2**number if error.wait is None else error.wait
                        self.clock.wait(min(pause, self.limits.longest_wait))
            raise Unfetched(
                f"{address.url} could not be fetched in {self.limits.tries} tries ({why}). Wanted "
                "the whole file. Try again later: what has come is kept, and goes on from there."
            )

    def _once(self, address: Address, before: Record | None) -> Fetched:
        part = Part(self.cache.part(address))
        response, reached = self._open(address, self._headers(part, before))
        try:
            if response.status == 304 and before is not None:
                self.cache.note(address, before)
                return Fetched(address, self.cache.path(before), before, "unchanged")
            self._refuse(address, response)
            total = part.begin(response)
            if total is None:
                raise _AgainError("the file changed while it came")
            if total > self.limits.largest:
                raise self._too_large(address, total)
            self._receive(address, response, part, total=total)
        finally:
            response.close()
        if total and ends_oddly(part.path, address):
            self._ask_for_more(address, part, reached=reached)
        return self._keep(address, part, reached=reached, before=before)

    def _headers(self, part: Part, before: Record | None) -> dict[str, str]:
        headers = {"User-Agent": self.agent, "Accept-Encoding": "identity"}
        if part.validator and part.size:
            headers |= {"Range": f"bytes={part.size}-", "If-Range": part.validator}
        elif before is not None and before.etag:
            headers["If-None-Match"] = before.etag
        elif before is not None and before.last_modified:
            headers["If-Modified-Since"] = before.last_modified
        return headers

    def _open(self, address: Address, headers: dict[str, str]) -> tuple["BaseHTTPResponse", str]:
        url, passed = address.url, [address.url]
        while True:
            response = self._ask(url, headers)
            location = response.headers.get("Location", "")
            if response.status not in SENDS_ON or not location:
                return response, url
            response.close()
            url = redirected(address, url, location)
            if url in passed or len(passed) > self.limits.redirects:
                circle = " -> ".join([*passed, url])
                what = "in a circle" if url in passed else f"on {len(passed)} times"
                raise Unfetched(
                    f"{address.url} sends {what}: {circle}. Wanted a file after at most "
                    f"{self.limits.redirects} steps. Look at {address.page} for its address."
                )
            passed.append(url)

    def _ask(self, url: str, headers: dict[str, str]) -> "BaseHTTPResponse":
        from urllib3.exceptions import HTTPError

        host = urlsplit(url).netloc
        since = self.clock.seconds() - self._asked.get(host, float("-inf"))
        if since < self.limits.between:
            self.clock.wait(self.limits.between - since)
        self._asked[host] = self.clock.seconds()
        try:
            return self._connections().request(
                "GET", url, headers=headers, redirect=False, retries=False, preload_content=False
            )
        except HTTPError as error:
            raise _AgainError(_first_words(error)) from None

    def _connections(self) -> "PoolManager":
        if self._pool is None:
            from urllib3 import PoolManager, Timeout

            self._pool = PoolManager(timeout=Timeout(self.limits.seconds), maxsize=2)
        return self._pool

    def _refuse(self, address: Address, response: "BaseHTTPResponse") -> None:
        status = response.status
        if status == 416:
            Part(self.cache.part(address)).drop()
            raise _AgainError("the file has become shorter")
        if status in TRY_LATER:
            wait = _asked_to_wait(response.headers.get("Retry-After", ""))
            raise _AgainError(f"the server answers {status}", wait)
        if status not in {200, 206}:
            raise Unfetched(
                f"{address.url} answers {status} {response.reason or ''}. Wanted the file. Look at "
                f"{address.page} for its present address."
            )

    def _receive(
        self, address: Address, response: "BaseHTTPResponse", part: Part, *, total: int
    ) -> None:
        from urllib3.exceptions import HTTPError

        began, came = self.clock.seconds(), 0
        try:
            with part.path.open("ab") as file:
                for piece in response.stream(1 << 16, decode_content=False):
                    file.write(piece)
                    came += len(piece)
                    if file.tell() > self.limits.largest:
                        raise self._too_large(address, file.tell())
                    self._refuse_drip(self.clock.seconds() - began, came)
                    if self.told is not None:
                        self.told(address.name, file.tell(), total)
        except (HTTPError, OSError) as error:
            raise _AgainError(_first_words(error)) from None
        if total and part.size != total:
            raise _AgainError(f"{part.size:,} of {total:,} bytes came")

    def _ask_for_more(self, address: Address, part: Part, *, reached: str) -> None:
        """Ask for what follows the announced end: a server may announce too few bytes."""
        headers = {"User-Agent": self.agent, "Accept-Encoding": "identity"}
        response = self._ask(reached, {**headers, "Range": f"bytes={part.size}-"})
        try:
            total = part.goes_on(response)
            if total > part.size:
                self._receive(address, response, part, total=total)
        finally:
            response.close()

    def _refuse_drip(self, seconds: float, came: int) -> None:
        if seconds > self.limits.patience and came < seconds * self.limits.slowest:
            raise _AgainError(f"only {came:,} bytes came in {seconds:.0f} seconds")

    def _too_large(self, address: Address, size: int) -> Unfetched:
        Part(self.cache.part(address)).drop()
        return Unfetched(
            f"{address.url} has {size:,} bytes or more. Wanted at most {self.limits.largest:,}. "
            "If the file is right, raise the limit."
        )

    def _keep(
        self, address: Address, part: Part, *, reached: str, before: Record | None
    ) -> Fetched:
        digest, size = hash_and_size(part.path)
        try:
            if address.sha256 and digest != address.sha256:
                raise wrong_hash(address, digest)
            look_at(part.path, address, self.limits)
        except Unfetched:
            part.drop()
            raise
        same = before is not None and before.sha256 == digest
        record = Record(
            url=address.url,
            page=address.page,
            name=address.name,
            sha256=digest,
            size=size,
            fetched=before.fetched if before is not None and same else self.clock.today(),
            etag=part.etag,
            last_modified=part.last_modified,
            reached=reached,
        )
        path = self.cache.keep(address, part.path, record)
        part.drop()
        if before is None:
            return Fetched(address, path, record, "new")
        return Fetched(address, path, record, "unchanged" if same else "changed")


def _asked_to_wait(text: str) -> float | None:
    """The seconds in a Retry-After header: a number, or a time of day."""
    if text.strip().isdigit():
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, then.timestamp() - time.time())


def _first_words(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]
