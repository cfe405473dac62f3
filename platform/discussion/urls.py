"""bincang/: discussions, by the kind of the item and its key."""

from __future__ import annotations

from django.urls import URLPattern, path

from discussion.views import acts, threads

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/<str:key>/", threads.discussion, name="discussion"),
    path("<slug:slug>/<str:key>/ikuti/", acts.follow, name="discussion_follow"),
    path("<slug:slug>/<str:key>/<int:pk>/", threads.thread, name="discussion_thread"),
    path("<slug:slug>/<str:key>/<int:pk>/membantu/", acts.helpful, name="comment_helpful"),
    path("<slug:slug>/<str:key>/<int:pk>/ubah/", acts.edit, name="comment_edit"),
    path("<slug:slug>/<str:key>/<int:pk>/laporkan/", acts.flag, name="comment_flag"),
    path("<slug:slug>/<str:key>/<int:pk>/banding/", acts.appeal, name="comment_appeal"),
    path("<slug:slug>/<str:key>/<int:pk>/tarik/", acts.withdraw, name="comment_withdraw"),
]
