from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import retention


class LedgerConfig(AppConfig):
    name = "ledger"

    def ready(self) -> None:
        retention.keep(
            "ledger",
            what=_("Record of steps: which office did what and when"),
            period=None,
            then=_("in numbers and codes alone, without names, words or addresses"),
        )
