"""The I/O-bound work with requests, a client that blocks."""

import time

import requests
import urllib3

PIECE = 64 * 1024


class Download:
    def __init__(self, pages):
        self.pages = pages
        self.count = pages.count

    def open_session(self):
        session = requests.Session()
        session.headers.update(self.pages.headers)
        session.verify = self.pages.verify_tls
        session.max_redirects = self.pages.max_redirects
        # No proxy and no password that the environment would bring in.
        session.trust_env = False
        if self.pages.proxy:
            session.proxies = {"http": self.pages.proxy, "https": self.pages.proxy}
        return session

    def perform(self, task, session):
        url = self.pages.url(task)
        try:
            status, body = self.fetch(url, session)
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise self.pages.timed_out(url) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise self.pages.failed(url, error) from error
        return self.pages.accept(url, status, len(body), body)

    def fetch(self, url, session):
        # requests limits each wait; that they don't add up to more is looked after here, whenever something came.
        deadline = time.monotonic() + self.pages.request_timeout

        def check(response, **_):
            if time.monotonic() > deadline:
                raise requests.Timeout

        body = bytearray()
        with session.request(
            self.pages.method, url, timeout=self.pages.request_timeout, allow_redirects=self.pages.follow_redirects,
            hooks={"response": check}, stream=True,
        ) as response:
            while piece := response.raw.read1(PIECE, decode_content=True):
                body += piece
                check(response)
                if self.pages.is_too_large(len(body)):
                    break
        if not self.pages.reuse_connections:
            session.close()
        return response.status_code, body
