from __future__ import annotations

from django import template

from security import mails
from security.domain import numbers

register = template.Library()
register.simple_tag(mails.sentence, name="what_happened")
register.filter("masked", numbers.masked)
