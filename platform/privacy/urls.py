"""akun/data/: what is kept about oneself, a copy of it, leaving."""

from __future__ import annotations

from django.urls import URLPattern, path

from privacy import views

urlpatterns: list[URLPattern] = [
    path("", views.overview, name="privacy"),
    path("salinan/", views.ask, name="privacy_ask"),
    path("salinan/kemajuan/", views.progress, name="privacy_progress"),
    path("salinan/unduh/", views.fetch, name="privacy_fetch"),
    path("setuju/", views.agree, name="privacy_agree"),
    path("persetujuan/<slug:name>/cabut/", views.withdraw, name="privacy_withdraw"),
    path("hapus/", views.leave, name="privacy_leave"),
]
