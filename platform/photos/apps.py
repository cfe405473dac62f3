from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "photos"

    def ready(self) -> None:
        from photos import errors, tasks  # noqa: F401  registers sentences, tasks and jobs
