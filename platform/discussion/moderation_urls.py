"""moderasi/: the moderators' work, and what everybody may know of it."""

from __future__ import annotations

from django.urls import URLPattern, path

from discussion.views import moderating

urlpatterns: list[URLPattern] = [
    path("", moderating.queue, name="moderation"),
    path("catatan/", moderating.log, name="moderation_log"),
    path("<int:pk>/", moderating.case, name="moderation_case"),
]
