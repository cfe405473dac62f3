from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reports.models import Contact, Report, Reveal
from reports.services.retention import forget_contacts
from tests.factories.reports import ReportFactory as AReport

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
CUT = datetime(2024, 11, 24, 3, tzinfo=UTC)


def a_guests(changed: datetime) -> Contact:
    report = AReport(email="tamu@contoh.id", phone="081298765432")
    Report.objects.filter(pk=report.pk).update(changed=changed)
    return Contact.objects.get(report=report)


@pytest.mark.parametrize(("changed", "emptied"), [(CUT, 1), (CUT + timedelta(seconds=1), 0), (NOW, 0)])
def test_how_a_guest_can_be_reached_goes_after_two_years(changed, emptied):
    contact = a_guests(changed)
    assert forget_contacts(now=NOW) == emptied
    contact.refresh_from_db()
    assert (contact.email == contact.phone == "") == bool(emptied)
    assert forget_contacts(now=NOW) == 0


def test_a_look_at_it_counts_as_use():
    contact = a_guests(CUT)
    Reveal.objects.create(report=contact.report, office="Kelurahan Slipi", reason="Bertanya patokan.")
    assert forget_contacts(now=NOW) == 0


def test_the_29th_of_february_has_a_day_two_years_before():
    assert forget_contacts(now=datetime(2028, 2, 29, tzinfo=UTC)) == 0
