from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "security"

    def ready(self) -> None:
        from security import errors, receivers, registrations, tasks  # noqa: F401  fill the registries

        registrations.register_all()
