"""Fills an empty demo: the cast, citizens, reports in every state with their pasts, pictures, supports."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.demo import seed_cast
from accounts.models import User
from assistance import demo as desks
from ledger import services as ledger
from photos import services as photos
from photos.pictures import Sizes
from places.models import Region
from places.queries import holidays, office_of
from reports import services
from reports.demo import texts
from reports.demo.album import Shot, develop_all
from reports.demo.history import Teller, Told, World
from reports.demo.news import seed_news
from reports.demo.talk import talk
from reports.demo.town import Town, citizens, founder
from reports.domain import deadlines, numbers
from reports.domain.workflow import COLOURS, State
from reports.models import Category, Contact, Follow, PhotoUse, Report, ReportPhoto, ReportStep
from reports.services.common import digest_of, should_be_public
from reports.services.steps import PHOTO_USES
from residents.demo import seed_residents
from support import services as support

NAMESPACE = uuid.UUID("6f0e4d0a-6b1d-5c0e-9a53-72656d62756b")
# How far from the report's own point the camera stood, in degrees: a few metres.
NEARBY = 0.00004


def key_of(row: texts.Row) -> uuid.UUID:
    """The filing's key: always the same, so that the demo is filled once and links to it last."""
    return uuid.uuid5(NAMESPACE, f"report {row.number}")


def is_seeded() -> bool:
    """Whether the demo has been filled."""
    return Report.objects.filter(client_key=key_of(texts.rows()[0])).exists()


def seed(limit: int | None = None) -> int:
    """Fill the demo, all or nothing.

    Args:
        limit: only so many reports, for tests; all by default.

    Returns:
        How many reports were made; 0 when the demo was filled before.
    """
    if is_seeded():
        return 0
    rows = texts.rows()[:limit]
    album = develop_all(shot for row in rows for shot in _shots(row))
    with transaction.atomic():
        return _fill(rows, album)


def _shots(row: texts.Row) -> Iterator[Shot]:
    """Before, after, and for the pictures of what is still not done another view of the same place."""
    if not row.scene:
        return
    yield Shot(row.scene, row.number, False)
    steps = {beat.step for beat in texts.beats(row.plot[0])}
    if "declare_done" in steps:
        yield Shot(row.scene, row.number, row.plot[0] != "doubted")
    if "reopen" in steps:
        yield Shot(row.scene, row.number + 500, False)


def _fill(rows: Sequence[texts.Row], album: dict[Shot, Sizes]) -> int:
    cast, people = seed_cast(), citizens()
    seed_residents(cast)
    # Who has a card from a desk files there, too.
    cast_and_card = cast | {"surti": desks.seed_card(cast["joko"])}
    world = Town(founder()).world()
    told: list[Told] = []
    for row in rows:
        name, needs = row.plot
        original = told[int(needs) - 1].report if name == "duplicate" else None
        told.append(Teller(world, _filed(row, world, cast_and_card, people), original).tell())
    _store(told)
    _help_at_desks(told, cast["joko"])
    for one in told:
        _put_photos(one, album)
    _gather_support(told, cast, people)
    _talk_behind(told, cast)
    talk(cast, people)
    seed_news(cast.values())
    return len(told)


# --- filing -------------------------------------------------------------------------------------
def _filed(row: texts.Row, world: World, cast: dict[str, User], people: list[User]) -> Told:
    chance = random.Random(f"report {row.number}")  # noqa: S311  invented data
    created = world.now - timedelta(days=row.days)
    if row.days >= 1:
        hour = chance.randint(8, 14) if row.reporter == "surti" else chance.randint(6, 20)
        created = timezone.localtime(created).replace(hour=hour, minute=chance.randint(0, 59))
    category = _category(row.category)
    region = Region.objects.select_related("parent__parent").get(code=row.region)
    day, key = timezone.localdate(created), key_of(row)
    guest, at_desk = row.reporter.startswith("guest"), row.reporter == "surti"
    report = Report(
        number=numbers.make(chance.choice),
        client_key=key,
        reporter=None if guest else cast.get(row.reporter) or people[row.number % len(people)],
        secret_digest=digest_of(services.secret_of(key)),
        confirmed=row.reporter != "guest",
        via=desks.DESK if at_desk else "",
        category=category,
        title=row.title,
        description=row.text[:1].upper() + row.text[1:],
        size=row.size,
        region=region,
        rt=row.rt,
        rw=row.rw,
        landmark=row.landmark,
        lat=row.lat,
        lng=row.lng,
        accuracy=chance.choice([8, 12, 18, 25]),
        unit=category.handler or office_of(region),
        state=State.RECEIVED,
        colour=COLOURS[State.RECEIVED],
        created=created,
        changed=created,
        first_answer_due=deadlines.first_answer_due(day, category.first_answer_days, holidays()),
        due=deadlines.completion_due(day, category.days, holidays()),
    )
    report.public = should_be_public(report)
    return Told(row, report)


