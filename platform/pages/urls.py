from __future__ import annotations

from django.conf import settings
from django.urls import path

from pages import views

urlpatterns = [path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", views.rendition, name="page_picture")]
