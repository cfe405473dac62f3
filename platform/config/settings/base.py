"""What is the same everywhere. local, demo, test and production start from here."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import leaflet
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[3]

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")
# Where data lives: database, photos, collected assets.
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
# Older keys: what was signed or encrypted with them is still read.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000")
# "mailto:…" or "https://…": where a hole can be told, shown in /.well-known/security.txt.
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
DEMO = False
# Keys of the residents' fingerprints, hexadecimal, oldest first (docs/methods/residents.md).
RESIDENT_PEPPERS: list[str] = env.list("RESIDENT_PEPPERS", default=[])
# Whether two neighbours may speak for a third one.
RESIDENT_WITNESSES: bool = env.bool("RESIDENT_WITNESSES", default=False)

# An office is reviewed within so many days; the appointing office hears of it so many days before, and what
# nobody has reviewed so many days after that rests.
OFFICE_REVIEW_DAYS: int = env.int("OFFICE_REVIEW_DAYS", default=365)
OFFICE_REVIEW_NOTICE_DAYS: int = env.int("OFFICE_REVIEW_NOTICE_DAYS", default=30)
OFFICE_REVIEW_GRACE_DAYS: int = env.int("OFFICE_REVIEW_GRACE_DAYS", default=30)

INSTALLED_APPS = [
    "daphne",
    "core",
    "design",
    "ledger",
    "live",
    "places",
    "photos",
    "support",
    "accounts",
    "security",
    "notices",
    "residents",
    "privacy",
    "discussion",
    "oversight",
    "assistance",
    "pages",
    "reports",
    "config",
    "voting",
    "django_comments_xtd",
    "django_comments",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "rules.apps.AutodiscoverRulesConfig",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "channels",
    "django_tasks",
    "django_tasks_db",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    # Comments are kept by site; there is one.
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages on a bad line; Django pads what it compresses against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "config.middleware.AccessLog",
    "config.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.BodyLimit",
    "config.middleware.Refusals",
    "security.middleware.SeenDevices",
    "config.middleware.SecondStep",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "pages.middleware.StaffArea",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

# cotton and template-partials would overwrite each other's loaders, so they are written out.
TEMPLATE_LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django_cotton.cotton_loader.Loader",
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": TEMPLATE_LOADERS,
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.rembuk",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
                "accounts.context.desk",
                "notices.context.bell",
                "privacy.context.terms",
            ],
        },
    }
]
COTTON_DIR = "components"

# --- Data -------------------------------------------------------------------------------------
DATABASE_URL = env("DATABASE_URL", default="")
REDIS_URL = env("REDIS_URL", default="")
SQLITE_OPTIONS: dict[str, Any] = {
    # IMMEDIATE takes the write lock at BEGIN, so that two writers wait for each other instead of failing.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}
POOL_OPTIONS: dict[str, Any] = {"pool": {"min_size": 2, "max_size": 16, "timeout": 20}}


def database(url: str, sqlite_name: Path, *, pooled: bool = True) -> dict[str, Any]:
    """Settings of the one database: PostgreSQL when there is an address, else a SQLite file."""
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": sqlite_name, "OPTIONS": SQLITE_OPTIONS}
    found: dict[str, Any] = env.db_url_config(url)
    options = found.get("OPTIONS", {}) | (POOL_OPTIONS if pooled else {})
    # Pooled connections that a restart of the database has killed are noticed before they are used.
    return found | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


DATABASES = {"default": database(DATABASE_URL, VAR_DIR / "rembuk.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL:
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL], "prefix": "rembuk"},
        }
    }
    CACHES: dict[str, Any] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# django-leaflet as an installed app needs GDAL; only the files that it carries are used.
STATICFILES_DIRS = [("leaflet", str(Path(leaflet.__file__).parent / "static/leaflet"))]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.PublicCompressed"},
    # Originals and sizes of photos: outside MEDIA_URL, handed out by a view that asks who may see them.
    "photos": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "photos", "base_url": None},
    },
    # Copies of people's data until they are fetched.
    "copies": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "copies", "base_url": None},
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# More than a form takes, so that the form itself can say how many are too many.
DATA_UPLOAD_MAX_NUMBER_FILES = 30

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "platform/config/locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Accounts ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

# Dotted path of a class that carries codes to phones (security.senders, docs/operations.md); "" for none.
CODE_SENDER = env("CODE_SENDER", default="")
# Days from the first day of an office (or of the account) until it rests without a second step of signing in.
SECOND_FACTOR_GRACE_DAYS: int = env.int("SECOND_FACTOR_GRACE_DAYS", default=7)

# Buttons appear for those whose keys are in the environment.
SOCIALACCOUNT_ADAPTER = "security.social.SocialAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    name: {"APP": {"client_id": env(f"{prefix}_CLIENT_ID"), "secret": env(f"{prefix}_CLIENT_SECRET", default="")}}
    for name, prefix in {"google": "GOOGLE", "facebook": "FACEBOOK", "twitter_oauth2": "X"}.items()
    if env(f"{prefix}_CLIENT_ID", default="")
}
# Other addresses than the providers' own, as for a stand-in: {"google": {"authorize": …, "token": …, "me": …}}.
SOCIAL_ADDRESSES: dict[str, dict[str, str]] = env.json("SOCIAL_ADDRESSES", default={})
_OWN_ORIGINS = {
    "google": ["https://accounts.google.com"],
    "facebook": ["https://*.facebook.com"],
    "twitter_oauth2": ["https://x.com", "https://twitter.com"],
}
SOCIAL_ORIGINS = [
    origin
    for name in SOCIALACCOUNT_PROVIDERS
    for origin in (
        ["{0.scheme}://{0.netloc}".format(urlsplit(SOCIAL_ADDRESSES[name]["authorize"]))]
        if name in SOCIAL_ADDRESSES
        else _OWN_ORIGINS[name]
    )
]

# --- Discussions ------------------------------------------------------------------------------
SITE_ID = 1
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "discussion.models.ThreadComment"

# --- Security headers -------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # A form of ours that leads to a provider is followed there only if it is named here.
        "form-action": [SELF, *SOCIAL_ORIGINS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# Wagtail's own pages write styles and scripts into the page; everything else stays as strict.
STAFF_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"

# --- Staff area -------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Rembuk"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
# One admin writes and publishes; nobody approves or comments there.
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
# No hash of anybody's address goes to a service outside.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "txt"]

# --- Mail and logs ----------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Rembuk <rembuk@localhost>")

# From 21.00 to 07.00 in Jakarta news wait for the morning; codes and receipts do not.
QUIET_HOURS = True

# --- Push messages ----------------------------------------------------------------------------
# Without keys there are none; `manage.py push_keys` makes a pair.
PUSH_PUBLIC_KEY = env("PUSH_PUBLIC_KEY", default="")
PUSH_PRIVATE_KEY = env("PUSH_PRIVATE_KEY", default="")
# The push services of browsers. Nothing is sent anywhere else: the addresses come from whoever is signed in.
PUSH_HOSTS: list[str] = env.list(
    "PUSH_HOSTS",
    default=[
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        ".push.services.mozilla.com",
        "web.push.apple.com",
        ".push.apple.com",
        ".notify.windows.com",
    ],
)
# For the tests' own push server; not to be set from the environment.
PUSH_ANYWHERE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stream"], "level": "WARNING"},
    "loggers": {
        "rembuk": {"level": "INFO"},
        # Its messages repeat addresses and query strings; AccessLog writes what is needed.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}

# --- allauth ----------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Six digits, as in every mail of ours (core.forms.CodeField): a million codes, five tries each.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"length": 6, "dashed": False, "numeric": True}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
# Longer than a code lives, so that a late one is told that it is too old.
ACCOUNT_LOGIN_TIMEOUT = 4 * 3600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# By address or known device first (accounts.devices); by IP only against floods, because a whole
# kampung may share one.
ACCOUNT_RATE_LIMITS = {
    "login": "600/h/ip",
    "login_failed": "600/h/ip,5/5m/key",
    # 40 codes a day with five tries each: whoever tries all day would need some 14 years to hit.
    "request_login_code": "600/h/ip,4/m/key,12/h/key,40/d/key",
    "confirm_email": "6/m/key",
    "manage_email": "10/m/user",
}
# How many proxies of our own stand in front and add to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_ADAPTER = "security.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# The code before and the one after count too: clocks of phones go wrong.
MFA_TOTP_TOLERANCE = 1
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
