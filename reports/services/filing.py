"""Filing a report: taken at once, once however often it is sent, confirmed afterwards."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from assistance import services as assistance
from assistance.domain.acts import What
from assistance.errors import CODE_REFUSED
from core.errors import DomainError
from ledger import services as ledger
from live import topics
from live.services import publish_on_commit
from notices import services as notices
from photos.models import Photo
from places.models import Agency, Region
from places.queries import holidays, office_of
from reports import errors
from reports.domain import deadlines, numbers
from reports.domain.routing import Size
from reports.models import Category, Contact, Follow, PhotoUse, Report
from reports.services import common

CODE_MINUTES = 15
CODE_TRIES = 5
CODES_SENT = 5
NUMBER_ATTEMPTS = 5


@dataclass(frozen=True)
class Filing:
    """What a citizen files.

    Args:
        client_key: made by the form; the same filing sent again has the same.
        category: what it is about.
        title: at most 120 characters.
        description: at most 4,000 characters.
        region: the kelurahan.
        lat: degrees WGS 84; None when only the kelurahan is known.
        lng: degrees WGS 84; None when only the kelurahan is known.
        accuracy: radius in metres that the device gave.
        at_home: round the public position to about 30 m.
        photos: uploaded before.
        email: of a guest; may be empty.
        phone: of a guest; may be empty.
    """

    client_key: uuid.UUID
    category: Category
    title: str
    description: str
    region: Region
    rt: str = ""
    rw: str = ""
    landmark: str = ""
    lat: float | None = None
    lng: float | None = None
    accuracy: float | None = None
    at_home: bool = False
    size: str = Size.SMALL
    photos: list[Photo] = field(default_factory=list)
    email: str = ""
    phone: str = ""


def secret_of(client_key: uuid.UUID) -> str:
    """The token in the reporter's own link.

    It follows from the key of the filing, so that a phone whose first answer got lost on the way
    receives the same link when it sends again.
    """
    return signing.Signer(salt="report-secret").signature(str(client_key))


@transaction.atomic
def file_report(*, actor: User | None, filing: Filing, helper: User | None = None) -> tuple[Report, bool]:
    """Take a report.

    Args:
        actor: the account that files; None for a guest.
        filing: what is reported.
        helper: who types at a desk for the present person, who is the actor or has no account.

    Returns:
        The report, and whether it is new: sent again, it is the first one.

    Raises:
        DomainError: a photo cannot be used; help_* when the helper may not. Nothing is kept then.
    """
    by = assistance.helping(actor=helper, person=actor, region=filing.region, field="place") if helper else None
    report = _insert(actor, filing, via=by.desk if by else "")
    if report is None:
        return Report.objects.get(client_key=filing.client_key), False
    common.use_photos(report, filing.photos, use=PhotoUse.BEFORE)
    if actor:
        Follow.objects.create(report=report, user=actor)
    else:
        Contact.objects.create(report=report, email=filing.email.lower(), phone=filing.phone)
    common.add_step(
        report,
        name="file",
        source="",
        actor=actor,
        office="",
        at=report.created,
        unit=report.unit,
        payload={"category": report.category.slug, "region": report.region.code} | ({"via": report.via} if by else {}),
    )
    if by:
        assistance.remember(
            by=by,
            what=What.REPORT,
            region=report.region,
            subject_type="report",
            subject_id=report.number,
            client_key=report.client_key,
        )
    if filing.email and not actor:
        send_code(report=report)
    return report, True


def _insert(actor: User | None, filing: Filing, *, via: str) -> Report | None:
    """Store the report; None when this filing is stored already."""
    now = timezone.now()
    today = timezone.localdate(now)
    category, free = filing.category, holidays()
    report = Report(
        client_key=filing.client_key,
        reporter=actor,
        secret_digest=common.digest_of(secret_of(filing.client_key)),
        # Somebody of an office has seen the person.
        confirmed=actor is not None or bool(via),
        via=via,
        language=(get_language() or "id")[:2],
        category=category,
        title=filing.title,
        description=filing.description,
        size=filing.size,
        region=filing.region,
        rt=filing.rt,
        rw=filing.rw,
        landmark=filing.landmark,
        lat=filing.lat,
        lng=filing.lng,
        accuracy=filing.accuracy,
        at_home=filing.at_home,
        unit=_first_unit(category, filing.region),
        created=now,
        changed=now,
        first_answer_due=deadlines.first_answer_due(today, category.first_answer_days, free),
        due=deadlines.completion_due(today, category.days, free),
    )
    report.public = common.should_be_public(report)
    for _attempt in range(NUMBER_ATTEMPTS):
        report.number = numbers.make(secrets.choice)
        try:
            with transaction.atomic():
                report.save(force_insert=True)
        except IntegrityError:
            if Report.objects.filter(client_key=filing.client_key).exists():
                return None
            continue
        return report
    raise RuntimeError("no free report number found")


def _first_unit(category: Category, region: Region) -> Agency:
    """Who checks it first: the kelurahan office of the place; for what is told in confidence its handler."""
    if category.confidential and category.handler:
        return category.handler
    return office_of(region)


@transaction.atomic
def send_code(*, report: Report) -> None:
    """Send the guest a code of six digits; the newest one counts.

    Raises:
        DomainError: too many codes were sent for this report.
    """
    contact = Contact.objects.select_for_update().get(report=report)
    if contact.codes_sent >= CODES_SENT:
        raise DomainError(errors.CODE_SENT_OFTEN)
    contact.codes_sent += 1
    contact.code_tries = 0
    contact.code_digest = common.digest_of(f"{report.number}:{code_of(report, contact.codes_sent)}")
    contact.code_until = timezone.now() + timedelta(minutes=CODE_MINUTES)
    contact.save(update_fields=["codes_sent", "code_tries", "code_digest", "code_until"])
    notices.queue(scope="report", key=f"code:{report.pk}:{contact.codes_sent}")


def code_of(report: Report, which: int) -> str:
    """The code of six digits, the `which`-th one sent for a report; it follows from the server's secret."""
    signature = signing.Signer(salt="report-code").signature(f"{report.secret_digest}:{which}")
    return f"{int(hashlib.sha256(signature.encode()).hexdigest(), 16) % 1_000_000:06d}"


