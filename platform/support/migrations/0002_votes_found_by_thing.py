from django.db import migrations


class Migration(migrations.Migration):
    """django-voting has no index that leads with the thing: counting the votes of one would read them all."""

    dependencies = [
        ("support", "0001_initial"),
        ("voting", "0002_alter_vote_object_id"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX votes_by_thing ON votes (content_type_id, object_id, vote)",
            "DROP INDEX votes_by_thing",
        ),
    ]
