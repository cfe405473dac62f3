"""The cast of the demo: who can be tried out, and what each may do. Never in a real city (rembuk.E007)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import AGENCY_ROLES, Role, RoleAssignment, User
from core.errors import Sentence
from places.models import Agency, Region

BEGIN = date(2026, 1, 5)
_PROVINCE, _WEST_JAKARTA = "31", "31.73"
_SLIPI, _PALMERAH = "kelurahan-3173071002", "kelurahan-3173071001"


@dataclass(frozen=True)
class Part:
    """Somebody in the demo.

    Args:
        key: the name before the @ and in forms.
        nickname: how others see the person.
        does: what can be tried with this person.
        role: the office held, "" for none.
        title: the office's public title.
        scope: code of the agency or region of the office.
        language: of pages and e-mails.
    """

    key: str
    nickname: str
    does: Sentence
    role: str = ""
    title: str = ""
    scope: str = ""
    language: str = "id"

    @property
    def email(self) -> str:
        """Its address; such addresses reach nobody (RFC 2606)."""
        return f"{self.key}@example.com"


CAST: tuple[Part, ...] = (
    Part("sari", "Ibu Sari", _("Lives in Slipi. Reports what is broken, follows it and says whether it is done.")),
    Part("tono", "Tono", _("Lives in Jakarta and is new. Reports, supports and follows.")),
    Part(
        "rina",
        "Bu Rina",
        _("Section head in Slipi. Checks new reports, hands them out, answers, and fills the offices of her unit."),
        Role.SECTION_HEAD,
        "Kasi Ekbang",
        _SLIPI,
    ),
    Part(
        "joko",
        "Joko",
        _("Officer in Slipi. Plans the work, does it and declares it done with a photo."),
        Role.OFFICER,
        "Petugas Sarana",
        _SLIPI,
    ),
    Part(
        "hadi",
        "Pak Hadi",
        _("Section head in Palmerah, next door. Sees nothing of what belongs to Slipi alone."),
        Role.SECTION_HEAD,
        "Kasi Ekbang",
        _PALMERAH,
    ),
    Part(
        "dewi",
        "Bu Dewi",
        _("Works at the province desk. Sends large matters to the agency that is responsible."),
        Role.PROVINCE_DESK,
        "Biro Pemerintahan",
        "meja-provinsi",
    ),
    Part(
        "ratna",
        "Bu Ratna",
        _("Heads a section of the water agency of the province. Hands matters down to the sub-agencies."),
        Role.SECTION_HEAD,
        "Kabid Drainase",
        "sda",
    ),
    Part(
        "agus",
        "Pak Agus",
        _("Officer of the water sub-agency in West Jakarta. Works on drains and floods."),
        Role.AGENCY_OFFICER,
        "Petugas Saluran",
        "sda-3173",
    ),
    Part(
        "wayan",
        "Pak Wayan",
        _("Works at the inspectorate. Alone sees reports about extortion."),
        Role.AGENCY_OFFICER,
        "Petugas Pengaduan",
        "inspektorat",
    ),
    Part(
        "budi",
        "Pak Budi",
        _("Facilitator in West Jakarta. Will lead assemblies."),
        Role.FACILITATOR,
        "Fasilitator",
        _WEST_JAKARTA,
    ),
    Part("maya", "Maya", _("Moderator. Keeps conversations decent."), Role.MODERATOR, "Moderator", _PROVINCE),
    Part(
        "laras",
        "Bu Laras",
        _("Admin of the city. Fills offices and edits pages, agencies, holidays and routing."),
        Role.ADMIN,
        "Admin kota",
        _PROVINCE,
    ),
    Part("nanda", "Nanda", _("Auditor. Reads the ledger, changes nothing."), Role.AUDITOR, "Auditor", _PROVINCE),
)


@transaction.atomic
def seed_cast() -> dict[str, User]:
    """Make the accounts of the cast and appoint them, by the services; again is harmless.

    Returns:
        The accounts by key.
    """
    people = {part.key: _account(part) for part in CAST}
    founder = _founder()
    for part in CAST:
        if part.role and not RoleAssignment.objects.filter(user=people[part.key]).exists():
            _appoint(founder, people[part.key], part)
    return people


def _account(part: Part) -> User:
    user = User.objects.filter(email=part.email).first() or User.objects.create_user(
        part.email, nickname=part.nickname, language=part.language
    )
    EmailAddress.objects.update_or_create(user=user, email=part.email, defaults={"primary": True, "verified": True})
    return user


def _founder() -> User:
    # Somebody has to appoint the first admin. Nobody can sign in to this account.
    found = User.objects.filter(nickname="Pengelola awal").first()
    found = found or User.objects.create_user(None, nickname="Pengelola awal", is_active=False, is_superuser=True)
    # Open in this process alone, for the appointments that follow.
    found.is_active = True
    return found


def _appoint(founder: User, user: User, part: Part) -> None:
    of_unit = part.role in AGENCY_ROLES
    services.appoint(
        actor=founder,
        user=user,
        role=part.role,
        title=part.title,
        agency=Agency.objects.get(code=part.scope) if of_unit else None,
        region=None if of_unit else Region.objects.get(code=part.scope),
        starts=BEGIN,
    )
