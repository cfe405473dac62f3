"""akun/: what is needed of allauth under Indonesian paths. Its other pages have no address."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import URLPattern, path

from accounts import views

urlpatterns: list[URLPattern] = [
    path("", views.profile, name="account_profile"),
    path("keluar-semua/", views.sign_out_elsewhere, name="account_sign_out_elsewhere"),
    path("kata-sandi/", views.password, name="account_password"),
    path("kata-sandi/hapus/", views.remove_password, name="account_password_remove"),
    # Signing in, signing up and asking for a code are one page; allauth asks for all three names.
    path("masuk/", views.enter, name="account_login"),
    path("masuk/", views.enter, name="account_signup"),
    path("masuk/", views.enter, name="account_request_login_code"),
    path("masuk/kode/", views.enter_code, name="account_confirm_login_code"),
    path("masuk/kata-sandi/", views.enter_by_password, name="account_login_by_password"),
    path("keluar/", allauth_views.logout, name="account_logout"),
    path("ditutup/", allauth_views.account_inactive, name="account_inactive"),
    path("surel/", views.change_email, name="account_email"),
    path("surel/kode/", views.confirm_email, name="account_email_verification_sent"),
]
