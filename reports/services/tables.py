"""What the staff edits: categories and their groups, the routing table, reply templates."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from core.actions import require
from core.errors import DomainError
from design.sprite import icons
from ledger.services import Actor, record
from places.models import Agency, AgencyKind, Region
from reports import errors
from reports.domain.replies import gaps
from reports.domain.routing import Destination
from reports.models import Category, CategoryGroup, ReplyTemplate, RoutingRule
from reports.queries.filing import KEYWORDS_KEY

DAYS_AT_MOST, FIRST_DAYS_AT_MOST = 365, 60
EMERGENCIES = ("", "112", "110")
# What a destination may name.
KINDS = {
    Destination.SUB_AGENCY: {AgencyKind.DINAS},
    Destination.AGENCY: {AgencyKind.DINAS, AgencyKind.SUKU_DINAS},
    Destination.OUTSIDE: {AgencyKind.OUTSIDE},
}


def _filled(code: str, texts: dict[str, str]) -> None:
    for field, text in texts.items():
        if not text.strip():
            raise DomainError(code, field=field)


def _forget_keywords() -> None:
    cache.delete(KEYWORDS_KEY)
    # Once more after the commit: a reader in between would have cached what was true before.
    transaction.on_commit(lambda: cache.delete(KEYWORDS_KEY))


# --- Categories ---------------------------------------------------------------------------------
@transaction.atomic
def save_group(
    *, actor: Actor, group: CategoryGroup | None, slug: str, name_id: str, name_en: str, position: int = 0
) -> CategoryGroup:
    """Add a heading for categories, or change one.

    Raises:
        DomainError: not_allowed, category_incomplete, category_group_exists.
    """
    require(actor, "tables.edit")
    _filled(errors.CATEGORY_INCOMPLETE, {"slug": slug, "name_id": name_id, "name_en": name_en})
    verb = "category_group.changed" if group else "category_group.added"
    group = group or CategoryGroup()
    group.slug, group.name_id, group.name_en, group.position = slug, name_id.strip(), name_en.strip(), position
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise DomainError(errors.GROUP_EXISTS, field="slug") from error
    _record(actor, verb, group, {"slug": slug, "position": position})
    return group


@transaction.atomic
def remove_group(*, actor: Actor, group: CategoryGroup) -> None:
    """Remove a heading that has no categories.

    Raises:
        DomainError: not_allowed, category_group_in_use.
    """
    require(actor, "tables.edit")
    key = group.pk
    try:
        group.delete()
    except ProtectedError as error:
        raise DomainError(errors.GROUP_IN_USE) from error
    group.pk = key
    _record(actor, "category_group.removed", group, {"slug": group.slug})


@transaction.atomic
def save_category(*, actor: Actor, category: Category | None, **fields: Any) -> Category:
    """Add a category, or change one. Categories are never removed: they are switched off.

    Args:
        actor: an admin.
        category: the one to change; None for a new one.
        fields: the editable fields of the model, all of them; days are working days.

    Raises:
        DomainError: not_allowed, category_incomplete, category_days, category_handler, category_exists,
            category_keeps_confidence (reports were told under the other rule).
    """
    require(actor, "tables.edit")
    _filled(
        errors.CATEGORY_INCOMPLETE, {name: fields.get(name) or "" for name in ("slug", "name_id", "name_en", "icon")}
    )
    if fields.get("group") is None:
        raise DomainError(errors.CATEGORY_INCOMPLETE, field="group")
    if fields.get("emergency") not in EMERGENCIES:
        raise DomainError(errors.CATEGORY_EMERGENCY, field="emergency")
    if fields["icon"] not in icons():
        raise DomainError(errors.CATEGORY_ICON, field="icon")
    if not 0 <= fields["days"] <= DAYS_AT_MOST:
        raise DomainError(errors.CATEGORY_DAYS, field="days")
    latest = min(FIRST_DAYS_AT_MOST, fields["days"] or FIRST_DAYS_AT_MOST)
    if not 1 <= fields["first_answer_days"] <= latest:
        raise DomainError(errors.CATEGORY_DAYS, field="first_answer_days")
    if fields["confidential"] and fields.get("handler") is None:
        raise DomainError(errors.CATEGORY_HANDLER, field="handler")
    verb = "category.changed" if category else "category.added"
    category = Category.objects.select_for_update().get(pk=category.pk) if category else Category()
    turns = category.pk is not None and category.confidential != fields["confidential"]
    if turns and category.reports.exists():
        raise DomainError(errors.CATEGORY_KEEPS_CONFIDENCE, field="confidential")
    for name, value in fields.items():
        setattr(category, name, value)
    try:
        with transaction.atomic():
            category.save()
    except IntegrityError as error:
        raise DomainError(errors.CATEGORY_EXISTS, field="slug") from error
    _forget_keywords()
    _record(actor, verb, category, _category_payload(category))
    return category


def _category_payload(category: Category) -> dict[str, Any]:
    return {
        "slug": category.slug,
        "days": category.days,
        "first_answer_days": category.first_answer_days,
        "confidential": category.confidential,
        "handler": category.handler.code if category.handler else None,
        "active": category.active,
    }


# --- Routing ------------------------------------------------------------------------------------
@transaction.atomic
def save_rule(
    *,
    actor: Actor,
    rule: RoutingRule | None,
    position: int | None,
    destination: str,
    category: Category | None = None,
    region: Region | None = None,
    size: str = "",
    agency: Agency | None = None,
) -> RoutingRule:
    """Add a row to the routing table, or change one; it counts for reports from now on.

    Args:
        actor: an admin.
        rule: the row to change; None for a new one.
        position: smaller is asked first.
        destination: a code of reports.domain.routing.Destination.
        category: None matches every category.
        region: None matches the whole city; otherwise that region and all within it.
        size: "small", "large" or empty for both.
        agency: a dinas for sub-agencies, an agency, or an outside owner; None for kelurahan and desk.

    Raises:
        DomainError: not_allowed, routing_incomplete, routing_agency_mismatch, routing_agency_kind.
    """
    require(actor, "tables.edit")
    if destination not in set(Destination):
        raise DomainError(errors.RULE_INCOMPLETE, field="destination")
    if position is None or position < 0:
        raise DomainError(errors.RULE_INCOMPLETE, field="position")
    kinds = KINDS.get(Destination(destination))
    if (kinds is None) != (agency is None):
        raise DomainError(errors.RULE_AGENCY, field="agency")
    if agency and kinds and agency.kind not in kinds:
        raise DomainError(errors.RULE_AGENCY_KIND, field="agency", agency=agency.name)
    verb = "routing.changed" if rule else "routing.added"
    rule = rule or RoutingRule()
    rule.position, rule.destination, rule.size = position, destination, size
    rule.category, rule.region, rule.agency = category, region, agency
    rule.save()
    _record(actor, verb, rule, _rule_payload(rule))
    return rule


@transaction.atomic
def remove_rule(*, actor: Actor, rule: RoutingRule) -> None:
    """Take a row out of the routing table.

    Raises:
        DomainError: not_allowed.
    """
    require(actor, "tables.edit")
    key, payload = rule.pk, _rule_payload(rule)
    rule.delete()
    rule.pk = key
    _record(actor, "routing.removed", rule, payload)


def _rule_payload(rule: RoutingRule) -> dict[str, Any]:
    return {
        "position": rule.position,
        "category": rule.category.slug if rule.category else None,
        "region": rule.region.code if rule.region else None,
        "size": rule.size,
        "destination": rule.destination,
        "agency": rule.agency.code if rule.agency else None,
    }


# --- Reply templates ------------------------------------------------------------------------------
@transaction.atomic
def save_template(
    *,
    actor: Actor,
    template: ReplyTemplate | None,
    title: str,
    text: str,
    step: str = "",
    category: Category | None = None,
    active: bool = True,
) -> ReplyTemplate:
    """Add a reply template, or change one.

    Raises:
        DomainError: not_allowed, template_incomplete, template_without_gap.
    """
    require(actor, "tables.edit")
    _filled(errors.TEMPLATE_INCOMPLETE, {"title": title, "text": text})
    if not gaps(text):
        raise DomainError(errors.TEMPLATE_WITHOUT_GAP, field="text")
    verb = "template.changed" if template else "template.added"
    template = template or ReplyTemplate()
    template.title, template.text, template.step = title.strip(), text.strip(), step
    template.category, template.active = category, active
    template.save()
    payload = {"step": step, "category": category.slug if category else None, "active": active}
    _record(actor, verb, template, payload)
    return template


@transaction.atomic
def remove_template(*, actor: Actor, template: ReplyTemplate) -> None:
    """Remove a reply template; what was sent from it stays.

    Raises:
        DomainError: not_allowed.
    """
    require(actor, "tables.edit")
    key = template.pk
    template.delete()
    template.pk = key
    _record(actor, "template.removed", template, {"step": template.step})


def _record(
    actor: Actor, verb: str, row: Category | CategoryGroup | RoutingRule | ReplyTemplate, payload: dict[str, Any]
) -> None:
    record(actor=actor, verb=verb, subject_type=verb.split(".")[0], subject_id=row.pk, payload=payload)
