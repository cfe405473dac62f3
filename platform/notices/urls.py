from __future__ import annotations

from django.urls import URLPattern, path

from notices import views

urlpatterns: list[URLPattern] = [
    # str and not slug: a torn link gets our page, which says what to do.
    path("berhenti/<str:token>/", views.unsubscribe, name="notices_unsubscribe"),
]
