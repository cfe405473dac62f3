"""Words of Wagtail that an admin sees every day and that its Indonesian catalogue lacks or says wrongly.

They stand here so that `make messages` puts them into our catalogue, which is asked before Wagtail's.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

WORDS = (
    # Lists
    _("Search…"),
    _("Type"),
    _("Updated"),
    _("pages"),
    _("Filter by"),
    _("Show filters"),
    _("Sort by"),
    _("Newest"),
    _("Oldest"),
    _("Title: (A -> Z)"),
    _("Title: (Z -> A)"),
    _("Any"),
    _("Select all"),
    _("Select row"),
    _("Select %(title)s"),
    _("Bulk actions"),
    _("Actions"),
    _("More options for '%(title)s'"),
    _("Sort by '%(label)s' in ascending order."),
    _("Sort by '%(label)s' in descending order."),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    _("No %(model_name)s match your query."),
    _("There are no %(model_name)s to display."),
    _("Pagination"),
    _("Page type"),
    _("Date updated"),
    _("Edited by"),
    _("Owner"),
    _(
        "Pages created here will not be accessible at any URL. "
        "To add pages to an existing site, create them as children of the homepage."
    ),
    # Forms
    _("New: %(model_name)s"),
    _("Saved"),
    _("Autosave is paused"),
    _("Save changes"),
    _("The page could not be saved due to validation errors."),
    _("The page could not be created due to validation errors."),
    _("For search engines"),
    _("For site menus"),
    _("The name of the page displayed on search engine results as the clickable headline."),
    _("The descriptive text displayed underneath a headline in search engine results."),
    _("Please provide an image description to comply with best practices for accessibility."),
    _('Multi-word tags with spaces will automatically be enclosed in double quotes (").'),
    _("Add to collection"),
    # What is published when, and what was before
    _("History"),
    _("View history"),
    _("Site history"),
    _("log entries"),
    _("No log entries found."),
    _("Visible to all"),
    _("Not visible to the public"),
    _("Once live anyone can view"),
    _("Visit the live page"),
    _("View latest version"),
    _("First published"),
    _("No publishing schedule set"),
    _("Set schedule"),
    _("Set publishing schedule"),
    _("Save schedule"),
    _("Choose when this page should go live and/or expire"),
    _("Preview is out of date"),
    _("Preview in new tab"),
    # Asked before something is lost
    _("No, don't delete"),
    _("Are you sure you want to delete this %(model_name)s?"),
    _("Select a new parent for this page."),
    # Around every page
    _("Skip to main content"),
)
