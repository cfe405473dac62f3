"""Push messages: to one's own browsers, encrypted, without what is confidential, never into our own network."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone

from accounts.models import User
from accounts.services import set_password, sign_out_elsewhere
from core.errors import DomainError
from notices import services
from notices.models import Delivery, Event, Notice, PushDevice
from notices.queries import Choice, all_choices_of
from notices.services.push import MOST_DEVICES, PushMessage
from reports import services as reports
from tests.committed import at_once
from tests.factories.reports import ReportFactory as AReport
from tests.factories.reports import a_person, category
from tests.notices.conftest import Newsroom, tell
from tests.site.people import BACKEND

pytestmark = pytest.mark.django_db
KNOWN = "https://fcm.googleapis.com/fcm/send/abc"


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Browser:
    """What a browser holds: a key pair and a secret; the address is the stand-in's."""

    def __init__(self, endpoint: str = KNOWN) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = b"sixteen bytes ok"
        self.endpoint = endpoint

    @property
    def point(self) -> str:
        return text(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def subscription(self) -> dict[str, Any]:
        """As PushSubscription.toJSON() makes it."""
        keys = {"p256dh": self.point, "auth": text(self.secret)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def read(self, body: bytes) -> dict[str, Any]:
        """Decrypt what the push service got."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        found: dict[str, Any] = json.loads(plain)
        return found


class Service:
    """A push service of our own: keeps what it gets and answers as the test wants."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 201
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(outer.status)
                if outer.status == 307:
                    self.send_header("Location", "/dalam/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def keys(settings: Any) -> None:
    out = StringIO()
    call_command("push_keys", stdout=out)
    for line in out.getvalue().split():
        name, _equals, value = line.partition("=")
        setattr(settings, name, value)


@pytest.fixture
def service(keys: None, settings: Any) -> Iterator[Service]:
    settings.PUSH_ANYWHERE = True
    service = Service()
    yield service
    service.stop()


@pytest.fixture
def sari(newsroom: Newsroom) -> User:
    person = a_person("Ibu Sari")
    newsroom.people = [person.pk]
    services.silence(actor=person)
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def subscribe(person: User, told: Any) -> Any:
    return signed_in(person).post(
        "/kabar/perangkat/", json.dumps(told), content_type="application/json", headers={"Accept": "application/json"}
    )


def test_keys_of_our_own_are_made_and_fit_together(keys: None, settings: Any) -> None:
    def raw(value: str) -> bytes:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))

    key = ec.derive_private_key(int.from_bytes(raw(settings.PUSH_PRIVATE_KEY), "big"), ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert raw(settings.PUSH_PUBLIC_KEY) == point


def test_a_message_arrives_and_only_the_browser_can_read_it(service: Service, sari: User) -> None:
    browser = Browser(f"{service.address}/langganan/1")
    assert subscribe(sari, browser.subscription()).status_code == 204
    assert list(sari.consents.filter(agreed=True).order_by("pk").values_list("kind", flat=True)) == ["terms", "push"]
    tell()
    ((path, headers, body),) = service.got
    assert path == "/langganan/1"
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["authorization"].startswith("vapid t=")
    claims = json.loads(base64.urlsafe_b64decode(headers["authorization"].split(".")[1] + "=="))
    assert claims["aud"] == service.address
    assert claims["sub"].startswith("mailto:")
    assert b"Got" not in body
    notice = Notice.objects.get()
    assert browser.read(body) == {
        "title": "Got di gang 1",
        "body": "Petugas datang 1",
        "url": f"/kabar/{notice.pk}/",
        "tag": f"kabar-{notice.pk}",
    }
    assert Delivery.objects.get(scope="push").state == Delivery.State.SENT


def test_what_is_confidential_is_not_named(service: Service) -> None:
    sari = a_person("Ibu Sari")
    browser = Browser(service.address)
    subscribe(sari, browser.subscription())
    report = AReport(reporter=sari, category=category("kekerasan-perempuan-anak"), title="Suami memukul saya")
    step = report.steps.get(name="file")
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.tell(kind="report_asks", ref=str(step.pk), subject=("report", report.number))
    assert not service.got
    with TestCase.captureOnCommitCallbacks(execute=True):
        handler = a_person("Petugas")
        step.actor = handler
        step.save()
        services.tell(kind="report_own", ref=str(step.pk), subject=("report", report.number))
    said = browser.read(service.got[0][2])
    assert said["title"] == "Kabar dari Rembuk"
    for word in ("memukul", report.number, report.spoken_number, str(report.category)):
        assert word not in str(said)
    assert reports.secret_of(report.client_key) not in str(said)


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service: Service, sari: User, status: int) -> None:
    service.status = status
    subscribe(sari, Browser(service.address).subscription())
    tell()
    assert not PushDevice.objects.exists()
    tell(ref="2")
    assert len(service.got) == 1


@pytest.mark.parametrize("status", [307, 429, 500, 503])
def test_others_are_tried_again_and_no_redirect_is_followed(
    service: Service, sari: User, status: int, caplog: Any
) -> None:
    service.status = status
    subscribe(sari, Browser(f"{service.address}/rahasia").subscription())
    tell()
    assert [path for path, _headers, _body in service.got] == ["/rahasia"]
    delivery = Delivery.objects.get(scope="push")
    assert (delivery.state, delivery.attempts) == (Delivery.State.WAITING, 1)
    assert "/rahasia" not in caplog.text
    service.status = 201
    Delivery.objects.update(due=timezone.now() - timedelta(seconds=1))
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.requeue_due(now=timezone.now())
    delivery.refresh_from_db()
    assert (delivery.state, len(service.got)) == (Delivery.State.SENT, 2)


def test_a_service_that_is_away_is_tried_again(service: Service, sari: User) -> None:
    subscribe(sari, Browser(service.address).subscription())
    service.stop()
    tell()
    assert Delivery.objects.get(scope="push").state == Delivery.State.WAITING


@pytest.mark.parametrize("why", ["read", "off", "another's now", "no keys", "guard"])
def test_a_message_that_waited_is_not_sent_for_nothing(service: Service, sari: User, settings: Any, why: str) -> None:
    subscribe(sari, Browser(service.address).subscription())
    with TestCase.captureOnCommitCallbacks():
        event = services.tell(kind="uji", ref="1", subject=("got", "1"))
    with TestCase.captureOnCommitCallbacks() as waiting:
        services.fan_out(event_id=event.pk)
    if why == "read":
        services.mark_read(actor=sari, notice=Notice.objects.get())
    elif why == "off":
        services.choose(actor=sari, choices={"uji": Choice(all_choices_of(sari)["uji"].mail, push=False)})
    elif why == "another's now":
        subscribe(a_person("Adik Sari"), Browser(service.address).subscription())
    elif why == "no keys":
        settings.PUSH_PRIVATE_KEY = ""
    else:
        settings.PUSH_ANYWHERE = False
    for act in waiting:
        act()
    assert not service.got


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://localhost:6379/",
        "https://169.254.169.254/latest/meta-data/",
        "https://contoh.id/x",
        "https://fcm.googleapis.com@10.0.0.1/",
    ],
)
def test_an_address_that_is_no_push_service_is_refused(keys: None, sari: User, endpoint: str) -> None:
    answer = subscribe(sari, Browser(endpoint).subscription())
    assert answer.status_code == 422
    assert "tidak kami kenal" in answer.json()["message"]
    assert not PushDevice.objects.exists()
    # Were it stored all the same, nothing would be sent there.
    device = PushDevice.objects.create(user=sari, endpoint=endpoint, digest="0" * 64, point="x", secret="y")
    PushMessage(device, "{}").send()
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": None},
        {"endpoint": 7},
        {"endpoint": "https://fcm.googleapis.com/\0"},
        {"endpoint": "\ud800"},
        {"keys": {"p256dh": "\ud800", "auth": "\ud800"}},
        {"endpoint": "https://fcm.googleapis.com/" + "x" * 1_100},
        {"keys": None},
        {"keys": {}},
        {"keys": {"p256dh": "x", "auth": "y"}},
        {"keys": {"p256dh": ["x"], "auth": {}}},
        {"keys": {"p256dh": text(b"\x05" + bytes(64)), "auth": text(bytes(16))}},
    ],
)
def test_what_no_browser_would_send_is_refused(keys: None, sari: User, changes: dict[str, Any]) -> None:
    answer = subscribe(sari, Browser().subscription() | changes)
    assert answer.status_code == 422
    assert not PushDevice.objects.exists()


