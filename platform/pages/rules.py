"""Who may write the site's own pages."""

from __future__ import annotations

import rules

from accounts.rules import is_admin

rules.add_perm("pages.edit_site", is_admin)
