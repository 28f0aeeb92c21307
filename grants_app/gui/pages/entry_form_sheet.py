"""One paper application as it stands or is typed: shown, judged and kept while typing; it saves nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QWidget

from grants_app.domain.application import Application, Entry, PersonFacts, State
from grants_app.domain.campaign import CampaignState
from grants_app.gui.pages.entry_form_body import EntryBody
from grants_app.gui.pages.entry_form_checks import EntryChecks
from grants_app.gui.pages.entry_form_conflicts import ConflictPanel
from grants_app.gui.pages.entry_form_drafts import DraftKeeper
from grants_app.gui.pages.entry_form_frame import EntryFooter, EntryHeader
from grants_app.gui.pages.entry_form_history import HistoryView
from grants_app.gui.pages.entry_form_widgets import ReasonBar
from grants_app.gui.pages.entry_words import EntryWords
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_column, flush_row
from grants_app.services import drafts, intake
from grants_app.wording import local

if TYPE_CHECKING:
    from grants_app.domain.campaign import Campaign
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_form_sections import FormSetup
    from grants_app.gui.qt_words import Speech
    from grants_app.services.drafts import Draft

Mode = Literal["empty", "new", "known"]
FROZEN = (CampaignState.FROZEN, CampaignState.PUBLISHED)


class EntrySheet(QWidget):
    """Head, conflicts, fields, history, bar for a reason, buttons; what the buttons do is the form's."""

    typing_started = Signal()
    """The user began to type: the list makes room."""
    open_wanted = Signal(int)
    drafts_changed = Signal()

    def __init__(self, context: PageContext, setup: FormSetup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self.setup = setup
        self.mode: Mode = "empty"
        self.application: Application | None = None
        self.base = Entry(person=PersonFacts(surname="", given=""))
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
        self.scroll_area = self._scrolled()
        self.history = HistoryView(theme, self.words, self)
        middle = QWidget(self)
        self.stack = QStackedLayout(middle)
        self.stack.addWidget(self.scroll_area)
        self.stack.addWidget(self.history)
        self.reason_bar = ReasonBar(theme, self)
        self.foot = EntryFooter(theme, self.words, self)
        whole = flush_column()
        whole.addWidget(self.head)
        whole.addWidget(middle, 1)
        whole.addWidget(self.reason_bar)
        whole.addWidget(Hairline(theme, self))
        whole.addWidget(self.foot)
        layout = flush_row(self)
        layout.addWidget(Hairline(theme, self, vertical=True))
        layout.addLayout(whole, 1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)

    def _scrolled(self) -> QScrollArea:
        """Conflicts over fields, scrolled as one."""
        area = QScrollArea(self)
        area.setObjectName("entry_scroll_area")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(area)
        column = flush_column(inside)
        column.addWidget(self.conflicts)
        column.addWidget(self.body)
        column.addStretch(1)
        area.setWidget(inside)
        for part in (inside, area.viewport()):
            part.setBackgroundRole(self.palette().ColorRole.Base)
        return area

    def _connect(self) -> None:
        self.body.edited.connect(self._on_edited)
        self.body.field_entered.connect(self._on_field_entered)
        self.body.finished.connect(self.foot.save_button.setFocus)
        self.checks.judged.connect(self.foot.show_problems)
        self.checks.open_wanted.connect(self.open_wanted)
        self.checks.likely_found.connect(self.head.show_likely)
        self.head.likely_chosen.connect(self.open_wanted)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.failed.connect(self._on_failed)

    # ---- what is shown ---------------------------------------------------------------------------------

    def begin_new(self, draft: Draft | None = None) -> None:
        """A blank application, or one that was left half typed; the caret goes into the PIN."""
        office = self.context.office
        blank = Entry(
            person=PersonFacts(surname="", given=""),
            branch=office.actor.branch,
            received_at=self.context.office.now().replace(second=0, microsecond=0),
            received_by=office.actor.name,
            paper_language="ky" if self.words.lang == "en" else self.words.lang,
        )
        self.application = None
        self.mode = "new"
        self._show(draft.entry if draft else blank, blank, draft)
        self.keeper.begin(draft.key if draft else drafts.new_key(office), None, stored=draft is not None)
        self.foot.show_draft(kept=self.keeper.stored)
        self._start_typing()
        self.body.focus("pin")

    def show_application(self, application: Application, draft: Draft | None = None) -> None:
        """An application as it stands, with what was typed over it and not saved yet."""
        self.application = application
        self.mode = "known"
        self._show(draft.entry if draft else application.entry, application.entry, draft)
        self.keeper.begin(f"application-{application.id}", application.version, stored=draft is not None)
        self.foot.show_draft(kept=self.keeper.stored)
        if draft is not None:
            self._start_typing()

    def _show(self, entry: Entry, base: Entry, draft: Draft | None) -> None:
        self.base = base
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
            self.head.show_kept(local(draft.at, self.setup.campaign.setup.zone), restored=True)

    def _lock(self) -> None:
        campaign = self.setup.campaign
        gone = self.application is not None and self.application.state in (State.WITHDRAWN, State.ANNULLED)
        frozen = campaign.state in FROZEN
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
            draft=self.mode == "new"
            or (self.application is not None and self.application.state is State.DRAFT),
            withdrawable=can_save and self.application is not None,
            withdrawn=not self.read_only
            and self.application is not None
            and self.application.state is State.WITHDRAWN,
        )

    @property
    def read_only(self) -> bool:
        """Whether nothing may be typed here: a closed campaign, or a role that only reads."""
        return self.setup.campaign.read_only or not intake.may_type(self.context.office)

    def _word_head(self) -> None:
        known = self.application
        if known is None:
            self.head.show_new()
        else:
            told = intake.lacking(self.context.office, known)
            self.head.show_known(known, self.named, told, _frozen_words(self.setup.campaign, self.words))

    @property
    def typing(self) -> bool:
        """Whether the user is typing into it, so that the list has made room."""
        return self._typing

    @property
    def dirty(self) -> bool:
        """Whether what is typed differs from what is saved."""
        if self.mode == "empty":
            return False
        return self.checks.current() != self.base or bool(self.body.unread_texts())

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
        self.foot.show_draft(kept=True)

    @Slot(str)
    def _on_field_entered(self, key: str) -> None:
        self.scroll_area.ensureWidgetVisible(self.body.fields[key].editor, 0, 48)

    @Slot()
    def _on_kept(self) -> None:
        self.foot.show_draft(kept=self.keeper.stored)
        if self.keeper.key and self.dirty:
            self.head.show_kept(self.context.office.now())
        self.drafts_changed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    def replaced_setup(self, setup: FormSetup) -> bool:
        """Whether this form can stay for a campaign as it stands now (only its state may have changed)."""
        same = replace(setup.campaign, state=self.setup.campaign.state, version=self.setup.campaign.version)
        if (
            same == self.setup.campaign
            and setup.rules == self.setup.rules
            and setup.officer == self.setup.officer
        ):
            self.setup = setup
            return True
        return False


def _frozen_words(campaign: Campaign, words: Speech) -> str:
    """Why little or nothing may be changed, or nothing to say."""
    if campaign.read_only:
        return words("The campaign is closed and read-only")
    if campaign.state in FROZEN:
        return words("Frozen: choices, results and priority categories cannot change")
    return ""
