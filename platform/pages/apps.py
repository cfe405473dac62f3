from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self) -> None:
        from pages import personal
        from pages.services import let_admins_edit_pages

        personal.register_all()

        # Permissions are rows that Django makes after migrating, too late for a migration.
        post_migrate.connect(let_admins_edit_pages, sender=self, dispatch_uid="let_admins_edit_pages")
