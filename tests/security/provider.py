"""A stand-in for Google, Facebook and X: a real server that authorizes, gives tokens and tells who somebody is."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


@dataclass
class Provider:
    """What the stand-in answers.

    Args:
        address: where it listens.
        person: what it tells about the person who comes.
        broken: the part that answers with an error: "token", "me", or "nonsense" for a body that is no JSON.
        cancels: whether the person presses "cancel" there.
    """

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    broken: str = ""
    cancels: bool = False
    codes: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def addresses(self) -> dict[str, dict[str, str]]:
        """For SOCIAL_ADDRESSES."""
        ours = {name: f"{self.address}/{name}" for name in ("authorize", "token", "me")}
        return {"google": ours, "facebook": ours, "twitter_oauth2": ours | {"me": f"{self.address}/me-x"}}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            link = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(link.query).items()}
            provider.asked.append(link.path)
            if link.path == "/authorize":
                self._authorize(asked)
            elif link.path.startswith("/me"):
                token = self.headers.get("Authorization", "").removeprefix("Bearer ") or asked.get("access_token", "")
                told = {"data": provider.person} if link.path == "/me-x" else provider.person
                self._answer("me", told, token in provider.tokens)
            else:
                self._token(asked)

        def do_POST(self) -> None:
            provider.asked.append(urlsplit(self.path).path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._token({name: values[0] for name, values in parse_qs(body).items()})

        def _authorize(self, asked: dict[str, str]) -> None:
            code = secrets.token_urlsafe(8)
            provider.codes.add(code)
            told = {"error": "access_denied"} if provider.cancels else {"code": code}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(told | {'state': asked['state']})}")
            self.end_headers()

        def _token(self, asked: dict[str, str]) -> None:
            good = asked.get("code") in provider.codes and asked.get("grant_type") == "authorization_code"
            provider.codes.discard(asked.get("code", ""))
            token = secrets.token_urlsafe(8)
            provider.tokens.add(token)
            self._answer("token", {"access_token": token, "token_type": "bearer", "expires_in": 3600}, good)

        def _answer(self, part: str, told: dict[str, Any], good: bool) -> None:
            body = b"<html>" if provider.broken == "nonsense" else json.dumps(told).encode()
            self.send_response(500 if provider.broken == part else 200 if good else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Silent."""

    return Handler


@contextmanager
def running() -> Iterator[Provider]:
    """The stand-in on a free port of this machine."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
