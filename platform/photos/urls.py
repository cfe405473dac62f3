from __future__ import annotations

from django.urls import path, re_path

from photos import views

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

app_name = "photos"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("tadi", views.recall, name="recall"),
    re_path(rf"^(?P<pk>{_UUID})/(?P<size>kecil|besar)\.jpg$", views.show, name="size"),
    path("<uuid:pk>/hapus", views.discard, name="discard"),
    path("<uuid:pk>/status", views.status, name="status"),
]
