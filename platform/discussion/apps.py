from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "discussion"

    def ready(self) -> None:
        from discussion import errors, registrations, tasks  # noqa: F401  fill the registries

        registrations.register_all()
