from __future__ import annotations

from django.urls import path

from places import views

app_name = "places"
urlpatterns = [
    path("", views.index, name="index"),
    path("cari", views.search, name="search"),
    path("titik", views.locate, name="locate"),
    path("<str:code>/", views.kelurahan, name="kelurahan"),
]
