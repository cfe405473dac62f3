from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "oversight"

    def ready(self) -> None:
        from oversight import errors, registrations, tasks  # noqa: F401  fill the registries

        registrations.register_all()
