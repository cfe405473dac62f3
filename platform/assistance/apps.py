from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "assistance"

    def ready(self) -> None:
        from assistance import errors, registrations  # noqa: F401  fill the registries

        registrations.register_all()
