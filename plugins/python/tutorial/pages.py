"""Which pages to fetch and how, and what counts as having fetched one: what both clients have in common."""

import zlib
from dataclasses import dataclass, field


class FetchError(Exception):
    """A page didn't come as it should; says which, and why."""


class FetchTimeout(FetchError):
    """A page took too long."""


@dataclass(frozen=True)
class Pages:
    """The parameters of concrun's workload `download`."""

    urls: list[str]
    repeat: int = 1
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    request_timeout: float = 10
    follow_redirects: bool = True
    max_bytes: int | None = None
    verify_tls: bool = True
    proxy: str | None = None
    expect_status: str = "2xx"
    verify: str = "body"
    reuse_connections: bool = True
    # Whether each fetch is told on standard output.
    verbose: bool = False

    # No client follows more.
    max_redirects = 10

    @property
    def count(self):
        return len(self.urls) * self.repeat

    def url(self, task):
        return self.urls[task % len(self.urls)]

    def accept(self, url, status, size, body):
        """What the task gives; `body` is needed only to verify it."""
        if self.verbose:
            print(f"Read {size} from {url}", flush=True)
        if self.is_too_large(size):
            raise FetchError(f"{shown(url)}: more than {self.max_bytes} bytes")
        if not self.expects(status):
            raise FetchError(f"{status} from {shown(url)}")
        match self.verify:
            case "body":
                return size, zlib.crc32(body)
            case "size":
                return size, size
            case "status":
                return size, status
            case _:
                return size, 0

    def timed_out(self, url):
        return FetchTimeout(f"{shown(url)}: not done within {self.request_timeout:g} s")

    def expects(self, status):
        words = self.expect_status.lower().split(",")
        return any(word.strip() in (str(status), f"{status // 100}xx") for word in words)

    def is_too_large(self, size):
        return self.max_bytes is not None and size > self.max_bytes

    def failed(self, url, error):
        """Clients wrap what went wrong several times; what was wrong at first is what the user wants to know."""
        while error.__cause__ or error.__context__:
            error = error.__cause__ or error.__context__
        return FetchError(f"{shown(url)}: {type(error).__name__}: {' '.join(str(error).split())}")


def shown(url):
    """A URL without its password."""
    scheme, separator, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, host = authority.rpartition("@")
    name, colon, _ = user.partition(":")
    return f"{scheme}://{name}:…@{host}{slash}{path}" if colon else url
