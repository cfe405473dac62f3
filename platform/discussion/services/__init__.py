"""What people do in discussions; the only writers."""

from discussion.services.cases import Verdict, appeal, claim, decide, flag, may_appeal
from discussion.services.changing import edit, set_following, set_helpful, withdraw
from discussion.services.common import announce, topic_of
from discussion.services.writing import Draft, write

__all__ = [
    "Draft",
    "Verdict",
    "announce",
    "appeal",
    "claim",
    "decide",
    "edit",
    "flag",
    "may_appeal",
    "set_following",
    "set_helpful",
    "topic_of",
    "withdraw",
    "write",
]
