from django.db import migrations, models

from accounts.domain.lookalikes import skeleton


def fill(apps, editor):
    """The oldest account keeps a name; a younger one that looks the same is told apart by its key."""
    user = apps.get_model("accounts", "User")
    taken = set()
    for person in user.objects.order_by("pk").only("pk", "nickname").iterator(chunk_size=1000):
        found = skeleton(person.nickname)
        found = f"{found[:140]}~{person.pk}" if found in taken else found
        taken.add(found)
        user.objects.filter(pk=person.pk).update(skeleton=found)


class Migration(migrations.Migration):
    # PostgreSQL refuses to alter a table in the transaction that has filled it when triggers wait.
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("user", "skeleton", models.CharField(default="", editable=False, max_length=160), False),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("user", "skeleton", models.CharField(editable=False, max_length=160, unique=True)),
    ]