def confirm_by_code(*, report: Report, code: str) -> Report:
    """Confirm a guest's report by the code from the e-mail; again is harmless.

    Raises:
        DomainError: wrong, too old, or tried too often.
    """
    with transaction.atomic():
        report = common.locked(report)
        if report.confirmed:
            return report
        contact = Contact.objects.select_for_update().get(report=report)
        refusal = _refusal_of_code(report, contact, code)
        if refusal is None:
            _confirm(report, contact)
        else:
            contact.code_tries += 1
            contact.save(update_fields=["code_tries"])
    # Raised after the commit: the wrong try must count.
    if refusal:
        raise DomainError(refusal, field="code")
    return report


def _refusal_of_code(report: Report, contact: Contact, code: str) -> str | None:
    if contact.code_tries >= CODE_TRIES:
        return errors.CODE_TRIES
    if contact.code_until is None or contact.code_until < timezone.now():
        return errors.CODE_EXPIRED
    given = common.digest_of(f"{report.number}:{code}")
    return None if secrets.compare_digest(given, contact.code_digest) else errors.CODE_WRONG


def _confirm(report: Report, contact: Contact) -> None:
    report.confirmed = True
    contact.code_digest, contact.code_until = "", None
    contact.save(update_fields=["code_digest", "code_until"])
    public = common.should_be_public(report)
    if public != report.public:
        report.public = public
        common.publish_photos(report)
    report.changed = timezone.now()
    report.save(update_fields=["confirmed", "public", "changed"])
    ledger.record(actor=None, verb="report.code_confirmed", subject_type="report", subject_id=report.number, payload={})
    publish_on_commit(topics.report(report.number))
    publish_on_commit(topics.desk(report.unit_id))


@transaction.atomic
def claim(*, user: User) -> int:
    """Give an account the confirmed reports that its owner filed as a guest with the same e-mail address.

    Args:
        user: signed in with a verified address.

    Returns:
        How many reports it got.

    Whoever had stopped the mails as a guest gets none as an account either. The phone number stays, for
    the office to look up.
    """
    if not user.email:
        return 0
    mine = Report.objects.filter(reporter__isnull=True, confirmed=True, contact__email=user.email)
    wants = dict(mine.values_list("pk", "contact__wants_mail"))
    Report.objects.filter(pk__in=wants, reporter__isnull=True).update(reporter=user)
    follows = [Follow(report_id=key, user=user) for key, wanted in wants.items() if wanted]
    Follow.objects.bulk_create(follows, ignore_conflicts=True)
    Contact.objects.filter(report_id__in=wants).update(email="", wants_mail=False)
    return len(wants)


@transaction.atomic
def take_over(*, user: User, number: str) -> None:
    """Give an account the report that a desk filed for its owner; the code on the ticket was right."""
    report = common.locked(Report.objects.get(number=number))
    if report.reporter_id is not None:
        raise DomainError(CODE_REFUSED, field="kode")
    report.reporter = user
    # The link on the ticket, which others may have seen, is worth nothing from now on.
    report.secret_digest = common.digest_of(secrets.token_urlsafe(32))
    report.save(update_fields=["reporter", "secret_digest"])
    Follow.objects.bulk_create([Follow(report=report, user=user)], ignore_conflicts=True)
    Contact.objects.filter(report=report).update(email="", wants_mail=False)
