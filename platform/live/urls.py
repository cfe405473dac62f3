from __future__ import annotations

from django.urls import re_path

from live.consumers import TopicConsumer

websocket_urlpatterns = [re_path(r"^langsung/(?P<topics>[A-Za-z0-9,-]{1,400})$", TopicConsumer.as_asgi())]
