"""Agencies and holidays in the staff area: Wagtail draws the pages, our services do the writing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from core.errors import DomainError
from places import services
from places.models import Agency, Holiday

# Wagtail's own history and usage pages know nothing of what goes through the services and the ledger.
LEFT_OUT = {"history", "history_results", "usage"}


class RefusalsBesideFields:
    """A refusal of the service stands beside its field, with everything that was typed."""

    def form_valid(self, form: ModelForm[Any]) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the generic view
        except DomainError as error:
            # Not left to the middleware: its page would not hold the form.
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # as above
            return self.form_invalid(form)
        return response

    def form_invalid(self, form: ModelForm[Any]) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of the generic view
        response.status_code = 422
        return response


class HolidaySaving(RefusalsBesideFields):
    """Saving a holiday through the service."""

    def save_instance(self) -> Holiday:
        form, user = self.form, self.request.user  # type: ignore[attr-defined]  # of the generic view
        holiday = form.instance if form.instance.pk else None
        return services.save_holiday(actor=user, holiday=holiday, **form.cleaned_data)


class HolidayAddView(HolidaySaving, generic.CreateView):
    pass


class HolidayEditView(HolidaySaving, generic.EditView):
    pass


class HolidayDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        services.remove_holiday(actor=self.request.user, holiday=self.object)


class StaffViewSet(ModelViewSet):
    """What both lists share: no copies, no history beside the ledger."""

    copy_view_enabled = False
    add_to_reference_index = False
    left_out = LEFT_OUT

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        removed = {f"{name}_url_name": None for name in self.left_out if name != "history_results"}
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return common | removed

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in self.left_out]


class YesNoColumn(Column):
    """A column of a field that is true or false, in words."""

    def get_value(self, instance: Any) -> str:
        return gettext("yes") if super().get_value(instance) else gettext("no")


class HolidayViewSet(StaffViewSet):
    model = Holiday
    icon = "calendar-alt"
    menu_label = _("Holidays")
    panels = [FieldPanel("date"), FieldPanel("name_id"), FieldPanel("name_en")]
    list_display = ["date", "name_id", "name_en"]
    list_per_page = 50
    ordering = ["-date"]
    search_fields = ["name_id", "name_en"]
    add_view_class = HolidayAddView
    edit_view_class = HolidayEditView
    delete_view_class = HolidayDeleteView


class AgencySaving(RefusalsBesideFields):
    """Saving an agency through the service."""

    def save_instance(self) -> Agency:
        form, user = self.form, self.request.user  # type: ignore[attr-defined]  # of the generic view
        agency = form.instance if form.instance.pk else None
        return services.save_agency(actor=user, agency=agency, **form.cleaned_data)


class AgencyAddView(AgencySaving, generic.CreateView):
    pass


class AgencyEditView(AgencySaving, generic.EditView):
    def get_form(self, form_class: type[ModelForm[Agency]] | None = None) -> ModelForm[Agency]:
        form: ModelForm[Agency] = super().get_form(form_class)
        # Routing and imports know an agency by its code.
        form.fields["code"].disabled = True
        return form


class AgencyIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Agency]:
        rows: QuerySet[Agency] = super().get_base_queryset()
        return rows.select_related("parent")


class AgencyViewSet(StaffViewSet):
    model = Agency
    icon = "group"
    menu_label = _("Agencies")
    panels = [
        FieldPanel(name)
        for name in (
            "code",
            "name_id",
            "name_en",
            "short_name",
            "kind",
            "parent",
            "region",
            "contact",
            "active",
        )
    ]
    list_display = [
        "name_id",
        "short_name",
        "kind",
        "parent",
        YesNoColumn("active", label=_("Active"), sort_key="active"),
    ]
    list_filter = ["kind", "active"]
    list_per_page = 50
    search_fields = ["name_id", "name_en", "short_name", "code"]
    index_view_class = AgencyIndexView
    add_view_class = AgencyAddView
    edit_view_class = AgencyEditView
    # What happened is never deleted; an agency that is gone is switched off.
    left_out = LEFT_OUT | {"delete"}


class PlacesGroup(ModelViewSetGroup):
    menu_label = _("Places and offices")
    menu_icon = "site"
    menu_order = 300
    items = (AgencyViewSet, HolidayViewSet)


@hooks.register("register_admin_viewset")
def places_in_staff_area() -> PlacesGroup:
    return PlacesGroup()
