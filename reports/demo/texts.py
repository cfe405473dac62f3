"""What the demo says: who files, what happens to each report, and in which words. Ours, CC0."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

REPORTS = Path(__file__).parent / "reports.csv"
_UNDER_WAY = "validate +.3; assign +.05; schedule +.2; start +.6"
_SUB = "validate .1; assign .14"
# A step, when it happens (".5" half-way through, "+2" two days on, "-2" two days ago), and what it needs:
# a unit by name, or a day counted from today ("+2").
STORIES: dict[str, str] = {
    "received": "",
    "received_late": "",
    "guest_hidden": "",
    "validated": "validate .6",
    "refused": "refuse .5",
    "duplicate": "mark_duplicate .3",
    "forwarded": "validate .2; forward .35",
    "assigned": "validate .3; assign .4",
    "scheduled": "validate .2; assign .25; schedule .6 +2",
    "in_progress": "validate .1; assign .12; schedule .4; start .8; reply .92",
    "needs_answer": "validate .2; assign .25; ask -2.2",
    "overdue": "validate .1; assign .12; schedule .3; reply .75",
    "declared": f"{_UNDER_WAY}; declare_done -1.4",
    "doubted": f"{_UNDER_WAY}; declare_done -0.9",
    "confirmed": f"{_UNDER_WAY}; declare_done +.6; confirm +1.2",
    "second_confirmed": f"{_UNDER_WAY}; declare_done +.6; reopen +1; start +.9; declare_done +.8; confirm +1",
    "unconfirmed": f"{_UNDER_WAY}; declare_done +.8; lapse +7",
    "reopened": f"{_SUB}; schedule .3; start .5; declare_done .7; reopen -1.3",
    "reopened_twice": (
        f"{_UNDER_WAY}; declare_done +.7; reopen +1.5; schedule +.8; start +1; declare_done +1; reopen -1.1"
    ),
    "handed_over": "validate .1; assign .15; hand_over .4 sub:bina-marga; schedule .7 +1",
    "desk_third": (
        "validate .05; assign .1 own; hand_over .25 kecamatan; hand_over .45 sub:bina-marga; hand_over .7 own"
    ),
    "at_desk": "validate .3; pass_to_desk .6",
    "at_agency": "validate .2; pass_to_desk .35; send_to_agency .6 dinas",
    "at_sub_agency": "validate .3; assign .5",
    "agency_in_progress": "validate .1; pass_to_desk .15; send_to_agency .25 dinas; schedule .5; start .8",
    "agency_sub": "validate .1; pass_to_desk .2; send_to_agency .35 dinas; send_to_sub_agency .5 sub; schedule .75 +3",
    "full_route": (
        "validate +.2; pass_to_desk +.1; send_to_agency +.2 dinas; send_to_sub_agency +.2 sub; schedule +.1; "
        "start +.5; reply +.2; declare_done +.6; confirm +1"
    ),
    "sub_scheduled": f"{_SUB}; schedule .6 +1",
    "sub_in_progress": f"{_SUB}; start .7",
    "sub_needs_answer": f"{_SUB}; ask -1.8",
    "sub_confirmed": "validate +.3; assign +.1; schedule +.4; start +.6; declare_done +.6; confirm +1.5",
    "overdue_sub": f"{_SUB}; reply .4",
    "confidential": "validate .2; assign .3 own; start .6",
}
FOUND_TRUE = (
    "Petugas kami sudah ke lokasi dan melihatnya sendiri. Laporan ini benar.",
    "Terima kasih. Sudah kami cek di tempat dan sesuai dengan laporan Anda.",
    "Sudah diperiksa petugas wilayah pagi ini. Kami lanjutkan ke pelaksana.",
)
NOT_YET = (
    "Maaf, belum beres. Sudah dikerjakan sebagian, tetapi sisi seberang masih sama seperti foto pertama.",
    "Belum selesai seluruhnya, tadi pagi masih saya lihat sendiri di lokasi.",
)
OFFICE_WORK = (
    "Berkas kami periksa dan pelapor kami hubungi paling lambat pada tanggal ini.",
    "Sedang kami periksa bersama petugas loket. Terima kasih atas kesabaran Anda.",
    "Sudah kami tindak lanjuti dengan petugas terkait dan aturannya kami tempel kembali di lokasi. "
    "Mohon beri tahu kami bila terjadi lagi.",
)
# Of each scene: what is planned, what is being done, what was done.
WORK: dict[str, tuple[str, str, str]] = {
    "billboard": (
        "Regu pembongkar datang dengan tangga dan mesin potong.",
        "Rangka sedang diturunkan bertahap, pejalan kaki dialihkan ke seberang.",
        "Rangka baliho sudah diturunkan seluruhnya dan besinya diangkut.",
    ),
    "branch": (
        "Regu pangkas datang bersama petugas PLN supaya aliran listrik bisa dipadamkan sebentar.",
        "Dahan sedang dipangkas dari mobil tangga.",
        "Dahan yang menyentuh kabel sudah dipangkas, sisanya dirapikan dan diangkut.",
    ),
    "bucket": (
        "Kader jumantik dan petugas puskesmas memeriksa rumah di RT ini.",
        "Jentik diperiksa dari rumah ke rumah; larvasida dibagikan.",
        "Ember dan ban dikosongkan dan dibalik, 42 rumah diperiksa, larvasida sudah dibagikan.",
    ),
    "bus_stop": (
        "Dinas dan operator membahas catatan pemberhentian bus di ruas ini.",
        "Catatan posisi bus sebulan terakhir sedang diperiksa bersama operator.",
        "Operator menegur pengemudi, dan titik berhenti sekarang ditandai di jalan.",
    ),
    "cables": (
        "Pemilik kabel diminta datang ke lokasi bersama kami.",
        "Kabel diikat sementara setinggi empat meter.",
        "Kabel sudah dirapikan dan diikat tinggi di tiang.",
    ),
    "cars": (
        "Petugas derek berjaga pada jam makan siang dan sore.",
        "Penertiban berjalan; pemilik mobil diberi peringatan.",
        "Mobil yang parkir di jalan sudah ditertibkan dan rambu larangan dipasang.",
    ),
    "crossing": (
        "Teknisi lampu lalu lintas memeriksa tombol dan kabelnya.",
        "Tombol dan kabel sedang diganti.",
        "Tombol penyeberangan sudah diganti dan menyala dalam delapan detik.",
    ),
    "drain": (
        "Regu PPSU menguras got pagi hari. Mohon jalan masuk gang dikosongkan dari motor.",
        "Lumpur sedang diangkat dengan tangan dan diangkut gerobak.",
        "Got sudah dikuras sepanjang 40 meter, lumpur 30 karung diangkut, air mengalir lagi.",
    ),
    "drain_cover": (
        "Penutup baru sedang dilas di bengkel dan akan dipasang.",
        "Lubang ditutup papan dan diberi tanda, penutup baru sedang dipasang.",
        "Penutup besi baru sudah dipasang dan dibaut, papan pengaman diangkat.",
    ),
    "excavation": (
        "Pelaksana galian wajib menutup lubang pada tanggal ini.",
        "Lubang sedang diisi pasir dan dipadatkan.",
        "Galian sudah ditutup, dipadatkan, dan paving dipasang kembali.",
    ),
    "flood": (
        "Pompa dan pintu air diperiksa; pompa tambahan disiapkan.",
        "Pompa apung bekerja sejak pagi, air turun 20 cm.",
        "Pompa diperbaiki dan saluran masuknya dibersihkan. Air sudah surut dari gang.",
    ),
    "lamps": (
        "Regu penerangan datang malam hari dengan mobil tangga.",
        "Lampu dan kabel sedang diperiksa satu per satu.",
        "Semua lampu menyala lagi; dua lampu dan satu sakelar diganti.",
    ),
    "park": (
        "Regu taman memotong rumput dan memeriksa lampu.",
        "Pemotongan rumput berjalan dari sisi jalan besar.",
        "Rumput sudah dipotong dan sampahnya diangkut. Lampu taman menyusul dengan laporan sendiri.",
    ),
    "pothole": (
        "Penambalan dijadwalkan bila tidak hujan.",
        "Lubang sedang dibersihkan dan ditambal.",
        "Lubang sudah dipotong rapi, diisi, dan ditambal aspal.",
    ),
    "roof": (
        "Tukang memeriksa genteng dan talang.",
        "Genteng yang pecah sedang diganti.",
        "Genteng dan talang sudah diganti, plafon dicat ulang, lantai kering.",
    ),
    "smoke": (
        "Kunjungan bersama petugas lingkungan ke bengkel.",
        "Pemilik bengkel diberi surat dan waktu untuk memasang penutup.",
        "Bengkel sekarang mengecat di ruang tertutup dengan cerobong dan saringan.",
    ),
    "snake": (
        "Regu penyelamat datang ke lokasi.",
        "Pencarian di saluran bersama penjaga sekolah.",
        "Ular sudah ditangkap dan dilepas jauh dari permukiman; saluran depan TK ditutup.",
    ),
    "sofa": (
        "Truk pengangkut datang pagi hari.",
        "Barang besar sedang dinaikkan ke truk.",
        "Semua sudah diangkut satu truk penuh, bantaran disapu bersih.",
    ),
    "swing": (
        "Teknisi mengganti rantai dan memeriksa seluruh alat bermain.",
        "Ayunan ditutup pita sementara menunggu rantai baru.",
        "Rantai dan baut sudah diganti, ayunan lain ikut diperiksa.",
    ),
    "tactile": (
        "Pemilik pot dan motor diberi tahu; pot dipindahkan bersama PPSU.",
        "Pot sedang dipindahkan ke sisi dinding.",
        "Ubin pemandu sudah bebas sepanjang trotoar, pot berdiri di sisi dinding.",
    ),
    "tap": (
        "Contoh air diambil untuk diperiksa.",
        "Pipa sedang dibilas.",
        "Pipa sudah dibilas dan air jernih kembali.",
    ),
    "vendors": (
        "Kami bertemu para pedagang di kelurahan untuk membagi tempat.",
        "Penataan bersama pedagang berjalan.",
        "Gerobak sekarang berbaris di satu sisi di balik garis kuning; ambulans bisa lewat.",
    ),
    "waiting_room": (
        "Kami menemui pengelola ruang tunggu.",
        "Tanda larangan sedang dipasang.",
        "Tanda larangan dipasang dan petugas keamanan sudah ditegur tertulis.",
    ),
}  # fmt: skip
CITIZENS = (
    "Kopi Tubruk", "Nasi Uduk Slipi", "Bang Jek", "Melati Sore", "Emak Rempong", "Sepeda Tua", "Penjaga Gang",
    "Anak Palmerah", "Warung Pojok", "Mpok Ipah", "Layang Biru", "Kang Bakso", "Guru Ngaji", "Si Hujan", "Tante Yuli",
    "Pecinta Got Bersih", "Ojol Malam", "Kacang Rebus", "Bunga Kertas", "Tukang Sayur", "Jalan Kaki", "Bakul Jamu",
    "Cici Toko", "Kampung Kita", "Pensiunan Pos", "Sore di Slipi", "Payung Hitam", "Kursi Roda Merdeka",
)  # fmt: skip
# Who sits in the offices that the cast does not fill.
GIVEN_NAMES = (
    "Andi", "Bayu", "Citra", "Dimas", "Endah", "Fajar", "Galih", "Hesti", "Indra", "Joni", "Kartika", "Lukman",
    "Mega", "Nur", "Okta", "Putri", "Rizal", "Sinta", "Taufik", "Umi", "Vera", "Wahyu", "Yanti", "Zainal",
)  # fmt: skip
FAMILY_NAMES = ("Santoso", "Lestari", "Siregar", "Wijaya", "Hutapea", "Nasution", "Pratama", "Rahayu")


@dataclass(frozen=True)
class Row:
    """One report of the demo.

    Args:
        number: of its line, 1 first.
        category: slug.
        region: code of the kelurahan.
        story: name in STORIES, with what it needs after a colon: a reason, an agency, a line.
        days: how long ago it was filed.
        reporter: somebody of the cast, "w" for a citizen, "guest" and "guest_ok" (confirmed by code) for visitors.
        note: the words of the step that makes the story.
    """

    number: int
    category: str
    region: str
    rt: str
    rw: str
    landmark: str
    title: str
    text: str
    lat: float
    lng: float
    size: str
    scene: str
    story: str
    days: float
    reporter: str
    note: str

    @property
    def plot(self) -> tuple[str, str]:
        """The story and what it needs."""
        name, _, needs = self.story.partition(":")
        return name, needs

    def words(self, part: int) -> str:
        """What an office says: 0 planning, 1 at work, 2 done."""
        return WORK.get(self.scene, OFFICE_WORK)[part]


@dataclass(frozen=True)
class Beat:
    """One step of a story, with when and what."""

    step: str
    when: str
    needs: str


def rows() -> list[Row]:
    """The reports of the demo, as written in reports.csv."""
    with REPORTS.open(encoding="utf-8", newline="") as stream:
        return [_row(number, line) for number, line in enumerate(csv.DictReader(stream), start=1)]


def _row(number: int, line: dict[str, str]) -> Row:
    plain = (
        "category",
        "region",
        "rt",
        "rw",
        "landmark",
        "title",
        "text",
        "size",
        "scene",
        "story",
        "reporter",
        "note",
    )
    return Row(
        number=number,
        lat=float(line["lat"]),
        lng=float(line["lng"]),
        days=float(line["days"]),
        **{name: line[name] for name in plain},
    )


def beats(story: str) -> Sequence[Beat]:
    """The steps of a story in their order."""
    found = []
    for part in filter(None, (part.strip() for part in STORIES[story].split(";"))):
        step, when, *needs = part.split()
        found.append(Beat(step, when, needs[0] if needs else ""))
    return found
