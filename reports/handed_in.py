"""A report on a ticket of a desk, and how its owner takes it over."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assistance import matters
from assistance.matters import Matter
from core.formats import long_date
from reports import services
from reports.queries.public import report_by_number


def register_all() -> None:
    """Fill the registry; called once at start."""
    matters.register("report", matter=matter_of, claim=give)


def matter_of(number: str, only_key: bool) -> Matter | None:
    """What the ticket says of a report.

    Args:
        number: of the report.
        only_key: whether the ticket carries the reporter's own link.
    """
    report = report_by_number(number)
    if report is None:
        return None
    page = report.get_absolute_url()
    own = reverse("report_secret", args=[report.number, services.secret_of(report.client_key)])
    return Matter(
        kind=_("Report"),
        title=report.title,
        number=report.spoken_number,
        facts=(
            (_("Category"), report.category.name),
            (_("Place"), report.place),
            (_("With"), report.unit.name),
            (_("First answer by"), long_date(report.first_answer_due)),
        ),
        address=f"{settings.SITE_URL.rstrip('/')}{own if only_key else page}",
        page=page,
        where_to_ask=report.unit.name,
        client_key=report.client_key,
    )


def give(number: str, user: User) -> None:
    """The code on the ticket was right."""
    services.take_over(user=user, number=number)
