"""What notices refuse, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register

LINK_UNKNOWN = register(
    "unsubscribe_link_unknown",
    404,
    _("This link is not complete. Open it from the e-mail again, or copy the whole line into the address bar."),
)