def test_an_address_that_is_none_ends_nothing(keys: None, sari: User) -> None:
    subscribe(sari, Browser().subscription())
    told = json.dumps({"endpoint": "\ud800"})
    answer = signed_in(sari).post("/kabar/perangkat/hentikan/", told, content_type="application/json")
    assert answer.status_code == 422
    assert PushDevice.objects.count() == 1


def test_without_keys_nothing_is_offered(sari: User) -> None:
    assert "data-push" not in signed_in(sari).get("/kabar/pengaturan/").content.decode()
    with pytest.raises(DomainError) as refused:
        services.subscribe_device(actor=sari, endpoint=KNOWN, point="", secret="", session_key="")
    assert refused.value.code == "push_off"


def test_devices_are_switched_off_one_or_all(keys: None, sari: User, settings: Any) -> None:
    other = a_person("Orang Lain")
    for person, number in ((sari, 1), (sari, 2), (other, 3)):
        assert subscribe(person, Browser(f"{KNOWN}{number}").subscription()).status_code == 204
        subscribe(person, Browser(f"{KNOWN}{number}").subscription())
    assert PushDevice.objects.count() == 3
    client = signed_in(sari)
    page = client.get("/kabar/pengaturan/").content.decode()
    assert settings.PUSH_PUBLIC_KEY in page
    assert settings.PUSH_PRIVATE_KEY not in page
    assert "2 peramban" in page
    foreign = json.dumps({"endpoint": f"{KNOWN}3"})
    assert client.post("/kabar/perangkat/hentikan/", foreign, content_type="application/json").status_code == 204
    own = json.dumps({"endpoint": f"{KNOWN}1"})
    client.post("/kabar/perangkat/hentikan/", own, content_type="application/json")
    assert PushDevice.objects.count() == 2
    assert client.post("/kabar/perangkat/hentikan/").status_code == 302
    assert list(PushDevice.objects.values_list("user", flat=True)) == [other.pk]


