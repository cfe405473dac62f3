"""Taking a copy of one's data, and leaving."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from accounts.offices import entrusted_to
from core import personal, retention
from core.errors import DomainError
from core.tasks import enqueue_on_commit
from ledger.services import record
from live.services import recheck_on_commit
from privacy import archive, errors
from privacy.models import CopyState, DataCopy

COPY_LIVES = timedelta(days=7)
retention.keep(
    "privacy.copy",
    what=_("Copy of your data"),
    period=COPY_LIVES,
    then=_("after you asked for it"),
    job="privacy.drop_expired",
)
# A task that was killed leaves its row behind; after this it is started anew.
PATIENCE = timedelta(minutes=15)
WAITING = (CopyState.QUEUED, CopyState.BUILDING)


@transaction.atomic
def ask_for_copy(*, actor: User) -> DataCopy:
    """Have a copy of everything about oneself made; one that is being made stays, an older one is replaced."""
    person = User.objects.select_for_update().get(pk=actor.pk)
    now = timezone.now()
    held = DataCopy.objects.filter(user=person).first()
    if held and held.state in WAITING and held.asked > now - PATIENCE:
        return held
    if held:
        _remove(held)
    copy = DataCopy.objects.create(user=person, asked=now, expires=now + COPY_LIVES)
    record(actor=person, verb="data.copied", subject_type="account", subject_id=person.pk)
    enqueue_on_commit("privacy.build", str(copy.pk))
    return copy


def build_copy(*, copy_id: str) -> bool:
    """Make a copy, unless somebody else does; for the task.

    Returns:
        Whether it was made by this call.
    """
    mine = DataCopy.objects.filter(pk=copy_id, state=CopyState.QUEUED).update(state=CopyState.BUILDING)
    copy = DataCopy.objects.select_related("user").filter(pk=copy_id).first()
    if not mine or copy is None:
        return False
    sections, files = personal.sections(), list(personal.files_of(copy.user))
    rows = DataCopy.objects.filter(pk=copy_id)
    rows.update(total=len(sections) + len(files))
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        rows.update(done=done)

    try:
        with tempfile.TemporaryFile() as out, override(copy.user.language):
            archive.write(out, person=copy.user, sections=sections, files=files, step=step)
            size = out.tell()
            out.seek(0)
            copy.file.save("copy.zip", File(out), save=False)
    except Exception:
        # The person must see that it failed; the queue logs why.
        rows.update(state=CopyState.FAILED)
        raise
    # Erased or asked anew in the meantime: then nobody may find this file.
    if not rows.update(state=CopyState.READY, file=copy.file.name, size=size):
        copy.file.delete(save=False)
        return False
    return True


@transaction.atomic
def drop_expired(*, now: datetime) -> int:
    """Remove copies after seven days; for tick. Returns how many went."""
    old = list(DataCopy.objects.select_for_update().filter(expires__lte=now)[:500])
    for copy in old:
        _remove(copy)
    return len(old)


@transaction.atomic
def leave(*, actor: User, nickname: str, remove_content: bool) -> None:
    """Erase one's own account: the row goes, and with it what the registry says; what others need stays unnamed.

    Args:
        actor: whose account; must have typed a code lately, which the view knows.
        nickname: typed to confirm.
        remove_content: whether to take back reports that no office and nobody else depends on yet.

    Raises:
        DomainError: leave_holds_office, leave_nickname_differs; nothing has changed then.
    """
    person = User.objects.select_for_update().get(pk=actor.pk)
    if entrusted_to(person) or person.is_superuser:
        raise DomainError(errors.HOLDS_OFFICE)
    if nickname.strip() != person.nickname:
        raise DomainError(errors.NICKNAME_DIFFERS, field="nickname")
    personal.leave(person, remove_content=remove_content)
    for copy in DataCopy.objects.filter(user=person):
        _remove(copy)
    recheck_on_commit(person.pk)
    record(actor=None, verb="account.erased", subject_type="account", subject_id=person.pk)
    person.delete()


def _remove(copy: DataCopy) -> None:
    name = copy.file.name
    copy.delete()
    if name:
        # A file that is gone with a transaction that rolls back would leave a row without it.
        transaction.on_commit(lambda: copy.file.storage.delete(name))
