"""The refusals of the report tracker and their sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register

STEP_IMPOSSIBLE = register(
    "report_step_impossible",
    409,
    _("This step is no longer possible: the report is now at “%(state)s”. Look at the page again, then decide."),
)
STEP_NOT_YOURS = register(
    "report_step_not_yours",
    403,
    _("This step belongs to another office. You may read the report; %(unit)s acts on it."),
)
NOT_THE_REPORTER = register(
    "report_not_the_reporter",
    403,
    _(
        "Only the person who filed this report can do that. "
        "Open it in the browser in which you filed it or by your secret link, or sign in."
    ),
)
TEXT_MISSING = register(
    "report_text_missing", 422, _("Write at least %(length)d characters that a citizen can understand.")
)
REASON_MISSING = register("report_reason_missing", 422, _("Choose the reason; the reporter reads it."))
BASIS_MISSING = register("report_basis_missing", 422, _("Choose how you know that it is true; everybody reads it."))
UNIT_MISSING = register("report_unit_missing", 422, _("Choose the office that takes over."))
UNIT_WRONG = register("report_unit_wrong", 422, _("This step cannot go to %(unit)s. Choose another office."))
UNIT_SAME = register("report_unit_same", 422, _("The report is already with %(unit)s. Choose another office."))
OUTSIDE_MISSING = register("report_outside_missing", 422, _("Choose who is responsible outside the city government."))
ORIGINAL_MISSING = register(
    "report_original_missing", 422, _("Give the number of the earlier report. It stands on top of that report's page.")
)
ORIGINAL_WRONG = register(
    "report_original_wrong",
    422,
    _(
        "A report cannot be merged with itself, with one that was merged itself, or with one that is not public. "
        "Choose another one."
    ),
)
DATE_MISSING = register("report_date_missing", 422, _("Choose the day of the work."))
DATE_PAST = register("report_date_past", 422, _("The day of the work cannot lie in the past. Choose today or later."))
DATE_FAR = register("report_date_far", 422, _("Choose a day within the next year."))
PHOTO_MISSING = register("report_photo_missing", 422, _("Add a photo that was taken for this report."))
PHOTO_UNUSABLE = register("report_photo_unusable", 422, _("This photo cannot be used here. Take a new one and add it."))
PHOTO_TOO_MANY = register("report_photo_too_many", 422, _("At most %(most)d photos. Remove some, then send again."))
TEXT_OR_PHOTO_MISSING = register(
    "report_text_or_photo_missing", 422, _("Write a sentence or add a photo, so that the office knows what is missing.")
)
PLACE_MISSING = register("report_place_missing", 422, _("Set the pin, or choose the kelurahan."))
CATEGORY_MISSING = register("report_category_missing", 422, _("Choose a category. “Other / not sure” is fine."))
STAYS_CONFIDENTIAL = register(
    "report_stays_confidential",
    409,
    _("What was told in confidence stays confidential. Refuse it with a reason and ask for a new report instead."),
)
SAME_PERSON = register(
    "report_same_person",
    403,
    _("Who found the report to be true cannot declare it done. Ask a colleague of your office to do it."),
)
OWN_PROOF = register(
    "report_own_proof",
    403,
    _("Who declared it done cannot judge the proof. Ask a colleague or the unit above."),
)
OWN_WORK = register(
    "report_own_work",
    403,
    _("This is your own work or your own report. Somebody else has to judge it; ask a colleague."),
)
ALREADY_HANDED_OVER = register(
    "report_already_handed_over",
    409,
    _("%(unit)s has handed this report over before. Do the work, or pass the report to the province desk."),
)
TEMPLATE_UNCHANGED = register(
    "report_template_unchanged",
    422,
    _("Fill in what stands in [brackets] and make the template your own before sending."),
)
CODE_WRONG = register(
    "report_code_wrong", 422, _("This code is not right. Look at the newest e-mail and type it again.")
)
CODE_EXPIRED = register("report_code_expired", 422, _("This code is too old. Ask for a new one."))
CODE_TRIES = register("report_code_tries", 429, _("Too many wrong codes. Ask for a new one."))
CODE_SENT_OFTEN = register(
    "report_code_sent_often", 429, _("We have sent several codes already. Look into the spam folder, or use your link.")
)
MERGED_AWAY = register(
    "report_merged_away", 409, _("This report was merged. Support the earlier one: it is the one that counts.")
)
RULE_AGENCY = register(
    "routing_agency_mismatch",
    422,
    _("“Kelurahan” and “province desk” take no agency; the other destinations need one. Correct the rule."),
)
RULE_INCOMPLETE = register("routing_incomplete", 422, _("Choose where the rule sends a report, and its position."))
RULE_AGENCY_KIND = register(
    "routing_agency_kind",
    422,
    _("%(agency)s does not fit. Name a dinas for its sub-agencies, and an outside owner for “an outside owner”."),
)
CATEGORY_EXISTS = register("category_exists", 409, _("There is a category with this code already. Edit that one."))
CATEGORY_INCOMPLETE = register(
    "category_incomplete", 422, _("Fill in the code, the group, the icon and the name in both languages.")
)
CATEGORY_DAYS = register(
    "category_days",
    422,
    _(
        "The first answer takes 1 to 60 working days and no longer than the work, "
        "the work at most 365. Correct the number."
    ),
)
CATEGORY_EMERGENCY = register(
    "category_emergency", 422, _("The emergency number is 112 or 110, or stays empty. Correct it.")
)
CATEGORY_ICON = register(
    "category_icon", 422, _("There is no drawing with this name. Take one from the style guide at /gaya/.")
)
CATEGORY_HANDLER = register(
    "category_handler", 422, _("A confidential category needs the office that handles it. Choose the handler.")
)
CATEGORY_KEEPS_CONFIDENCE = register(
    "category_keeps_confidence",
    409,
    _("There are reports in this category: it cannot become confidential or public any more. Make a new category."),
)
GROUP_EXISTS = register("category_group_exists", 409, _("There is a group with this code already. Edit that one."))
GROUP_IN_USE = register(
    "category_group_in_use", 409, _("This group still has categories. Move them to another group first.")
)
TEMPLATE_INCOMPLETE = register("template_incomplete", 422, _("Write a title and a text."))
TEMPLATE_WITHOUT_GAP = register(
    "template_without_gap",
    422,
    _("A template needs at least one [gap] to fill in, so that nobody sends it as it is. Add one in brackets."),
)