def test_a_person_has_ten_devices_at_most(keys: None, sari: User) -> None:
    for number in range(MOST_DEVICES + 2):
        subscribe(sari, Browser(f"{KNOWN}{number}").subscription())
    kept = set(PushDevice.objects.values_list("endpoint", flat=True))
    assert kept == {f"{KNOWN}{number}" for number in range(2, MOST_DEVICES + 2)}


@pytest.mark.parametrize("end", ["here", "elsewhere", "password", "run out", "closed"])
def test_messages_end_with_the_sign_in(service: Service, sari: User, end: str) -> None:
    browser, client = Browser(service.address), signed_in(sari)
    told = json.dumps(browser.subscription())
    assert client.post("/kabar/perangkat/", told, content_type="application/json").status_code == 204
    tell(ref="1")
    assert len(service.got) == 1
    if end == "here":
        client.post("/akun/keluar/")
    elif end == "elsewhere":
        sign_out_elsewhere(actor=sari)
    elif end == "password":
        set_password(actor=sari, password="kopi tubruk di teras")
    elif end == "run out":
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    else:
        User.objects.filter(pk=sari.pk).update(is_active=False)
    tell(ref="2")
    assert len(service.got) == 1
    if end != "closed":
        assert not PushDevice.objects.exists()


def test_many_a_time_is_refused_for_a_while(keys: None, sari: User) -> None:
    client = signed_in(sari)
    told = json.dumps(Browser().subscription())
    answers = [
        client.post("/kabar/perangkat/", told, content_type="application/json").status_code for _time in range(31)
    ]
    assert answers == [204] * 30 + [429]
    assert PushDevice.objects.count() == 1


def test_the_worker_shows_what_comes_and_stays_on_our_site(client: Client) -> None:
    worker = client.get("/sw.js").content.decode()
    assert 'addEventListener("push"' in worker
    assert "address.origin === location.origin" in worker


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fan_outs_side_by_side_send_one_message(service: Service, newsroom: Newsroom) -> None:
    person = a_person("Ibu Sari")
    browser = Browser(service.address)
    subscribe(person, browser.subscription())
    newsroom.people = [person.pk]
    event = Event.objects.create(kind="uji", ref="1", subject_type="got", subject_key="1")
    at_once(8, lambda number: services.fan_out(event_id=event.pk))
    assert len(service.got) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_browsers_side_by_side_are_ten_at_most_and_each_belongs_to_one(keys: None) -> None:
    people = [a_person("Ibu Sari"), a_person("Tono")]
    told = {"point": Browser().point, "secret": text(bytes(16)), "session_key": "x"}
    results = at_once(
        24, lambda place: services.subscribe_device(actor=people[place % 2], endpoint=f"{KNOWN}{place // 2}", **told)
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert all(PushDevice.objects.filter(user=person).count() <= MOST_DEVICES for person in people)
    assert PushDevice.objects.values("digest").distinct().count() == PushDevice.objects.count()
