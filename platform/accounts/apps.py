from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import errors, receivers, tasks  # noqa: F401  fill the registries
