"""What people do in discussions; the only writers."""

from discussion.services.changing import edit, set_following, set_helpful, show, withdraw
from discussion.services.common import announce, topic_of
from discussion.services.writing import Draft, write

__all__ = ["Draft", "announce", "edit", "set_following", "set_helpful", "show", "topic_of", "withdraw", "write"]
