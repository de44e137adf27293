"""The second part: what happened, when, and who was told."""

from typing import Any

from django import forms as django

from core import forms
from triggers.forms.applying.asking import Question
from triggers.models import Topic
from triggers.queries import drafts, live
from triggers.queries.drafts import Draft
from triggers.workflow.answering import wrong_dates

NOBODY, SOMEBODY_ELSE = "nobody", "other"


class Topics(Question):
    """What the trouble is about."""

    slug, part, record, heading = "trouble", 2, "application", "topics"
    mark_optional = False
    topics = django.MultipleChoiceField(
        label="What is the trouble?", choices=Topic, required=False, widget=forms.Checkboxes,
        help_text="Tick all that are true.",
    )  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """As the record keeps it: in the order of the list."""
        return {name: list(value) for name, value in super().kept().items()}


class _AboutReport(Question):
    part, record = 2, "complaint"

    @property
    def about(self) -> str:
        """Which report is meant: The broken car window, 31 August 2026."""
        title = live.title(self.complaint) if self.complaint.what else ""
        day = self.complaint.happened_on
        when = live.longdate(day) if day else ""
        return ", ".join(filter(None, [title, when]))

    def hinted(self, name: str, hint: str) -> None:
        """Put which report is meant before the hint of a field."""
        field = self.fields[name]
        field.help_text = f"{self.about}. {hint}" if self.about else hint


class What(_AboutReport):
    """What happened."""

    slug, heading = "what", "what"
    what = django.CharField(
        label="What happened?", max_length=4000, widget=forms.Textarea({"rows": 6}),
        help_text=(
            "Tell us about one thing that you reported, or one time when it was bad. You can add "
            "more after this one."
        ),
        error_messages={"required": "Write what happened"},
    )  # fmt: skip


class When(_AboutReport):
    """When it happened: one day, or until one."""

    slug, title = "when", "When did it happen?"
    happened_on = forms.DateField(
        label="The day it happened", called="The day it happened", required=False,
        help_text="If it went on, give the last day. For example, 30 9 2026.",
    )  # fmt: skip
    went_on_from = forms.DateField(
        label="If it went on: the day it began", called="The day it began", required=False,
        help_text="Leave this empty if it was on one day.",
    )  # fmt: skip
    unsure = django.BooleanField(
        label="I am not sure of the day", required=False,
        help_text="Give the nearest day you can. Leave the day empty if you have no idea.",
    )  # fmt: skip
    mark_optional = False

    def read(self, name: str) -> Any:
        """Unsure is the other way round in the record."""
        return not self.complaint.day_is_sure if name == "unsure" else super().read(name)

    def clean(self) -> dict[str, Any]:
        """A day, or that it is not known; nothing in the future."""
        said = super().clean() or self.cleaned_data
        day = said.get("happened_on")
        if "happened_on" in said and not day and not said.get("unsure"):
            self.add_error(
                "happened_on", "Enter the day it happened, or tick that you are not sure"
            )
        trial = type(self.complaint)(
            happened_on=day, went_on_from=said.get("went_on_from"),
        )  # fmt: skip
        for name, message in wrong_dates(trial).items():
            self.add_error(name, message)
        reported = self.complaint.reported_on
        if day and reported and reported < day and "happened_on" not in self.errors:
            told = live.longdate(reported)
            self.add_error("happened_on", f"It must be by {told}, the day you reported it")
        return said

    def kept(self) -> dict[str, Any]:
        """Dates that do not fit together are not kept."""
        kept = super().kept()
        if "unsure" in kept:
            kept["day_is_sure"] = not kept.pop("unsure")
        began = kept.get("went_on_from")
        day = kept.get("happened_on", self.complaint.happened_on)
        if began and day and began > day:
            kept.pop("went_on_from")
        return kept


