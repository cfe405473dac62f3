"""`make demo`: like production in all but secrets, on one machine, with mail that is only shown."""

from config.settings.base import *  # noqa: F403  settings are meant to be taken over whole
from config.settings.base import DATABASE_URL, STORAGES, VAR_DIR, database, env

DEMO = True
SECRET_KEY = env("SECRET_KEY", default="demo-data-only-nothing-here-is-secret")
RESIDENT_PEPPERS = ["de" * 32]
RESIDENT_WITNESSES = True
# A pair that everybody can read here; a real city makes its own (manage.py push_keys).
PUSH_PUBLIC_KEY = env(
    "PUSH_PUBLIC_KEY", default="BFyqSmE0iTCFySFMFbrV21edfZREY-YXHVEcjZgOzX_5aFJ7Pe01yrH-Pa1S8b2-XU4_O59S9tup1bxx-OCaahc"
)
PUSH_PRIVATE_KEY = env("PUSH_PRIVATE_KEY", default="_AAKBccr1DRLiRloqcjlUBozG2tH4u3diosmUa3cC0o")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
DEMO_DIR = VAR_DIR / "demo"
DEMO_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": database(DATABASE_URL, DEMO_DIR / "rembuk.sqlite3")}
STATIC_ROOT = DEMO_DIR / "static"
MEDIA_ROOT = DEMO_DIR / "media"
STORAGES["photos"]["OPTIONS"] = {"location": DEMO_DIR / "photos", "base_url": None}
STORAGES["copies"]["OPTIONS"] = {"location": DEMO_DIR / "copies", "base_url": None}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DEMO_DIR / "mail"
# The cast has no phones: long enough to try everything, and yet the notice with the date is seen.
SECOND_FACTOR_GRACE_DAYS = env.int("SECOND_FACTOR_GRACE_DAYS", default=30)
CODE_SENDER = env("CODE_SENDER", default="security.senders.ShownSender")
