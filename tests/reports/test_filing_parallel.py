"""The same filing sent by many at once: one report."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from reports.models import Report, ReportPhoto, ReportStep
from reports.views.filing import RATES
from tests.committed import at_once
from tests.factories.photos import an_upload, encoded
from tests.reports.test_filing import counts, filled
from tests.sizes import sized


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_identical_filings_make_one_report(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # More than one device may send in so short a time.
    monkeypatch.setattr("reports.views.filing.RATES", dict.fromkeys(RATES, ""))
    form = filled(client, no_photo="")
    picture = encoded()

    def post(_number: int) -> tuple[int, str]:
        sender = Client()
        sender.cookies.update(client.cookies)
        answer: Any = sender.post("/lapor/", form | {"photos": [an_upload(picture)]})
        return answer.status_code, answer.get("Location", "")

    answers = at_once(sized(20, 50), post)
    assert {answer for answer in answers if answer != (302, answers[0][1])} == set()
    report = Report.objects.get()
    assert answers[0][1] == f"/laporan/{report.number}/terima-kasih/"
    assert (ReportStep.objects.count(), ReportPhoto.objects.count(), counts()["Photo"]) == (1, 1, 1)