class Where(_AboutReport):
    """Where it happened."""

    slug, heading = "where", "where"
    where = django.CharField(label="Where did it happen?", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hinted("where", "Leave this empty if it was where the trouble always is.")


class Whom(_AboutReport):
    """To whom it was reported."""

    slug, title = "told", "Who did you tell?"
    whom = django.ChoiceField(
        label="Who you told", widget=forms.Radios,
        error_messages={"required": "Choose who you told"},
    )  # fmt: skip
    other_body = django.CharField(
        label="If it was someone else: who?", max_length=160, required=False
    )
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partnership = self.draft.application.partnership
        self.bodies = {
            str(each.pk): each for each in drafts.bodies(partnership, self.complaint.body_id)
        }
        offered = [(key, each.agency.name) for key, each in self.bodies.items()]
        field = self.fields["whom"]
        field.choices = [
            *offered, (SOMEBODY_ELSE, "Someone else"), (NOBODY, "I have told nobody yet"),
        ]  # fmt: skip
        field.widget.hints = {
            key: f"Also called {each.also_reports}"
            for key, each in self.bodies.items() if each.also_reports
        }  # fmt: skip
        self.hinted("whom", "If you told more than one, choose the one you told first.")

    def read(self, name: str) -> Any:
        """The choice behind the record."""
        if name != "whom":
            return super().read(name)
        if self.complaint.told_nobody:
            return NOBODY
        if self.complaint.other_body:
            return SOMEBODY_ELSE
        return str(self.complaint.body_id or "")

    def clean(self) -> dict[str, Any]:
        """Somebody else has a name."""
        said = super().clean() or self.cleaned_data
        if said.get("whom") == SOMEBODY_ELSE and not said.get("other_body"):
            self.add_error("other_body", "Enter who you told")
        return said

    def kept(self) -> dict[str, Any]:
        """One of the three: a body, somebody else, or nobody."""
        said = super().kept()
        whom = said.get("whom")
        if whom is None or (whom == SOMEBODY_ELSE and "other_body" not in said):
            return {}
        kept = {
            "body": self.bodies.get(whom), "told_nobody": whom == NOBODY,
            "other_body": said["other_body"] if whom == SOMEBODY_ELSE else "",
        }  # fmt: skip
        return kept | ({"reported_on": None, "report_reference": ""} if whom == NOBODY else {})


class _WhenTold(_AboutReport):
    @classmethod
    def applies(cls, draft: Draft, complaint: Any = None) -> bool:
        return not (complaint and complaint.told_nobody)


class Reported(_WhenTold):
    """When it was reported."""

    slug, heading = "reported", "reported_on"
    mark_optional = False
    reported_on = forms.DateField(
        label="When did you report it?", called="The date you reported it", required=False
    )
    forgotten = django.BooleanField(label="I do not know the day", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hinted(
            "reported_on",
            "If you are not sure, give the nearest date you can. For example, 30 9 2026.",
        )

    def read(self, name: str) -> Any:
        """That a day is not known is not kept: it is just not there."""
        return False if name == "forgotten" else super().read(name)

    def clean(self) -> dict[str, Any]:
        """A day, or that it is not known; not in the future, not before it happened."""
        said = super().clean() or self.cleaned_data
        day = said.get("reported_on")
        if "reported_on" in said and not day and not said.get("forgotten"):
            self.add_error("reported_on", "Enter the date you reported it")
        trial = type(self.complaint)(happened_on=self.complaint.happened_on, reported_on=day)
        if message := wrong_dates(trial).get("reported_on"):
            self.add_error("reported_on", message)
        return said

    def kept(self) -> dict[str, Any]:
        """The day."""
        kept = super().kept()
        kept.pop("forgotten", None)
        return kept


class Reference(_WhenTold):
    """The reference that they gave."""

    slug, heading = "reference", "report_reference"
    report_reference = django.CharField(
        label="Were you given a reference number?", max_length=80, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hinted("report_reference", "Leave this empty if you have none.")


class Response(_WhenTold):
    """What they did about it."""

    slug, heading = "response", "response"
    response = django.CharField(
        label="What did they do about it?", max_length=2000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hinted("response", "If nothing was done, or you do not know, say so.")


QUESTIONS = (What, When, Where, Whom, Reported, Reference, Response)
