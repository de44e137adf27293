"""Case reviews: every record of the room."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("actions", "0006_answered_through"),
        ("documents", "0005_titles_out_of_the_record"),
        ("figures", "0004_rows_by_place"),
        ("meetings", "0005_public_dossier"),
        ("membership", "0007_emergency_until"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(blank=True, editable=False, max_length=20)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Being filled in"),
                            ("received", "Threshold to decide"),
                            ("review", "Panel to hold"),
                            ("outcome", "Outcome to send"),
                            ("monitoring", "Recommendations watched"),
                            ("no_review", "No review"),
                            ("withdrawn", "Withdrawn"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("online", "Online"),
                            ("telephone", "By telephone"),
                            ("post", "By post"),
                            ("in_person", "In person"),
                        ],
                        default="online",
                        max_length=12,
                    ),
                ),
                (
                    "on_behalf",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "The victim"),
                            ("known", "Somebody who knows the victim"),
                            ("work", "Somebody who helps the victim in their work"),
                            ("several", "One of several homes"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("noise", "Noise"),
                                ("threats", "Threats or harassment"),
                                ("damage", "Damage or graffiti"),
                                ("drugs", "Drugs or alcohol"),
                                ("vehicles", "Vehicles"),
                                ("gathering", "Groups gathering"),
                                ("rubbish", "Rubbish or fly-tipping"),
                                ("animals", "Animals"),
                                ("fire", "Fire setting"),
                                ("other", "Something else"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "households",
                    models.PositiveSmallIntegerField(default=1, verbose_name="homes that complain"),
                ),
                ("link_number", models.PositiveIntegerField(default=1, editable=False)),
                ("begun_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("saved_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "draft_ends_on",
                    models.DateField(blank=True, null=True, verbose_name="draft is kept until"),
                ),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="applied on")),
                ("acknowledged_on", models.DateField(blank=True, null=True)),
                (
                    "list_sent_on",
                    models.DateField(blank=True, null=True, verbose_name="list of incidents sent"),
                ),
                (
                    "list_agreed_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="list of incidents agreed"
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "outcome_note",
                    models.CharField(blank=True, max_length=300, verbose_name="what was learned"),
                ),
                (
                    "applicant_is_complained_of",
                    models.BooleanField(
                        default=False, verbose_name="the person complained of seems to apply"
                    ),
                ),
                ("erased_on", models.DateField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "group",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
                        to="membership.group",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="membership.partnership",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="repeated_by",
                        to="triggers.application",
                        verbose_name="an earlier case of the same person",
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
                    "ward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="figures.ward",
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-begun_at"],
                "indexes": [
                    models.Index(
                        fields=["partnership", "received_on"], name="triggers_application_year"
                    ),
                    models.Index(
                        models.F("draft_ends_on"),
                        condition=models.Q(("stage", "draft")),
                        name="triggers_application_drafts",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("partnership", "reference"),
                        name="triggers_application_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("group", None),
                                ("received_at", None),
                                ("received_on", None),
                                ("reference", ""),
                                ("stage", "draft"),
                            ),
                            models.Q(
                                models.Q(("stage", "draft"), _negated=True),
                                ("group__isnull", False),
                                ("received_at__isnull", False),
                                ("received_on__isnull", False),
                                models.Q(("reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="triggers_application_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False), ("stage__in", ["closed", "withdrawn"])
                            ),
                            models.Q(
                                ("closed_on", None),
                                models.Q(("stage__in", ["closed", "withdrawn"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="triggers_application_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_on", None), ("closed_on__isnull", False), _connector="OR"
                        ),
                        name="triggers_application_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeats", None),
                            models.Q(("repeats", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="triggers_application_not_own_repeat",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Impact",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="impact",
                        serialize=False,
                        to="triggers.application",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where the trouble is"
                    ),
                ),
                ("postcode", models.CharField(blank=True, max_length=8)),
                (
                    "feels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("harm", models.TextField(blank=True, verbose_name="how it affects them")),
                (
                    "vulnerable",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("vulnerability", models.TextField(blank=True, verbose_name="what makes it worse")),
                (
                    "hate",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "unsafe_now",
                    models.BooleanField(blank=True, null=True, verbose_name="feels in danger now"),
                ),
                ("wishes", models.TextField(blank=True, verbose_name="what should happen")),
                (
                    "voice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "To speak to the panel"),
                            ("in_writing", "To write to the panel"),
                            ("advocate", "To send somebody who speaks for them"),
                            ("no", "Not to take part"),
                        ],
                        max_length=12,
                        verbose_name="taking part",
                    ),
                ),
                (
                    "advocate",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="who speaks for them"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApplicantMessage",
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
                            ("contact", "How to reach them has changed"),
                            ("question", "A question or something to add"),
                            ("withdrawal", "Why they withdrew"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(verbose_name="what they wrote")),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "remark",
                    models.CharField(blank=True, max_length=300, verbose_name="what was done"),
                ),
                ("dealt_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dealt_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="triggers.application",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dealt_at__isnull", True), ("dealt_by__isnull", True)),
                            models.Q(("dealt_at__isnull", False), ("dealt_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="triggers_message_dealt",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
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
                            ("review", "Another body to look at it again"),
                            ("commissioner", "A query to the commissioner’s office"),
                        ],
                        max_length=12,
                    ),
                ),
                ("made_on", models.DateField()),
                ("text", models.TextField(verbose_name="why they are not satisfied")),
                ("late", models.BooleanField(default=False, verbose_name="after the last day")),
                (
                    "late_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is taken, or not"
                    ),
                ),
                (
                    "heard_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who hears it"),
                ),
                (
                    "sent_on",
                    models.DateField(blank=True, null=True, verbose_name="sent on to them"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "To be heard"),
                            ("upheld", "Upheld"),
                            ("partly", "Upheld in part"),
                            ("not_upheld", "Not upheld"),
                            ("answered", "Answered"),
                            ("too_late", "Not taken: after the last day"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("found", models.TextField(blank=True, verbose_name="what was found")),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeals",
                        to="triggers.application",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("outcome", "waiting")),
                            models.Q(
                                models.Q(("outcome", "waiting"), _negated=True),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="triggers_appeal_decided",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="what they share")),
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
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="triggers.application",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="triggers.application",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="triggers_link_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first", models.F("second")), _negated=True),
                        name="triggers_link_two",
                        violation_error_message="Choose another case.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
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
                            ("note", "Note"),
                            ("contact", "Contact with the person"),
                            ("consent", "Going on without consent"),
                            ("people", "Who is on the case"),
                            ("who", "Who applies"),
                            ("information", "Information of bodies"),
                            ("state", "Closed or opened again"),
                        ],
                        default="note",
                        max_length=12,
                        verbose_name="about",
                    ),
                ),
                ("text", models.TextField(verbose_name="what is to be remembered")),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="triggers.application",
                    ),
                ),
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
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("acknowledge", "Acknowledged"),
                            ("information", "Information in"),
                            ("threshold", "Threshold decided"),
                            ("panel", "Panel held"),
                            ("outcome", "Outcome letter"),
                            ("responses", "Answers to recommendations"),
                            ("appeal", "Last day to appeal"),
                            ("hearing", "Appeal heard"),
                        ],
                        max_length=12,
                    ),
                ),
                ("occurrence", models.PositiveSmallIntegerField(default=1)),
                ("starts_on", models.DateField(verbose_name="counted from")),
                ("first_due_on", models.DateField(verbose_name="first due")),
                ("due_on", models.DateField(verbose_name="now due")),
                ("working", models.BooleanField(default=True)),
                ("days", models.PositiveSmallIntegerField()),
                ("says", models.CharField(max_length=120)),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "stopped_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it no longer runs"
                    ),
                ),
                ("stopped_on", models.DateField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="triggers.application",
                    ),
                ),
            ],
            options={
                "ordering": ["application", "first_due_on", "id"],
                "indexes": [
                    models.Index(
                        models.F("first_due_on"),
                        condition=models.Q(("done_on", None), ("stopped_on", None)),
                        name="triggers_clock_running",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "stage", "occurrence"), name="triggers_clock_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_due_on__gte", models.F("starts_on"))),
                        name="triggers_clock_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("first_due_on"))),
                        name="triggers_clock_due",
                        violation_error_message="The new date must not be before the one first set.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True), ("stopped_on__isnull", True), _connector="OR"
                        ),
                        name="triggers_clock_done_or_stopped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("acknowledge", "Acknowledged"),
                            ("information", "Information in"),
                            ("threshold", "Threshold decided"),
                            ("panel", "Panel held"),
                            ("outcome", "Outcome letter"),
                            ("responses", "Answers to recommendations"),
                            ("appeal", "Last day to appeal"),
                            ("hearing", "Appeal heard"),
                        ],
                        max_length=12,
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("working", models.BooleanField(default=True, verbose_name="working days")),
                (
                    "counted_from",
                    models.CharField(
                        choices=[
                            ("receipt", "the application"),
                            ("decision", "the threshold decision"),
                            ("panel", "the panel"),
                            ("outcome", "the outcome letter"),
                            ("appeal", "the appeal"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=300, verbose_name="where it stands"),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["stage", "starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="triggers_clock_setting_dates",
                        violation_error_message="The end must be on or after the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("partnership", "="),
                            ("stage", "="),
                            (
                                core.constraints.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="triggers_one_clock_setting",
                        violation_error_message="This clock is set for that time already. End the other setting first.",
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflict_checks",
                        to="triggers.application",
                    ),
                ),
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
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given", models.BooleanField(null=True)),
                (
                    "how",
                    models.CharField(max_length=300, verbose_name="how it was given or refused"),
                ),
                ("said_on", models.DateField()),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="triggers.application",
                    ),
                ),
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
            ],
            options={
                "ordering": ["-said_on", "-at", "-id"],
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
                (
                    "reason",
                    models.CharField(
                        max_length=300, verbose_name="reason, in words the applicant may read"
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
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delays",
                        to="triggers.clock",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("redacted", models.BooleanField(default=False)),
                (
                    "names",
                    models.TextField(
                        blank=True, verbose_name="other people to leave out, one on each line"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be put together"),
                            ("making", "Being put together"),
                            ("ready", "Ready"),
                            ("failed", "Could not be put together"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("done", models.PositiveSmallIntegerField(default=0, verbose_name="steps done")),
                ("total", models.PositiveSmallIntegerField(default=0, verbose_name="steps")),
                (
                    "problem",
                    models.CharField(blank=True, max_length=300, verbose_name="what went wrong"),
                ),
                ("asked_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dossiers",
                        to="triggers.application",
                    ),
                ),
                (
                    "archive",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.content",
                    ),
                ),
                (
                    "asked_by",
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
                        to="documents.content",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(("archive__isnull", False), ("document__isnull", False)),
                            _connector="OR",
                        ),
                        name="triggers_dossier_ready",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EqualityAnswers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter_starts_on", models.DateField()),
                ("age_band", models.CharField(blank=True, max_length=16)),
                ("sex", models.CharField(blank=True, max_length=16)),
                ("gender_same", models.CharField(blank=True, max_length=16)),
                ("ethnicity", models.CharField(blank=True, max_length=24)),
                ("disability", models.CharField(blank=True, max_length=16)),
                ("religion", models.CharField(blank=True, max_length=24)),
                ("orientation", models.CharField(blank=True, max_length=24)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "equality answers",
                "ordering": ["quarter_starts_on"],
            },
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
                (
                    "at",
                    models.DateTimeField(
                        default=core.clock.now, editable=False, verbose_name="approved at"
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("rows", models.JSONField(default=dict, help_text="How many rows of each table")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure",
                        to="triggers.application",
                    ),
                ),
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
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="what was found")),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="about",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="triggers.application",
                    ),
                ),
            ],
            options={
                "ordering": ["application", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "number"), name="triggers_finding_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAppeal",
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
                            ("review", "Another body to look at it again"),
                            ("commissioner", "A query to the commissioner’s office"),
                        ],
                        max_length=12,
                    ),
                ),
                ("made_on", models.DateField()),
                ("text", models.TextField(verbose_name="why they are not satisfied")),
                ("late", models.BooleanField(default=False, verbose_name="after the last day")),
                (
                    "late_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is taken, or not"
                    ),
                ),
                (
                    "heard_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who hears it"),
                ),
                (
                    "sent_on",
                    models.DateField(blank=True, null=True, verbose_name="sent on to them"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "To be heard"),
                            ("upheld", "Upheld"),
                            ("partly", "Upheld in part"),
                            ("not_upheld", "Not upheld"),
                            ("answered", "Answered"),
                            ("too_late", "Not taken: after the last day"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("found", models.TextField(blank=True, verbose_name="what was found")),
                ("decided_on", models.DateField(blank=True, null=True)),
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical appeal",
                "verbose_name_plural": "historical appeals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalApplication",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("reference", models.CharField(blank=True, editable=False, max_length=20)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Being filled in"),
                            ("received", "Threshold to decide"),
                            ("review", "Panel to hold"),
                            ("outcome", "Outcome to send"),
                            ("monitoring", "Recommendations watched"),
                            ("no_review", "No review"),
                            ("withdrawn", "Withdrawn"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("online", "Online"),
                            ("telephone", "By telephone"),
                            ("post", "By post"),
                            ("in_person", "In person"),
                        ],
                        default="online",
                        max_length=12,
                    ),
                ),
                (
                    "on_behalf",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "The victim"),
                            ("known", "Somebody who knows the victim"),
                            ("work", "Somebody who helps the victim in their work"),
                            ("several", "One of several homes"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("noise", "Noise"),
                                ("threats", "Threats or harassment"),
                                ("damage", "Damage or graffiti"),
                                ("drugs", "Drugs or alcohol"),
                                ("vehicles", "Vehicles"),
                                ("gathering", "Groups gathering"),
                                ("rubbish", "Rubbish or fly-tipping"),
                                ("animals", "Animals"),
                                ("fire", "Fire setting"),
                                ("other", "Something else"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "households",
                    models.PositiveSmallIntegerField(default=1, verbose_name="homes that complain"),
                ),
                ("link_number", models.PositiveIntegerField(default=1, editable=False)),
                ("begun_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("saved_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "draft_ends_on",
                    models.DateField(blank=True, null=True, verbose_name="draft is kept until"),
                ),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="applied on")),
                ("acknowledged_on", models.DateField(blank=True, null=True)),
                (
                    "list_sent_on",
                    models.DateField(blank=True, null=True, verbose_name="list of incidents sent"),
                ),
                (
                    "list_agreed_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="list of incidents agreed"
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "outcome_note",
                    models.CharField(blank=True, max_length=300, verbose_name="what was learned"),
                ),
                (
                    "applicant_is_complained_of",
                    models.BooleanField(
                        default=False, verbose_name="the person complained of seems to apply"
                    ),
                ),
                ("erased_on", models.DateField(blank=True, editable=False, null=True)),
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
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
                        verbose_name="an earlier case of the same person",
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
                    "ward",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="figures.ward",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical application",
                "verbose_name_plural": "historical applications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClock",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("acknowledge", "Acknowledged"),
                            ("information", "Information in"),
                            ("threshold", "Threshold decided"),
                            ("panel", "Panel held"),
                            ("outcome", "Outcome letter"),
                            ("responses", "Answers to recommendations"),
                            ("appeal", "Last day to appeal"),
                            ("hearing", "Appeal heard"),
                        ],
                        max_length=12,
                    ),
                ),
                ("occurrence", models.PositiveSmallIntegerField(default=1)),
                ("starts_on", models.DateField(verbose_name="counted from")),
                ("first_due_on", models.DateField(verbose_name="first due")),
                ("due_on", models.DateField(verbose_name="now due")),
                ("working", models.BooleanField(default=True)),
                ("days", models.PositiveSmallIntegerField()),
                ("says", models.CharField(max_length=120)),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "stopped_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it no longer runs"
                    ),
                ),
                ("stopped_on", models.DateField(blank=True, null=True)),
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
            ],
            options={
                "verbose_name": "historical clock",
                "verbose_name_plural": "historical clocks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClockSetting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("acknowledge", "Acknowledged"),
                            ("information", "Information in"),
                            ("threshold", "Threshold decided"),
                            ("panel", "Panel held"),
                            ("outcome", "Outcome letter"),
                            ("responses", "Answers to recommendations"),
                            ("appeal", "Last day to appeal"),
                            ("hearing", "Appeal heard"),
                        ],
                        max_length=12,
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("working", models.BooleanField(default=True, verbose_name="working days")),
                (
                    "counted_from",
                    models.CharField(
                        choices=[
                            ("receipt", "the application"),
                            ("decision", "the threshold decision"),
                            ("panel", "the panel"),
                            ("outcome", "the outcome letter"),
                            ("appeal", "the appeal"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=300, verbose_name="where it stands"),
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
                "verbose_name": "historical clock setting",
                "verbose_name_plural": "historical clock settings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFinding",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="what was found")),
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
                        verbose_name="about",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
            ],
            options={
                "verbose_name": "historical finding",
                "verbose_name_plural": "historical findings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalImpact",
            fields=[
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where the trouble is"
                    ),
                ),
                ("postcode", models.CharField(blank=True, max_length=8)),
                (
                    "feels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("harm", models.TextField(blank=True, verbose_name="how it affects them")),
                (
                    "vulnerable",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("vulnerability", models.TextField(blank=True, verbose_name="what makes it worse")),
                (
                    "hate",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "unsafe_now",
                    models.BooleanField(blank=True, null=True, verbose_name="feels in danger now"),
                ),
                ("wishes", models.TextField(blank=True, verbose_name="what should happen")),
                (
                    "voice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "To speak to the panel"),
                            ("in_writing", "To write to the panel"),
                            ("advocate", "To send somebody who speaks for them"),
                            ("no", "Not to take part"),
                        ],
                        max_length=12,
                        verbose_name="taking part",
                    ),
                ),
                (
                    "advocate",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="who speaks for them"
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
            ],
            options={
                "verbose_name": "historical impact",
                "verbose_name_plural": "historical impacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalInformationRequest",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("anybody", models.BooleanField(default=False)),
                ("questions", models.TextField(blank=True, verbose_name="what is asked besides")),
                (
                    "known",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the body knows of this trouble"
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="what the body did, in sum")),
                ("risk", models.TextField(blank=True, verbose_name="risk as the body sees it")),
                ("offers", models.TextField(blank=True, verbose_name="what the body can do")),
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
            name="HistoricalLetterTemplate",
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
                            ("acknowledgement", "We have your application"),
                            ("consent", "Asking the victim’s consent"),
                            ("list", "The list of incidents to check"),
                            ("delay", "We will be late"),
                            ("met", "There will be a review"),
                            ("not_met", "There will be no review"),
                            ("invitation", "The panel, and how to take part"),
                            ("outcome", "What the panel decided"),
                            ("responses", "What the bodies answered"),
                            ("appeal_taken", "We have your appeal"),
                            ("appeal_result", "What became of your appeal"),
                            ("withdrawn", "You have withdrawn"),
                            ("closed", "We have closed the case"),
                            ("other", "Another letter"),
                        ],
                        max_length=16,
                    ),
                ),
                ("heading", models.CharField(max_length=160)),
                ("body", models.TextField()),
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
                "verbose_name": "historical letter template",
                "verbose_name_plural": "historical letter templates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLocalAddition",
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
                            (
                                "households",
                                "Several homes complain of similar behaviour at one place",
                            ),
                            ("hate", "The behaviour is driven by hate"),
                            ("vulnerable", "The victim is vulnerable or at risk"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("source", models.CharField(max_length=300, verbose_name="where it stands")),
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
                "verbose_name": "historical local addition",
                "verbose_name_plural": "historical local additions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalParty",
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
                        choices=[("victim", "Victim"), ("applicant", "Applicant")], max_length=12
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=160)),
                ("organisation", models.CharField(blank=True, max_length=160)),
                (
                    "relation",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="how they know the victim"
                    ),
                ),
                ("address", models.TextField(blank=True)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "Email"),
                            ("telephone", "Telephone call"),
                            ("text", "Text message"),
                            ("post", "Letter"),
                            ("other", "Through somebody they trust"),
                        ],
                        max_length=12,
                        verbose_name="safe way to reach them",
                    ),
                ),
                (
                    "way_detail",
                    models.CharField(blank=True, max_length=300, verbose_name="through whom"),
                ),
                ("times", models.CharField(blank=True, max_length=300, verbose_name="safe times")),
                (
                    "never",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what we must never do"
                    ),
                ),
                (
                    "messages_are_safe",
                    models.BooleanField(default=False, verbose_name="safe to leave a message"),
                ),
                ("language", models.CharField(blank=True, max_length=80)),
                ("interpreter", models.BooleanField(default=False)),
                ("access_needs", models.TextField(blank=True)),
                (
                    "contact_checked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="contact checked with them"
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
            ],
            options={
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProcedure",
            fields=[
                (
                    "shown_name",
                    models.CharField(
                        choices=[
                            ("case_review", "ASB case review"),
                            ("trigger", "Community Trigger"),
                            ("both", "ASB case review (Community Trigger)"),
                        ],
                        default="both",
                        max_length=12,
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(default=True, verbose_name="takes applications online"),
                ),
                ("complaints_needed", models.PositiveSmallIntegerField(default=3)),
                (
                    "contact_name",
                    models.CharField(max_length=120, verbose_name="who to ask (a team, no person)"),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email"),
                ),
                (
                    "contact_telephone",
                    models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                ),
                ("contact_address", models.TextField(blank=True, verbose_name="postal address")),
                ("other_ways", models.TextField(blank=True, verbose_name="other ways to apply")),
                (
                    "exit_url",
                    models.URLField(
                        default="https://www.bbc.co.uk/weather",
                        verbose_name="where “Exit this page” leads",
                    ),
                ),
                (
                    "appeal_to",
                    models.CharField(
                        blank=True,
                        default="an officer of another community safety partnership",
                        max_length=160,
                        verbose_name="who hears an appeal",
                    ),
                ),
                (
                    "commissioner_contact",
                    models.TextField(
                        blank=True, verbose_name="how to reach the commissioner’s office"
                    ),
                ),
                (
                    "draft_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="days that a draft is kept"
                    ),
                ),
                (
                    "year_starts_in",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "January"),
                            (2, "February"),
                            (3, "March"),
                            (4, "April"),
                            (5, "May"),
                            (6, "June"),
                            (7, "July"),
                            (8, "August"),
                            (9, "September"),
                            (10, "October"),
                            (11, "November"),
                            (12, "December"),
                        ],
                        default=4,
                        verbose_name="month in which a year of figures begins",
                    ),
                ),
                (
                    "keep_years",
                    models.PositiveSmallIntegerField(
                        default=6, verbose_name="years that a closed case is kept"
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, verbose_name="the procedure, for the public"),
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
                "verbose_name": "historical procedure",
                "verbose_name_plural": "historical procedures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPublishedYear",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to, that day included")),
                ("applications", models.PositiveIntegerField(blank=True, null=True)),
                ("threshold_not_met", models.PositiveIntegerField(blank=True, null=True)),
                ("reviews", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "reviews_with_recommendations",
                    models.PositiveIntegerField(blank=True, null=True),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where it was published"
                    ),
                ),
                (
                    "differs_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why the cases give other numbers"
                    ),
                ),
                (
                    "corrected_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was corrected"
                    ),
                ),
                ("published_at", models.DateTimeField(default=core.clock.now, editable=False)),
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
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical published year",
                "verbose_name_plural": "historical published years",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "text",
                    models.CharField(
                        max_length=300, verbose_name="what is recommended, naming nobody"
                    ),
                ),
                ("why", models.TextField(blank=True)),
                (
                    "anybody",
                    models.BooleanField(
                        default=False, verbose_name="whoever sits for the body may answer"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be done by")),
                (
                    "sent_on",
                    models.DateField(blank=True, null=True, verbose_name="sent to the body"),
                ),
                (
                    "response",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined, with a reason"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("response_reason", models.TextField(blank=True, verbose_name="reason")),
                ("responded_on", models.DateField(blank=True, null=True)),
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
                        verbose_name="to",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
                    "responded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="HistoricalRelevantBody",
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
                            ("council", "District council, or county council where there is none"),
                            ("police", "Police"),
                            (
                                "health",
                                "Integrated care board (before July 2022: clinical commissioning group)",
                            ),
                            ("housing", "Local provider of social housing that was co-opted"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "also_reports",
                    models.CharField(
                        blank=True,
                        help_text="Such as “the council’s noise team”. Shown beside its name.",
                        max_length=160,
                        verbose_name="what the public calls it",
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
                "verbose_name": "historical relevant body",
                "verbose_name_plural": "historical relevant bodies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReview",
            fields=[
                ("pack_made_on", models.DateField(blank=True, null=True, verbose_name="pack made")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="panel held")),
                (
                    "not_heard",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why the victim was not heard"
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="what the panel concluded")),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
                    ),
                ),
                (
                    "finished_by",
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
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
            name="HistoricalVoiceRecord",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("in_person", "To speak to the panel"),
                            ("in_writing", "To write to the panel"),
                            ("advocate", "To send somebody who speaks for them"),
                            ("no", "Not to take part"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("words", models.TextField(blank=True, verbose_name="what they said")),
                (
                    "spoken_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who spoke for them"),
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
            ],
            options={
                "verbose_name": "historical voice record",
                "verbose_name_plural": "historical voice records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holds",
                        to="triggers.application",
                    ),
                ),
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
                        name="triggers_hold_lifted",
                    )
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
                ("anybody", models.BooleanField(default=False)),
                ("questions", models.TextField(blank=True, verbose_name="what is asked besides")),
                (
                    "known",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the body knows of this trouble"
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="what the body did, in sum")),
                ("risk", models.TextField(blank=True, verbose_name="risk as the body sees it")),
                ("offers", models.TextField(blank=True, verbose_name="what the body can do")),
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="information_requests",
                        to="triggers.application",
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
            ],
            options={
                "ordering": ["application", "agency__name"],
            },
        ),
        migrations.CreateModel(
            name="Knock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("hour", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "hour"), name="triggers_knock_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acknowledgement", "We have your application"),
                            ("consent", "Asking the victim’s consent"),
                            ("list", "The list of incidents to check"),
                            ("delay", "We will be late"),
                            ("met", "There will be a review"),
                            ("not_met", "There will be no review"),
                            ("invitation", "The panel, and how to take part"),
                            ("outcome", "What the panel decided"),
                            ("responses", "What the bodies answered"),
                            ("appeal_taken", "We have your appeal"),
                            ("appeal_result", "What became of your appeal"),
                            ("withdrawn", "You have withdrawn"),
                            ("closed", "We have closed the case"),
                            ("other", "Another letter"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("victim", "Victim"), ("applicant", "Applicant")],
                        max_length=12,
                        verbose_name="written to",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("email", "Email"),
                            ("telephone", "Telephone call"),
                            ("text", "Text message"),
                            ("post", "Letter"),
                            ("other", "Through somebody they trust"),
                        ],
                        max_length=12,
                    ),
                ),
                ("to", models.TextField(blank=True, verbose_name="address")),
                ("heading", models.CharField(max_length=160)),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waiting to go by email"),
                            ("to_post", "To be posted or told by hand"),
                            ("sent", "Sent"),
                            ("refused", "The mail server refused it"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                (
                    "told_how",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="how it was sent or told"
                    ),
                ),
                ("written_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "problem",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what the mail server said"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="triggers.application",
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.content",
                    ),
                ),
                (
                    "ready_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["application", "-number"],
                "indexes": [
                    models.Index(
                        models.F("ready_at"),
                        condition=models.Q(("state", "waiting")),
                        name="triggers_letter_to_send",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "number"), name="triggers_letter_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            models.Q(("content__isnull", False), ("sent_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="triggers_letter_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
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
                            ("acknowledgement", "We have your application"),
                            ("consent", "Asking the victim’s consent"),
                            ("list", "The list of incidents to check"),
                            ("delay", "We will be late"),
                            ("met", "There will be a review"),
                            ("not_met", "There will be no review"),
                            ("invitation", "The panel, and how to take part"),
                            ("outcome", "What the panel decided"),
                            ("responses", "What the bodies answered"),
                            ("appeal_taken", "We have your appeal"),
                            ("appeal_result", "What became of your appeal"),
                            ("withdrawn", "You have withdrawn"),
                            ("closed", "We have closed the case"),
                            ("other", "Another letter"),
                        ],
                        max_length=16,
                    ),
                ),
                ("heading", models.CharField(max_length=160)),
                ("body", models.TextField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "kind"), name="triggers_template_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkWish",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(max_length=254)),
                ("at", models.DateTimeField(default=core.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="triggers.application",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "link wishes",
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="LocalAddition",
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
                            (
                                "households",
                                "Several homes complain of similar behaviour at one place",
                            ),
                            ("hate", "The behaviour is driven by hate"),
                            ("vulnerable", "The victim is vulnerable or at risk"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("source", models.CharField(max_length=300, verbose_name="where it stands")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="triggers_addition_dates",
                        violation_error_message="The end must be on or after the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("partnership", "="),
                            ("kind", "="),
                            (
                                core.constraints.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="triggers_one_addition",
                        violation_error_message="There is a rule of this kind at that time already. End it first.",
                    ),
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
                            ("date", "Dates differ"),
                            ("unknown", "The body has no record"),
                            ("unlisted", "Not on the applicant’s list"),
                            ("silent", "Nothing was done for a long time"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=80)),
                ("settled", models.CharField(max_length=300, verbose_name="what was found out")),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="misfits",
                        to="triggers.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "kind", "key"), name="triggers_misfit_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
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
                        choices=[("victim", "Victim"), ("applicant", "Applicant")], max_length=12
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=160)),
                ("organisation", models.CharField(blank=True, max_length=160)),
                (
                    "relation",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="how they know the victim"
                    ),
                ),
                ("address", models.TextField(blank=True)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "Email"),
                            ("telephone", "Telephone call"),
                            ("text", "Text message"),
                            ("post", "Letter"),
                            ("other", "Through somebody they trust"),
                        ],
                        max_length=12,
                        verbose_name="safe way to reach them",
                    ),
                ),
                (
                    "way_detail",
                    models.CharField(blank=True, max_length=300, verbose_name="through whom"),
                ),
                ("times", models.CharField(blank=True, max_length=300, verbose_name="safe times")),
                (
                    "never",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what we must never do"
                    ),
                ),
                (
                    "messages_are_safe",
                    models.BooleanField(default=False, verbose_name="safe to leave a message"),
                ),
                ("language", models.CharField(blank=True, max_length=80)),
                ("interpreter", models.BooleanField(default=False)),
                ("access_needs", models.TextField(blank=True)),
                (
                    "contact_checked_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="contact checked with them"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="triggers.application",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "parties",
                "ordering": ["application", "-kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "kind"), name="triggers_party_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="case_review_procedure",
                        serialize=False,
                        to="membership.partnership",
                    ),
                ),
                (
                    "shown_name",
                    models.CharField(
                        choices=[
                            ("case_review", "ASB case review"),
                            ("trigger", "Community Trigger"),
                            ("both", "ASB case review (Community Trigger)"),
                        ],
                        default="both",
                        max_length=12,
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(default=True, verbose_name="takes applications online"),
                ),
                ("complaints_needed", models.PositiveSmallIntegerField(default=3)),
                (
                    "contact_name",
                    models.CharField(max_length=120, verbose_name="who to ask (a team, no person)"),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email"),
                ),
                (
                    "contact_telephone",
                    models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                ),
                ("contact_address", models.TextField(blank=True, verbose_name="postal address")),
                ("other_ways", models.TextField(blank=True, verbose_name="other ways to apply")),
                (
                    "exit_url",
                    models.URLField(
                        default="https://www.bbc.co.uk/weather",
                        verbose_name="where “Exit this page” leads",
                    ),
                ),
                (
                    "appeal_to",
                    models.CharField(
                        blank=True,
                        default="an officer of another community safety partnership",
                        max_length=160,
                        verbose_name="who hears an appeal",
                    ),
                ),
                (
                    "commissioner_contact",
                    models.TextField(
                        blank=True, verbose_name="how to reach the commissioner’s office"
                    ),
                ),
                (
                    "draft_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="days that a draft is kept"
                    ),
                ),
                (
                    "year_starts_in",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "January"),
                            (2, "February"),
                            (3, "March"),
                            (4, "April"),
                            (5, "May"),
                            (6, "June"),
                            (7, "July"),
                            (8, "August"),
                            (9, "September"),
                            (10, "October"),
                            (11, "November"),
                            (12, "December"),
                        ],
                        default=4,
                        verbose_name="month in which a year of figures begins",
                    ),
                ),
                (
                    "keep_years",
                    models.PositiveSmallIntegerField(
                        default=6, verbose_name="years that a closed case is kept"
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, verbose_name="the procedure, for the public"),
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
                            ("complaints_needed__gte", 1), ("complaints_needed__lte", 3)
                        ),
                        name="triggers_procedure_complaints",
                        violation_error_message="The law lets a partnership ask for 1, 2 or 3 complaints.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("draft_days__gte", 1), ("keep_years__gte", 1)),
                        name="triggers_procedure_days",
                        violation_error_message="This must be at least 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to, that day included")),
                ("applications", models.PositiveIntegerField(blank=True, null=True)),
                ("threshold_not_met", models.PositiveIntegerField(blank=True, null=True)),
                ("reviews", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "reviews_with_recommendations",
                    models.PositiveIntegerField(blank=True, null=True),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where it was published"
                    ),
                ),
                (
                    "differs_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why the cases give other numbers"
                    ),
                ),
                (
                    "corrected_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was corrected"
                    ),
                ),
                ("published_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["partnership", "starts_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "starts_on"), name="triggers_published_year_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="triggers_published_year_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "text",
                    models.CharField(
                        max_length=300, verbose_name="what is recommended, naming nobody"
                    ),
                ),
                ("why", models.TextField(blank=True)),
                (
                    "anybody",
                    models.BooleanField(
                        default=False, verbose_name="whoever sits for the body may answer"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be done by")),
                (
                    "sent_on",
                    models.DateField(blank=True, null=True, verbose_name="sent to the body"),
                ),
                (
                    "response",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined, with a reason"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("response_reason", models.TextField(blank=True, verbose_name="reason")),
                ("responded_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "action",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="actions.action",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.agency",
                        verbose_name="to",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="triggers.application",
                    ),
                ),
                (
                    "responded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["application", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "number"), name="triggers_recommendation_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("responded_by__isnull", True), ("responded_on__isnull", True)
                            ),
                            models.Q(
                                ("responded_by__isnull", False), ("responded_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="triggers_recommendation_responded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("responded_on", None), ("response", "waiting")),
                            models.Q(
                                models.Q(("response", "waiting"), _negated=True),
                                ("responded_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="triggers_recommendation_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelevantBody",
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
                            ("council", "District council, or county council where there is none"),
                            ("police", "Police"),
                            (
                                "health",
                                "Integrated care board (before July 2022: clinical commissioning group)",
                            ),
                            ("housing", "Local provider of social housing that was co-opted"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "also_reports",
                    models.CharField(
                        blank=True,
                        help_text="Such as “the council’s noise team”. Shown beside its name.",
                        max_length=160,
                        verbose_name="what the public calls it",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.agency",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="membership.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "relevant bodies",
                "ordering": ["kind", "agency__name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="triggers_body_dates",
                        violation_error_message="The end must be on or after the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("partnership", "="),
                            ("agency", "="),
                            (
                                core.constraints.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="triggers_one_body",
                        violation_error_message="This body takes part at that time already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.TextField(blank=True, verbose_name="what happened")),
                ("where", models.CharField(blank=True, max_length=300, verbose_name="where")),
                (
                    "happened_on",
                    models.DateField(blank=True, null=True, verbose_name="when it happened"),
                ),
                (
                    "went_on_from",
                    models.DateField(
                        blank=True, null=True, verbose_name="since when, if it went on"
                    ),
                ),
                ("day_is_sure", models.BooleanField(default=True, verbose_name="the day is sure")),
                (
                    "told_nobody",
                    models.BooleanField(default=False, verbose_name="not reported to anybody"),
                ),
                (
                    "reported_on",
                    models.DateField(blank=True, null=True, verbose_name="when it was reported"),
                ),
                (
                    "other_body",
                    models.CharField(blank=True, max_length=160, verbose_name="somebody else"),
                ),
                (
                    "report_reference",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="reference of the report"
                    ),
                ),
                ("response", models.TextField(blank=True, verbose_name="what they did about it")),
                (
                    "removed_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was taken off"
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="complaints",
                        to="triggers.application",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="triggers.relevantbody",
                        verbose_name="to whom it was reported",
                    ),
                ),
            ],
            options={
                "ordering": ["application", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "number"), name="triggers_complaint_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("went_on_from", None),
                            ("happened_on", None),
                            ("went_on_from__lte", models.F("happened_on")),
                            _connector="OR",
                        ),
                        name="triggers_complaint_went_on",
                        violation_error_message="It must have begun before it ended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reported_on", None),
                            ("happened_on", None),
                            ("reported_on__gte", models.F("happened_on")),
                            _connector="OR",
                        ),
                        name="triggers_complaint_reported_after",
                        violation_error_message="It cannot have been reported before it happened.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalChronologyEntry",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="time")),
                ("what", models.TextField(verbose_name="what was recorded")),
                ("done", models.TextField(blank=True, verbose_name="what was done")),
                (
                    "source_reference",
                    models.CharField(blank=True, max_length=80, verbose_name="reference"),
                ),
                (
                    "reported_on",
                    models.DateField(blank=True, null=True, verbose_name="reported to the body on"),
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
                    "complaint",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.complaint",
                        verbose_name="the complaint that it is about",
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
                        to="triggers.informationrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical chronology entry",
                "verbose_name_plural": "historical chronology entries",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ChronologyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="time")),
                ("what", models.TextField(verbose_name="what was recorded")),
                ("done", models.TextField(blank=True, verbose_name="what was done")),
                (
                    "source_reference",
                    models.CharField(blank=True, max_length=80, verbose_name="reference"),
                ),
                (
                    "reported_on",
                    models.DateField(blank=True, null=True, verbose_name="reported to the body on"),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entries",
                        to="triggers.complaint",
                        verbose_name="the complaint that it is about",
                    ),
                ),
                (
                    "information",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="triggers.informationrequest",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "chronology entries",
                "ordering": ["on", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ListCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="what is wrong or missing")),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "To be answered"),
                            ("taken", "Taken over"),
                            ("noted", "Goes to the panel as the applicant’s words"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="triggers.application",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="triggers.complaint",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="triggers_correction_answered_at_and_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalComplaint",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.TextField(blank=True, verbose_name="what happened")),
                ("where", models.CharField(blank=True, max_length=300, verbose_name="where")),
                (
                    "happened_on",
                    models.DateField(blank=True, null=True, verbose_name="when it happened"),
                ),
                (
                    "went_on_from",
                    models.DateField(
                        blank=True, null=True, verbose_name="since when, if it went on"
                    ),
                ),
                ("day_is_sure", models.BooleanField(default=True, verbose_name="the day is sure")),
                (
                    "told_nobody",
                    models.BooleanField(default=False, verbose_name="not reported to anybody"),
                ),
                (
                    "reported_on",
                    models.DateField(blank=True, null=True, verbose_name="when it was reported"),
                ),
                (
                    "other_body",
                    models.CharField(blank=True, max_length=160, verbose_name="somebody else"),
                ),
                (
                    "report_reference",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="reference of the report"
                    ),
                ),
                ("response", models.TextField(blank=True, verbose_name="what they did about it")),
                (
                    "removed_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was taken off"
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
                    "added_by",
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
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
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.relevantbody",
                        verbose_name="to whom it was reported",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical complaint",
                "verbose_name_plural": "historical complaints",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                    "report_within",
                    models.PositiveSmallIntegerField(verbose_name="months to report the behaviour"),
                ),
                (
                    "apply_within",
                    models.PositiveSmallIntegerField(
                        verbose_name="months to apply after the complaint"
                    ),
                ),
                (
                    "complaints_at_most",
                    models.PositiveSmallIntegerField(
                        verbose_name="most complaints a procedure may ask for"
                    ),
                ),
                ("source_url", models.URLField(blank=True)),
                ("remark", models.CharField(blank=True, max_length=300)),
                (
                    "verified",
                    models.BooleanField(default=False, verbose_name="checked against the Act"),
                ),
                ("starts_on", models.DateField(verbose_name="in force from")),
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
                        name="triggers_rule_dates",
                        violation_error_message="The end must be on or after the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
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
                        name="triggers_one_rule",
                        violation_error_message="Another version of the law holds at that time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThresholdCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "needed",
                    models.PositiveSmallIntegerField(verbose_name="qualifying complaints needed"),
                ),
                (
                    "counted",
                    models.PositiveSmallIntegerField(verbose_name="complaints that qualify"),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complaints", "Enough qualifying complaints"),
                            ("local", "A local rule of the partnership"),
                            ("weighed", "Persistence, harm and the response, weighed"),
                        ],
                        max_length=12,
                        verbose_name="suggests met by",
                    ),
                ),
                ("local_reason", models.CharField(blank=True, max_length=300)),
                ("says", models.TextField(verbose_name="in words")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="triggers.application",
                    ),
                ),
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
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="triggers.rule",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalThresholdDecision",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("counted", models.PositiveSmallIntegerField()),
                ("needed", models.PositiveSmallIntegerField()),
                ("met", models.BooleanField(verbose_name="threshold met")),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complaints", "Enough qualifying complaints"),
                            ("local", "A local rule of the partnership"),
                            ("weighed", "Persistence, harm and the response, weighed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("review", models.BooleanField(verbose_name="a review is held")),
                ("persistence", models.TextField(blank=True, verbose_name="how persistent it is")),
                ("harm", models.TextField(blank=True, verbose_name="harm done or feared")),
                (
                    "response",
                    models.TextField(blank=True, verbose_name="whether the response was adequate"),
                ),
                (
                    "reason",
                    models.TextField(verbose_name="reason, in words the applicant will read"),
                ),
                (
                    "reversed_because",
                    models.TextField(
                        blank=True, verbose_name="why the decision before was changed"
                    ),
                ),
                ("decided_on", models.DateField()),
                ("decided_at", models.DateTimeField(default=core.clock.now, editable=False)),
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
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.application",
                    ),
                ),
                (
                    "decided_by",
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
                    "check_made",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="triggers.thresholdcheck",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical threshold decision",
                "verbose_name_plural": "historical threshold decisions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ComplaintTest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("happened_on", models.DateField(null=True)),
                ("reported_on", models.DateField(null=True)),
                ("reported_in_time", models.BooleanField(null=True)),
                ("last_day_to_report", models.DateField(null=True)),
                ("applied_in_time", models.BooleanField(null=True)),
                ("last_day_to_apply", models.DateField(null=True)),
                ("to_relevant_body", models.BooleanField(null=True)),
                ("counts", models.BooleanField()),
                ("reason", models.CharField(max_length=300)),
                ("rule", models.CharField(max_length=300, verbose_name="rule and its version")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tests",
                        to="triggers.complaint",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="triggers.relevantbody",
                    ),
                ),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tests",
                        to="triggers.thresholdcheck",
                    ),
                ),
            ],
            options={
                "ordering": ["check_of", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counts", False),
                            models.Q(
                                ("applied_in_time", True),
                                ("reported_in_time", True),
                                ("to_relevant_body", True),
                            ),
                            _connector="OR",
                        ),
                        name="triggers_test_counts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThresholdDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("counted", models.PositiveSmallIntegerField()),
                ("needed", models.PositiveSmallIntegerField()),
                ("met", models.BooleanField(verbose_name="threshold met")),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complaints", "Enough qualifying complaints"),
                            ("local", "A local rule of the partnership"),
                            ("weighed", "Persistence, harm and the response, weighed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("review", models.BooleanField(verbose_name="a review is held")),
                ("persistence", models.TextField(blank=True, verbose_name="how persistent it is")),
                ("harm", models.TextField(blank=True, verbose_name="harm done or feared")),
                (
                    "response",
                    models.TextField(blank=True, verbose_name="whether the response was adequate"),
                ),
                (
                    "reason",
                    models.TextField(verbose_name="reason, in words the applicant will read"),
                ),
                (
                    "reversed_because",
                    models.TextField(
                        blank=True, verbose_name="why the decision before was changed"
                    ),
                ),
                ("decided_on", models.DateField()),
                ("decided_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="triggers.application",
                    ),
                ),
                (
                    "check_made",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="triggers.thresholdcheck",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["application", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "number"), name="triggers_decision_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted__lt", models.F("needed")), ("met", True), _connector="OR"
                        ),
                        name="triggers_decision_no_choice",
                        violation_error_message="With that many qualifying complaints the law leaves no choice: the threshold is met (2014 Act, section 104(4)).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met", False), ("review", True), _connector="OR"),
                        name="triggers_decision_met_is_reviewed",
                        violation_error_message="Where the threshold is met, a review must be held.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoiceRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("in_person", "To speak to the panel"),
                            ("in_writing", "To write to the panel"),
                            ("advocate", "To send somebody who speaks for them"),
                            ("no", "Not to take part"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("words", models.TextField(blank=True, verbose_name="what they said")),
                (
                    "spoken_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who spoke for them"),
                ),
                ("at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="triggers.application",
                    ),
                ),
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
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="case_review",
                        serialize=False,
                        to="triggers.application",
                    ),
                ),
                ("pack_made_on", models.DateField(blank=True, null=True, verbose_name="pack made")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="panel held")),
                (
                    "not_heard",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why the victim was not heard"
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="what the panel concluded")),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "finished_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("finished_by__isnull", True)),
                            models.Q(
                                ("finished_at__isnull", False), ("finished_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="triggers_review_finished_at_by",
                    )
                ],
            },
        ),
    ]
