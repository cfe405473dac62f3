"""Background work by name: a service enqueues after commit and never imports the task."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task as make_task
from django_tasks.base import Task

_tasks: dict[str, Task[Any, Any]] = {}


def task(name: str, *, priority: int = 0) -> Callable[[Callable[..., Any]], Task[Any, Any]]:
    """Register a function as background work under a name such as "photos.process".

    The function takes ids only and is safe to run twice.
    """

    def register(function: Callable[..., Any]) -> Task[Any, Any]:
        if name in _tasks:
            raise ValueError(f"task registered twice: {name}")
        _tasks[name] = make_task(priority=priority)(function)
        return _tasks[name]

    return register


def enqueue_on_commit(name: str, *args: Any, **kwargs: Any) -> None:
    """Run the named task once the transaction has committed; never when it rolls back."""
    # Robust: what is committed is committed; a queue that is away must not turn the answer into an error.
    transaction.on_commit(partial(_tasks[name].enqueue, *args, **kwargs), robust=True)
