from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


class SupportCount(models.Model):
    """How many people support a thing, kept beside the votes; its row is locked while one is cast."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    up = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_support_count_per_thing"),
            models.CheckConstraint(condition=Q(up__gte=0), name="support_count_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}: {self.up}"
