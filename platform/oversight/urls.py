"""jabatan/: offices and their reviews. pengawasan/: closed accounts. audit/: the ledger."""

from __future__ import annotations

from django.urls import URLPattern, path

from oversight.views import accounts, audit, offices

urlpatterns: list[URLPattern] = [
    path("jabatan/", offices.offices, name="offices"),
    path("jabatan/baru/", offices.appoint, name="offices_appoint"),
    path("jabatan/ekspor.csv", offices.export, name="offices_export"),
    path("jabatan/<int:pk>/tinjau/", offices.confirm, name="offices_confirm"),
    path("jabatan/<int:pk>/akhiri/", offices.end, name="offices_end"),
    path("pengawasan/akun/", accounts.closures, name="closures"),
    path("pengawasan/akun/<int:pk>/tutup/", accounts.close, name="closures_close"),
    path("pengawasan/akun/<int:pk>/buka/", accounts.reopen, name="closures_reopen"),
    path("audit/", audit.audit, name="audit"),
    path("audit/unduh/", audit.export, name="audit_export"),
    path("audit/periksa/", audit.check, name="audit_check"),
    path("audit/kemajuan/", audit.progress, name="audit_progress"),
]
