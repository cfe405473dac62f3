"""A socket that is told when its page has changed; the page then fetches its fragment again."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import close_old_connections

from live import sources, topics
from live.hub import hub
from live.sessions import person_of

log = logging.getLogger("rembuk.live")
# Whoever was signed in is no longer.
SIGNED_OUT = 4001
# Not, or no longer, for this person.
NOT_YOURS = 4004
TOO_MUCH = 4029
# "Try again later": who comes back is checked like everybody who comes.
NOT_SURE = 1013
# Asked for by pages that were made for somebody signed in.
SIGNED_IN = b"masuk"
MESSAGES_TAKEN = 20
MIN_PAUSE_SECONDS = 1.0
# Own threads: the default puts the queries of all sockets of the process behind each other.
_readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")


def _allowed(user: Any, wanted: list[str]) -> bool:
    close_old_connections()
    try:
        return all(sources.allowed(user, topic) for topic in wanted)
    finally:
        close_old_connections()


def _reason_to_close(account: int, session: str | None, wanted: list[str]) -> int:
    """The code to close with, after reading session, account and rights anew; 0 for staying open."""
    close_old_connections()
    try:
        person = person_of(session)
        if person is None or person.pk != account:
            return SIGNED_OUT
        return 0 if all(sources.allowed(person, topic) for topic in wanted) else NOT_YOURS
    finally:
        close_old_connections()


_check = sync_to_async(_allowed, thread_sensitive=False, executor=_readers)
_check_again = sync_to_async(_reason_to_close, thread_sensitive=False, executor=_readers)


class TopicConsumer(AsyncWebsocketConsumer):
    """Watches one topic or a few. What the client says is ignored; one that will not stop talking is closed."""

    # No channel in the layer for each socket: the hub holds the one subscription of the process.
    channel_layer_alias = "none"

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels would first hop through the one sync thread to close old connections, at every message.
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        self.topics = topics.apart(self.scope["url_route"]["kwargs"]["topics"]) or []
        self.account: int | None = self.scope["user"].pk
        self.heard = 0
        self.again = self.doubted = self.ended = False
        self.pending: asyncio.Task[None] | None = None
        self.checking: asyncio.Task[None] | None = None
        await self.accept()
        if self.account is None and self.scope.get("query_string") == SIGNED_IN:
            await self._end(SIGNED_OUT)
            return
        # Before the check: what is taken away while it runs is checked once more.
        if self.account is not None:
            hub.attend(self.account, self)
        try:
            allowed = bool(self.topics) and await _check(self.scope["user"], self.topics)
        except BaseException:
            self._forget()
            raise
        if not allowed:
            await self._end(NOT_YOURS)
        if not self.ended:
            for topic in self.topics:
                hub.watch(topic, self)

    async def disconnect(self, code: int) -> None:
        self.ended = True
        self._forget()
        for task in (self.pending, self.checking):
            if task:
                task.cancel()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.heard += 1
        if self.heard > MESSAGES_TAKEN:
            await self._end(TOO_MUCH)

    def nudge(self, topic: str) -> None:
        """Send one nudge; those that come within the next second are one more, after it."""
        self.again = True
        if self.pending is None or self.pending.done():
            self.pending = asyncio.get_running_loop().create_task(self._send())

    def recheck(self) -> None:
        """Ask once more whether this socket may stay; asking while it is being asked counts as once more."""
        self.doubted = True
        if self.checking is None or self.checking.done():
            self.checking = asyncio.get_running_loop().create_task(self._recheck())

    async def _send(self) -> None:
        while self.again and not self.ended:
            self.again = False
            await self.send(text_data="changed")
            await asyncio.sleep(MIN_PAUSE_SECONDS)

    async def _recheck(self) -> None:
        session = self.scope.get("session")
        while self.doubted and not self.ended and self.account is not None:
            self.doubted = False
            try:
                code = await _check_again(self.account, session and session.session_key, self.topics)
            except Exception:
                log.exception("a socket could not be checked again")
                code = NOT_SURE
            if code:
                await self._end(code)

    async def _end(self, code: int) -> None:
        if not self.ended:
            self.ended = True
            self._forget()
            await self.close(code=code)

    def _forget(self) -> None:
        for topic in self.topics:
            hub.leave(topic, self)
        if self.account is not None:
            hub.part(self.account, self)
