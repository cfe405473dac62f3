from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import errors, housekeeping  # noqa: F401  fill the registries
