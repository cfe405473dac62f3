import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.triggers import both

POSTGRESQL = (
    """CREATE FUNCTION consent_is_never_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a consent is never rewritten'; END $$""",
    """CREATE TRIGGER consent_no_update BEFORE UPDATE ON privacy_consent
    FOR EACH ROW EXECUTE FUNCTION consent_is_never_rewritten()""",
)
SQLITE = (
    """CREATE TRIGGER consent_no_update BEFORE UPDATE ON privacy_consent
    BEGIN SELECT RAISE(ABORT, 'a consent is never rewritten'); END""",
)
UNDO = {
    "postgresql": (
        "DROP TRIGGER consent_no_update ON privacy_consent",
        "DROP FUNCTION consent_is_never_rewritten()",
    ),
    "sqlite": ("DROP TRIGGER consent_no_update",),
}


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("version", models.CharField(max_length=20)),
                ("agreed", models.BooleanField()),
                ("office", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["user", "kind", "-at"], name="consent_newest")]},
        ),
        both(postgresql=POSTGRESQL, sqlite=SQLITE, undo=UNDO),
    ]
