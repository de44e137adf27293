import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.constraints
import core.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("actions", "0006_answered_through"),
        ("documents", "0005_titles_out_of_the_record"),
        ("membership", "0005_themes"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearningTheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "about",
                    models.CharField(blank=True, max_length=300, verbose_name="what belongs to it"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalArrangement",
            fields=[
                (
                    "shown_name",
                    models.CharField(
                        choices=[
                            ("law", "What the law calls it on the day"),
                            ("dhr", "Domestic homicide review"),
                            ("dardr", "Domestic abuse related death review"),
                        ],
                        default="law",
                        max_length=5,
                    ),
                ),
                (
                    "led_by",
                    models.CharField(
                        blank=True,
                        help_text="Where another partnership, such as the county’s, commissions the reviews.",
                        max_length=160,
                        verbose_name="who usually leads",
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(max_length=120, verbose_name="who to ask (a team, no person)"),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email"),
                ),
                (
                    "home_office",
                    models.TextField(
                        blank=True, verbose_name="how to reach the Home Office’s team"
                    ),
                ),
                (
                    "information_days",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="working days that a body has to answer"
                    ),
                ),
                (
                    "check_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        verbose_name="months until it is checked whether an action made the difference",
                    ),
                ),
                (
                    "site_years",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="years that a report stays public"
                    ),
                ),
                (
                    "keep_years",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="years that a closed review is kept"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where these stand written"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.group",
                        verbose_name="panel",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical arrangement",
                "verbose_name_plural": "historical arrangements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLearning",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("lesson", "Lesson"), ("briefing", "Learning briefing")],
                        default="lesson",
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("happened", models.TextField(verbose_name="what was seen, in general words")),
                ("matters", models.TextField(blank=True, verbose_name="why it matters")),
                ("practice", models.TextField(verbose_name="what to do differently")),
                ("where_to_read", models.TextField(blank=True, verbose_name="where to read more")),
                ("made_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical learning",
                "verbose_name_plural": "historical learning",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReview",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("reference", models.CharField(editable=False, max_length=20)),
                (
                    "pseudonym",
                    models.CharField(
                        help_text="A pseudonym that the family agrees to, or a plain word. Never a real name.",
                        max_length=80,
                        verbose_name="name under which the review is known",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("notified", "To decide"),
                            ("no_review", "No review"),
                            ("under_way", "Under way"),
                            ("submitted", "With the Quality Assurance Panel"),
                            ("returned", "To change and submit again"),
                            ("cleared", "Cleared to publish"),
                            ("published", "Published, plan watched"),
                            ("closed", "Closed"),
                        ],
                        default="notified",
                        max_length=12,
                    ),
                ),
                (
                    "lead",
                    models.CharField(
                        choices=[
                            ("here", "This partnership"),
                            ("elsewhere", "Another partnership"),
                        ],
                        default="here",
                        max_length=10,
                        verbose_name="led by",
                    ),
                ),
                (
                    "led_by",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="the other partnership"
                    ),
                ),
                (
                    "led_reference",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="its reference for the review"
                    ),
                ),
                ("notified_on", models.DateField(verbose_name="notified on")),
                (
                    "circumstances",
                    models.TextField(
                        blank=True,
                        help_text="As few words as the decision needs.",
                        verbose_name="what is known, without names",
                    ),
                ),
                ("reopened_on", models.DateField(blank=True, editable=False, null=True)),
                ("reopened_because", models.TextField(blank=True)),
                ("closed_on", models.DateField(blank=True, editable=False, null=True)),
                ("erased_on", models.DateField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.group",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notified_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="notified by",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical review",
                "verbose_name_plural": "historical reviews",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(editable=False, max_length=20)),
                (
                    "pseudonym",
                    models.CharField(
                        help_text="A pseudonym that the family agrees to, or a plain word. Never a real name.",
                        max_length=80,
                        verbose_name="name under which the review is known",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("notified", "To decide"),
                            ("no_review", "No review"),
                            ("under_way", "Under way"),
                            ("submitted", "With the Quality Assurance Panel"),
                            ("returned", "To change and submit again"),
                            ("cleared", "Cleared to publish"),
                            ("published", "Published, plan watched"),
                            ("closed", "Closed"),
                        ],
                        default="notified",
                        max_length=12,
                    ),
                ),
                (
                    "lead",
                    models.CharField(
                        choices=[
                            ("here", "This partnership"),
                            ("elsewhere", "Another partnership"),
                        ],
                        default="here",
                        max_length=10,
                        verbose_name="led by",
                    ),
                ),
                (
                    "led_by",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="the other partnership"
                    ),
                ),
                (
                    "led_reference",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="its reference for the review"
                    ),
                ),
                ("notified_on", models.DateField(verbose_name="notified on")),
                (
                    "circumstances",
                    models.TextField(
                        blank=True,
                        help_text="As few words as the decision needs.",
                        verbose_name="what is known, without names",
                    ),
                ),
                ("reopened_on", models.DateField(blank=True, editable=False, null=True)),
                ("reopened_because", models.TextField(blank=True)),
                ("closed_on", models.DateField(blank=True, editable=False, null=True)),
                ("erased_on", models.DateField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="death_review",
                        to="membership.group",
                    ),
                ),
                (
                    "notified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="notified by",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="death_reviews",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["-notified_on", "-reference"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "reference"), name="dhr_review_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lead", "here"), ("led_by", "")),
                            models.Q(
                                ("lead", "elsewhere"), models.Q(("led_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="dhr_review_led",
                        violation_error_message="Say which other partnership leads the review.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("stage", "closed")),
                            models.Q(
                                models.Q(("stage", "closed"), _negated=True), ("closed_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="dhr_review_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_on", None), ("stage", "closed"), _connector="OR"
                        ),
                        name="dhr_review_erased",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("decide", "Decide whether to hold a review"),
                            ("tell_home_office", "Tell the Home Office of the decision"),
                            ("tell_family", "Tell the family"),
                            ("chair", "Appoint an independent chair"),
                            ("terms", "Agree the terms of reference"),
                            ("first_meeting", "First meeting of the panel"),
                            ("information", "Have all information in"),
                            ("report", "Complete the overview report"),
                            ("submit", "Submit to the Quality Assurance Panel"),
                            ("feedback", "The Quality Assurance Panel’s answer"),
                            ("publish", "Publish"),
                            ("copies", "Send the copies"),
                            ("plan", "All actions signed off"),
                            ("remove", "Take the report off the site"),
                        ],
                        max_length=16,
                    ),
                ),
                ("occurrence", models.PositiveSmallIntegerField(default=1)),
                ("legal", models.BooleanField(default=False)),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="counted from")),
                ("first_due_on", models.DateField(verbose_name="first due")),
                ("due_on", models.DateField(verbose_name="now due")),
                ("says", models.CharField(blank=True, max_length=160)),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("stopped_on", models.DateField(blank=True, null=True)),
                (
                    "stopped_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it no longer runs"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["review", "first_due_on", "id"],
                "indexes": [
                    models.Index(
                        models.F("first_due_on"),
                        condition=models.Q(("done_on", None), ("stopped_on", None)),
                        name="dhr_milestone_running",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "step", "occurrence"), name="dhr_milestone_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("first_due_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="dhr_milestone_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("first_due_on"))),
                        name="dhr_milestone_due",
                        violation_error_message="The new date must not be before the one first set.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True), ("stopped_on__isnull", True), _connector="OR"
                        ),
                        name="dhr_milestone_done_or_stopped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InformationRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("secure", "Secure its records"),
                            ("chronology", "Chronology"),
                            ("imr", "Individual management review"),
                            ("summary", "Short summary report"),
                        ],
                        max_length=12,
                    ),
                ),
                ("anybody", models.BooleanField(default=False)),
                ("questions", models.TextField(blank=True, verbose_name="what is asked besides")),
                (
                    "known",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="the agency knew somebody of this review",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="answer")),
                (
                    "withheld",
                    models.TextField(
                        blank=True, verbose_name="what is not given, and the law that says so"
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.agency",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="report",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.request",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer who wrote it down",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="information_requests",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["review", "agency__name", "kind"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalChronologyLine",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="time")),
                (
                    "who",
                    models.CharField(blank=True, max_length=160, verbose_name="who was concerned"),
                ),
                ("what", models.TextField(verbose_name="what happened")),
                ("done", models.TextField(blank=True, verbose_name="what was decided or done")),
                (
                    "contact_other",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="other body contacted"
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[("standard", "Standard"), ("medium", "Medium"), ("high", "High")],
                        max_length=8,
                        verbose_name="risk as assessed",
                    ),
                ),
                (
                    "source_reference",
                    models.CharField(blank=True, max_length=80, verbose_name="reference"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "contact_with",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="agency contacted",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "information",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.informationrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical chronology line",
                "verbose_name_plural": "historical chronology lines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ChronologyLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="time")),
                (
                    "who",
                    models.CharField(blank=True, max_length=160, verbose_name="who was concerned"),
                ),
                ("what", models.TextField(verbose_name="what happened")),
                ("done", models.TextField(blank=True, verbose_name="what was decided or done")),
                (
                    "contact_other",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="other body contacted"
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[("standard", "Standard"), ("medium", "Medium"), ("high", "High")],
                        max_length=8,
                        verbose_name="risk as assessed",
                    ),
                ),
                (
                    "source_reference",
                    models.CharField(blank=True, max_length=80, verbose_name="reference"),
                ),
                (
                    "contact_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="agency contacted",
                    ),
                ),
                (
                    "information",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="dhr.informationrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Delay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField()),
                ("reason", models.CharField(max_length=300, verbose_name="reason, without names")),
                (
                    "home_office_told_on",
                    models.DateField(blank=True, null=True, verbose_name="Home Office told on"),
                ),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delays",
                        to="dhr.milestone",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(editable=False, max_length=20)),
                (
                    "purpose",
                    models.TextField(
                        blank=True, verbose_name="what they need to know, without names"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "group",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.group",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts_in_death_reviews",
                        to="membership.partnership",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["review", "partnership__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "partnership"), name="dhr_part_once"),
                    models.UniqueConstraint(
                        fields=("partnership", "reference"), name="dhr_part_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="dhr_part_dates",
                        violation_error_message="The end must be on or after the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("good", models.BooleanField(verbose_name="good enough")),
                (
                    "missing",
                    models.JSONField(
                        blank=True, default=list, verbose_name="points that are not met"
                    ),
                ),
                ("remark", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "information",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="dhr.informationrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="recommendation, naming nobody")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("local", "Local"),
                            ("regional", "Regional"),
                            ("national", "National"),
                        ],
                        default="local",
                        max_length=8,
                    ),
                ),
                (
                    "early",
                    models.BooleanField(
                        default=False, verbose_name="to be acted on before publication"
                    ),
                ),
                (
                    "removed_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was taken off"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="agency from whose own review it comes",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="repeated_by",
                        to="dhr.recommendation",
                        verbose_name="the same lesson before",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="recommendations", to="dhr.learningtheme"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["review", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "number"), name="dhr_recommendation_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeats", None),
                            models.Q(("repeats", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="dhr_recommendation_not_own_repeat",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="recommendation, naming nobody")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("local", "Local"),
                            ("regional", "Regional"),
                            ("national", "National"),
                        ],
                        default="local",
                        max_length=8,
                    ),
                ),
                (
                    "early",
                    models.BooleanField(
                        default=False, verbose_name="to be acted on before publication"
                    ),
                ),
                (
                    "removed_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was taken off"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="agency from whose own review it comes",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.recommendation",
                        verbose_name="the same lesson before",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical recommendation",
                "verbose_name_plural": "historical recommendations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="action to take")),
                (
                    "outside",
                    models.CharField(blank=True, max_length=160, verbose_name="other body"),
                ),
                (
                    "outside_said",
                    models.TextField(blank=True, verbose_name="what the other body answered"),
                ),
                (
                    "outside_said_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                ("milestones", models.TextField(blank=True, verbose_name="key milestones")),
                ("target_on", models.DateField(verbose_name="target date")),
                (
                    "completed_on",
                    models.DateField(blank=True, null=True, verbose_name="completed on"),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="outcome")),
                ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sign_off_remark",
                    models.TextField(blank=True, verbose_name="what the sign-off rests on"),
                ),
                (
                    "removed_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was taken off"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "action",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.action",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="lead agency",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="dhr.part",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
                (
                    "signed_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="dhr.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["recommendation", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recommendation", "number"), name="dhr_item_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency__isnull", False), ("outside", "")),
                            models.Q(("agency", None), models.Q(("outside", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="dhr_item_for_one_body",
                        violation_error_message="Choose an agency, or name another body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_off_at__isnull", True), ("signed_off_by__isnull", True)
                            ),
                            models.Q(
                                ("signed_off_at__isnull", False), ("signed_off_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="dhr_item_signed_off_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_off_at", None),
                            ("completed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="dhr_item_signed_off_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDifferenceCheck",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("first_due_on", models.DateField(verbose_name="to be checked by")),
                ("checked_on", models.DateField(blank=True, null=True)),
                (
                    "difference",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, and it is shown"),
                            ("partly", "Partly"),
                            ("no", "No"),
                            ("unknown", "It cannot be told yet"),
                        ],
                        max_length=8,
                    ),
                ),
                ("found", models.TextField(blank=True, verbose_name="how it is known")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.planitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical difference check",
                "verbose_name_plural": "historical difference checks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Learning",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("lesson", "Lesson"), ("briefing", "Learning briefing")],
                        default="lesson",
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("happened", models.TextField(verbose_name="what was seen, in general words")),
                ("matters", models.TextField(blank=True, verbose_name="why it matters")),
                ("practice", models.TextField(verbose_name="what to do differently")),
                ("where_to_read", models.TextField(blank=True, verbose_name="where to read more")),
                ("made_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="learning",
                        to="membership.partnership",
                    ),
                ),
                (
                    "publication",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.publication",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(blank=True, related_name="+", to="dhr.learningtheme"),
                ),
                (
                    "comes_from",
                    models.ManyToManyField(
                        blank=True, related_name="learning", to="dhr.recommendation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "learning",
                "ordering": ["-made_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by", None),
                            models.Q(("checked_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="dhr_learning_two_people",
                        violation_error_message="Somebody else than the writer must check it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("publication", None), ("checked_at__isnull", False), _connector="OR"
                        ),
                        name="dhr_learning_published_checked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation_themes",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="dhr.historicalrecommendation",
                    ),
                ),
                (
                    "learningtheme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.learningtheme",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalRecommendation_themes",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPlanItem",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="action to take")),
                (
                    "outside",
                    models.CharField(blank=True, max_length=160, verbose_name="other body"),
                ),
                (
                    "outside_said",
                    models.TextField(blank=True, verbose_name="what the other body answered"),
                ),
                (
                    "outside_said_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                ("milestones", models.TextField(blank=True, verbose_name="key milestones")),
                ("target_on", models.DateField(verbose_name="target date")),
                (
                    "completed_on",
                    models.DateField(blank=True, null=True, verbose_name="completed on"),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="outcome")),
                ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sign_off_remark",
                    models.TextField(blank=True, verbose_name="what the sign-off rests on"),
                ),
                (
                    "removed_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was taken off"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="actions.action",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="lead agency",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
                (
                    "signed_off_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.part",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical plan item",
                "verbose_name_plural": "historical plan items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Proceeding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("criminal", "Criminal proceedings"),
                            ("coroner", "Coroner’s inquest"),
                            ("child", "Child safeguarding practice review"),
                            ("adult", "Safeguarding adult review"),
                            ("conduct", "Police conduct investigation"),
                            ("mental_health", "Mental health homicide review"),
                            ("other", "Another process"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="who to ask, by post"
                    ),
                ),
                (
                    "effect",
                    models.TextField(blank=True, verbose_name="what it means for the review"),
                ),
                ("starts_on", models.DateField(verbose_name="since")),
                (
                    "expected_on",
                    models.DateField(blank=True, null=True, verbose_name="expected to end"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "result",
                    models.TextField(blank=True, verbose_name="how it ended, without names"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proceedings",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="dhr_proceeding_dates",
                        violation_error_message="The end must be on or after the start.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=160)),
                ("differences", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("taken_over_at", models.DateTimeField(blank=True, null=True)),
                ("put_away_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.content",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_files",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_over_at", None), ("put_away_at", None), _connector="OR"
                        ),
                        name="dhr_plan_file_ended_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Misfit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contact", "The other agency has no record of it"),
                            ("date", "Dates differ"),
                            ("risk", "Risk differs"),
                            ("silent", "Nothing was recorded for a long time"),
                            ("outside", "Outside the dates that the review looks at"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=120)),
                ("settled", models.CharField(max_length=300, verbose_name="what was found out")),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="misfits",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "kind", "key"), name="dhr_misfit_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pseudonym", models.CharField(max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("died", "Who died"),
                            ("other_person", "The person suspected or responsible"),
                            ("child", "Child"),
                            ("family", "Family or friend"),
                            ("worker", "Somebody who worked with them"),
                            ("place", "A place or an address"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "names",
                    core.sealed.SealedTextField(
                        verbose_name="names and spellings, one on each line"
                    ),
                ),
                ("changed_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "key",
                "ordering": ["review", "pseudonym"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "pseudonym"), name="dhr_key_pseudonym"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_because", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holds",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dhr_hold_lifted",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTold",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("home_office", "Home Office"),
                            ("family", "Family"),
                            ("coroner", "Coroner"),
                            ("police", "Police"),
                            ("commissioner", "Domestic Abuse Commissioner"),
                            ("secretary", "Secretary of State"),
                            ("pcc", "Police and Crime Commissioner’s office"),
                            ("agencies", "Agencies of the review"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("decision", "The decision"),
                            ("panel", "The chair, the panel and the terms of reference"),
                            ("delay", "A delay"),
                            ("report", "The report"),
                            ("clearance", "The Quality Assurance Panel’s answer"),
                            ("publication", "The publication"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        help_text="Such as “by letter, through their advocate”. No names.",
                        max_length=300,
                        verbose_name="how, and what they said",
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical told",
                "verbose_name_plural": "historical told",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSubmission",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "changes",
                    models.TextField(
                        blank=True, verbose_name="what was changed since the last time"
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                (
                    "feedback",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for the answer"),
                            ("cleared", "Adequate, cleared to publish"),
                            ("changes", "Adequate once changed; to be sent again"),
                            ("inadequate", "Inadequate"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "feedback_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                ("feedback_text", models.TextField(blank=True, verbose_name="what the panel said")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.document",
                        verbose_name="overview report",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical submission",
                "verbose_name_plural": "historical submissions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProceeding",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("criminal", "Criminal proceedings"),
                            ("coroner", "Coroner’s inquest"),
                            ("child", "Child safeguarding practice review"),
                            ("adult", "Safeguarding adult review"),
                            ("conduct", "Police conduct investigation"),
                            ("mental_health", "Mental health homicide review"),
                            ("other", "Another process"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="who to ask, by post"
                    ),
                ),
                (
                    "effect",
                    models.TextField(blank=True, verbose_name="what it means for the review"),
                ),
                ("starts_on", models.DateField(verbose_name="since")),
                (
                    "expected_on",
                    models.DateField(blank=True, null=True, verbose_name="expected to end"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "result",
                    models.TextField(blank=True, verbose_name="how it ended, without names"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical proceeding",
                "verbose_name_plural": "historical proceedings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPart",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("reference", models.CharField(editable=False, max_length=20)),
                (
                    "purpose",
                    models.TextField(
                        blank=True, verbose_name="what they need to know, without names"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.group",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical part",
                "verbose_name_plural": "historical parts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMilestone",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("decide", "Decide whether to hold a review"),
                            ("tell_home_office", "Tell the Home Office of the decision"),
                            ("tell_family", "Tell the family"),
                            ("chair", "Appoint an independent chair"),
                            ("terms", "Agree the terms of reference"),
                            ("first_meeting", "First meeting of the panel"),
                            ("information", "Have all information in"),
                            ("report", "Complete the overview report"),
                            ("submit", "Submit to the Quality Assurance Panel"),
                            ("feedback", "The Quality Assurance Panel’s answer"),
                            ("publish", "Publish"),
                            ("copies", "Send the copies"),
                            ("plan", "All actions signed off"),
                            ("remove", "Take the report off the site"),
                        ],
                        max_length=16,
                    ),
                ),
                ("occurrence", models.PositiveSmallIntegerField(default=1)),
                ("legal", models.BooleanField(default=False)),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="counted from")),
                ("first_due_on", models.DateField(verbose_name="first due")),
                ("due_on", models.DateField(verbose_name="now due")),
                ("says", models.CharField(blank=True, max_length=160)),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("stopped_on", models.DateField(blank=True, null=True)),
                (
                    "stopped_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it no longer runs"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical milestone",
                "verbose_name_plural": "historical milestones",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalInformationRequest",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("secure", "Secure its records"),
                            ("chronology", "Chronology"),
                            ("imr", "Individual management review"),
                            ("summary", "Short summary report"),
                        ],
                        max_length=12,
                    ),
                ),
                ("anybody", models.BooleanField(default=False)),
                ("questions", models.TextField(blank=True, verbose_name="what is asked besides")),
                (
                    "known",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="the agency knew somebody of this review",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="answer")),
                (
                    "withheld",
                    models.TextField(
                        blank=True, verbose_name="what is not given, and the law that says so"
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="membership.agency",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.document",
                        verbose_name="report",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="actions.request",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer who wrote it down",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical information request",
                "verbose_name_plural": "historical information requests",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDeath",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("pseudonym", models.CharField(max_length=80)),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="died on")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("homicide", "Apparently killed by another person"),
                            ("suicide", "Apparent suicide, where abuse gives concern"),
                            ("other", "Another death where abuse may have had a part"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("partner", "Intimate partner"),
                            ("former", "Former intimate partner"),
                            ("relative", "Relative"),
                            ("household", "Member of the same household"),
                            ("unknown", "Not known yet"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "elsewhere",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="where, if outside this area"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical death",
                "verbose_name_plural": "historical deaths",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChair",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("independence", models.TextField(verbose_name="statement of independence")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it ended"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical chair",
                "verbose_name_plural": "historical chairs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("rows", models.JSONField(default=dict, help_text="How many rows of each table")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("review", "Hold a review"),
                            ("no_review", "Hold no review"),
                            ("other", "Another statutory review does it"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("reasons", models.TextField()),
                (
                    "decided_by",
                    models.CharField(max_length=160, verbose_name="who decided, by post"),
                ),
                ("decided_on", models.DateField()),
                (
                    "reversed_because",
                    models.TextField(
                        blank=True, verbose_name="why the earlier decision is reversed"
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "number"), name="dhr_decision_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("reversed_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dhr_decision_reversed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Death",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("pseudonym", models.CharField(max_length=80)),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="died on")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("homicide", "Apparently killed by another person"),
                            ("suicide", "Apparent suicide, where abuse gives concern"),
                            ("other", "Another death where abuse may have had a part"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("partner", "Intimate partner"),
                            ("former", "Former intimate partner"),
                            ("relative", "Relative"),
                            ("household", "Member of the same household"),
                            ("unknown", "Not known yet"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "elsewhere",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="where, if outside this area"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deaths",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["review", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="dhr_death_number"),
                    models.UniqueConstraint(
                        fields=("review", "pseudonym"), name="dhr_death_pseudonym"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("free", models.BooleanField(verbose_name="has no part in the case")),
                ("said", models.TextField(blank=True, verbose_name="what they said")),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflict_checks",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Chair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("independence", models.TextField(verbose_name="statement of independence")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it ended"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chairs",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="dhr_chair_dates",
                        violation_error_message="The end must be on or after the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("review", "="),
                            (
                                core.constraints.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="dhr_one_chair",
                        violation_error_message="Somebody chairs the review at that time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            models.Q(("ended_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dhr_chair_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Act and section")),
                (
                    "called",
                    models.CharField(
                        choices=[
                            ("dhr", "Domestic homicide review"),
                            ("dardr", "Domestic abuse related death review"),
                        ],
                        max_length=5,
                        verbose_name="name of the review",
                    ),
                ),
                (
                    "decide_within",
                    models.PositiveSmallIntegerField(
                        verbose_name="months to decide after notification"
                    ),
                ),
                (
                    "report_within",
                    models.PositiveSmallIntegerField(
                        verbose_name="months from the decision to the report"
                    ),
                ),
                (
                    "copy_to_commissioner",
                    models.BooleanField(verbose_name="copy to the Domestic Abuse Commissioner"),
                ),
                (
                    "copy_to_secretary",
                    models.BooleanField(verbose_name="copy to the Secretary of State"),
                ),
                ("source_url", models.URLField(blank=True)),
                ("remark", models.CharField(blank=True, max_length=300)),
                (
                    "verified",
                    models.BooleanField(default=False, verbose_name="checked against the Act"),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="in force from"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "ordering": ["starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="dhr_rule_dates",
                        violation_error_message="The end must be on or after the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("starts_on__isnull", False)),
                        expressions=[
                            (
                                core.constraints.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            )
                        ],
                        name="dhr_one_rule",
                        violation_error_message="Another version of the law holds at that time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "changes",
                    models.TextField(
                        blank=True, verbose_name="what was changed since the last time"
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                (
                    "feedback",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for the answer"),
                            ("cleared", "Adequate, cleared to publish"),
                            ("changes", "Adequate once changed; to be sent again"),
                            ("inadequate", "Inadequate"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "feedback_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                ("feedback_text", models.TextField(blank=True, verbose_name="what the panel said")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="overview report",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "number"), name="dhr_submission_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("feedback", "waiting"), ("feedback_on", None)),
                            models.Q(
                                models.Q(("feedback", "waiting"), _negated=True),
                                ("feedback_on__gte", models.F("submitted_on")),
                            ),
                            _connector="OR",
                        ),
                        name="dhr_submission_answered",
                        violation_error_message="The answer cannot be before the report was sent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "elsewhere_url",
                    models.URLField(
                        blank=True, verbose_name="where it stands, if published elsewhere"
                    ),
                ),
                ("published_on", models.DateField()),
                ("remove_on", models.DateField(verbose_name="to leave the site on")),
                ("removed_on", models.DateField(blank=True, null=True)),
                ("removed_because", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publication",
                    models.OneToOneField(
                        blank=True,
                        help_text="None where the partnership that leads the review published it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.publication",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="published_reports",
                        to="dhr.review",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dhr.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["-published_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("publication__isnull", False), ("elsewhere_url", "")),
                            models.Q(
                                ("publication", None),
                                models.Q(("elsewhere_url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dhr_published_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_on", None),
                            ("removed_on__gte", models.F("published_on")),
                            _connector="OR",
                        ),
                        name="dhr_published_removed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPublishedReport",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "elsewhere_url",
                    models.URLField(
                        blank=True, verbose_name="where it stands, if published elsewhere"
                    ),
                ),
                ("published_on", models.DateField()),
                ("remove_on", models.DateField(verbose_name="to leave the site on")),
                ("removed_on", models.DateField(blank=True, null=True)),
                ("removed_because", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="None where the partnership that leads the review published it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.publication",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.review",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dhr.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical published report",
                "verbose_name_plural": "historical published reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text", models.TextField(verbose_name="terms of reference")),
                ("scope_from", models.DateField(verbose_name="looks at events from")),
                ("scope_to", models.DateField(verbose_name="to")),
                (
                    "changed_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why they were changed"
                    ),
                ),
                (
                    "agreed_on",
                    models.DateField(blank=True, null=True, verbose_name="agreed by the panel on"),
                ),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "terms",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="dhr_terms_number"),
                    models.CheckConstraint(
                        condition=models.Q(("scope_from__lte", models.F("scope_to"))),
                        name="dhr_terms_scope",
                        violation_error_message="The first day must not be after the last.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("home_office", "Home Office"),
                            ("family", "Family"),
                            ("coroner", "Coroner"),
                            ("police", "Police"),
                            ("commissioner", "Domestic Abuse Commissioner"),
                            ("secretary", "Secretary of State"),
                            ("pcc", "Police and Crime Commissioner’s office"),
                            ("agencies", "Agencies of the review"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("decision", "The decision"),
                            ("panel", "The chair, the panel and the terms of reference"),
                            ("delay", "A delay"),
                            ("report", "The report"),
                            ("clearance", "The Quality Assurance Panel’s answer"),
                            ("publication", "The publication"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        help_text="Such as “by letter, through their advocate”. No names.",
                        max_length=300,
                        verbose_name="how, and what they said",
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="dhr.review",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "told",
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="death_review_arrangement",
                        serialize=False,
                        to="membership.partnership",
                    ),
                ),
                (
                    "shown_name",
                    models.CharField(
                        choices=[
                            ("law", "What the law calls it on the day"),
                            ("dhr", "Domestic homicide review"),
                            ("dardr", "Domestic abuse related death review"),
                        ],
                        default="law",
                        max_length=5,
                    ),
                ),
                (
                    "led_by",
                    models.CharField(
                        blank=True,
                        help_text="Where another partnership, such as the county’s, commissions the reviews.",
                        max_length=160,
                        verbose_name="who usually leads",
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(max_length=120, verbose_name="who to ask (a team, no person)"),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email"),
                ),
                (
                    "home_office",
                    models.TextField(
                        blank=True, verbose_name="how to reach the Home Office’s team"
                    ),
                ),
                (
                    "information_days",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="working days that a body has to answer"
                    ),
                ),
                (
                    "check_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        verbose_name="months until it is checked whether an action made the difference",
                    ),
                ),
                (
                    "site_years",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="years that a report stays public"
                    ),
                ),
                (
                    "keep_years",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="years that a closed review is kept"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where these stand written"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.group",
                        verbose_name="panel",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("check_months__gte", 1),
                            ("information_days__gte", 1),
                            ("keep_years__gte", 1),
                            ("site_years__gte", 1),
                        ),
                        name="dhr_arrangement_numbers",
                        violation_error_message="This must be at least 1.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DifferenceCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_due_on", models.DateField(verbose_name="to be checked by")),
                ("checked_on", models.DateField(blank=True, null=True)),
                (
                    "difference",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, and it is shown"),
                            ("partly", "Partly"),
                            ("no", "No"),
                            ("unknown", "It cannot be told yet"),
                        ],
                        max_length=8,
                    ),
                ),
                ("found", models.TextField(blank=True, verbose_name="how it is known")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="dhr.planitem",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "first_due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("checked_on", None), ("difference", "")),
                            models.Q(
                                ("by__isnull", False),
                                ("checked_on__isnull", False),
                                models.Q(("difference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dhr_check_made",
                    )
                ],
            },
        ),
    ]
