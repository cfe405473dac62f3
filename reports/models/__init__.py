from __future__ import annotations

from reports.models.report import (
    Contact,
    Follow,
    Note,
    PhotoUse,
    Report,
    ReportPhoto,
    ReportQuerySet,
    ReportStep,
    Reveal,
)
from reports.models.tables import Category, CategoryGroup, ReplyTemplate, RoutingRule

__all__ = [
    "Category",
    "CategoryGroup",
    "Contact",
    "Follow",
    "Note",
    "PhotoUse",
    "ReplyTemplate",
    "Report",
    "ReportPhoto",
    "ReportQuerySet",
    "ReportStep",
    "Reveal",
    "RoutingRule",
]
