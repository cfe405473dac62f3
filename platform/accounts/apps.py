from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import errors, personal, receivers, tasks  # noqa: F401  fill the registries

        personal.register_all()
