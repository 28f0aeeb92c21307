"""The list of applicants with the entry form beside it, and how they share the room; it knows no tabs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from grants_app.domain.application import State
from grants_app.domain.errors import Refused
from grants_app.gui.dialogs.discard import DiscardDialog
from grants_app.gui.pages.applicants_drafts import DraftsButton
from grants_app.gui.pages.applicants_list import ApplicantsList
from grants_app.gui.pages.entry_form import EntryForm
from grants_app.gui.pages.entry_form_sections import FormSetup
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.strip import StripAction
from grants_app.services import intake, standing
from grants_app.services.campaign import readiness
from grants_app.services.register.known import Known, known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from grants_app.domain.journal import Changed
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.services.access import Office
    from grants_app.services.campaign.readiness import Lack
    from grants_app.services.drafts import Draft
    from grants_app.services.intake import Saved

LIST_WHILE_TYPING = 280
CARD = 460
TWO_COLUMNS = 720
_NO_LIMIT = 16_777_215  # Qt's largest width of a widget


def form_setup(office: Office) -> FormSetup:
    """What the entry form is laid out for now."""
    return FormSetup(office.campaign(), standing.current_rules(office), office.now(), office.actor.name)


class ApplicantsBoard(QWidget):
    """Find somebody, look at the card, type in it, save and go on."""

    arranged = Signal()
    """What is on view changed: other commands are answered."""
    list_wanted = Signal()
    """The list must come on view (an application was asked for from elsewhere)."""

    def __init__(self, context: PageContext, named: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self.list = ApplicantsList(context, named, self)
        self.drafts_button = DraftsButton(context, self)
        self.lacking: tuple[Lack, ...] = ()
        """What keeps applications from being received; the list is read before it is asked."""
        self.form = EntryForm(context, form_setup(context.office), self)
        self.queue: tuple[str, ...] = ()
        self._known = Known()
        self._row = flush_row(self)
        self._row.addWidget(self.list, 1)
        self._row.addWidget(self.form)
        self.form.hide()
        self.list.line_chosen.connect(self._on_line_chosen)
        self.list.line_opened.connect(self._on_line_opened)
        self.list.settings_wanted.connect(self.open_settings)
        self.drafts_button.chosen.connect(self.go_on_with)
        self.drafts_button.discard_wanted.connect(self._on_discard_wanted)
        self._connect_form()

    def _connect_form(self) -> None:
        self.form.typing_started.connect(self.arrange)
        self.form.saved.connect(self._on_saved)
        self.form.changed.connect(self._on_changed)
        self.form.open_wanted.connect(self.open_elsewhere)
        self.form.drafts_changed.connect(self.read_drafts)
        self.form.discard_wanted.connect(self._on_form_discard_wanted)

    def refresh(self) -> None:
        """Read list and drafts again; a campaign set up anew has other fields."""
        setup = form_setup(self.context.office)
        if not self.form.replaced_setup(setup):
            self._rebuild_form(setup)
        self.lacking = readiness.intake_lacks(self.context.office)
        self.list.lacking = self.lacking_words()
        self.list.refresh()
        self.read_drafts()
        office = self.context.office
        self.context.tasks.run(
            lambda _task: known(office),
            done=self._on_known_read,
            failed=self._on_failed,
            key="entry.known",
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    @Slot(object)
    def _on_known_read(self, offered: Known) -> None:
        self._known = offered
        self.form.body.show_known(offered)

    def _rebuild_form(self, setup: FormSetup) -> None:
        """Another set-up has other fields: what is typed is kept and shown in the new form."""
        old = self.form
        old.keep_draft()
        self.form = EntryForm(self.context, setup, self)
        self.form.body.show_known(self._known)
        self._row.replaceWidget(old, self.form)
        self.form.setVisible(not old.isHidden())
        self._connect_form()
        self.read_drafts()
        if old.application is not None:
            self.show_application(old.application.id)
        elif old.typing:
            self.begin_new(next((one for one in self.drafts_button.kept if one.key == old.keeper.key), None))
        old.hide()
        old.deleteLater()

    def lacking_words(self) -> str:
        """Why applications cannot be received yet, or nothing when they can."""
        if not self.lacking:
            return ""
        why = " ".join(self.words.code(one.code, **one.facts) for one in self.lacking)
        return self.words("Applications cannot be received yet. {why}", why=why)

    @Slot()
    def open_settings(self) -> None:
        """To the list of the campaign's settings in which the first thing is lacking."""
        tab = self.lacking[0].code.removeprefix("lacking_") if self.lacking else "branches"
        self.context.go("campaign", {"tab": tab})

    def begin_new(self, draft: Draft | None = None) -> None:
        """Insert: a blank application beside the list, or one left half typed; what is lacking is said."""
        if self.form.read_only:
            return
        if self.lacking:
            action = StripAction(self.words("Open the settings"), self.open_settings)
            self.context.show_message("warn", self.lacking_words(), action)
            return
        self.list_wanted.emit()
        self.form.keep_draft()
        self.form.show()
        self.form.begin_new(draft)
        self.read_drafts()
        self.arrange()

    @Slot(object)
    def go_on_with(self, draft: Draft | None) -> None:
        """Go on with what was left half typed."""
        if draft is None:
            return
        if draft.new:
            self.begin_new(draft)
        else:
            self.open_application(int(draft.key.removeprefix("application-")))

    def open_person(self, number: str, queue: Sequence[str] = ()) -> None:
        """Show the application with this number beside the list; F3 goes on through its queue."""
        try:
            found = intake.application_by_no(self.context.office, number)
        except Refused as refusal:
            self.context.tell_failure(refusal)
            return
        self.open_application(found.id)
        self.queue = tuple(queue) if number in queue else ()
        self.word_queue()

    def word_queue(self) -> None:
        """Say under the list where in the queue one is."""
        place = self._place_in_queue()
        self.list.set_note(
            "" if place is None
            else self.words(
                "{place} of {total} in the list you came from (F3: next, Alt+←: back)",
                place=place + 1, total=len(self.queue),
            )
        )  # fmt: skip
        self.arranged.emit()

    def _place_in_queue(self) -> int | None:
        on_view = self.form.application if not self.form.isHidden() else None
        return self.queue.index(on_view.no) if on_view is not None and on_view.no in self.queue else None

    def next_in_queue(self) -> bool:
        """Go on to the next of the queue; False when there is none."""
        place = self._place_in_queue()
        if place is None or place + 1 >= len(self.queue):
            return False
        self.open_person(self.queue[place + 1], self.queue)
        return True

    def _on_next_wanted(self) -> None:
        if not self.next_in_queue():
            self.context.show_message(
                "ok", self.words("This was the last application in the list you came from.")
            )

    @Slot(int)
    def open_elsewhere(self, application: int) -> None:
        """Another application than the one on view: through the door, so that there is a way back."""
        try:
            number = intake.application(self.context.office, application).no
        except Refused as refusal:
            self.context.tell_failure(refusal)
            return
        self.context.open_person(number)

    @Slot(int)
    def open_application(self, application: int) -> None:
        """Show an application beside the list; a filter that hides it is taken away."""
        self.queue = ()
        self.list_wanted.emit()
        self.form.keep_draft()
        if not self.list.choose(application):
            self.list.show_filter({})
            self.list.choose(application)
        self.show_application(application)

    def show_application(self, application: int) -> None:
        """Show an application in the card, with what was typed over it and not saved."""
        try:
            found = intake.application(self.context.office, application)
        except Refused as refusal:
            self.context.tell_failure(refusal)
            return
        self.form.show()
        self.form.show_application(found, self.drafts_button.of_application(application))
        self.arrange()

    def close_form(self) -> None:
        """The list alone again; what is typed is kept."""
        if self.form.mode != "empty":
            self.form.stop_typing()
        self.form.hide()
        self.read_drafts()
        self.arrange()
        self.word_queue()

    @Slot(object)
    def _on_discard_wanted(self, draft: Draft) -> None:
        dialog = DiscardDialog(self.context, draft, self.drafts_button.named(draft), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.discarded.connect(self._on_discarded)
        dialog.open()

    @Slot(str)
    def _on_form_discard_wanted(self, key: str) -> None:
        self.drafts_button.read()
        draft = next((one for one in self.drafts_button.kept if one.key == key), None)
        if draft is not None:
            self._on_discard_wanted(draft)

    @Slot(object)
    def _on_discarded(self, draft: Draft) -> None:
        """The form it was typed in shows what is saved; that of a new application closes."""
        on_view = not self.form.isHidden() and self.form.keeper.key == draft.key
        self.read_drafts()
        if on_view:
            self.form.keeper.finish()
            if draft.new:
                self.form.hide()
            elif self.form.application is not None:
                self.show_application(self.form.application.id)
            self.read_drafts()
            self.arrange()
        self.context.show_message("ok", self.words("The draft was discarded."))
        self.list.place().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def read_drafts(self) -> None:
        """Read again what was left half typed."""
        self.drafts_button.read("" if self.form.isHidden() else self.form.keeper.key)
        self.arranged.emit()

    @Slot()
    def arrange(self) -> None:
        """The list is 280 px while one types, the card 460 px while one looks."""
        if self.form.typing and not self.form.isHidden():
            self.list.setMaximumWidth(LIST_WHILE_TYPING)
            self.form.setMinimumWidth(CARD)
            self.form.setMaximumWidth(_NO_LIMIT)
            self.form.body.arrange(2 if self.width() - LIST_WHILE_TYPING >= TWO_COLUMNS else 1)
        else:
            self.list.setMaximumWidth(_NO_LIMIT)
            self.form.setFixedWidth(CARD)
            self.form.body.arrange(1)
        self.arranged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another number of columns."""
        super().resizeEvent(event)
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form, keeping what is typed; then it closes the card."""
        if event.key() != Qt.Key.Key_Escape or self.form.isHidden():
            super().keyPressEvent(event)
            return
        if self.form.typing and self.form.mode == "known" and not self.form.dirty:
            self.form.stop_typing()
            self.arrange()
        else:
            self.close_form()
        self.list.place().setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the board does on the window's commands now."""
        form = self.form
        answers: dict[str, Callable[[], None]] = {"columns": self.list.chooser.choose}
        if not form.isHidden() and form.mode != "empty":
            answers |= {"save_next": self.save, "next_problem": form.next_problem, "edit": form.start_editing}
            if form.application is not None:
                answers["field_history"] = self._show_history
            if (owner := form.checks.owner_application) is not None:
                answers["person_card"] = partial(self.open_elsewhere, owner)
            if self._place_in_queue() is not None:
                answers["next_match"] = self._on_next_wanted
        elif (chosen := self.list.table.current_line()) is not None:
            answers["edit"] = partial(self._on_line_opened, chosen)
        return answers

    def regions(self) -> Sequence[QWidget]:
        """F6: the form while one types, the list."""
        table = self.list.place()
        if self.form.isHidden():
            return [table]
        field = self.form.body.field_on_view()
        return [field, table] if self.form.typing else [table, field]

    def save(self) -> None:
        """Ctrl+Enter."""
        self.form.save()

    def _show_history(self) -> None:
        self.form.show_history(self.form.body.key_of(QApplication.focusWidget()))

    @Slot(object)
    def _on_line_chosen(self, line: object) -> None:
        chosen = getattr(line, "id", None)
        if chosen is not None:
            self.form.keep_draft()
            self.show_application(chosen)
            self.word_queue()

    @Slot(object)
    def _on_line_opened(self, line: object) -> None:
        self._on_line_chosen(line)
        self.form.start_editing()

    @Slot(object, bool)
    def _on_saved(self, saved: Saved, new: bool) -> None:  # noqa: FBT001 - a signal takes positions only
        application = saved.application
        name = application.entry.person.full_name
        message = self.words("{no} {name} is saved.", no=application.no, name=name)
        if application.state is State.INCOMPLETE:
            message += " " + self.words("Documents are still missing.")
        queued = not new and self._place_in_queue() is not None
        following = None if new or queued else self.list.step(1)
        if new:
            self.form.begin_new()
        self.context.desk.tell(saved.changed)
        if queued and self.next_in_queue():
            self.form.start_editing()
        elif following is not None:
            self.show_application(following.id)
            self.form.start_editing()
        elif not new:
            self.show_application(application.id)
            self.form.stop_typing()
            self.arrange()
        action = StripAction(self.words("Open"), partial(self.open_elsewhere, application.id))
        self.context.show_message("ok", message, self.context.undo_link(saved.changed, action))

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        self.form.stop_typing()
        if self.form.application is not None:
            self.show_application(self.form.application.id)
        self.context.desk.tell(changed)
        if changed.undo is not None:
            done = self.context.act_words(changed.undo)
            self.context.show_message("ok", done, self.context.undo_link(changed))
