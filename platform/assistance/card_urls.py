"""akun/: the way in with a card, and the card itself."""

from __future__ import annotations

from django.urls import URLPattern, path

from assistance.views import cards

urlpatterns: list[URLPattern] = [
    path("masuk/kartu/", cards.sign_in, name="card_sign_in"),
    path("kartu/", cards.own_card, name="own_card"),
    path("kartu/akhiri/", cards.end_card, name="end_card"),
]
