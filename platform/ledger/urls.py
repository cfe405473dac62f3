from __future__ import annotations

from django.urls import URLPattern, path

from ledger import views

app_name = "ledger"
urlpatterns: list[URLPattern] = [path("<slug:slug>/<slug:key>/", views.chain, name="chain")]
