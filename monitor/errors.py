"""The errors of this package, one tree, the contract of every room.

    MonitorError
    ├── ConfigError      sources.yaml is wrong; carries every Problem at once
    ├── FetchError       one HTTP exchange failed; carries the failure's name
    ├── ParseError       bytes were read but are not what they should be
    ├── StoreError       the database cannot be used
    └── DeliveryError    one attempt at one delivery failed

Expected failures of one source or one delivery are values by the time they
reach the store: `poll` and `deliver` catch these and record them. Anything
else is a defect and is logged with its traceback at the edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Failure = Literal[
    "offline",  # our own network is down: no fault of the site
    "unreachable",  # no such host, refused, reset, no route
    "timeout",  # the deadline of the whole exchange passed
    "tls",  # the certificate or handshake failed
    "forbidden-address",  # the address guard refused it
    "redirects",  # too many, in a circle, or to nowhere
    "blocked",  # 401, 403, 451, or an access wall served as 200
    "not-found",  # 404
    "gone",  # 410
    "rate-limited",  # 429
    "unavailable",  # 503
    "server-error",  # other 5xx
    "client-error",  # other 4xx
    "too-large",  # more decoded bytes than allowed (a bomb, too)
    "bad-encoding",  # content coding broken, unknown or stacked
    "protocol",  # not HTTP, broken framing
    "robots",  # robots.txt forbids this page
    "misread",  # 200, but not what the source is declared to be
    "stalled",  # parsing took too long and was killed
    "empty",  # nothing came
    "defect",  # our own fault: logged with its traceback, counted here
]


class MonitorError(Exception):
    """The root of the tree."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a configuration file; `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """`sources.yaml:12:5: unknown key 'evry', did you mean 'every'?`."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ConfigError(MonitorError):
    """Every problem of a configuration, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        """Take all problems; the message is one line each."""
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


class FetchError(MonitorError):
    """One exchange failed.

    `failure` names it; `detail` says it to a person; `status` is the HTTP
    status if there was one; `retry_after` is what the server asked for.
    """

    def __init__(
        self,
        url: str,
        failure: Failure,
        detail: str,
        *,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        """Keep the parts; the message is `failure: detail`."""
        self.url = url
        self.failure: Failure = failure
        self.detail = detail
        self.status = status
        self.retry_after = retry_after
        super().__init__(f"{failure}: {detail}")


class ParseError(MonitorError):
    """Bytes are not what they were taken for.

    `failure` is misread, blocked, not-found, stalled, empty or too-large; of a service
    that answers with a sentence, rate-limited or unavailable.
    """

    def __init__(self, detail: str, *, failure: Failure = "misread") -> None:
        """Keep the parts; picklable, because it crosses a process border."""
        self.detail = detail
        self.failure: Failure = failure
        super().__init__(detail)

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild with the keyword; the default would drop `failure`."""
        return (_parse_error, (self.detail, self.failure))


def _parse_error(detail: str, failure: Failure) -> ParseError:
    return ParseError(detail, failure=failure)


class StoreError(MonitorError):
    """The database cannot be opened, read or written; the message says what to do."""


class DeliveryError(MonitorError):
    """One attempt failed.

    `permanent` when trying again cannot help (a 5xx answer of SMTP, 410 of a
    webhook); `retry_after` is what the receiver asked for.
    """

    def __init__(
        self,
        detail: str,
        *,
        permanent: bool = False,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        """Keep the parts."""
        self.detail = detail
        self.permanent = permanent
        self.status = status
        self.retry_after = retry_after
        super().__init__(detail)
