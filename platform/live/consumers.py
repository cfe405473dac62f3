"""A socket that is told when its page has changed; the page then fetches its fragment again."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import close_old_connections

from live import sources, topics
from live.hub import hub

NOT_FOUND = 4004
TOO_MUCH = 4029
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


class TopicConsumer(AsyncWebsocketConsumer):
    """Watches one topic or a few. What the client says is ignored; one that will not stop talking is closed."""

    # No channel in the layer for each socket: the hub holds the one subscription of the process.
    channel_layer_alias = "none"

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels would first hop through the one sync thread to close old connections, at every message.
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        self.topics = topics.apart(self.scope["url_route"]["kwargs"]["topics"]) or []
        self.heard = 0
        self.again = False
        self.pending: asyncio.Task[None] | None = None
        check = sync_to_async(_allowed, thread_sensitive=False, executor=_readers)
        await self.accept()
        if not self.topics or not await check(self.scope["user"], self.topics):
            await self.close(code=NOT_FOUND)
            return
        for topic in self.topics:
            hub.watch(topic, self)

    async def disconnect(self, code: int) -> None:
        for topic in self.topics:
            hub.leave(topic, self)
        if self.pending:
            self.pending.cancel()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.heard += 1
        if self.heard > MESSAGES_TAKEN:
            await self.close(code=TOO_MUCH)

    def nudge(self, topic: str) -> None:
        """Send one nudge; those that come within the next second are one more, after it."""
        self.again = True
        if self.pending is None or self.pending.done():
            self.pending = asyncio.get_running_loop().create_task(self._send())

    async def _send(self) -> None:
        while self.again:
            self.again = False
            await self.send(text_data="changed")
            await asyncio.sleep(MIN_PAUSE_SECONDS)
