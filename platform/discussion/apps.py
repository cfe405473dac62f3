from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "discussion"

    def ready(self) -> None:
        from discussion import registrations

        registrations.register_all()
