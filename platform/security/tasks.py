from __future__ import annotations

from datetime import datetime

from accounts.models import User
from core.tasks import task
from core.ticks import every_tick
from security import mails, services


@task("security.tell", priority=10)
def tell(user_id: int, event: str, detail: str) -> None:
    """Mail the owner what was changed about signing in."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None and user.email:
        mails.about(user, event, detail).send()


@every_tick("security.devices", minutes=60)
def forget_ended(now: datetime) -> int:
    """Devices whose session has ended."""
    return services.forget_ended(now=now)
