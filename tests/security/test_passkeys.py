"""What is refused of passkeys. That real ones work is shown in a browser (tests/browser/test_security.py)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from core.errors import DomainError
from security import errors, passkeys, services
from tests.security.people import SECURITY, STEP, enter, is_in

pytestmark = pytest.mark.django_db
BY_PASSKEY, ADD = "/akun/masuk/kunci/", f"{SECURITY}kunci/"
JSON = {"accept": "application/json"}
ODD: list[Any] = [
    *("", "null", "[]", "7", '"x"', "{", "\x00", "[" * 5000, '{"a":' * 5000),
    *({}, {"id": 1}, {"response": None}, {"response": {}, "rawId": "", "type": "public-key"}),
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ", "signature": "AA"}},
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}},
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "_____w"},
    },
]


class SoftKey:
    """A passkey made of software, registered for somebody."""

    def __init__(self, user: User) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec
        from fido2.cose import ES256
        from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData

        self.user, self.key = user, ec.generate_private_key(ec.SECP256R1())
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(Aaguid.NONE, b"k" * 16, public)
        made = AttestationObject.create("none", self._seen(0x45, data), {})
        whole = self._whole(attestationObject=bytes(made), clientDataJSON=self._client("webauthn.create", "AAAA"))
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "Ponsel", "credential": whole})

    def answer(self, challenge: str, *, verified: bool) -> dict[str, Any]:
        """What the browser would send for a challenge."""
        from allauth.account.utils import user_pk_to_url_str
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        seen, client = bytes(self._seen(0x05 if verified else 0x01)), self._client("webauthn.get", challenge)
        signature = self.key.sign(seen + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        handle = user_pk_to_url_str(self.user).encode()
        return self._whole(authenticatorData=seen, clientDataJSON=client, signature=signature, userHandle=handle)

    def _seen(self, flags: int, data: Any = b"") -> Any:
        from fido2.webauthn import AuthenticatorData

        return AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 1, data)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": "https://testserver"}).encode()

    def _whole(self, **response: bytes) -> dict[str, Any]:
        from fido2.utils import websafe_encode

        parts = {name: websafe_encode(value) for name, value in response.items()}
        name = websafe_encode(b"k" * 16)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": parts,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }


@pytest.mark.parametrize("sent", ODD, ids=range(len(ODD)))
def test_what_is_no_passkey_opens_and_adds_nothing(client, sari, sent):
    raw = sent if isinstance(sent, str) else json.dumps(sent)
    client.get(BY_PASSKEY, headers=JSON)
    assert client.post(BY_PASSKEY, {"credential": raw}).url == "/akun/masuk/"
    assert DomainError(errors.PASSKEY_REFUSED).sentence in client.get("/akun/masuk/").content.decode()
    assert not is_in(client)
    enter(client, sari)
    assert client.get(f"{ADD}pilihan/", headers=JSON).json()["publicKey"]["rp"]["name"] == "Rembuk"
    assert client.post(ADD, {"name": "Ponsel", "credential": raw}).status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("sent", ODD, ids=range(len(ODD)))
def test_what_is_no_passkey_is_no_second_step(client, sari, sent):
    Authenticator.objects.create(user=sari, type="webauthn", data={"name": "Ponsel"})
    enter(client, sari)
    raw = sent if isinstance(sent, str) else json.dumps(sent)
    assert client.post(STEP, {"credential": raw}).status_code == 422
    assert not is_in(client)


def test_options_ask_for_a_key_that_can_sign_in_by_itself_and_for_its_owner(client, sari):
    enter(client, sari)
    wanted = client.get(f"{ADD}pilihan/", headers=JSON).json()["publicKey"]
    assert wanted["authenticatorSelection"]["residentKey"] == "required"
    assert wanted["authenticatorSelection"]["userVerification"] == "required"
    # Nobody learns from it who has an account.
    asked = Client().get(BY_PASSKEY, headers=JSON).json()["publicKey"]
    assert (asked.get("allowCredentials", []), asked["userVerification"]) == ([], "required")
    first, second = (Client().get(BY_PASSKEY, headers=JSON).json()["publicKey"]["challenge"] for _number in range(2))
    assert first != second


def test_ten_are_enough(client, sari):
    enter(client, sari)
    for number in range(passkeys.MOST):
        Authenticator.objects.create(user=sari, type="webauthn", data={"name": f"Ponsel {number}"})
    with pytest.raises(DomainError, match=errors.PASSKEYS_ENOUGH):
        services.add_passkey(actor=sari, name="Satu lagi", raw="{}")


def test_the_name_of_a_passkey_is_shown_as_text(client, sari):
    name = "<script>alert(1)</script>\u202e"
    Authenticator.objects.create(user=sari, type="webauthn", data={"name": name})
    client.force_login(sari)
    page = client.get(SECURITY).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("typed", "name"), [("", "Kunci sandi 3"), ("  Ponsel   saya ", "Ponsel saya"), ("x" * 99, "x" * 40)]
)
def test_a_passkey_has_a_name(typed, name):
    assert passkeys.name_for(typed, 2) == name


@pytest.mark.parametrize(
    "link",
    [
        *(BY_PASSKEY, ADD, f"{SECURITY}aplikasi/", f"{SECURITY}konfirmasi/", f"{SECURITY}konfirmasi/kirim/"),
        *(f"{SECURITY}kode-cadangan/baru/", f"{SECURITY}hapus/1/", f"{SECURITY}perangkat/1/keluar/"),
        *(f"{SECURITY}bantu/", "/akun/kata-sandi/", "/akun/kata-sandi/hapus/", "/akun/keluar-semua/"),
    ],
)
def test_a_form_of_another_site_changes_nothing(sari, link):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sari)
    assert strict.post(link, {"code": "123456"}).status_code == 403


@pytest.mark.parametrize(("verified", "opens"), [(True, True), (False, False)])
def test_a_passkey_opens_an_account_alone_only_with_a_finger_a_face_or_a_pin(client, sari, verified, opens):
    # The options of a second step ask for none of them; their challenge is no way round it.
    key = SoftKey(sari)
    enter(client, sari)
    asked = client.get(f"{STEP}kunci/", headers=JSON).json()["publicKey"]
    assert asked["userVerification"] != "required"
    client.post(BY_PASSKEY, {"credential": json.dumps(key.answer(asked["challenge"], verified=verified))})
    assert is_in(client) == opens
