from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import actions, errors, personal, receivers, tasks  # noqa: F401  fill the registries

        personal.register_all()
        actions.register_all()
