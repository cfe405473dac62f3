"""What notices refuse, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register

LINK_UNKNOWN = register(
    "unsubscribe_link_unknown",
    404,
    _("This link is not complete. Open it from the e-mail again, or copy the whole line into the address bar."),
)
KIND_UNKNOWN = register(
    "notice_kind_unknown",
    422,
    _("There is no such kind of news. Open the settings of your news again and choose from the list."),
)
MUST_ARRIVE = register(
    "notice_must_arrive",
    422,
    _("These e-mails cannot be switched off. %(why)s Choose “at once” or “once a day”."),
)
PUSH_OFF = register(
    "push_off",
    422,
    _("This site sends no push messages. Your news reach you in the inbox and by e-mail."),
)
PUSH_UNREADABLE = register(
    "push_unreadable",
    422,
    _("The browser's answer could not be read. Close this page, open it again and try once more."),
)
PUSH_HOST_UNKNOWN = register(
    "push_host_unknown",
    422,
    _("We do not know this browser's push service, so nothing can be sent to it. Your news reach you by e-mail."),
)
