"""The table of actions: what the docs show is what the rules answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import rules
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Role, RoleAssignment
from config.permissions import document
from core import actions
from core.actions import Denied
from core.errors import DomainError
from core.reach import Level, Reach
from residents.models import Verification
from tests.factories import accounts
from tests.factories.accounts import PALMERAH, SLIPI, UserFactory, agency, region
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import inserted_at

pytestmark = pytest.mark.django_db
# Where one of each role holds its office: in Slipi, or around it; and a place that is not theirs.
SCOPES = {
    Role.OFFICER: SLIPI,
    Role.SECTION_HEAD: SLIPI,
    Role.AGENCY_OFFICER: "sda-3173",
    Role.PROVINCE_DESK: "meja-provinsi",
    Role.FACILITATOR: "31.73",
    Role.MODERATOR: "31.73",
    Role.ADMIN: "31.73",
    Role.AUDITOR: "31.73",
}
FAR = "31.75.06.1001"
STEP = "report.step_"


def subjects(code: str, role: str) -> tuple[Any, Any]:
    """Something in the own unit or region of the role's office, and something that is not."""
    if code.startswith("report."):
        own = SCOPES[role] if not SCOPES[role].startswith("31") else SLIPI
        return (_report(own), _report(PALMERAH))
    if code in ("resident.verify", "resident.revoke"):
        return (region(), region(FAR))
    if code == "account.appoint":
        return (_office(SLIPI), _office(PALMERAH if role == Role.SECTION_HEAD else "kelurahan-3175061001"))
    return (None, None)


def _report(unit: str) -> Any:
    made = AReport()
    return inserted_at(made, "validated", unit)


def _office(unit: str) -> RoleAssignment:
    return RoleAssignment(user=UserFactory(), role=Role.OFFICER, agency=agency(unit), title="Petugas")


def wanted(reach: Reach | None) -> tuple[bool, bool]:
    """What a reach says of the own place and of another one."""
    return (reach is not None, reach == Reach.ANYWHERE)


@pytest.mark.parametrize("role", Role.values)
def test_every_office_may_what_its_row_says(role: str) -> None:
    person = accounts.office(role, SCOPES[Role(role)])
    for row in actions.every():
        if not row.of_office or row.code.startswith(STEP):
            continue
        own, other = subjects(row.code, role)
        here, there = wanted(row.roles.get(role))
        assert actions.allowed(person, row.code, own) == here, row.code
        if other is not None:
            assert actions.allowed(person, row.code, other) == there, row.code


@pytest.mark.parametrize("role", Role.values)
def test_what_is_open_in_a_region_follows_the_rows(role: str) -> None:
    person = accounts.office(role, SCOPES[Role(role)])
    city_wide = role in (Role.PROVINCE_DESK,)
    for row in actions.every():
        if row.of_office:
            here, there = wanted(row.roles.get(role))
            assert actions.check_here(person, row.code, region()).allowed == here, row.code
            assert actions.check_here(person, row.code, region(FAR)).allowed == (there or (here and city_wide)), (
                row.code
            )


def test_what_takes_an_account_or_residency_says_so_first() -> None:
    visitor, tono, sari = AnonymousUser(), UserFactory(), resident_of("31.73.07.1002")
    closed = UserFactory(is_active=False)
    for row in actions.every():
        asked = {person: actions.check_here(person, row.code, region()) for person in (visitor, tono, closed)}
        codes = {person: getattr(answer, "code", "") for person, answer in asked.items()}
        if row.of_office:
            assert codes == {visitor: "sign_in_first", tono: "not_your_office", closed: "account_closed"}, row.code
        else:
            first = {Level.READER: "", Level.ACCOUNT: "sign_in_first", Level.RESIDENT: "sign_in_first"}[row.level]
            assert (codes[visitor], codes[closed]) == (first, "account_closed"), row.code
            assert codes[tono] == ("verify_first" if row.level == Level.RESIDENT else ""), row.code
            assert actions.check_here(sari, row.code, region()).allowed, row.code


def test_a_resident_of_another_place_is_told_both_places() -> None:
    answer = actions.check_here(resident_of(FAR), "resident.witness", region())
    assert isinstance(answer, Denied)
    assert answer.code == "resident_elsewhere"
    assert region(FAR).label in answer.sentence
    assert "Kelurahan Slipi" in answer.sentence
    assert answer.url == "/warga/"


def test_a_service_refuses_in_the_words_of_the_button() -> None:
    report, tono = AReport(public=False), UserFactory()
    answer = actions.check(tono, "report.note", report)
    with pytest.raises(DomainError) as refused:
        actions.require(tono, "report.note", report, field="text")
    assert isinstance(answer, Denied)
    assert (refused.value.sentence, refused.value.field) == (answer.sentence, "text")


@pytest.mark.parametrize("count", [1, 20])
def test_many_buttons_cost_the_queries_of_one(count: int, django_assert_num_queries: Any) -> None:
    rina = accounts.section_head()
    report = inserted_at(AReport(), "validated", SLIPI)
    report = type(report).objects.select_related("unit", "category", "region").get(pk=report.pk)
    codes = [row.code for row in actions.every() if row.code.startswith(STEP)][:count]
    assert len(codes) == count
    with django_assert_num_queries(1):
        assert len(actions.check_many(rina, codes, report)) == count


def test_the_page_of_the_docs_is_the_table() -> None:
    page = Path(settings.BASE_DIR) / "docs/permissions.md"
    assert page.read_text(encoding="utf-8") == document()
    call_command("permissions", "--check", verbosity=0)


def test_every_permission_of_the_table_is_registered() -> None:
    assert [row.code for row in actions.every() if row.permission and not rules.perm_exists(row.permission)] == []


def test_a_code_stands_for_one_action() -> None:
    with pytest.raises(ValueError, match="twice"):
        actions.register(actions.every()[0])


def resident_of(code: str) -> Any:
    """Somebody verified face to face."""
    person = UserFactory()
    Verification.objects.create(
        user=person,
        fingerprint=f"{person.pk:064x}",
        pepper_version=1,
        kelurahan=region(code),
        rw="06",
        over_17=True,
        method="face",
        verified_at=timezone.now(),
        expires=timezone.localdate() + timedelta(days=700),
    )
    return person
