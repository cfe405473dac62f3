"""akun/: the second step, passkeys, devices. allauth's own pages about them have no address."""

from __future__ import annotations

from django.urls import URLPattern, path

from security.social import SHORT
from security.views import entrance, factors, overview, phone, social

urlpatterns: list[URLPattern] = [
    path("keamanan/", overview.overview, name="security"),
    path("keamanan/aplikasi/", factors.app, name="security_app"),
    path("keamanan/kunci/", factors.passkey, name="security_passkey"),
    path("keamanan/kunci/pilihan/", factors.passkey_options, name="security_passkey_options"),
    path("keamanan/hapus/<int:key>/", factors.remove, name="security_remove"),
    path("keamanan/kode-cadangan/", factors.codes, name="security_codes"),
    path("keamanan/kode-cadangan/baru/", factors.renew_codes, name="security_codes_renew"),
    path("keamanan/perangkat/<int:key>/keluar/", overview.end_device, name="security_end_device"),
    path("keamanan/konfirmasi/", entrance.prove, name="security_prove"),
    path("keamanan/konfirmasi/kunci/", entrance.prove_options, name="security_prove_options"),
    path("keamanan/konfirmasi/kirim/", entrance.send_proof, name="security_send_proof"),
    path("keamanan/bantu/", overview.help_in, name="security_help"),
    path("keamanan/telepon/", phone.add, name="security_phone"),
    path("keamanan/telepon/kode/", phone.confirm, name="security_phone_code"),
    path("keamanan/telepon/hapus/", phone.remove, name="security_phone_remove"),
    path("masuk/telepon/", phone.by_phone, name="security_by_phone"),
    path("keamanan/sambungkan/<slug:provider>/", social.begin_connecting, name="security_connect"),
    path("keamanan/putuskan/<int:key>/", social.disconnect, name="security_disconnect"),
    path("masuk/dengan/alamat/", social.address, name="security_social_address"),
    path("masuk/dengan/<slug:provider>/", social.begin, name="security_social"),
    # The names by which allauth asks for the way back.
    *(
        path(f"masuk/dengan/{short}/kembali/", social.come_back, {"provider": short}, name=f"{name}_callback")
        for short, name in SHORT.items()
    ),
    path("masuk/langkah-kedua/", entrance.second_step, name="security_second_step"),
    path("masuk/langkah-kedua/kunci/", entrance.second_step_options, name="security_second_step_options"),
    path("masuk/kunci/", entrance.by_passkey, name="security_by_passkey"),
]
