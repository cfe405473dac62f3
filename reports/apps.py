from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from reports import errors, registrations, tasks  # noqa: F401  fill the registries

        registrations.register_all()
