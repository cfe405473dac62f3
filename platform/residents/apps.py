from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "residents"

    def ready(self) -> None:
        from residents import errors, registrations, tasks  # noqa: F401  fill the registries

        registrations.register_all()
