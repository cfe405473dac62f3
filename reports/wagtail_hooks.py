"""Categories, routing and reply templates in the staff area: Wagtail draws, our services write."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.forms.models import construct_instance
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.errors import DomainError
from core.permissions import may
from core.requests import HttpRequest
from places.wagtail_hooks import LEFT_OUT, RefusalsBesideFields, StaffViewSet, YesNoColumn
from reports.domain.workflow import TABLE, Who
from reports.models import Category, CategoryGroup, ReplyTemplate, RoutingRule
from reports.queries.desk_choices import routing_table
from reports.queries.desk_report import STEP_VERBS
from reports.services import tables


class ServiceForm(WagtailAdminModelForm):
    """The service checks what the database's constraints hold, and has a sentence for it."""

    instance: Any

    def _post_clean(self) -> None:
        fields = self._meta
        try:
            self.instance = construct_instance(self, self.instance, fields.fields, fields.exclude)
            self.instance.clean_fields(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)


# Names of fields that the models themselves leave to Django.
HEADINGS = {
    "slug": _("Code"),
    "group": _("Group"),
    "position": _("Position"),
    "name_id": _("Name (Indonesian)"),
    "name_en": _("Name (English)"),
}


def form_of(*names: str, base: type[ServiceForm] = ServiceForm) -> ObjectList:
    """The form of a table: its fields in this order."""
    panels = [FieldPanel(name, heading=HEADINGS.get(name, "")) for name in names]
    return ObjectList(panels, base_form_class=base)


class Refusing(RefusalsBesideFields):
    """Saving through a service: the instance of the form stays as it was when the service refuses."""

    def given(self) -> dict[str, Any]:
        """What the form holds, for the service."""
        form: ModelForm[Any] = self.form  # type: ignore[attr-defined]  # of the generic view
        return dict(form.cleaned_data)

    def before(self) -> Any:
        """The row to change; None for a new one."""
        form: ModelForm[Any] = self.form  # type: ignore[attr-defined]  # of the generic view
        return type(form.instance)._default_manager.get(pk=form.instance.pk) if form.instance.pk else None


class RefusingToDelete:
    """A refusal to delete is said on the list."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the generic view
        except DomainError as error:
            messages.error(self.request, error.sentence)  # type: ignore[attr-defined]  # of the generic view
            page: HttpResponse = self.get(self.request)  # type: ignore[attr-defined]  # of the generic view
            page.status_code = error.status
            return page
        return response


class KeepsCode:
    """Routing, addresses and the ledger know a row by its code."""

    def get_form(self, form_class: Any = None) -> ModelForm[Any]:
        form: ModelForm[Any] = super().get_form(form_class)  # type: ignore[misc]  # of the generic view
        form.fields["slug"].disabled = True
        return form


# --- Categories ---------------------------------------------------------------------------------
class CategorySaving(Refusing):
    def save_instance(self) -> Category:
        return tables.save_category(actor=self.request.user, category=self.before(), **self.given())  # type: ignore[attr-defined]  # of the generic view


class CategoryAdd(CategorySaving, generic.CreateView):
    pass


class CategoryEdit(KeepsCode, CategorySaving, generic.EditView):
    pass


class CategoryIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Category]:
        rows: QuerySet[Category] = super().get_base_queryset()
        return rows.select_related("group", "handler")


class CategoryFilter(WagtailFilterSet):
    group = ModelChoiceFilter(queryset=CategoryGroup.objects.all(), label=HEADINGS["group"])

    class Meta:
        model = Category
        fields = ("group", "confidential", "active")


class CategoryViewSet(StaffViewSet):
    model = Category
    icon = "tag"
    menu_label = _("Categories")
    edit_handler = form_of(
        *("slug", "group", "name_id", "name_en", "icon", "days", "first_answer_days", "emergency"),
        *("confidential", "handler", "photo_optional", "keywords", "position", "active"),
    )
    list_display = [
        "name_id",
        Column("group", label=HEADINGS["group"], sort_key="group__position"),
        "days",
        "first_answer_days",
        YesNoColumn("confidential", label=_("Confidential"), sort_key="confidential"),
        YesNoColumn("active", label=_("Active"), sort_key="active"),
    ]
    filterset_class = CategoryFilter
    list_per_page = 60
    search_fields = ["name_id", "name_en", "slug", "keywords"]
    index_view_class = CategoryIndex
    add_view_class = CategoryAdd
    edit_view_class = CategoryEdit
    # What happened is never deleted; a category that is gone is switched off.
    left_out = LEFT_OUT | {"delete"}


class GroupSaving(Refusing):
    def save_instance(self) -> CategoryGroup:
        return tables.save_group(actor=self.request.user, group=self.before(), **self.given())  # type: ignore[attr-defined]  # of the generic view


class GroupAdd(GroupSaving, generic.CreateView):
    pass


class GroupEdit(KeepsCode, GroupSaving, generic.EditView):
    pass


class GroupDelete(RefusingToDelete, generic.DeleteView):
    def delete_action(self) -> None:
        tables.remove_group(actor=self.request.user, group=self.object)


class GroupViewSet(StaffViewSet):
    model = CategoryGroup
    icon = "folder-open-inverse"
    menu_label = _("Category groups")
    edit_handler = form_of("slug", "name_id", "name_en", "position")
    list_display = ["name_id", "name_en", Column("position", label=HEADINGS["position"], sort_key="position")]
    add_view_class = GroupAdd
    edit_view_class = GroupEdit
    delete_view_class = GroupDelete


# --- Routing ------------------------------------------------------------------------------------
class RuleForm(ServiceForm):
    """What is left empty is said in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].empty_label = _("every category")
        self.fields["region"].empty_label = _("the whole city")
        self.fields["agency"].empty_label = _("none")
        sizes = RoutingRule._meta.get_field("size").choices or ()
        self.fields["size"].choices = [("", _("every size")), *sizes]


