"""The entry form: the sheet with its acts: save, accept a doubt, decide a conflict, withdraw, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot

from grants_app.domain.errors import Refused
from grants_app.gui.pages.entry_form_sheet import EntrySheet
from grants_app.gui.widgets.strip import StripAction
from grants_app.services import conflicts, intake

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_form_sections import FormSetup

WITHDRAW, REINSTATE = "withdraw", "reinstate"
PROOF_PAPER, PROOF_REASON = "proof_paper", "proof_reason"


class EntryForm(EntrySheet):
    """One application: shown, typed in, corrected, decided on; the page decides what comes next."""

    saved = Signal(object, bool)
    """`saved(Saved, new)`: the application as it now stands, and whether it was not there before."""
    changed = Signal(object)
    """Something else changed: a conflict decided, an application withdrawn or not any more (`Changed`)."""
    discard_wanted = Signal(str)
    """What is typed and not saved is to be discarded; carries the key it is kept under."""

    def __init__(self, context: PageContext, setup: FormSetup, parent: QWidget | None = None) -> None:
        super().__init__(context, setup, parent)
        self._submitted, self._paper = True, ""
        self.checks.reason_wanted.connect(self._on_reason_wanted)
        self.conflicts.decided.connect(self._on_conflict_decided)
        self.history.closed.connect(self._on_history_closed)
        self.reason_bar.given.connect(self._on_reason_given)
        self.reason_bar.dismissed.connect(self._on_reason_dismissed)
        self.foot.save_wanted.connect(self.save)
        self.foot.draft_wanted.connect(self.save_as_draft)
        self.foot.history_wanted.connect(self.show_history)
        self.foot.withdraw_wanted.connect(self._on_withdraw_wanted)
        self.foot.reinstate_wanted.connect(self._on_reinstate_wanted)
        self.foot.discard_wanted.connect(self._on_discard_wanted)

    def next_problem(self) -> None:
        """F8: the next field that is wrong or doubtful."""
        if not self.body.next_problem():
            self.context.show_message("ok", self.words("No errors or warnings."))

    @Slot()
    def save(self) -> bool:
        """Ctrl+Enter: save; a problem takes the caret to its field instead. Answers whether it was saved."""
        if self.mode == "empty" or self.read_only:
            return False
        if self.checks.owner_application is not None and self.mode == "new":
            self.body.focus("pin")
            self.context.show_message("warn", self.checks.text("pin"))
            return False
        problems = self.checks.demand_all()
        if problems:
            self._tell_problems(problems)
            return False
        return self._save(submit=True)

    @Slot()
    def save_as_draft(self) -> bool:
        """Register it as a draft with a number, whatever is missing; nobody ranks a draft."""
        return self._save(submit=False)

    def _tell_problems(self, problems: int) -> None:
        for field in self.body.fields.values():
            if field.state in ("warn", "error"):
                self.body.focus(field.key)
                break
        self.context.show_message(
            "warn",
            self.words.plural(
                "{n} field needs attention before saving. F8 goes to the next one.",
                "{n} fields need attention before saving. F8 goes to the next one.",
                problems,
            ),
        )

    def _save(self, *, submit: bool, paper: str = "", reason: str = "") -> bool:
        known = self.application
        form = intake.SaveForm(
            entry=self.checks.current(),
            application=known.id if known else None,
            seen=known.version if known else None,
            submit=submit,
            paper=paper,
            reason=reason,
            person=self.checks.person if known is None else None,
        )
        try:
            saved = intake.save(self.context.office, form)
        except Refused as refusal:
            if refusal.code == "correction_needs_paper_and_reason":
                self._submitted = submit
                self._ask_proof(PROOF_PAPER)
            else:
                self._tell_refusal(refusal)
            return False
        self.keeper.finish()
        self.body.remember_as_previous()
        self.base = saved.application.entry
        self.saved.emit(saved, known is None)
        return True

    def _ask_proof(self, key: str) -> None:
        """After the freeze a correction is saved with its paper first, then its reason."""
        words = self.words
        sentence = words.code("correction_needs_paper_and_reason")
        if key == PROOF_PAPER:
            self.reason_bar.ask(key, sentence, words("Document used for checking"), words("Next"))
        else:
            self.reason_bar.ask(key, sentence, words("Reason (recorded in the journal)"), words("Save"))

    def _tell_refusal(self, refusal: Refused) -> None:
        action = None
        if refusal.code == "saved_by_another" and self.application is not None:
            action = StripAction(self.words("Show saved version"), self._show_theirs)
        self.context.show_message("warn", self.words.code(refusal.code, **refusal.facts), action)

    def _show_theirs(self) -> None:
        if self.application is not None:
            self.keeper.keep_now()
            self.show_application(intake.application(self.context.office, self.application.id))

    @Slot(str, str)
    def _on_reason_wanted(self, key: str, sentence: str) -> None:
        self.reason_bar.ask(
            key, sentence, self.words("Reason (recorded in the journal)"), self.words("Accept")
        )

    @Slot()
    def _on_withdraw_wanted(self) -> None:
        self.reason_bar.ask(
            WITHDRAW,
            self.words(
                "The application is withdrawn at the applicant's request; it remains available to read."
            ),
            self.words("Reason (recorded in the journal)"),
            self.words("Withdraw"),
        )

    @Slot()
    def _on_reinstate_wanted(self) -> None:
        self.reason_bar.ask(
            REINSTATE,
            self.words("The application competes again as its data and documents stand now."),
            self.words("Reason (recorded in the journal)"),
            self.words("Undo the withdrawal"),
        )

    @Slot()
    def _on_discard_wanted(self) -> None:
        self.keep_draft()
        self.discard_wanted.emit(self.keeper.key)

    @Slot(str, str)
    def _on_reason_given(self, key: str, reason: str) -> None:
        if key == PROOF_PAPER:
            self._paper = reason
            self._ask_proof(PROOF_REASON)
            return
        if key == PROOF_REASON:
            self._save(submit=self._submitted, paper=self._paper, reason=reason)
            return
        if key not in (WITHDRAW, REINSTATE):
            self.checks.accept(key, reason)
            self.body.focus(key)
            self.body.step(1)
            return
        known = self.application
        if known is None:
            return
        try:
            if key == WITHDRAW:
                changed = intake.withdraw(self.context.office, known.id, known.version, reason)
            else:
                changed = intake.take_back_withdrawal(
                    self.context.office, known.id, known.version, reason
                ).changed
        except Refused as refusal:
            self._tell_refusal(refusal)
            return
        self.changed.emit(changed)

    @Slot()
    def _on_reason_dismissed(self) -> None:
        key = self.reason_bar.key
        if key in self.body.fields:
            self.body.focus(key)

    @Slot(str, str, str, str)
    def _on_conflict_decided(self, field: str, value: str, paper: str, reason: str) -> None:
        known = self.application
        if known is None:
            return
        try:
            done = conflicts.decide(
                self.context.office, known.id, known.version, field, value, paper=paper, reason=reason
            )
        except Refused as refusal:
            self._tell_refusal(refusal)
            return
        self.show_application(done.application)
        self.changed.emit(done.changed)

    @Slot()
    def show_history(self, field: str = "") -> None:
        """F7: the history of the field the caret is in, else of the whole application."""
        if self.application is None:
            return
        events = intake.history(self.context.office, self.application.id)
        self.history.show_events(events, self.named, self.setup.campaign.setup.zone, field)
        self.stack.setCurrentWidget(self.history)
        self.history.close_button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_history_closed(self) -> None:
        self.stack.setCurrentWidget(self.scroll_area)
        self.body.focus("surname")
