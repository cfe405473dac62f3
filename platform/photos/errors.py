"""Why a photo is refused, and what to do then."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register

FIELD = "photos"

TOO_LARGE = register(
    "photo_too_large",
    413,
    _("“%(name)s” is larger than %(limit)s MB. Choose a smaller photo, or take it again at a lower resolution."),
)
EMPTY = register("photo_empty", 422, _("“%(name)s” is empty. Choose the photo again."))
NO_FILE = register("photo_missing", 422, _("No photo arrived. Choose a photo, then send it again."))
WRONG_TYPE = register(
    "photo_wrong_type",
    415,
    _("“%(name)s” is a file of the type %(kind)s. Choose a photo in JPEG, PNG, WebP or HEIC."),
)
NOT_A_PHOTO = register(
    "photo_not_a_photo",
    415,
    _("“%(name)s” is not a photo that we know. Choose a photo in JPEG, PNG, WebP or HEIC."),
)
CUT_OFF = register(
    "photo_cut_off",
    422,
    _("“%(name)s” did not arrive whole. Send it once more; if that does not help, take the photo again."),
)
UNREADABLE = register(
    "photo_unreadable",
    422,
    _("“%(name)s” cannot be read; the file is damaged. Choose another photo, or take it again."),
)
TOO_MANY_PIXELS = register(
    "photo_too_many_pixels",
    422,
    _("“%(name)s” has more than %(limit)s megapixels. Take the photo at a lower resolution, or make it smaller."),
)
TOO_SMALL = register(
    "photo_too_small",
    422,
    _(
        "“%(name)s” has only %(size)s pixels; nothing can be recognised in it. "
        "Choose the original, or take a new photo."
    ),
)
TOO_MANY_PHOTOS = register(
    "photo_too_many_photos",
    422,
    _("You have already sent %(limit)s photos. Remove one before you add “%(name)s”."),
)
BAD_KEYS = register(
    "photo_bad_keys",
    400,
    _("The form on this page is no longer valid. Load the page again, then choose the photo once more."),
)
GONE = register(
    "photo_gone",
    409,
    _("A photo is no longer there, because it was sent long ago. Choose the photo again."),
)
