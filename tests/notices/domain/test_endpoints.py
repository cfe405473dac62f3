"""Where push messages may go: to the browsers' services, never into our own network."""

from __future__ import annotations

import base64

import pytest

from notices.domain.endpoints import are_keys, is_known_endpoint

HOSTS = ["fcm.googleapis.com", ".push.apple.com", ".notify.windows.com"]


@pytest.mark.parametrize(
    "address",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://fcm.googleapis.com:443/wp/x",
        "https://api.push.apple.com/x",
        "https://FCM.googleapis.com/x",
    ],
)
def test_services_of_browsers_are_known(address: str) -> None:
    assert is_known_endpoint(address, HOSTS)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://127.0.0.1\\@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/x",
        "https://0x7f000001/x",
        "https://fcm.googleapis.com.contoh.id/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.apple.com.contoh.id/",
        "https://xpush.apple.com/",
        "https://fcm.googleapis.com:x/",
        "https://fcm.googleapis.com/\r\nHost: dalam",
        "https://fcm.googleapis.com/ x",
        "https://ﬀcm.googleapis.com/x",
        "file:///etc/passwd",
        "gopher://fcm.googleapis.com/",
        "//fcm.googleapis.com/x",
        "https://fcm.googleapis.com/" + "x" * 1_000,
    ],
)
def test_everything_else_is_not(address: str) -> None:
    assert not is_known_endpoint(address, HOSTS)


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_keys_are_a_point_and_a_secret() -> None:
    point, secret = text(b"\x04" + bytes(64)), text(bytes(16))
    assert are_keys(point, secret)
    for wrong in ("", "x", "é" * 87, text(b"\x03" + bytes(64)), text(bytes(64)), "=" * 87, "A" * 100_000):
        assert not are_keys(wrong, secret)
        assert not are_keys(point, wrong)
