from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from notices import errors, registrations, tasks  # noqa: F401  fill the registries

        registrations.register_all()
