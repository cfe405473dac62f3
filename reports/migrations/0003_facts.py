"""The categories, the routing and the reply templates that an installation starts with."""

from typing import Any

from django.db import migrations
from reports.facts import rows

SMALL, LARGE = "small", "large"


def load(apps: Any, editor: Any) -> None:
    Agency = apps.get_model("places", "Agency")
    Group = apps.get_model("reports", "CategoryGroup")
    Category = apps.get_model("reports", "Category")
    Rule = apps.get_model("reports", "RoutingRule")
    Template = apps.get_model("reports", "ReplyTemplate")
    agencies = {agency.code: agency for agency in Agency.objects.filter(kind__in=["dinas", "outside"])}
    groups: dict[str, Any] = {}
    rules = []
    for place, row in enumerate(rows("categories.csv")):
        name = row["group_id"]
        if name not in groups:
            slug = name.lower().replace(" ", "-")
            groups[name] = Group.objects.create(
                slug=slug, name_id=name, name_en=row["group_en"], position=len(groups)
            )
        category = Category.objects.create(
            slug=row["slug"],
            group=groups[name],
            name_id=row["name_id"],
            name_en=row["name_en"],
            icon=row["icon"],
            days=int(row["days"]),
            first_answer_days=int(row["first_answer_days"]),
            emergency=row["emergency"],
            confidential=bool(row["handler"]),
            handler=agencies[row["handler"]] if row["handler"] else None,
            photo_optional=bool(row["photo_optional"]),
            keywords=row["keywords"].replace("|", "\n"),
            position=place,
        )
        sizes = [("", row["small"])] if row["small"] == row["large"] else [(SMALL, row["small"]), (LARGE, row["large"])]
        for size, target in sizes:
            rules.append(_rule(Rule, agencies, category, size, target, (len(rules) + 1) * 10))
    rules.append(Rule(position=(len(rules) + 1) * 10, destination="desk"))
    Rule.objects.bulk_create(rules)
    Template.objects.bulk_create(
        Template(title=row["title"], step=row["step"], text=row["text"]) for row in rows("reply_templates.csv")
    )


def _rule(Rule: Any, agencies: Any, category: Any, size: str, target: str, position: int) -> Any:
    kind, _, code = target.partition(":")
    destination = {"sub": "sub_agency"}.get(kind, kind)
    return Rule(
        position=position,
        category=category,
        size=size,
        destination=destination,
        agency=agencies[code] if code else None,
    )


def unload(apps: Any, editor: Any) -> None:
    for name in ["ReplyTemplate", "RoutingRule", "Category", "CategoryGroup"]:
        apps.get_model("reports", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_only_legal_moves"), ("places", "0002_facts")]

    operations = [migrations.RunPython(load, unload)]
