"""Gives every item that stands already a thread: its standing kind's in the group, or its own."""

import uuid

from django.db import migrations


def thread(apps, schema_editor):
    Item = apps.get_model("meetings", "Item")
    for item in Item.objects.select_related("meeting").only("kind", "meeting__group").iterator():
        standing = item.kind != "other"
        own = uuid.uuid5(item.meeting.group_id, item.kind) if standing else uuid.uuid4()
        Item.objects.filter(pk=item.pk).update(thread=own)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_before_and_after")]

    operations = [migrations.RunPython(thread, migrations.RunPython.noop)]
