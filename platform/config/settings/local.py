"""A developer's own machine: `make run`."""

from config.settings.base import *  # noqa: F403  settings are meant to be taken over whole

DEBUG = True
SECRET_KEY = SECRET_KEY or "only-on-a-developers-machine"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
