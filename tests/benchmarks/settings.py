"""What a city would run, but for mail and https, on a database of its own."""

from pathlib import Path

from config.settings.base import *  # noqa: F403  settings are meant to be taken over whole
from config.settings.base import STORAGES, VAR_DIR

BENCH_DIR = Path(VAR_DIR) / "bench"
SECRET_KEY = "benchmarks"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
STATIC_ROOT = BENCH_DIR / "static"
MEDIA_ROOT = BENCH_DIR / "media"
STORAGES["photos"]["OPTIONS"] = {"location": BENCH_DIR / "photos", "base_url": None}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
ACCOUNT_RATE_LIMITS = False
RATE_LIMITED = False
