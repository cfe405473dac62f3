"""Reports to measure with: made once per size, kept in the benchmark's database."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta

from django.utils import timezone

from places.models import Agency, Region
from reports.domain import numbers
from reports.domain.workflow import COLOURS, State
from reports.models import Category, Report
from reports.services.common import digest_of

STATES = [State.RECEIVED, State.VALIDATED, State.ASSIGNED, State.IN_PROGRESS, State.SCHEDULED]
BATCH = 2_000


def reports(count: int) -> None:
    """Have at least so many public reports, spread over the city, the categories and a year."""
    missing = count - Report.objects.count()
    if missing <= 0:
        return
    regions = list(Region.objects.filter(level="kelurahan"))
    offices = {office.region_id: office for office in Agency.objects.filter(kind="kelurahan_office")}
    categories = list(Category.objects.filter(confidential=False))
    now = timezone.now()
    for start in range(0, missing, BATCH):
        rows = []
        for place in range(start, min(start + BATCH, missing)):
            region, state = regions[place % len(regions)], STATES[place % len(STATES)]
            created = now - timedelta(minutes=place * 500_000 // missing)
            token = secrets.token_hex(16)
            rows.append(
                Report(
                    number=numbers.make(secrets.choice),
                    client_key=uuid.uuid4(),
                    secret_digest=digest_of(token),
                    confirmed=True,
                    public=True,
                    category=categories[place % len(categories)],
                    title=f"Got mampet di gang {place}",
                    description="Air naik ke teras tiap hujan lebih dari setengah jam.",
                    region=region,
                    rt="010",
                    rw="02",
                    lat=region.lat,
                    lng=region.lng,
                    state=state,
                    colour=COLOURS[state],
                    unit=offices[region.pk],
                    created=created,
                    changed=created,
                    first_answer_due=timezone.localdate() + timedelta(days=2),
                    due=timezone.localdate() + timedelta(days=5),
                )
            )
        Report.objects.bulk_create(rows)
