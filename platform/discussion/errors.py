"""What discussions refuse, and the sentence for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import register
from discussion.domain.kinds import LONGEST, SHORTEST_OBJECTION
from discussion.domain.texts import Problem

EMPTY = register(Problem.EMPTY, 422, _("Nothing is written yet. Write at least one word."))
LONG = register(
    Problem.LONG, 422, _("This is too long. Use at most %(longest)s characters, or write a second comment.")
)
OBJECTION_SHORT = register(
    Problem.OBJECTION_SHORT, 422, _("An objection needs a reason of at least %(shortest)s characters. What is wrong?")
)
CAPITALS = register(Problem.CAPITALS, 422, _("This is all in capitals, which reads like shouting. Use small letters."))
BOUNDS = {"longest": LONGEST, "shortest": SHORTEST_OBJECTION}

CLOSED = register("discussion_closed", 409, _("Nobody can write here at the moment. You can still read everything."))
LOCKED = register(
    "thread_locked", 409, _("Moderators have closed this thread. Begin a new one if you have more to say.")
)
REPLY_GONE = register(
    "reply_gone", 409, _("The comment that you answer is no longer there. Your text is kept: send it as a new comment.")
)
QUESTION_BEGINS = register(
    "question_begins_a_thread",
    422,
    _("A question to the office begins a thread of its own. Ask it there, or reply as something else."),
)
NOT_YOUR_COMMENT = register("not_your_comment", 403, _("Only who wrote this comment can change it."))
EDIT_TOO_LATE = register(
    "edit_too_late", 409, _("This comment can no longer be changed. You can withdraw it, or write a reply below it.")
)
NOT_AN_OFFICE_HERE = register(
    "not_an_office_here", 403, _("Your office does not answer here. Write as a citizen, or ask the office in charge.")
)
MUTED = register(
    "writer_muted",
    403,
    _("A moderator has paused your writing until %(until)s. You can still read everything."),
)
CASE_DECIDED = register("case_decided", 409, _("This has been decided already. Go on with the next one."))
CASE_CLAIMED = register(
    "case_claimed",
    409,
    _("Another moderator is looking at this just now. Take the next one."),
)
CASE_YOURS = register(
    "case_about_yourself",
    403,
    _("This concerns you, your office or a decision of your own. Leave it to another moderator."),
)
CASE_REASON = register("case_reason", 422, _("Choose the reason why it is hidden."))
CASE_SENTENCE = register(
    "case_sentence",
    422,
    _("Write at least %(shortest)s characters to the author: what is wrong, and how it could be said instead."),
)
APPEAL_EMPTY = register("appeal_empty", 422, _("Write at least %(shortest)s characters: why should it stay?"))
APPEAL_NOT_POSSIBLE = register(
    "appeal_not_possible", 409, _("There is nothing to appeal here: it is decided for good, or more than 14 days ago.")
)
