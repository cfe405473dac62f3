from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from accounts.models import User
from core.errors import DomainError
from core.tasks import task
from core.ticks import every_tick
from security import mails, services
from security.models import Phone


@task("security.tell", priority=10)
def tell(user_id: int, event: str, detail: str) -> None:
    """Mail the owner what was changed about signing in."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None and user.email:
        mails.about(user, event, detail).send()


@task("security.send_code", priority=20)
def send_code(phone_id: int, code: str, language: str) -> None:
    """Carry a code to a confirmed phone; 0 is a number that nobody has, for which nothing happens."""
    found = Phone.objects.filter(pk=phone_id).first()
    if found is not None:
        with suppress(DomainError):
            services.send_code(number=found.number, code=code, language=language)


@every_tick("security.devices", minutes=60)
def forget_ended(now: datetime) -> int:
    """Devices whose session has ended."""
    return services.forget_ended(now=now)
