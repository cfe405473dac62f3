"""One hub a process: it knows the open sockets by topic and wakes them.

The channel layer only carries nudges between processes. A socket has no channel of its own, so a
thousand watchers cost the layer nothing, and a layer that is down costs the watchers at most the
nudge: what changed is in the database, the page fetches it when it next looks.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import defaultdict
from typing import Any, Protocol

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer

from core.grown import redis_errors

log = logging.getLogger("rembuk.live")
GROUP = "nudges"
RETRY_SECONDS = 1.0


class Watcher(Protocol):
    """A socket that can be woken."""

    def nudge(self, topic: str) -> None: ...


class Hub:
    """Watchers by topic, and the one subscription of this process."""

    def __init__(self) -> None:
        self.process = uuid.uuid4().hex
        self._watchers: defaultdict[str, set[Watcher]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listener: asyncio.Task[None] | None = None

    def watch(self, topic: str, watcher: Watcher) -> None:
        """Wake the watcher at every nudge of the topic. Called in the event loop."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._listener = loop, None
            self._watchers.clear()
        if self._listener is None and _shared_layer() is not None:
            self._listener = loop.create_task(self._listen())
        self._watchers[topic].add(watcher)

    def leave(self, topic: str, watcher: Watcher) -> None:
        """Forget the watcher."""
        self._watchers[topic].discard(watcher)
        if not self._watchers[topic]:
            del self._watchers[topic]

    def publish(self, topic: str) -> None:
        """Wake the watchers of this process, and tell the other processes. Called from any thread."""
        if self._loop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._deliver, topic)
        layer = _shared_layer()
        if layer is None:
            return
        try:
            async_to_sync(layer.group_send)(GROUP, {"type": "nudge", "topic": topic, "from": self.process})
        except redis_errors():
            log.warning("other processes were not nudged", extra={"topic": topic.split("-")[0]})

    def _deliver(self, topic: str) -> None:
        for watcher in tuple(self._watchers.get(topic, ())):
            watcher.nudge(topic)

    async def _listen(self) -> None:
        while True:
            try:
                layer: Any = get_channel_layer()
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
                while True:
                    message = await layer.receive(channel)
                    if message["from"] != self.process:
                        self._deliver(message["topic"])
            except Exception:
                # Nobody would start it again: whatever happened, listen anew.
                log.exception("the channel layer is away; trying again")
                await asyncio.sleep(RETRY_SECONDS)


def _shared_layer() -> Any:
    """The layer between processes; None when there is only this process."""
    layer = get_channel_layer()
    return None if isinstance(layer, InMemoryChannelLayer) else layer


hub = Hub()
