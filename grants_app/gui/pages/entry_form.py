"""The entry form: one paper application typed with keys only, judged while typing, kept while typing, saved by one chord."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from grants_app.domain.application import Application, Entry, PersonFacts, State
from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused
from grants_app.gui.pages.entry_form_body import EntryBody
from grants_app.gui.pages.entry_form_checks import EntryChecks
from grants_app.gui.pages.entry_form_conflicts import ConflictPanel
from grants_app.gui.pages.entry_form_drafts import DraftKeeper
from grants_app.gui.pages.entry_form_frame import EntryFooter, EntryHeader
from grants_app.gui.pages.entry_form_history import HistoryView
from grants_app.gui.pages.entry_form_sections import FormSetup
from grants_app.gui.pages.entry_form_widgets import ReasonBar
from grants_app.gui.pages.entry_words import EntryWords
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.strip import StripAction
from grants_app.services import drafts, intake

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext
    from grants_app.services.drafts import Draft

Mode = Literal["empty", "new", "known"]
WITHDRAW = "withdraw"


class EntryForm(QWidget):
    """One application: shown, typed in, corrected, decided on; the page decides what comes next."""

    typing_started = Signal()
    """The user began to type: the list makes room."""
    left = Signal()
    """Esc: the user leaves the form, what is typed is kept."""
    saved = Signal(object, bool)
    """`saved(Saved, new)`: the application as it now stands, and whether it was not there before."""
    changed = Signal(object)
    """Something else changed: a conflict decided, an application withdrawn (`Changed`)."""
    open_wanted = Signal(int)
    drafts_changed = Signal()

    def __init__(self, context: PageContext, setup: FormSetup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self.setup = setup
        self.mode: Mode = "empty"
        self.application: Application | None = None
        self._base = Entry(person=PersonFacts(surname="", given=""))
        self._typing = False
        self.named = EntryWords(context.words, setup.campaign.setup, setup.rules)
        self._lay_out()
        self.checks = EntryChecks(context, self.body, self.named, self)
        self.keeper = DraftKeeper(context, self._typed, self)
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = self.context.theme
        self.head = EntryHeader(theme, self.words, self)
        self.conflicts = ConflictPanel(theme, self.words, self)
        self.body = EntryBody(theme, self.words, self.setup, self)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.conflicts)
        column.addWidget(self.body)
        column.addStretch(1)
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setObjectName("entry_scroll_area")
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setWidget(inside)
        self.history = HistoryView(theme, self.words, self)
        middle = QWidget(self)
        self.stack = QStackedLayout(middle)
        self.stack.addWidget(self.scroll_area)
        self.stack.addWidget(self.history)
        self.reason_bar = ReasonBar(theme, self)
        self.foot = EntryFooter(theme, self.words, self)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(middle, 1)
        whole.addWidget(self.reason_bar)
        whole.addWidget(Hairline(theme, self))
        whole.addWidget(self.foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Hairline(theme, self, vertical=True))
        layout.addLayout(whole, 1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        for part in (inside, self.scroll_area.viewport()):
            part.setBackgroundRole(self.palette().ColorRole.Base)

    def _connect(self) -> None:
        self.body.edited.connect(self._on_edited)
        self.body.field_entered.connect(self._on_field_entered)
        self.body.finished.connect(self.foot.save_button.setFocus)
        self.checks.judged.connect(self._on_judged)
        self.checks.reason_wanted.connect(self._on_reason_wanted)
        self.checks.open_wanted.connect(self.open_wanted)
        self.checks.likely_found.connect(self.head.show_likely)
        self.head.likely_chosen.connect(self.open_wanted)
        self.conflicts.decided.connect(self._on_conflict_decided)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.failed.connect(self._on_failed)
        self.history.closed.connect(self._on_history_closed)
        self.reason_bar.given.connect(self._on_reason_given)
        self.reason_bar.dismissed.connect(self._on_reason_dismissed)
        self.foot.save_wanted.connect(self.save)
        self.foot.draft_wanted.connect(self.save_as_draft)
        self.foot.history_wanted.connect(self.show_history)
        self.foot.withdraw_wanted.connect(self._on_withdraw_wanted)

    # ---- what is shown ---------------------------------------------------------------------------------

    def begin_new(self, draft: Draft | None = None) -> None:
        """A blank application, or one that was left half typed; the caret goes into the PIN."""
        office = self.context.office
        blank = Entry(
            person=PersonFacts(surname="", given=""),
            branch=office.actor.branch,
            received_at=self._now().replace(second=0, microsecond=0),
            received_by=office.actor.name,
            paper_language="ky" if self.words.lang == "en" else self.words.lang,  # type: ignore[arg-type]  # a Lang
        )
        self.application = None
        self.mode = "new"
        self._show(draft.entry if draft else blank, blank, draft)
        self.keeper.begin(draft.key if draft else drafts.new_key(office), None, stored=draft is not None)
        self._start_typing()
        self.body.focus("pin")

    def show_application(self, application: Application, draft: Draft | None = None) -> None:
        """An application as it stands, with what was typed over it and not saved yet."""
        self.application = application
        self.mode = "known"
        self._show(draft.entry if draft else application.entry, application.entry, draft)
        self.keeper.begin(f"application-{application.id}", application.version, stored=draft is not None)
        if draft is not None:
            self._start_typing()

    def _show(self, entry: Entry, base: Entry, draft: Draft | None) -> None:
        self._base = base
        self._typing = False
        self.stack.setCurrentWidget(self.scroll_area)
        self.reason_bar.hide()
        self.body.show_entry(entry, draft.texts if draft else None)
        known = self.application
        self.conflicts.show_conflicts(known.conflicts if known else (), self.named)
        strict = known is not None and known.state is not State.DRAFT
        self.checks.begin(entry, known.id if known else None, strict=strict)
        self.body.show_rare(False)  # noqa: FBT003 - a plain setter
        self._lock()
        self._word_head()
        self.scroll_area.verticalScrollBar().setValue(0)
        if draft is not None:
            self.head.show_kept(draft.at.astimezone(self.setup.now.tzinfo), restored=True)

    def _lock(self) -> None:
        campaign = self.setup.campaign
        gone = self.application is not None and self.application.state in (State.WITHDRAWN, State.ANNULLED)
        frozen = campaign.state in (CampaignState.FROZEN, CampaignState.PUBLISHED)
        if self.read_only or gone:
            self.body.set_locked(self.body.sections)
        elif frozen:
            self.body.set_locked((self.body.school, self.body.choices, self.body.grounds))
        else:
            self.body.set_locked(())
        can_save = not self.read_only and not gone
        self.foot.show_mode(
            self.mode,
            can_save=can_save,
            draft=self.mode == "new" or (self.application is not None and self.application.state is State.DRAFT),
            withdrawable=can_save and self.application is not None,
        )

    @property
    def read_only(self) -> bool:
        """Whether nothing may be typed here: a closed campaign, or a role that only reads."""
        return self.setup.campaign.read_only or not intake.may_type(self.context.office)

    def _now(self):  # noqa: ANN202 - the campaign's present moment
        return self.context.office.now()

    def _word_head(self) -> None:
        known = self.application
        if known is None:
            self.head.show_new()
        else:
            self.head.show_known(known, self.named, frozen=self._frozen_words())

    def _frozen_words(self) -> str:
        if self.setup.campaign.read_only:
            return self.words("The campaign is closed: reading only")
        if self.setup.campaign.state in (CampaignState.FROZEN, CampaignState.PUBLISHED):
            return self.words("Frozen: choices, results and grounds stay as they are")
        return ""

    @property
    def typing(self) -> bool:
        """Whether the user is typing into it, so that the list has made room."""
        return self._typing

    @property
    def dirty(self) -> bool:
        """Whether what is typed differs from what is saved."""
        if self.mode == "empty":
            return False
        return self.checks.current() != self._base or bool(self.body.unread_texts())

    def retranslate(self) -> None:
        """Word everything again, keeping what is typed."""
        self.head.retranslate()
        self.body.retranslate()
        self.foot.retranslate()
        if self.mode != "empty":
            self._word_head()
            if self.application is not None:
                self.conflicts.show_conflicts(self.application.conflicts, self.named)
            self.checks.judge()

    # ---- typing ----------------------------------------------------------------------------------------

    def start_editing(self) -> None:
        """F2: the caret goes into the form."""
        if self.mode == "known" and not self.read_only:
            self._start_typing()
            if self.conflicts.cards:
                self.conflicts.cards[0].versions[0].setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.body.focus("surname")

    def _start_typing(self) -> None:
        if not self._typing:
            self._typing = True
            self.body.show_rare(True)  # noqa: FBT003 - a plain setter
            self.typing_started.emit()

    def stop_typing(self) -> None:
        """Keep what is typed and go back to looking."""
        self.keep_draft()
        self._typing = False
        self.body.show_rare(False)  # noqa: FBT003 - a plain setter

    def keep_draft(self) -> None:
        """Keep what is typed now, if anything was."""
        if self.mode != "empty" and self.keeper.waiting:
            self.keeper.keep_now()

    def _typed(self) -> tuple[Entry, dict[str, str]]:
        return self.checks.current(), self.body.unread_texts()

    @Slot(str)
    def _on_edited(self, _key: str) -> None:
        self._start_typing()
        self.keeper.touch()

    @Slot(str)
    def _on_field_entered(self, key: str) -> None:
        self.scroll_area.ensureWidgetVisible(self.body.fields[key].editor, 0, 48)

    @Slot()
    def _on_kept(self) -> None:
        if self.keeper.key and self.dirty:
            self.head.show_kept(self._now())
        self.drafts_changed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    @Slot(int)
    def _on_judged(self, problems: int) -> None:
        self.foot.show_problems(problems)

    def next_problem(self) -> None:
        """F8: the next field that is wrong or doubtful."""
        if not self.body.next_problem():
            self.context.show_message("ok", self.words("Nothing is wrong or doubtful here."))

    # ---- saving ----------------------------------------------------------------------------------------

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
                "{n} field needs a look before it can be saved. F8 goes to the next one.",
                "{n} fields need a look before it can be saved. F8 goes to the next one.",
                problems,
            ),
        )

    def _save(self, *, submit: bool) -> bool:
        known = self.application
        form = intake.SaveForm(
            entry=self.checks.current(),
            application=known.id if known else None,
            seen=known.version if known else None,
            submit=submit,
            person=self.checks.person if known is None else None,
        )
        try:
            saved = intake.save(self.context.office, form)
        except Refused as refusal:
            self._tell_refusal(refusal)
            return False
        self.keeper.finish()
        self.body.remember_as_previous()
        self._base = saved.application.entry
        self.saved.emit(saved, known is None)
        return True

    def _tell_refusal(self, refusal: Refused) -> None:
        action = None
        if refusal.code == "saved_by_another" and self.application is not None:
            action = StripAction(self.words("Show what was saved"), self._show_theirs)
        self.context.show_message("warn", self.words.code(refusal.code, **refusal.facts), action)

    def _show_theirs(self) -> None:
        if self.application is not None:
            self.keeper.keep_now()
            self.show_application(intake.application(self.context.office, self.application.id))

    # ---- reasons, conflicts, history -------------------------------------------------------------------

    @Slot(str, str)
    def _on_reason_wanted(self, key: str, sentence: str) -> None:
        self.reason_bar.ask(key, sentence, self.words("Reason, for the journal"), self.words("Accept"))

    @Slot()
    def _on_withdraw_wanted(self) -> None:
        self.reason_bar.ask(
            WITHDRAW,
            self.words("The application is withdrawn at the applicant's wish; it stays readable."),
            self.words("Reason, for the journal"),
            self.words("Withdraw"),
        )

    @Slot(str, str)
    def _on_reason_given(self, key: str, reason: str) -> None:
        if key != WITHDRAW:
            self.checks.accept(key, reason)
            self.body.focus(key)
            self.body.move(1)
            return
        known = self.application
        if known is None:
            return
        try:
            self.changed.emit(intake.withdraw(self.context.office, known.id, known.version, reason))
        except Refused as refusal:
            self._tell_refusal(refusal)

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
            done = intake.decide_conflict(
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

    def replaced_setup(self, setup: FormSetup) -> bool:
        """Whether this form can stay for a campaign as it stands now (only its state may have changed)."""
        same = replace(setup.campaign, state=self.setup.campaign.state, version=self.setup.campaign.version)
        if same == self.setup.campaign and setup.rules == self.setup.rules and setup.officer == self.setup.officer:
            self.setup = setup
            return True
        return False
