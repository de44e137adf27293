"""Case reviews, for the two tables: what has been laid down, a draft, a case with its seats.

On the case sit its officer (``officer``) and, for the panel, ``kent``. Who else there is knows
nothing of it: not the chair, not the administrator.
"""

import datetime
from types import SimpleNamespace

from core import clock
from membership.models import Role
from tests import world as worlds
from tests.triggers.conftest import fill_in
from triggers import links
from triggers.models import (
    Appeal,
    Channel,
    ChronologyEntry,
    Clock,
    ClockSetting,
    Finding,
    Recommendation,
    RelevantBody,
    Review,
    Stage,
    VoiceRecord,
)
from triggers.permissions import PrivateLink
from triggers.queries import statistics
from triggers.workflow import (
    applying,
    casework,
    dossiers,
    holding,
    information,
    letters,
    listing,
    messages,
    procedures,
    retention,
    settings,
)

# Addresses of the private link, by what stands after the token.
OF_LINK = {
    "mine", "mine_link", "mine_delete", "mine_check", "mine_done", "mine_danger", "mine_reports",
    "mine_write", "mine_panel", "mine_withdraw", "mine_consent", "mine_incidents", "mine_appeal",
}  # fmt: skip
OF_REPORT = {"mine_report": ["what"], "mine_report_remove": []}
# Addresses of a case, by its reference alone.
OF_CASE = {"case", "case_threshold", "threshold_work_out", "threshold_decide", "case_clocks"}
# The steps of a case, and its pages, by its reference alone.
OF_CASE_STEPS = {
    "case_take_on", "case_acknowledge", "case_sort", "case_consent", "case_without_consent",
    "case_link", "case_repeat", "case_complained_of", "case_person", "case_note", "case_close",
    "case_reopen", "case_withdraw", "case_incidents", "incident_add", "list_sent",
    "case_information", "case_ask", "case_timeline", "case_timeline_csv",
    "case_people", "case_reads_csv", "case_deeds_csv", "person_put_on", "hold_put",
    "case_dossier", "kept_case", "kept_take_back", "case_letters", "letter_new",
}  # fmt: skip
# A panel's pages: of a case that was sent, of one whose panel is to sit, and of what hangs on one.
OF_PANEL = {
    "case_panel", "panel_ask", "panel_invite", "panel_leave", "panel_meeting", "panel_pack",
    "voice_add", "panel_hold", "panel_finish", "panel_again", "finding_add", "recommendation_add",
    "case_appeals", "appeal_add",
}  # fmt: skip
OF_NUMBER_ONE = {
    "finding_change", "finding_remove", "recommendation_change", "recommendation_remove",
    "recommendation_further",
}  # fmt: skip
OF_PANELS_OTHERS = {"recommendation", "voice_change", "panel_check"}
REVIEWED = {"review", "finished"}
OF_APPEAL = {"appeal_late", "appeal_send_on", "appeal_decide", "appeal_withdraw"}
OF_INCIDENT = {"incident_change", "incident_history", "incident_remove", "incident_put_back"}
OF_INFORMATION = {
    "information", "information_send", "information_further", "information_report",
    "information_line_add", "information_line_change", "information_line_remove",
    "information_import",
}  # fmt: skip
OF_LETTER = {
    "letter", "letter_change", "letter_ready", "letter_told", "letter_take_back", "letter_remove",
    "letter_pdf",
}  # fmt: skip
OF_WORDS = {"letter_words_shown", "letter_words_change", "letter_words_shipped"}
WRONG_TOKEN = "bm90LWEtdG9rZW4="
NO_LETTER = "00000000-0000-0000-0000-000000000000"


