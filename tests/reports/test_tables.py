"""Categories, routing and reply templates: through the services, with the ledger, and in the staff area."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actions import NOT_YOUR_OFFICE
from core.errors import DomainError
from ledger.models import Entry
from reports import errors
from reports.models import Category, CategoryGroup, ReplyTemplate, RoutingRule
from reports.queries.filing import read_text
from reports.services import tables
from tests.factories import accounts
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import agency, category, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Any:
    return accounts.admin()


def fields_of(row: Category, **changes: Any) -> dict[str, Any]:
    names = (
        *("slug", "group", "name_id", "name_en", "icon", "days", "first_answer_days", "emergency", "confidential"),
        *("handler", "photo_optional", "keywords", "position", "active"),
    )
    return {name: getattr(row, name) for name in names} | changes


def world() -> tuple[Any, ...]:
    models = (Category, CategoryGroup, RoutingRule, ReplyTemplate)
    return (*(list(model._default_manager.order_by("pk").values()) for model in models), Entry.objects.count())


def refused(code: str, act: Any, **given: Any) -> None:
    before = world()
    with pytest.raises(DomainError) as caught:
        act(**given)
    assert caught.value.code == code
    assert caught.value.sentence
    assert world() == before


# --- Services -------------------------------------------------------------------------------------
def test_new_everyday_words_count_at_once(admin) -> None:
    row = category("sampah")
    # The words are cached by now.
    assert "sampah" not in read_text("rongsokan di jalan").categories
    tables.save_category(actor=admin, category=row, **fields_of(row, keywords=f"{row.keywords}\nrongsokan"))
    assert "sampah" in read_text("rongsokan di jalan").categories
    entry = Entry.objects.get(verb="category.changed")
    assert entry.payload["slug"] == "sampah"
    assert "rongsokan" not in str(entry.payload)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name_id": " "}, errors.CATEGORY_INCOMPLETE),
        ({"group": None}, errors.CATEGORY_INCOMPLETE),
        ({"days": 366}, errors.CATEGORY_DAYS),
        ({"first_answer_days": 0}, errors.CATEGORY_DAYS),
        ({"confidential": True}, errors.CATEGORY_HANDLER),
        ({"slug": "pohon"}, errors.CATEGORY_EXISTS),
    ],
)
def test_a_category_that_cannot_be_is_refused(admin, changes, code) -> None:
    row = category("sampah")
    refused(code, tables.save_category, actor=admin, category=row, **fields_of(row, **changes))


def test_a_category_with_reports_keeps_its_confidence(admin) -> None:
    for slug, changes in (("pungli", {"confidential": False}), ("sampah", {"confidential": True})):
        row = category(slug)
        changes = changes | {"handler": agency("inspektorat")}
        AReport(category=row)
        refused(
            errors.CATEGORY_KEEPS_CONFIDENCE,
            tables.save_category,
            actor=admin,
            category=row,
            **fields_of(row, **changes),
        )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"destination": "kelurahan", "agency": "sda"}, errors.RULE_AGENCY),
        ({"destination": "sub_agency", "agency": None}, errors.RULE_AGENCY),
        ({"destination": "sub_agency", "agency": "pln"}, errors.RULE_AGENCY_KIND),
        ({"destination": "outside", "agency": "sda"}, errors.RULE_AGENCY_KIND),
        ({"destination": "entah", "agency": None}, errors.RULE_INCOMPLETE),
        ({"destination": "desk", "agency": None, "position": None}, errors.RULE_INCOMPLETE),
    ],
)
def test_a_rule_that_leads_nowhere_is_refused(admin, given, code) -> None:
    unit = agency(given["agency"]) if given["agency"] else None
    refused(code, tables.save_rule, actor=admin, rule=None, **({"position": 5} | given | {"agency": unit}))


def test_a_rule_and_its_end_stand_in_the_ledger(admin) -> None:
    rule = tables.save_rule(
        actor=admin, rule=None, position=5, destination="sub_agency", region=region(), agency=agency("sda")
    )
    tables.save_rule(actor=admin, rule=rule, position=6, destination="desk")
    tables.remove_rule(actor=admin, rule=rule)
    verbs = list(Entry.objects.filter(subject_type="routing").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["routing.added", "routing.changed", "routing.removed"]


def test_a_template_needs_a_gap(admin) -> None:
    refused(
        errors.TEMPLATE_WITHOUT_GAP, tables.save_template, actor=admin, template=None, title="T", text="Terima kasih."
    )
    made = tables.save_template(actor=admin, template=None, title="T", text="Kami datang [hari].", step="ask")
    tables.remove_template(actor=admin, template=made)
    assert not ReplyTemplate.objects.filter(title="T").exists()


def test_a_group_in_use_stays(admin) -> None:
    group = category("sampah").group
    refused(errors.GROUP_IN_USE, tables.remove_group, actor=admin, group=group)
    new = tables.save_group(actor=admin, group=None, slug="baru", name_id="Baru", name_en="New")
    refused(errors.GROUP_EXISTS, tables.save_group, actor=admin, group=None, slug="baru", name_id="B", name_en="N")
    tables.remove_group(actor=admin, group=new)


@pytest.mark.parametrize("who", ["section_head", "officer", "auditor", "nobody"])
def test_only_admins_change_the_tables(who) -> None:
    person = accounts.UserFactory()
    if who != "nobody":
        accounts.office(who, "31" if who == "auditor" else accounts.SLIPI, user=person)
    row = category("sampah")
    refused(NOT_YOUR_OFFICE, tables.save_category, actor=person, category=row, **fields_of(row))
    refused(NOT_YOUR_OFFICE, tables.save_rule, actor=person, rule=None, position=1, destination="desk")
    refused(NOT_YOUR_OFFICE, tables.remove_rule, actor=person, rule=RoutingRule.objects.first())
    refused(NOT_YOUR_OFFICE, tables.save_template, actor=person, template=None, title="T", text="[x]")
    refused(NOT_YOUR_OFFICE, tables.remove_template, actor=person, template=ReplyTemplate.objects.first())


# --- The staff area -------------------------------------------------------------------------------
VIEWS = ["category:index", "category:add", "categorygroup:index", "routingrule:index", "routingrule:add"]
VIEWS += ["replytemplate:index", "replytemplate:add", "categorygroup:add"]


def staff(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("view", VIEWS)
def test_the_tables_open_for_admins_alone(admin, view) -> None:
    assert staff(admin).get(reverse(view)).status_code == 200
    for person in (accounts.section_head(), accounts.office("auditor", "31")):
        answer = staff(person).get(reverse(view))
        assert answer.status_code == 302
        assert answer["Location"] == reverse("wagtailadmin_home")
    assert Client().get(reverse(view)).status_code == 302


def test_every_row_leads_to_its_form_and_no_word_is_left_in_english(admin) -> None:
    for view, model in (("routingrule", RoutingRule), ("replytemplate", ReplyTemplate), ("category", Category)):
        page = staff(admin).get(reverse(f"{view}:index")).content.decode()
        assert reverse(f"{view}:edit", args=[model.objects.first().pk]) in page
        form = staff(admin).get(reverse(f"{view}:add")).content.decode()
        for word in ("Slug", ">Group", "Position", "declare_done<"):
            assert word not in form


def form_of(row: Category, **changes: Any) -> dict[str, Any]:
    fields = fields_of(row) | {"group": row.group_id, "handler": row.handler_id or ""} | changes
    return {name: value for name, value in fields.items() if value is not False}


def test_a_category_is_edited_in_the_staff_area(admin) -> None:
    row = category("sampah")
    address = reverse("category:edit", args=[row.pk])
    assert staff(admin).get(address).status_code == 200
    assert staff(admin).post(address, form_of(row, days=4, slug="lain")).status_code == 302
    row.refresh_from_db()
    assert (row.days, row.slug) == (4, "sampah")
    assert Entry.objects.get(verb="category.changed").actor_id == admin.pk
    before = world()
    answer = staff(admin).post(address, form_of(row, days=4000, name_id="Sampah baru"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Betulkan angkanya" in page
    assert "Sampah baru" in page
    assert world() == before
    assert staff(admin).post(address, form_of(row, confidential="on")).status_code == 422
    assert world() == before


def test_a_rule_that_never_matches_is_told_when_it_is_saved(admin) -> None:
    last = RoutingRule.objects.order_by("-position").first()
    assert last is not None
    fields = {"position": last.position + 10, "category": "", "region": "", "size": "", "destination": "desk"}
    saved = staff(admin).post(reverse("routingrule:add"), fields | {"agency": ""}, follow=True)
    page = saved.content.decode()
    assert "tidak pernah cocok" in page
    assert f"“{last.position + 10}: semua kategori”" in page
    assert page.count("tidak pernah cocok") == 1
    # Whoever searches in the list is not told once more on the page after it.
    client, sized = staff(admin), RoutingRule.objects.exclude(size="").first()
    assert sized is not None
    client.get(reverse("routingrule:index_results"))
    edit = client.get(reverse("routingrule:edit", args=[sized.pk])).content.decode()
    assert "tidak pernah cocok" not in edit
    assert f"{sized.position}: {sized.category} · {sized.get_size_display()}" in edit
    made = RoutingRule.objects.order_by("-position").first()
    assert made is not None
    assert staff(admin).post(reverse("routingrule:delete", args=[made.pk])).status_code == 302
    assert Entry.objects.filter(verb="routing.removed").exists()


def test_a_rule_without_its_agency_is_refused_beside_the_field(admin) -> None:
    before = world()
    fields = {"position": 3, "category": "", "region": "", "size": "", "destination": "agency", "agency": ""}
    assert staff(admin).post(reverse("routingrule:add"), fields).status_code == 422
    assert world() == before


def test_a_group_in_use_is_not_deleted_in_the_staff_area(admin) -> None:
    before = world()
    group = category("sampah").group
    answer = staff(admin).post(reverse("categorygroup:delete", args=[group.pk]))
    assert answer.status_code == 409
    assert "masih punya kategori" in answer.content.decode()
    assert world() == before


def test_templates_are_made_and_removed_in_the_staff_area(admin) -> None:
    fields = {"title": "Datang besok", "step": "reply", "category": "", "text": "Kami datang [hari].", "active": "on"}
    assert staff(admin).post(reverse("replytemplate:add"), fields | {"text": "Tanpa isian"}).status_code == 422
    assert staff(admin).post(reverse("replytemplate:add"), fields).status_code == 302
    made = ReplyTemplate.objects.get(title="Datang besok")
    assert staff(admin).post(reverse("replytemplate:delete", args=[made.pk])).status_code == 302
    verbs = Entry.objects.filter(subject_type="template").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["template.added", "template.removed"]
