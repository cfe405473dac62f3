"""What neighbours and offices say to each other under the demo's reports. Ours, CC0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from discussion import services
from discussion.domain.cases import Decision
from discussion.domain.kinds import Kind
from discussion.models import ThreadComment
from discussion.services import Draft, Verdict
from reports.models import Report


@dataclass(frozen=True)
class Said:
    """One comment.

    Args:
        who: key of the cast, or the place of a citizen.
        text: what they say.
        kind: why.
        hours: how long ago.
        below: which one before it is answered, counted from 1; 0 begins a thread.
        helps: to how many.
        waits: whether it is left to the moderators of the demo.
    """

    who: str | int
    text: str
    kind: Kind = Kind.INFORMATION
    hours: float = 1
    below: int = 0
    helps: int = 0
    waits: bool = False


TALKS: dict[str, tuple[Said, ...]] = {
    "Got mampet, air naik ke teras tiap hujan": (
        Said("tono", "Apakah bisa dikuras sebelum Sabtu? Ada pengajian di gang ini.", Kind.QUESTION, 96, helps=5),
        Said(
            "rina",
            "Selamat pagi Bapak/Ibu. Tim PPSU dijadwalkan Jumat pukul 08.00 WIB. Mohon akses gang dibuka.",
            Kind.ANSWER,
            90,
            below=1,
            helps=7,
        ),
        Said(1, "Baik. Kami siapkan karung, boleh ditumpuk di pos?", hours=89, below=2),
        Said(
            "rina",
            "Boleh. Truk mengangkut pukul 10.00 WIB. Terima kasih sudah membantu.",
            Kind.ANSWER,
            88,
            below=3,
            helps=4,
        ),
        Said(2, "Sisi timur juga mampet, dekat tiang listrik. Sekalian dicek ya.", hours=40, helps=3),
        Said(
            3,
            "Kalau bak kontrolnya dipasang saringan, sampah tidak masuk lagi. RW sebelah sudah coba, hasilnya bagus.",
            Kind.SOLUTION,
            30,
            helps=9,
        ),
        Said("sari", "Setuju, kami bisa iuran untuk saringannya.", Kind.SUPPORT, 28, below=6),
    ),
    "Tutup got pecah di depan warung kopi": (
        Said(4, "Tadi malam hampir ada motor jatuh. Sementara kami beri tanda ember merah.", hours=5, helps=6),
        Said("tono", "Kapan diganti? Besok anak sekolah lewat sini.", Kind.QUESTION, 3),
        Said(6, "Kerja kok lambat banget, goblok amat yang ngurus.", hours=2, waits=True),
        Said(7, "Saya punya papan bekas, bisa dipasang sore ini.", Kind.SOLUTION, 1, waits=True),
    ),
    "Kasur dan sofa bekas di pinggir kali": (
        Said(5, "Sudah bersih. Terima kasih untuk tim yang mengangkut pagi-pagi.", Kind.THANKS, 50, helps=8),
    ),
}


def talk(cast: dict[str, User], people: list[User]) -> int:
    """Let them talk; returns how many comments were made."""
    made = 0
    for title, said in TALKS.items():
        report = Report.objects.select_related("unit", "category", "region").filter(title=title, public=True).first()
        if report is None:
            continue
        comments: list[ThreadComment] = []
        for one in said:
            comments.append(_say(one, report, comments, cast, people))
        made += len(comments)
    return made


def _say(
    said: Said, report: Report, before: list[ThreadComment], cast: dict[str, User], people: list[User]
) -> ThreadComment:
    actor = cast[said.who] if isinstance(said.who, str) else people[said.who]
    above = before[said.below - 1] if said.below else None
    draft = Draft(said.text, said.kind, above=above, for_office=said.kind is Kind.ANSWER)
    comment, _new = services.write(actor=actor, item=report, draft=draft)
    case = comment.cases.first()
    if case and not said.waits:
        services.decide(actor=cast["maya"], case=case, verdict=Verdict(Decision.SHOWN))
        comment.refresh_from_db()
    for person in [person for person in people if person != actor][: said.helps]:
        services.set_helpful(actor=person, comment=comment, on=True)
    at = timezone.now() - timedelta(hours=said.hours)
    ThreadComment.objects.filter(pk=comment.pk).update(created=at, submit_date=at)
    if above and said.kind is Kind.ANSWER:
        ThreadComment.objects.filter(pk=above.pk, answered__isnull=False).update(answered=at)
    return comment
