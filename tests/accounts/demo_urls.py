"""The site's addresses with those of the demo, as they are when DEMO is on."""

from __future__ import annotations

from django.urls import include, path

from config.urls import handler429
from config.urls import urlpatterns as site

urlpatterns = [path("demo/", include("accounts.demo_urls")), *site]
__all__ = ["handler429", "urlpatterns"]