class RuleSaving(Refusing):
    def save_instance(self) -> RoutingRule:
        return tables.save_rule(actor=self.request.user, rule=self.before(), **self.given())  # type: ignore[attr-defined]  # of the generic view


class RuleAdd(RuleSaving, generic.CreateView):
    pass


class RuleEdit(RuleSaving, generic.EditView):
    pass


class RuleDelete(RefusingToDelete, generic.DeleteView):
    def delete_action(self) -> None:
        tables.remove_rule(actor=self.request.user, rule=self.object)


class RuleIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[RoutingRule]:
        rows: QuerySet[RoutingRule] = super().get_base_queryset()
        return rows.select_related("category", "region", "agency")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # The list alone is fetched anew while somebody searches; told then, it would be told on the next page.
        for warning in [] if self.results_only else routing_table().warnings:
            messages.warning(self.request, warning)
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context


class RuleViewSet(StaffViewSet):
    model = RoutingRule
    icon = "redirect"
    menu_label = _("Routing")
    edit_handler = form_of("position", "category", "region", "size", "destination", "agency", base=RuleForm)
    list_display = [
        "position",
        Column("category", label=_("Category"), accessor=lambda rule: rule.category or _("every category")),
        Column("region", label=_("Region"), accessor=lambda rule: rule.region or _("the whole city")),
        Column("size", label=_("Size"), accessor=lambda rule: rule.get_size_display() or _("every size")),
        Column("destination", label=_("Goes to"), accessor="get_destination_display"),
        "agency",
    ]
    ordering = ["position", "pk"]
    list_per_page = 200
    index_view_class = RuleIndex
    add_view_class = RuleAdd
    edit_view_class = RuleEdit
    delete_view_class = RuleDelete


# --- Reply templates ------------------------------------------------------------------------------
# Citizens and the clock use no templates.
OFFICE_STEPS = [(step.name, STEP_VERBS[step.name]) for step in TABLE if step.who not in (Who.REPORTER, Who.SYSTEM)]


class TemplateForm(ServiceForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", _("every step")), *OFFICE_STEPS]
        self.fields["category"].empty_label = _("every category")


def step_in_words(row: ReplyTemplate) -> str:
    """The step of a template as the desk calls it."""
    return str(dict(OFFICE_STEPS).get(row.step, _("every step")))


class TemplateSaving(Refusing):
    def save_instance(self) -> ReplyTemplate:
        return tables.save_template(actor=self.request.user, template=self.before(), **self.given())  # type: ignore[attr-defined]  # of the generic view


class TemplateAdd(TemplateSaving, generic.CreateView):
    pass


class TemplateEdit(TemplateSaving, generic.EditView):
    pass


class TemplateDelete(RefusingToDelete, generic.DeleteView):
    def delete_action(self) -> None:
        tables.remove_template(actor=self.request.user, template=self.object)


class TemplateViewSet(StaffViewSet):
    model = ReplyTemplate
    icon = "edit"
    menu_label = _("Reply templates")
    edit_handler = form_of("title", "step", "category", "text", "active", base=TemplateForm)
    list_display = [
        "title",
        Column("step", label=_("For the step"), accessor=step_in_words),
        Column("category", label=_("Category"), accessor=lambda row: row.category or _("every category")),
        YesNoColumn("active", label=_("Active"), sort_key="active"),
    ]
    list_filter = ["active"]
    list_per_page = 60
    search_fields = ["title", "text"]
    add_view_class = TemplateAdd
    edit_view_class = TemplateEdit
    delete_view_class = TemplateDelete


class Way(MenuItem):
    """A page outside the staff area, for those who may open it."""

    def __init__(self, label: Any, address: str, permission: str, **look: Any) -> None:
        super().__init__(label, reverse(address), name=address, **look)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, self.permission)


class ReportTables(ModelViewSetGroup):
    menu_label = _("Report tables")
    menu_icon = "form"
    menu_order = 310
    items = (CategoryViewSet, GroupViewSet, RuleViewSet, TemplateViewSet)

    def get_submenu_items(self) -> list[Any]:
        where = Way(_("Where would this go?"), "desk_routing", "reports.read_routing", icon_name="help", order=900)
        looks = Way(_("Who looked at a contact"), "desk_reveals", "reports.read_reveals", icon_name="view", order=910)
        return [*super().get_submenu_items(), where, looks]


@hooks.register("register_admin_menu_item")
def back_to_the_desk() -> MenuItem:
    return Way(_("Desk"), "desk", "reports.use_desk", icon_name="clipboard-list", order=50)


@hooks.register("register_admin_viewset")
def tables_in_staff_area() -> ReportTables:
    return ReportTables()
