"""demo/: included in the demo and on a developer's machine only."""

from __future__ import annotations

from django.urls import URLPattern, path

from accounts import demo_views

urlpatterns: list[URLPattern] = [
    path("", demo_views.people, name="demo_cast"),
    path("masuk/", demo_views.become, name="demo_become"),
    path("surat/", demo_views.mail, name="demo_mail"),
]
