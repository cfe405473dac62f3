from __future__ import annotations

from django.db import models


class TickJob(models.Model):
    """When a job of `manage.py tick` last started; the row is the claim that keeps it single."""

    name = models.CharField(max_length=80, primary_key=True)
    started = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
