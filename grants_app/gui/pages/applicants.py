"""The applicants: the list with the entry form beside it, and the tabs Import and Duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedLayout, QWidget

from grants_app.domain.application import State
from grants_app.domain.errors import Refused
from grants_app.gui.keys import chord_of
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.applicants_list import ApplicantsList
from grants_app.gui.pages.duplicates import DuplicatesTab
from grants_app.gui.pages.entry_form import EntryForm
from grants_app.gui.pages.entry_form_sections import FormSetup
from grants_app.gui.pages.entry_words import EntryWords
from grants_app.gui.pages.import_tab import ImportTab
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.strip import StripAction
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import drafts, intake, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.journal import Changed
    from grants_app.services.drafts import Draft
    from grants_app.services.intake import Saved

TABS = ("list", "import", "duplicates")
LIST_WHILE_TYPING = 280
CARD = 460
CARD_NARROW = 430
TWO_COLUMNS = 720


class ApplicantsPage(Page):
    """Everybody who applied: find, enter, correct, import, settle."""

    page_id: ClassVar[str] = "applicants"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        setup = self._read_setup()
        self.named = EntryWords(self.words, setup.campaign.setup, setup.rules)
        self.list = ApplicantsList(context, self.named, self)
        self.form = EntryForm(context, setup, self)
        self.form.hide()
        self.import_tab = ImportTab(context, self.named, self)
        self.duplicates_tab = DuplicatesTab(context, self.named, self)
        self.tabs = TabRow(self.theme, TABS, self)
        self.drafts_button = KeyButton(self.theme, self, icon="draft")
        self.drafts_button.setObjectName("drafts_button")
        self.drafts_menu = QMenu(self)
        self._drafts: tuple[Draft, ...] = ()
        self._last_shown = ""
        self._lay_out()
        self._connect()
        self.retranslate()

    def _read_setup(self) -> FormSetup:
        office = self.context.office
        return FormSetup(office.campaign(), standing.current_rules(office), office.now(), office.actor.name)

    def _lay_out(self) -> None:
        self.header.filters.addWidget(self.tabs)
        self.header.filters.addStretch(1)
        self.header.filters.addWidget(self.list.search_edit, 4)
        self.header.acts.addWidget(self.list.filter_button)
        self.header.acts.addWidget(self.drafts_button)
        self.header.acts.addWidget(self.list.columns_button)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, 1)
        row.addWidget(self.form)
        self.stack = QStackedLayout()
        for tab in (both, self.import_tab, self.duplicates_tab):
            self.stack.addWidget(tab)
        self.body.addLayout(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_tab_chosen)
        self.list.line_chosen.connect(self._on_line_chosen)
        self.list.line_opened.connect(self._on_line_opened)
        self.list.read.connect(self._on_list_read)
        self.list.import_wanted.connect(self._on_import_wanted)
        self.form.typing_started.connect(self._arrange)
        self.form.saved.connect(self._on_saved)
        self.form.changed.connect(self._on_changed)
        self.form.open_wanted.connect(self.open_application)
        self.form.drafts_changed.connect(self._read_drafts)
        self.drafts_button.clicked.connect(self._on_drafts_button_clicked)
        self.import_tab.imported.connect(self._on_imported)
        self.duplicates_tab.open_wanted.connect(self._on_open_from_tab)
        self.duplicates_tab.counted.connect(self._on_duplicates_counted)

    # ---- the page --------------------------------------------------------------------------------------

    def title(self) -> str:
        """Applicants."""
        return self.words("Applicants")

    def retranslate(self) -> None:
        """Word everything again, keeping what is typed."""
        super().retranslate()
        self.tabs.set_word("list", self.words("List"))
        self.tabs.set_word("import", self.words("Import"))
        self.tabs.set_word("duplicates", self.words("Duplicates"))
        self.list.retranslate()
        self.form.retranslate()
        self.import_tab.retranslate()
        self.duplicates_tab.retranslate()
        self._show_controls()
        self._read_drafts()

    def help_text(self) -> str:
        """What F1 says."""
        return self.words(
            "Insert begins a new application, F2 corrects the chosen one. Enter goes from field to field, "
            "Ctrl+Enter saves and opens the next. What is typed is kept by itself: Esc leaves it for later."
        )

    def refresh(self) -> None:
        """Read list and drafts again; the campaign itself may have changed too."""
        setup = self._read_setup()
        if not self.form.replaced_setup(setup):
            self._rebuild_form(setup)
        self.list.refresh()
        self._read_drafts()
        self.duplicates_tab.refresh()
        self._show_controls()

    def _rebuild_form(self, setup: FormSetup) -> None:
        """Another set-up has other fields: what is typed is kept and shown in the new form."""
        self.form.keep_draft()
        shown, typing, key = self.form.application, self.form.typing, self.form.keeper.key
        old = self.form
        self.form = EntryForm(self.context, setup, self)
        old.parentWidget().layout().replaceWidget(old, self.form)  # type: ignore[union-attr]  # laid out above
        old.hide()
        old.deleteLater()
        self.form.setVisible(not old.isHidden())
        for signal, slot in (
            (self.form.typing_started, self._arrange), (self.form.saved, self._on_saved),
            (self.form.changed, self._on_changed), (self.form.open_wanted, self.open_application),
            (self.form.drafts_changed, self._read_drafts),
        ):  # fmt: skip
            signal.connect(slot)
        if shown is not None:
            self.open_application(shown.id)
        elif typing:
            self.begin_new(next((draft for draft in drafts.kept(self.context.office) if draft.key == key), None))

    def changed(self, changes: object) -> None:
        """Something changed: the list is read again, a form being typed into is left alone."""
        self.refresh()
        if self.form.mode == "known" and not self.form.typing and self.form.application is not None:
            self._show(self.form.application.id)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the page does on the window's commands."""
        answers: dict[str, Callable[[], None]] = {"recalculate": self.refresh, "columns": self.list.choose_columns}
        if not self.form.read_only:
            answers["new"] = self.begin_new
        if self.stack.currentIndex() == 1:
            answers |= self.import_tab.commands()
        if self.form.isVisibleTo(self) and self.form.mode != "empty":
            answers |= {
                "save_next": self._save,
                "next_problem": self.form.next_problem,
                "edit": self.form.start_editing,
            }
            if self.form.application is not None:
                answers["field_history"] = self._show_history
        elif self.list.chosen_id is not None:
            answers["edit"] = self._open_chosen
        if self.form.checks.owner_application is not None:
            answers["person_card"] = self._open_owner
        return answers

    def primary_action(self) -> None:
        """The primary button: a new application, or what the tab on view does."""
        if self.tabs.current == "import":
            self.import_tab.primary_action()
        elif self.tabs.current == "duplicates":
            self.duplicates_tab.look()
        elif self.form.typing and self.form.isVisibleTo(self):
            self._save()
        else:
            self.begin_new()

    def apply_filter(self, filter_: Filter) -> None:
        """Open a tab, an application, a new one, what was left half typed, or a filtered list."""
        tab = filter_.get("tab", "list")
        self.tabs.choose(tab if tab in TABS else "list")
        if filter_.get("new"):
            self.begin_new()
        elif filter_.get("unfinished"):
            self._continue_newest()
        elif filter_.get("application"):
            self.open_application(int(filter_["application"]))
        elif tab == "list":
            self.close_form()
            self.list.show_filter(filter_)

    def leave(self) -> bool:
        """Leaving keeps what is typed."""
        self.form.keep_draft()
        return True

    def set_big(self, big: bool) -> None:
        """F11: the table alone."""
        if big:
            self.close_form()

    # ---- the form --------------------------------------------------------------------------------------

    def begin_new(self, draft: Draft | None = None) -> None:
        """Insert: a blank application beside the list."""
        if self.form.read_only:
            return
        self.tabs.choose("list")
        self.form.keep_draft()
        self.form.show()
        self.form.begin_new(draft)
        self._arrange()

    @Slot(int)
    def open_application(self, application: int) -> None:
        """Show an application beside the list, found in it if the filter shows it."""
        self.tabs.choose("list")
        self.form.keep_draft()
        if not self.list.choose(application):
            self.list.show_filter({})
            self.list.choose(application)
        self._show(application)

    def _show(self, application: int) -> None:
        try:
            found = intake.application(self.context.office, application)
        except Refused as refusal:
            self.on_failed(refusal)
            return
        key = f"application-{application}"
        draft = next((one for one in self._drafts if one.key == key), None)
        self.form.show()
        self.form.show_application(found, draft)
        self._arrange()

    def close_form(self) -> None:
        """The list alone again; what is typed is kept."""
        if self.form.mode != "empty":
            self.form.stop_typing()
        self.form.hide()
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """The list is 280 px while one types, the card 430–460 px while one looks."""
        typing = self.form.typing and not self.form.isHidden()
        width = self.width()
        if typing:
            self.list.setMaximumWidth(LIST_WHILE_TYPING)
            self.form.setMinimumWidth(CARD_NARROW)
            self.form.setMaximumWidth(16_777_215)
            self.form.body.arrange(2 if width - LIST_WHILE_TYPING >= TWO_COLUMNS else 1)
        else:
            self.list.setMaximumWidth(16_777_215)
            self.form.setFixedWidth(CARD if width >= 1100 else CARD_NARROW)  # noqa: PLR2004 - a wide window
            self.form.body.arrange(1)
        self._show_controls()
        self.commands_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another number of columns."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form, keeping what is typed; then it closes the card."""
        if event.key() == Qt.Key.Key_Escape and not self.form.isHidden():
            if self.form.typing and self.form.mode == "known" and not self.form.dirty:
                self.form.stop_typing()
                self._arrange()
            else:
                self.close_form()
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _show_controls(self) -> None:
        tab = self.tabs.current
        for control in (self.list.search_edit, self.list.filter_button, self.list.columns_button):
            control.setVisible(tab == "list")
        self.drafts_button.setVisible(tab == "list" and bool(self._drafts))
        if tab == "import":
            self.import_tab.show_primary(self.header)
        elif tab == "duplicates":
            self.header.set_primary(self.words("Look for duplicates"))
        elif self.form.read_only:
            self.header.set_primary("")
        else:
            self.header.set_primary(self.words("New"), chord_of("new"))

    # ---- what happens ----------------------------------------------------------------------------------

    @Slot(str)
    def _on_tab_chosen(self, tab: str) -> None:
        self.form.keep_draft()
        self.stack.setCurrentIndex(TABS.index(tab))
        self.strip.dismiss()
        self._show_controls()
        self.commands_changed.emit()

    @Slot(object)
    def _on_line_chosen(self, line: object) -> None:
        chosen = getattr(line, "id", None)
        if chosen is None:
            return
        self.form.keep_draft()
        self._show(chosen)

    @Slot(object)
    def _on_line_opened(self, line: object) -> None:
        self._on_line_chosen(line)
        self.form.start_editing()

    def _open_chosen(self) -> None:
        if self.list.chosen_id is not None:
            self._show(self.list.chosen_id)
            self.form.start_editing()

    def _open_owner(self) -> None:
        owner = self.form.checks.owner_application
        if owner is not None:
            self.open_application(owner)

    def _show_history(self) -> None:
        self.form.show_history(self.form.body.key_of(QApplication.focusWidget()))

    def _save(self) -> None:
        self.form.save()

    @Slot(object, bool)
    def _on_saved(self, saved: Saved, new: bool) -> None:  # noqa: FBT001 - a signal takes positions only
        application = saved.application
        name = application.entry.person.full_name
        message = self.words("{no} {name} is saved.", no=application.no, name=name)
        if application.state is State.INCOMPLETE:
            message += " " + self.words("Papers are still missing.")
        if new:
            self.form.begin_new()
            self.context.desk.tell(saved.changed)
            self.list.choose(application.id)
        else:
            line = self.list.step(1)
            self.context.desk.tell(saved.changed)
            if line is not None:
                self._show(line.id)
                self.form.start_editing()
            else:
                self._show(application.id)
                self.close_form()
        self.show_message("ok", message, StripAction(self.words("Open"), self._opener(application.id)))

    def _opener(self, application: int) -> Callable[[], None]:
        return lambda: self.open_application(application)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        self.form.stop_typing()
        if self.form.application is not None:
            self._show(self.form.application.id)
        self.context.desk.tell(changed)

    @Slot(int, int)
    def _on_list_read(self, everybody: int, _shown: int) -> None:
        self.header.set_count(str(everybody) if everybody else "")
        self.counted.emit(self.page_id, everybody)

    @Slot()
    def _on_import_wanted(self) -> None:
        self.tabs.choose("import")

    @Slot(object)
    def _on_imported(self, changed: Changed) -> None:
        self.context.desk.tell(changed)
        self.duplicates_tab.look()

    @Slot(int)
    def _on_open_from_tab(self, application: int) -> None:
        self.open_application(application)

    @Slot(int)
    def _on_duplicates_counted(self, number: int) -> None:
        word = self.words("Duplicates")
        self.tabs.set_word("duplicates", f"{word} {number}" if number else word)

    # ---- what was left half typed ----------------------------------------------------------------------

    @Slot()
    def _read_drafts(self) -> None:
        self._drafts = drafts.kept(self.context.office)
        waiting = [draft for draft in self._drafts if draft.key != self.form.keeper.key or self.form.isHidden()]
        self.drafts_button.setText(self.words("Unfinished: {n}", n=len(waiting)))
        self.drafts_button.updateGeometry()
        self.drafts_button.setVisible(bool(waiting) and self.tabs.current == "list")

    @Slot()
    def _on_drafts_button_clicked(self) -> None:
        self.drafts_menu.clear()
        zone = self.form.setup.now.tzinfo
        for draft in self._drafts:
            name = draft.entry.person.full_name or draft.entry.person.pin or self.words("New application")
            action = self.drafts_menu.addAction(f"{name} · {draft.at.astimezone(zone):%d.%m. %H:%M}")
            action.setData(draft.key)
            action.triggered.connect(self._on_draft_chosen)
        self.drafts_menu.popup(self.drafts_button.mapToGlobal(self.drafts_button.rect().bottomLeft()))

    @Slot()
    def _on_draft_chosen(self) -> None:
        action = self.sender()
        key = str(action.data()) if action is not None and hasattr(action, "data") else ""
        self._continue(next((draft for draft in self._drafts if draft.key == key), None))

    def _continue_newest(self) -> None:
        self._read_drafts()
        self._continue(next(iter(self._drafts), None))

    def _continue(self, draft: Draft | None) -> None:
        if draft is None:
            return
        if draft.new:
            self.begin_new(draft)
        else:
            self.open_application(int(draft.key.removeprefix("application-")))
