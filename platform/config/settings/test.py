"""Tests: the embedded default, or the grown services when DATABASE_URL and REDIS_URL are set."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from config.settings.base import *  # noqa: F403  settings are meant to be taken over whole
from config.settings.base import CACHES, CHANNEL_LAYERS, DATABASE_URL, REDIS_URL, STORAGES, VAR_DIR, database

SECRET_KEY = "tests"  # noqa: S105
RESIDENT_PEPPERS = ["7e57" * 16]
RESIDENT_WITNESSES = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TEST_DIR = VAR_DIR / "test"
TEST_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": database(DATABASE_URL, TEST_DIR / "unused.sqlite3", pooled=False)}
if not DATABASE_URL:
    # A file, not memory: threads in tests then see what the embedded default would.
    DATABASES["default"]["TEST"] = {"NAME": TEST_DIR / f"{os.environ.get('TEST_DB', 'tests')}.sqlite3"}
SCRATCH = Path(tempfile.gettempdir()) / f"rembuk-tests-{os.getpid()}"
# WhiteNoise warns when the folder is missing, and warnings are errors.
STATIC_ROOT = TEST_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
CODE_SENDER = ""
# Offices of tests need no second step, except where a test says so.
SECOND_FACTOR_GRACE_DAYS = 36_500
MEDIA_ROOT = SCRATCH / "media"
STORAGES["photos"]["OPTIONS"] = {"location": SCRATCH / "photos", "base_url": None}
STORAGES["copies"]["OPTIONS"] = {"location": SCRATCH / "copies", "base_url": None}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tests run at any hour; those of the night switch it on.
QUIET_HOURS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
ACCOUNT_RATE_LIMITS = dict.fromkeys(ACCOUNT_RATE_LIMITS, "")

if REDIS_URL:
    # A Redis database for each parallel worker: what one clears or counts is not the other's.
    place = urlsplit(REDIS_URL)
    number = int(place.path.lstrip("/") or 0) + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    OWN_REDIS = place._replace(path=f"/{number}").geturl()
    CACHES["default"]["LOCATION"] = OWN_REDIS
    CHANNEL_LAYERS["default"]["CONFIG"]["hosts"] = [OWN_REDIS]
