from __future__ import annotations

from django.urls import URLPattern, path

from reports.views import counter, desk, desk_tables, filing, public, reporter

urlpatterns: list[URLPattern] = [
    # Reading
    path("laporan/", public.report_list, name="report_list"),
    path("laporan/peta/", public.report_map, name="report_map"),
    path("laporan/peta/titik.json", public.map_points, name="report_map_points"),
    path("laporan/peta/latar-<slug:version>.json", public.map_background, name="report_map_background"),
    path("laporan/<str:number>/", public.report_detail, name="report_detail"),
    path("laporan/<str:number>/gambar.png", public.report_picture, name="report_picture"),
    # The reporter, and who supports
    path("laporan/rahasia/<str:number>/<str:token>/", reporter.report_secret, name="report_secret"),
    path("laporan/<str:number>/beres/", reporter.report_confirm, name="report_confirm"),
    path("laporan/<str:number>/belum/", reporter.report_reopen, name="report_reopen"),
    path("laporan/<str:number>/jawaban/", reporter.report_answer, name="report_answer"),
    path("laporan/<str:number>/dukung/", reporter.report_support, name="report_support"),
    path("laporan/<str:number>/ikuti/", reporter.report_follow, name="report_follow"),
    # Filing
    path("lapor/", filing.report_file, name="report_file"),
    path("laporan/<str:number>/kode/", filing.report_code, name="report_code"),
    path("laporan/<str:number>/terima-kasih/", filing.report_thanks, name="report_thanks"),
    path("laporan/<str:number>/akun/", filing.report_account, name="report_account"),
    path("loket/lapor/", filing.report_file_for, name="report_file_for"),
    path("loket/dukung/", counter.report_support_for, name="report_support_for"),
    # The desk
    path("meja/", desk.queue, name="desk"),
    path("meja/audit/", desk_tables.reveals, name="desk_reveals"),
    path("meja/pertanyaan/", desk.open_questions, name="desk_questions"),
    path("meja/ke-mana/", desk_tables.routing, name="desk_routing"),
    path("meja/<str:number>/", desk.report, name="desk_report"),
    path("meja/<str:number>/langkah/<str:name>/", desk.step, name="desk_step"),
    path("meja/<str:number>/catatan/", desk.note, name="desk_note"),
    path("meja/<str:number>/kontak/", desk.reveal, name="desk_reveal"),
]
