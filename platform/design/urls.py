from __future__ import annotations

from django.urls import path

from design import views

urlpatterns = [path("", views.style_guide, name="style_guide")]
