"""How much a request may bring, asked of a real server process that takes bodies of 1,000 bytes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from config import bodies

SERVER = """
from config import bodies
bodies.MOST_BYTES, bodies.CUT_OFF_BYTES = 1000, 2000
bodies.bound_requests()
from daphne.server import Server

async def tell(scope, receive, send):
    length, body = dict(scope["headers"])[b"content-length"], (await receive())["body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"length %b, body %d" % (length, len(body))})

def say_port():
    print(server.listening_addresses[0][1], flush=True)

server = Server(tell, ["tcp:0:interface=127.0.0.1"], ready_callable=say_port)
server.run()
"""
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    environment = os.environ | {"PYTHONPATH": str(settings.BASE_DIR / "platform")}
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  our own
        assert process.stdout
        yield int(process.stdout.readline())
        process.terminate()


def answer(port: int, request: bytes) -> bytes:
    """What the server says; nothing when it hangs up."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as connection:
        connection.sendall(request)
        try:
            return b"".join(iter(lambda: connection.recv(4096), b""))
        except ConnectionResetError:
            return b""


def whole(length: int) -> bytes:
    return HEAD + b"Content-Length: %d\r\n\r\n" % length + b"a" * length


def chunked(length: int) -> bytes:
    return (
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"64\r\n%b\r\n" % (b"a" * 100) * (length // 100) + b"0\r\n\r\n"
    )


def test_a_body_up_to_the_limit_arrives(port: int) -> None:
    assert b"length 1000, body 1000" in answer(port, whole(1000))


@pytest.mark.parametrize("shaped", [whole, chunked])
def test_a_longer_one_is_thrown_away_and_says_how_long_it_was(port: int, shaped: Any) -> None:
    assert b"length 1100, body 0" in answer(port, shaped(1100))


@pytest.mark.parametrize("shaped", [whole, chunked])
def test_one_that_does_not_end_is_cut_off(port: int, shaped: Any) -> None:
    assert answer(port, shaped(2100)) == b""


@pytest.mark.django_db
@pytest.mark.parametrize("length", [str(bodies.MOST_BYTES + 1), "9" * 5000])
def test_what_was_too_long_gets_our_page_or_json(client: Client, length: str) -> None:
    def sent(**headers: str) -> Any:
        return client.generic("POST", "/lapor/", b"", "multipart/form-data", CONTENT_LENGTH=length, **headers)

    page = sent()
    assert page.status_code == 413
    assert "Kiriman itu terlalu besar" in page.content.decode()
    assert sent(HTTP_ACCEPT="application/json").json()["code"] == "too_much"
