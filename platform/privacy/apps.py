from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"

    def ready(self) -> None:
        from privacy import errors, registrations, tasks  # noqa: F401  fill the registries

        registrations.register_all()
