"""Offices and people in the staff area: Wagtail draws the pages, our services do the writing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup

from accounts import queries, services
from accounts.forms import AppointForm, EndForm
from accounts.models import RoleAssignment, User
from places.wagtail_hooks import LEFT_OUT, RefusalsBesideFields, StaffViewSet, YesNoColumn


class AppointView(RefusalsBesideFields, generic.CreateView):
    page_title = _("Fill an office")

    def get_form(self, form_class: Any = None) -> AppointForm:
        """Asks for no more than there is to choose."""
        form: AppointForm = super().get_form(form_class)
        form.narrow(self.request.user)
        return form

    def save_instance(self) -> RoleAssignment:
        return services.appoint(actor=self.request.user, **self.form.cleaned_data)


class EndView(RefusalsBesideFields, generic.EditView):
    page_title = _("End an office")

    def get_queryset(self) -> QuerySet[RoleAssignment]:
        return queries.assignments_visible_to(self.request.user)

    def save_instance(self) -> RoleAssignment:
        return services.end_role(
            actor=self.request.user, assignment=self.form.instance, on=self.form.cleaned_data["ends"]
        )


class OfficesView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[RoleAssignment]:
        return queries.assignments_visible_to(self.request.user)


class OfficeViewSet(StaffViewSet):
    model = RoleAssignment
    name = "offices"
    icon = "key"
    menu_label = _("Offices")
    list_display = ["office", "user", "role", "starts", "ends"]
    list_filter = ["role"]
    list_per_page = 50
    search_fields = ["title", "user__nickname"]
    index_view_class = OfficesView
    add_view_class = AppointView
    edit_view_class = EndView
    # What happened is never deleted; an office ends.
    left_out = LEFT_OUT | {"delete"}

    def get_form_class(self, for_update: bool = False) -> type[AppointForm] | type[EndForm]:
        return EndForm if for_update else AppointForm


class PeopleView(generic.IndexView):
    page_title = _("People")

    def get_base_queryset(self) -> QuerySet[User]:
        return queries.people()

    def get_edit_url(self, instance: User) -> None:
        """A list to look at: people change their own accounts."""


class PeopleViewSet(StaffViewSet):
    model = User
    name = "people"
    icon = "user"
    menu_label = _("People")
    # No addresses: who needs one reveals it on the report, with a reason.
    list_display = [
        Column("nickname", label=_("Public nickname"), sort_key="nickname"),
        DateColumn("joined", label=_("Since"), sort_key="joined"),
        YesNoColumn("is_active", label=_("Open")),
    ]
    list_per_page = 50
    search_fields = ["nickname"]
    index_view_class = PeopleView
    form_fields = ["nickname"]
    left_out = LEFT_OUT | {"add", "edit", "delete"}


class PeopleGroup(ModelViewSetGroup):
    menu_label = _("People and offices")
    menu_icon = "group"
    menu_order = 350
    items = (OfficeViewSet, PeopleViewSet)


@hooks.register("register_admin_viewset")
def people_in_staff_area() -> PeopleGroup:
    return PeopleGroup()


@hooks.register("construct_settings_menu")
def hide_wagtails_own_people(request: Any, items: list[Any]) -> None:
    """Accounts and offices change through our services alone."""
    items[:] = [item for item in items if item.name not in {"users", "groups"}]
