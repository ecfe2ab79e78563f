"""The I/O-bound work with aiohttp, a client for event loops."""

import aiohttp

from .pages import FetchError, shown


class AsyncDownload:
    """With `read_body` false, the length that the server announces is all that is looked at."""

    def __init__(self, pages, read_body=True, connector=aiohttp.TCPConnector):
        self.pages = pages
        self.count = pages.count
        self.read_body = read_body
        self.connector = connector

    def open_session(self, max_workers):
        connector = self.connector(
            limit=max_workers, force_close=not self.pages.reuse_connections, ssl=self.pages.verify_tls)
        timeout = aiohttp.ClientTimeout(total=self.pages.request_timeout)
        return aiohttp.ClientSession(connector=connector, timeout=timeout, headers=self.pages.headers)

    async def perform(self, task, session):
        url = self.pages.url(task)
        try:
            async with session.request(
                self.pages.method, url, allow_redirects=self.pages.follow_redirects,
                # It counts the answer that it doesn't follow, too.
                max_redirects=self.pages.max_redirects + 1, proxy=self.pages.proxy,
            ) as response:
                body = await self.body(response) if self.read_body else None
                size = response.content_length if body is None else len(body)
        except TimeoutError as error:
            raise self.pages.timed_out(url) from error
        except aiohttp.ClientError as error:
            raise self.pages.failed(url, error) from error
        if size is None:
            raise FetchError(f"{shown(url)}: no length announced")
        return self.pages.accept(url, response.status, size, body)

    async def body(self, response):
        if self.pages.max_bytes is None:
            return await response.read()
        body = bytearray()
        async for piece in response.content.iter_any():
            body += piece
            if self.pages.is_too_large(len(body)):
                break
        return body
