"""How much a request may bring: Daphne, left alone, takes any body whole before a line of ours runs."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from daphne import server
from daphne.http_protocol import HTTPFactory, WebRequest

# A form without JavaScript may carry five photos of 15 MB. nginx is told the same (docs/operations.md).
MOST_BYTES = 80 * 1024 * 1024
CUT_OFF_BYTES = 2 * MOST_BYTES


class BoundedRequest(WebRequest):
    """Throws away what is beyond the limit, so that a browser still reads the answer; cuts off what does not end."""

    content: Any
    received = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Twisted would take the form apart in memory before Django does: a gigabyte for five photos.
        super().__init__(*args, **kwargs, parsePOSTFormSubmission=False)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802  Twisted's name
        """Keep a piece of the body while there is room for it."""
        self.received += len(data)
        if self.received <= MOST_BYTES:
            super().handleContentChunk(data)
        elif self.received > CUT_OFF_BYTES:
            self.channel.transport.abortConnection()
        elif not isinstance(self.content, Nothing):
            self.content.close()
            self.content = Nothing()

    def process(self) -> Any:
        """Hand the request on; one that was too long says so by its length, also when it came without one."""
        if self.received > MOST_BYTES:
            self.requestHeaders.setRawHeaders(b"content-length", [b"%d" % self.received])
        return super().process()


class Nothing(BytesIO):
    """The body of a request that was too long."""


class BoundedFactory(HTTPFactory):
    """Connections whose requests are bounded."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  Twisted's name
        """A connection."""
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = BoundedRequest
        return protocol


def bound_requests() -> None:
    """Have every Daphne server of this process bound its requests; there is no setting for it."""
    server.HTTPFactory = BoundedFactory
