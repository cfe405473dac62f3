"""kabar/: the inbox of news, how one wants them, and links that stop e-mails."""

from __future__ import annotations

from django.urls import URLPattern, path

from notices import views

urlpatterns: list[URLPattern] = [
    path("", views.inbox, name="notices"),
    path("lonceng/", views.bell, name="notices_bell"),
    path("dibaca/", views.read_all, name="notices_read_all"),
    path("<int:number>/", views.open_notice, name="notices_open"),
    path("<int:number>/dibaca/", views.read, name="notices_read"),
    path("pengaturan/", views.settings_page, name="notices_settings"),
    path("pengaturan/hentikan-surel/", views.silence, name="notices_silence"),
    path("perangkat/", views.push, name="notices_push"),
    path("perangkat/hentikan/", views.push_stop, name="notices_push_stop"),
    # str and not slug: a torn link gets our page, which says what to do.
    path("berhenti/<str:token>/", views.unsubscribe, name="notices_unsubscribe"),
]
