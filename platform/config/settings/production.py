"""A real city. What is unsafe is refused at start by name (config.checks)."""

from config.settings.base import *  # noqa: F403  settings are meant to be taken over whole
from config.settings.base import SECRET_KEY, env

CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REDIRECT_EXEMPT = [r"^sehat/"]
PRODUCTION = True

# An empty key stops Django before a check can name it.
SECRET_KEY = SECRET_KEY or "missing"
