"""The card of one application: its decisive numbers typed again one by one, and a difference decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from grants_app.gui.pages.entry_form_widgets import ResultEdit
from grants_app.gui.widgets.buttons import KeyButton, LinkButton
from grants_app.gui.widgets.drawer import Fact, FactList, SideDrawer
from grants_app.gui.widgets.editors import TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.labels import Label
from grants_app.services.register import second_look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from grants_app.domain.application import Application
    from grants_app.domain.journal import Changed
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.gui.theme import ColourRole
    from grants_app.services.register.second_look import Number, NumberState


class TypingCard(SideDrawer):
    """One application's numbers: what stands where, the number to be typed now, and a difference to decide.

    A number is typed and Enter takes it; the first typing is never shown before. `typed` says what changed
    and whether more of this application can be typed by the officer at the desk.
    """

    typed = Signal(object, bool)
    decided = Signal(object)
    open_wanted = Signal(str)

    def __init__(self, context: PageContext, named: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, narrow=340, wide=460)
        self.context = context
        self._named = named
        self._application: Application | None = None
        self._numbers: tuple[Number, ...] = ()
        theme = context.theme
        self.sentence_label = Label(theme, "body", "muted", parent=self)
        self.sentence_label.setWordWrap(True)
        self.value_edit = ResultEdit(theme)
        self.value_field = FormField(theme, "second_value", self.value_edit, self)
        self.value_field.label.setWordWrap(True)  # the document's name may be long
        self.value_edit.setObjectName("second_value_edit")
        self.outcome_label = Label(theme, "body", parent=self)
        self.outcome_label.setObjectName("outcome_label")
        self.outcome_label.setWordWrap(True)
        self.undo_link = LinkButton(theme, self)
        self.undo_link.setObjectName("undo_link")
        self.undo_link.hide()
        self._done: Changed | None = None
        self.numbers_list = FactList(theme, self)
        self.decision = _Decision(context, named, self)
        self.open_link = LinkButton(theme, self)
        for widget in (self.sentence_label, self.value_field, self.outcome_label):
            self.content.addWidget(widget)
        self.content.addWidget(self.undo_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self.decision)
        self.content.addWidget(self.numbers_list)
        self.content.addStretch(1)
        self.buttons.addWidget(self.open_link)
        self.buttons.addStretch(1)
        self.value_edit.returnPressed.connect(self._on_return_pressed)
        self.value_edit.textEdited.connect(self._on_text_edited)
        self.decision.wanted.connect(self._on_decision_wanted)
        self.undo_link.clicked.connect(self._on_undo_link_clicked)
        context.desk.act_changed.connect(self._on_act_changed)
        self.open_link.clicked.connect(self._on_open_link_clicked)
        self.retranslate()

    @property
    def application_id(self) -> int | None:
        """The application on view."""
        return self._application.id if self._application else None

    @property
    def current(self) -> Number | None:
        """The number to be typed now; None where the officer at the desk can type none of these."""
        return next((one for one in self._numbers if one.state == "waits"), None)

    @property
    def differing(self) -> Number | None:
        """The first number two people typed differently, once both typings are read."""
        return next((one for one in self._numbers if one.state == "differs" and one.first is not None), None)

    def show_numbers(self, application: Application, numbers: Sequence[Number]) -> None:
        """Show an application; what was said of another one is taken away."""
        if self.application_id != application.id:
            self.say("")
            self.value_edit.clear()
        self._application = application
        self._numbers = tuple(numbers)
        self.retranslate()

    def begin(self) -> None:
        """Put the caret where something is to be done."""
        if self.current is not None:
            self.value_edit.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.differing is not None:
            self.decision.begin()

    def say(self, text: str, colour: ColourRole = "text", done: Changed | None = None) -> None:
        """What became of the last number typed, and the way back from it."""
        self._done = done
        self.undo_link.setVisible(done is not None and done.undo is not None)
        self.outcome_label.setText(text)
        self.outcome_label.set_colour(colour)
        self.outcome_label.setVisible(bool(text))

    def retranslate(self) -> None:
        """Word everything again, keeping what is typed."""
        words, known = self.context.words, self._application
        if known is None:
            return
        self.set_title(known.entry.person.full_name or known.no, known.no)
        current = self.current
        self.value_field.setVisible(current is not None)
        if current is not None:
            self.sentence_label.setText(
                words("Read the number on the document and type it. What was typed first is not shown.")
            )
            self.value_field.set_label(self._labelled(current))
        else:
            self.sentence_label.setText(self._nothing_to_type())
        self.sentence_label.setVisible(bool(self.sentence_label.text()))
        self.decision.show_number(self.differing)
        self.numbers_list.show_facts([self._fact(one) for one in self._numbers])
        self.undo_link.setText(words("Undo"))
        self.undo_link.updateGeometry()
        self.open_link.setText(words("Open {no}", no=known.no))
        self.open_link.updateGeometry()

    def _labelled(self, number: Number) -> str:
        words, name = self.context.words, self._named.field(number.criterion)
        paper = number.paper.get(words.lang) if number.paper else number.source
        if not paper:
            return words("{number}; the document was not recorded", number=name)
        return words("{number}; document: {paper}", number=name, paper=paper)

    def _nothing_to_type(self) -> str:
        words = self.context.words
        if any(one.state == "own" for one in self._numbers):
            return words("You typed or imported these numbers yourself: somebody else types them again.")
        return "" if self.differing else words("Every decisive number was typed twice.")

    def _fact(self, number: Number) -> Fact:
        words = self.context.words
        value, colour = {
            "waits": (words("to be typed again"), "muted"),
            "own": (words("typed by you"), "muted"),
            "differs": (words("two typings differ"), "bad"),
            "verified": (words("verified"), "ok"),
        }[number.state]
        return Fact(self._named.field(number.criterion), value, colour=colour)  # type: ignore[arg-type] # roles

    @Slot()
    def _on_text_edited(self) -> None:
        self.value_field.say("plain")

    @Slot()
    def _on_return_pressed(self) -> None:
        number, known, words = self.current, self._application, self.context.words
        if number is None or known is None:
            return
        value = self.value_edit.value
        if value is None:
            self.value_field.say("error", words("Type the number as the document has it."))
            return
        try:
            done = second_look.type_again(
                self.context.office, known.id, known.version, number.criterion, value
            )
        except Exception as error:  # noqa: BLE001 - told beside the field, which keeps what was typed
            self.value_field.say("error", self.context.failure_words(error)[1])
            return
        self.value_edit.clear()
        name = self._named.field(number.criterion)
        if done.equal:
            self.say(words("{number}: the same number, verified.", number=name), "ok", done.changed)
        else:
            self.say(
                words("{number}: not the same number. An officer decides with the document.", number=name),
                "bad",
                done.changed,
            )
        more = sum(one.state == "waits" for one in self._numbers) > 1
        if more:  # the next number is asked for at once: a quick hand is not held up by the reading
            state: NumberState = "verified" if done.equal else "differs"
            told = [replace(one, state=state) if one is number else one for one in self._numbers]
            self._application, self._numbers = done.application, tuple(told)
            self.retranslate()
        self.typed.emit(done.changed, more)

    @Slot(object, str)
    def _on_decision_wanted(self, value: Decimal, paper: str) -> None:
        number, known, words = self.differing, self._application, self.context.words
        if number is None or known is None:
            return
        try:
            done = second_look.decide(
                self.context.office, known.id, known.version, number.criterion, value, paper=paper
            )
        except Exception as error:  # noqa: BLE001 - told beside the fields, which keep what was typed
            self.decision.fail(self.context.failure_words(error)[1])
            return
        self.decision.clear()
        self.say(
            words("The decision is recorded.")
            if done.equal
            else words("The decision is recorded; somebody else types the number once more."),
            "ok" if done.equal else "warn",
            done.changed,
        )
        self.decided.emit(done.changed)

    @Slot()
    def _on_undo_link_clicked(self) -> None:
        if self._done is not None and self._done.undo is not None:
            self.context.desk.undo_wanted.emit(self._done.undo)

    @Slot()
    def _on_act_changed(self) -> None:
        """What was undone is not said any more, nor is the way back from what is not the last act."""
        if self._done is not None and self._done.undo is not self.context.desk.last_act:
            self.say("")

    @Slot()
    def _on_open_link_clicked(self) -> None:
        if self._application is not None:
            self.open_wanted.emit(self._application.no)


class _Decision(QWidget):
    """Two typings of one number with who typed each, the number as the document has it, the document."""

    wanted = Signal(object, str)

    def __init__(self, context: PageContext, named: EntryWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = context.words
        self._named = named
        theme = context.theme
        self.title_label = Label(theme, "bold", parent=self)
        self.title_label.setWordWrap(True)
        self.typings_list = FactList(theme, self)
        self.form = FormGrid(theme, 2, self)
        self.right_edit = ResultEdit(theme)
        self.paper_edit = TextEdit(theme)
        self.right_field = self.form.add(FormField(theme, "right_value", self.right_edit, self.form), 0, 0)
        self.paper_field = self.form.add(FormField(theme, "paper", self.paper_edit, self.form), 0, 1)
        self.act_button = KeyButton(theme, self)
        self.act_button.setObjectName("decide_button")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.title_label, self.typings_list, self.form):
            column.addWidget(widget)
        column.addWidget(self.act_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.finished.connect(self._on_act_button_clicked)
        self.act_button.clicked.connect(self._on_act_button_clicked)

    def show_number(self, number: Number | None) -> None:
        """The number that differs; without one the decision is out of sight."""
        self.setVisible(number is not None)
        if number is None:
            return
        words = self._words
        self.title_label.setText(
            words("Typed differently: {number}", number=self._named.field(number.criterion))
        )
        self.typings_list.show_facts(
            [
                Fact(
                    name or words("not known who"),
                    "" if value is None else self._named.number(value),
                    bold=True,
                )
                for name, value in ((number.first_by, number.first), (number.second_by, number.second))
            ]
        )
        self.right_field.set_label(words("Number on the document"))
        self.paper_field.set_label(words("Document checked"))
        self.act_button.setText(words("Record the decision"))
        self.act_button.updateGeometry()

    def begin(self) -> None:
        """Put the caret into the first field."""
        self.form.focus("right_value")

    def clear(self) -> None:
        """Forget what was typed."""
        self.right_edit.clear()
        self.paper_edit.clear()
        self.fail("")

    def fail(self, text: str) -> None:
        """Say what went wrong under the number."""
        self.right_field.say("error" if text else "plain", text)

    @Slot()
    def _on_act_button_clicked(self) -> None:
        value = self.right_edit.value
        if value is None:
            self.fail(self._words("Type the number as the document has it."))
            self.begin()
            return
        self.fail("")
        self.wanted.emit(value, self.paper_edit.text().strip())
