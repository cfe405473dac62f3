"""What every comment of a page says again, looked up once."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.translation import gettext


def for_comments() -> dict[str, object]:
    """The part of a page's context that discussion/comment.html reads."""
    words = {"reply": gettext("Reply"), "flag": gettext("Flag"), "helps": gettext("Helps")}
    return {"words": words, "sprite": static("design/icons.svg")}