def _category(slug: str) -> Category:
    return Category.objects.select_related("handler").get(slug=slug)


# --- writing ------------------------------------------------------------------------------------
def _store(told: Sequence[Told]) -> None:
    # What others are merged with must have its key first.
    first = [one.report for one in told if one.report.original is None]
    Report.objects.bulk_create(first)
    merged = [one.report for one in told if one.report.original is not None]
    Report.objects.bulk_create(merged)
    ReportStep.objects.bulk_create(step for one in told for step in one.steps)
    ledger.record_many(
        subject_type="report",
        acts={
            one.report.number: [
                ledger.Act(person, office, verb, moment, payload) for verb, office, person, payload, moment in one.acts
            ]
            for one in told
        },
    )
    Contact.objects.bulk_create(
        Contact(report=one.report, email=f"tamu{one.row.number}@example.com")
        for one in told
        if one.report.reporter is None
    )
    Follow.objects.bulk_create(
        Follow(report=one.report, user=one.report.reporter) for one in told if one.report.reporter is not None
    )


def _help_at_desks(told: Sequence[Told], helper: User) -> None:
    for one in told:
        report = one.report
        if report.via and report.reporter:
            by = {"helper": helper, "person": report.reporter}
            desks.seed_filing(**by, number=report.number, region=report.region, at=report.created)


def _put_photos(one: Told, album: dict[Shot, Sizes]) -> None:
    row, report = one.row, one.report
    if not row.scene:
        return
    before = Shot(row.scene, row.number, False)
    uses: list[tuple[Shot, str, ReportStep | None]] = [(before, PhotoUse.BEFORE, None)]
    for step in one.steps:
        if step.name == "declare_done":
            uses.append((Shot(row.scene, row.number, row.plot[0] != "doubted"), PHOTO_USES[step.name], step))
        elif step.name == "reopen":
            uses.append((Shot(row.scene, row.number + 500, False), PHOTO_USES[step.name], step))
    kept = []
    for shot, use, taken_for in uses:
        taken = (taken_for.at if taken_for else report.created) - timedelta(minutes=12)
        at: tuple[float, float] = (row.lat + NEARBY, row.lng - NEARBY)
        photo = photos.import_sizes(sizes=album[shot], batch=report.client_key, taken_at=taken, position=at)
        kept.append(ReportPhoto(report=report, photo=photo, use=use, step=taken_for))
    ReportPhoto.objects.bulk_create(kept)
    photos.attach([use.photo for use in kept], public=report.public)


def _gather_support(told: Sequence[Told], cast: dict[str, User], people: list[User]) -> None:
    chance = random.Random("support")  # noqa: S311  invented data
    crowd = [*people, cast["tono"], cast["sari"]]
    follows: list[Follow] = []
    for one in told:
        report = one.report
        if not report.public or report.state == State.DUPLICATE:
            continue
        many = min(
            len(crowd) - 1, int(chance.expovariate(1 / 5)) + (9 if report.reopenings or report.escalated_to else 0)
        )
        for person in chance.sample([person for person in crowd if person != report.reporter], many):
            support.set_support(actor=person, obj=report, on=True)
            follows.append(Follow(report=report, user=person))
    Follow.objects.bulk_create(follows, ignore_conflicts=True)


def _talk_behind(told: Sequence[Told], cast: dict[str, User]) -> None:
    """A note between officers, and a look at a contact that the auditor will find."""
    mine: dict[str, Any] = {"unit__code": "kelurahan-3173071002", "pk__in": [one.report.pk for one in told]}
    open_here = Report.objects.select_related("category", "region", "unit").filter(**mine, state="in_progress").first()
    if open_here is None:
        return
    services.add_note(
        actor=cast["joko"], report=open_here, text="Kunci gudang alat ada di pos RW 02, hubungi dulu sebelum ke lokasi."
    )
    services.reveal_contact(
        actor=cast["joko"], report=open_here, reason="Menanyakan jam yang tepat untuk masuk ke lokasi."
    )
