from __future__ import annotations

import logging
import threading
import time
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import default_task_backend
from django_tasks_db.management.commands.db_worker import Worker

from core import ticks

log = logging.getLogger("rembuk.serve")


class Command(BaseCommand):
    help = "The embedded default: web, sockets, background tasks and tick in one process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--interface", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=run_worker, name="tasks", daemon=True).start()
        threading.Thread(target=run_ticks, name="tick", daemon=True).start()
        endpoints = build_endpoint_description_strings(host=options["interface"], port=options["port"])
        self.stdout.write(f"Rembuk: http://localhost:{options['port']}")
        Server(
            application=import_string(settings.ASGI_APPLICATION),
            # Twisted's own backlog of 50 turns phones away when many come back at once.
            endpoints=[f"{endpoint}:backlog=4096" for endpoint in endpoints],
            websocket_timeout=43_200,
            ping_interval=20,
            ping_timeout=30,
            verbosity=0,
            server_name="rembuk",
        ).run()


def run_worker() -> None:
    """Work through the task queue for as long as the process lives."""
    while True:
        try:
            Worker(
                queue_names=["*"],
                interval=0.5,
                batch=False,
                backend_name=default_task_backend.alias,
                startup_delay=False,
                max_tasks=None,
                worker_id=f"embedded-{threading.get_native_id()}",
                excluded_queue_names=[],
            ).run()
        except Exception:
            # Without a worker no photo and no mail goes out: start again, whatever it was.
            log.exception("the task worker starts again")
            connection.close()
            time.sleep(1)


def run_ticks() -> None:
    """Do what is due, every minute."""
    while True:
        close_old_connections()
        try:
            ticks.run_due(timezone.now())
        except Exception:
            log.exception("a tick failed")
        connection.close()
        time.sleep(60)
