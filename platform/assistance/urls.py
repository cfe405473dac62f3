"""loket/: the desk that helps people who stand before it."""

from __future__ import annotations

from django.urls import URLPattern, path

from assistance.views import cards, counter

urlpatterns: list[URLPattern] = [
    path("", counter.counter, name="counter"),
    path("mulai/", counter.begin, name="counter_begin"),
    path("selesai/", counter.finish, name="counter_finish"),
    path("kartu/", counter.make_card, name="counter_card"),
    path("kartu/cetak/", counter.print_card, name="counter_print_card"),
    path("pin/", counter.make_pin, name="counter_pin"),
    path("tiket/<int:pk>/", counter.ticket, name="counter_ticket"),
    path("tiket/<int:pk>/tiket.pdf", counter.print_ticket, name="counter_print_ticket"),
    path("klaim/", cards.claim, name="claim"),
]
