"""What people do in discussions; the only writers."""

from discussion.services.changing import edit, set_following, set_helpful, withdraw
from discussion.services.common import topic_of
from discussion.services.writing import Draft, write

__all__ = ["Draft", "edit", "set_following", "set_helpful", "topic_of", "withdraw", "write"]