class Triggers:
    """Mixed into ``Matrix``."""

    world: SimpleNamespace

    def procedure_of(self, name):
        return self.once(
            "procedure", lambda: procedures.set_up(self.world.partnership, by=self.world.officer)
        )

    def application_of(self, name):
        """ "draft"; with a member of the panel "sent", "review" whose panel is to sit, "finished";
        or "old": closed for longer than it may."""
        return self.once(("application", name), lambda: self.made_application(name))

    def made_application(self, name):
        self.procedure_of("dartford")
        draft = applying.begin(self.world.partnership, channel=Channel.ONLINE)
        fill_in(draft, self.world, reports=1)
        if name == "draft":
            return draft
        case = applying.submit(draft)
        if name == "old":
            return self.grown_old(case)
        worlds.seat(self.world.kent, case.group, self.world.county, Role.MEMBER)
        return self.reviewed(case, finished=name == "finished") if name in REVIEWED else case

    def reviewed(self, case, *, finished):
        """A case whose panel is to sit; or that has finished and recommends the police something.

        They have nobody on the standing panel, so whoever sits for them answers.
        """
        case.stage = Stage.OUTCOME if finished else Stage.REVIEW
        case.save(update_fields=["stage"])
        by = {"finished_at": clock.now(), "finished_by": self.world.officer} if finished else {}
        Review.objects.create(application=case, **by)
        Finding.objects.create(application=case, number=1, text="Nobody came back")
        Recommendation.objects.create(
            application=case, number=1, text="Call back", agency=self.world.police, anybody=True,
            sent_on=clock.today() if finished else None,
        )  # fmt: skip
        return case

    def recommendation_of(self, name):
        return Recommendation.objects.get(application=self.application_of(name))

    def appeal_of(self, name):
        case = self.application_of(name)
        return self.once("appeal", lambda: Appeal.objects.create(
            application=case, kind="review", text="No", made_on=clock.today(), late=True,
        ))  # fmt: skip

    def voice_of(self, name):
        case = self.application_of(name)
        return self.once("voice", lambda: VoiceRecord.objects.create(
            application=case, how="in_person", words="Help", on=clock.today(),
            by=self.world.officer,
        ))  # fmt: skip

    def panel_page(self, name, target):
        """The same, for such addresses only; none for others."""
        ours = OF_PANEL | OF_NUMBER_ONE | OF_APPEAL | OF_PANELS_OTHERS
        return self.panel_arguments(name, target) if name in ours else []

    def panel_arguments(self, name, target):
        """The arguments of an address of a panel, a recommendation or an appeal."""
        if name == "recommendation":
            return [self.recommendation_of(target).pk]
        reference = self.application_of(target).reference
        if name in OF_PANEL:
            return [reference]
        if name in OF_NUMBER_ONE:
            return [reference, 1]
        if name in OF_APPEAL:
            return [reference, self.appeal_of(target).pk]
        makers = {"voice_change": self.voice_of, "panel_check": self.seat_on_case}
        return [reference, makers[name](target).pk] if name in makers else []

    def grown_old(self, case):
        """Withdrawn eight years ago, and its removal approved: it can be kept after all."""
        case = applying.withdraw(case, reason="", by=self.world.officer)
        case.closed_on = clock.today() - datetime.timedelta(days=8 * 366)
        case.save(update_fields=["closed_on"])
        retention.approve(case, by=self.world.officer)
        return case

    def hold_on(self, name):
        case = self.application_of(name)
        return self.once(
            "hold", lambda: holding.put_hold(case, reason="A court asks", by=self.world.officer)
        )

    def dossier_of(self, name):
        case = self.application_of(name)
        return self.once(
            "dossier", lambda: dossiers.ask(case, redacted=False, by=self.world.officer)
        )

    def clock_of(self, name):
        return Clock.objects.get(application=self.application_of(name), stage="panel")

    def clocksetting_of(self, name):
        return ClockSetting.objects.get(
            partnership=self.procedure_of(name).partnership, stage="panel"
        )

    def relevantbody_of(self, name):
        return RelevantBody.objects.get(
            partnership=self.procedure_of(name).partnership, agency=self.world.police
        )

    def localaddition_of(self, name):
        return self.once("local rule", lambda: self.made_local_rule(name))

    def made_local_rule(self, name):
        return settings.add_addition(
            self.procedure_of(name).partnership, kind="hate", number=1, source="Page 4",
            starts_on=worlds.LONG_AGO, by=self.world.officer,
        )  # fmt: skip

    def caselink_of(self, name):
        """Two cases about the same trouble, with the officer on both and kent on one."""

        def make():
            first = self.application_of("sent")
            draft = applying.begin(self.world.partnership, channel=Channel.ONLINE)
            fill_in(draft, self.world, reports=1)
            other = applying.submit(draft)
            return casework.link_cases(first, other, why="The same block", by=self.world.officer)

        return self.once("case link", make)

    def informationrequest_of(self, name):
        """ "sent": what the police are asked, through their board member; nothing written yet."""

        def make():
            asked = information.ask(
                self.application_of("sent"), agency=self.world.police, by=self.world.officer
            )
            return information.InformationRequest.objects.get(pk=asked.pk)

        return self.once("information", make)

    def privatelink_of(self, name):
        return PrivateLink(None if name == "false" else self.application_of(name))

    def triggers_arguments(self, name, target):
        """The arguments of an address of these pages."""
        if name in OF_LINK:
            return [self.link_token(target)]
        if name in OF_REPORT:
            return [self.link_token(target), 1, *OF_REPORT[name]]
        if name == "mine_question":
            return [self.link_token(target), "name"]
        if name in {"mine_letter", "mine_letter_file"}:
            return [self.link_token(target), NO_LETTER]
        if name in OF_CASE:
            return [self.application_of(target).reference]
        if name in OF_CASE_STEPS:
            return [self.application_of(target).reference]
        if name in OF_INFORMATION:
            return self.information_arguments(name, target)
        found = self.panel_page(name, target) or self.step_arguments(name, target)
        if found:
            return found
        if name in {"clock_delay", "clock_stop"}:
            return [self.application_of(target).reference, self.clock_of(target).pk]
        return self.procedure_arguments(name, target)

    def information_arguments(self, name, target):
        """The arguments of an address of a body's answer."""
        asked = self.informationrequest_of(target)
        if name == "information_report":
            return [asked.pk, 1]
        if name in {"information_line_change", "information_line_remove"}:
            line = asked.entries.first() or ChronologyEntry.objects.create(
                information=asked, on=worlds.LONG_AGO, what="Call"
            )
            return [asked.pk, line.pk]
        return [asked.pk]

    def letter_of(self, name):
        case = self.application_of(name)
        return self.once(
            "letter", lambda: letters.draft(case, "acknowledgement", by=self.world.officer)
        )

    def step_arguments(self, name, target):
        """The arguments of a step about something that a case holds; none for other addresses."""
        if name in OF_LETTER:
            return [self.application_of(target).reference, self.letter_of(target).number]
        if name in OF_INCIDENT:
            return [self.application_of(target).reference, 1]
        if name == "case_unlink":
            return [self.application_of(target).reference, self.caselink_of(target).pk]
        if name in {"misfit_settle", "misfit_unsettle"}:
            key = str(self.body_line_of(target).pk)
            return [self.application_of(target).reference, "unlisted", key]
        if name == "case_contact":
            return [self.application_of(target).reference, "victim"]
        if name == "dossier_file":
            return [self.application_of(target).reference, self.dossier_of(target).pk, "pdf"]
        makers = {
            "hold_lift": self.hold_on, "dossier_delete": self.dossier_of,
            "case_message": self.applicant_message_of, "correction": self.listcorrection_of,
            "person_take_off": self.seat_on_case, "misfit_add": self.body_line_of,
        }  # fmt: skip
        if name in makers:
            return [self.application_of(target).reference, makers[name](target).pk]
        return []

    def applicant_message_of(self, name):
        case = self.application_of(name)
        return self.once("message", lambda: messages.write(case, kind="question", text="When?"))

    def listcorrection_of(self, name):
        case = self.application_of(name)
        return self.once("correction", lambda: listing.correct(case, text="It was a Sunday"))

    def seat_on_case(self, name):
        return self.application_of(name).group.seats.get(person=self.world.kent)

    def body_line_of(self, name):
        """A report that the police hold and that is not on the list, sent to the officers."""

        def make():
            asked = self.informationrequest_of(name)
            line = ChronologyEntry.objects.create(
                information=asked, on=worlds.LONG_AGO, what="Call", reported_on=worlds.LONG_AGO
            )
            asked.sent_on = clock.today()
            asked.save()
            return line

        return self.once("line", make)

    def procedure_arguments(self, name, target):
        """The arguments of an address of the settings."""
        if name == "procedure_change":
            self.procedure_of(target)
        if name in OF_WORDS:
            self.procedure_of(target)
            return ["closed"]
        if name == "figures_year":
            self.procedure_of(target)
            return [statistics.label(*statistics.year_of(clock.today()))]
        if name == "procedure_clock":
            self.procedure_of(target)
            return ["panel"]
        found = {
            "procedure_clock_end": self.clocksetting_of, "local_rule_end": self.localaddition_of,
            "body_change": self.relevantbody_of, "body_end": self.relevantbody_of,
            "body_succeed": self.relevantbody_of,
        }.get(name)  # fmt: skip
        return [found(target).pk] if found else []

    def link_token(self, target):
        return WRONG_TOKEN if target == "false" else links.token(self.application_of(target))
