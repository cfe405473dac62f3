from __future__ import annotations

import base64
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make a pair of keys for push messages and print the lines for the environment. Nothing is stored."

    def handle(self, *args: Any, **options: Any) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        key = ec.generate_private_key(ec.SECP256R1())
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        secret = key.private_numbers().private_value.to_bytes(32, "big")
        self.stdout.write(f"PUSH_PUBLIC_KEY={_text(point)}\nPUSH_PRIVATE_KEY={_text(secret)}")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
