"""Every address of the site. Paths are Indonesian: people read them on posters."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from config import views

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler429 = "accounts.views.too_many"
handler500 = "config.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sehat/hidup", views.alive, name="alive"),
    path("sehat/siap", views.ready, name="ready"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("gaya/", include("design.urls")),
    path("akun/data/", include("privacy.urls")),
    path("akun/", include("assistance.card_urls")),
    path("akun/", include("security.urls")),
    path("akun/", include("accounts.urls")),
    path("boleh/", include("accounts.what_may_i")),
    path("foto/", include("photos.urls")),
    path("tempat/", include("places.urls")),
    path("bukti/", include("ledger.urls")),
    path("kabar/", include("notices.urls")),
    path("warga/", include("residents.urls")),
    path("bincang/", include("discussion.urls")),
    path("moderasi/", include("discussion.moderation_urls")),
    path("", include("oversight.urls")),
    path("loket/", include("assistance.urls")),
    # Wagtail's own password forms know no limits; there is one way in.
    path("staf/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    # People know one page of their account.
    path("staf/account/", RedirectView.as_view(pattern_name="account_profile")),
    # Accounts and offices change through our services alone.
    re_path(r"^staf/(?:users|groups)/", views.page_not_found),
    path("staf/", include(wagtailadmin_urls)),
    path("", include("design.pwa_urls")),
    path("", include("pages.urls")),
    path("", include("reports.urls")),
]
if settings.DEMO or settings.DEBUG:
    urlpatterns.append(path("demo/", include("accounts.demo_urls")))
urlpatterns.append(path("", include(wagtail_urls)))
