"""warga/: one's own standing, and the desk that verifies."""

from __future__ import annotations

from django.urls import URLPattern, path

from residents import views

urlpatterns: list[URLPattern] = [
    path("", views.standing, name="residents"),
    path("kode/", views.introduce, name="residents_introduce"),
    path("tetangga/", views.neighbours, name="residents_neighbours"),
    path("saksi/", views.testify, name="residents_testify"),
    path("meja/", views.desk, name="residents_desk"),
    path("daftar/", views.verified, name="residents_verified"),
    path("daftar/<int:pk>/cabut/", views.revoke, name="residents_revoke"),
]
