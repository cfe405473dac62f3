"""One hub a process: it knows the open sockets by topic and by account, and wakes them.

The channel layer only carries nudges between processes. A socket has no channel of its own, so a
thousand watchers cost the layer nothing, and a layer that is down costs the watchers at most the
nudge: what changed is in the database, the page fetches it when it next looks.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, Protocol

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.utils import timezone

from core.grown import redis_errors

log = logging.getLogger("rembuk.live")
GROUP = "nudges"
RETRY_SECONDS = 1.0
# So often every socket is asked without a word from anybody: a layer may have been away, a clock set.
ROUND_SECONDS = 600.0


class Watcher(Protocol):
    """A socket that can be woken, and asked whether it may stay."""

    def nudge(self, topic: str) -> None: ...

    def recheck(self) -> None: ...


class Hub:
    """Watchers by topic and by account, and the one subscription of this process."""

    def __init__(self) -> None:
        self.process = uuid.uuid4().hex
        self._watchers: defaultdict[str, set[Watcher]] = defaultdict(set)
        self._sockets: defaultdict[int, set[Watcher]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def watch(self, topic: str, watcher: Watcher) -> None:
        """Wake the watcher at every nudge of the topic. Called in the event loop."""
        self._begin()
        self._watchers[topic].add(watcher)

    def leave(self, topic: str, watcher: Watcher) -> None:
        """Forget the watcher."""
        _take(self._watchers, topic, watcher)

    def attend(self, account: int, watcher: Watcher) -> None:
        """Ask the watcher again whenever something changed for the account. Called in the event loop."""
        self._begin()
        self._sockets[account].add(watcher)

    def part(self, account: int, watcher: Watcher) -> None:
        """Forget the watcher of the account."""
        _take(self._sockets, account, watcher)

    def publish(self, topic: str) -> None:
        """Wake the watchers of this process, and tell the other processes. Called from any thread."""
        self._send({"topic": topic}, what=topic.split("-")[0])

    def recheck(self, account: int) -> None:
        """Ask the sockets of the account in this process, and tell the other processes. Called from any thread."""
        self._send({"account": account}, what="account")

    def recheck_all(self) -> None:
        """Ask every socket of this process that belongs to an account. Called in the event loop."""
        for watchers in tuple(self._sockets.values()):
            for watcher in tuple(watchers):
                watcher.recheck()

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        self._watchers.clear()
        self._sockets.clear()
        self._tasks = [loop.create_task(self._go_round())]
        if _shared_layer() is not None:
            self._tasks.append(loop.create_task(self._listen()))

    def _send(self, message: dict[str, Any], *, what: str) -> None:
        if self._loop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._deliver, message)
        layer = _shared_layer()
        if layer is None:
            return
        try:
            async_to_sync(layer.group_send)(GROUP, {"type": "nudge", "from": self.process} | message)
        except redis_errors():
            log.warning("other processes were not nudged", extra={"topic": what})

    def _deliver(self, message: dict[str, Any]) -> None:
        if "topic" in message:
            for watcher in tuple(self._watchers.get(message["topic"], ())):
                watcher.nudge(message["topic"])
        else:
            for watcher in tuple(self._sockets.get(message["account"], ())):
                watcher.recheck()

    async def _listen(self) -> None:
        while True:
            try:
                layer: Any = get_channel_layer()
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
                # Whatever was said while nobody listened may have been an end.
                self.recheck_all()
                while True:
                    message = await layer.receive(channel)
                    if message["from"] != self.process:
                        self._deliver(message)
            except Exception:
                # Nobody would start it again: whatever happened, listen anew.
                log.exception("the channel layer is away; trying again")
                await asyncio.sleep(RETRY_SECONDS)

    async def _go_round(self) -> None:
        while True:
            # What ends by date ends with the day.
            await asyncio.sleep(min(ROUND_SECONDS, seconds_of_day_left(timezone.localtime())))
            self.recheck_all()


def seconds_of_day_left(now: datetime) -> float:
    """Seconds until the local day ends, and a little more so that it is over then."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), tzinfo=now.tzinfo)
    return (tomorrow - now).total_seconds() + 0.05


def _take(found: defaultdict[Any, set[Watcher]], key: Any, watcher: Watcher) -> None:
    if key in found:
        found[key].discard(watcher)
        if not found[key]:
            del found[key]


def _shared_layer() -> Any:
    """The layer between processes; None when there is only this process."""
    layer = get_channel_layer()
    return None if isinstance(layer, InMemoryChannelLayer) else layer


hub = Hub()
