from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import pre_delete


def _forget_supporter(instance: Any, **kwargs: Any) -> None:
    from support import services

    services.withdraw_all(actor=instance)


class SupportConfig(AppConfig):
    name = "support"

    def ready(self) -> None:
        # django-voting deletes the votes of a deleted person by itself; the counts would not hear of it.
        pre_delete.connect(_forget_supporter, sender=settings.AUTH_USER_MODEL, dispatch_uid="support.forget")
