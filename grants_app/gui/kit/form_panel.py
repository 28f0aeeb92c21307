"""A form beside a list, declared field by field; what it saves is its subclass's business."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import Qt, Signal, Slot

from grants_app.domain.errors import Refused
from grants_app.domain.values import Names
from grants_app.gui.kit.decision_panel import DecisionPanel
from grants_app.gui.kit.fields import (
    ChoiceField,
    DateField,
    Field,
    FileField,
    LongTextField,
    MomentField,
    NamesField,
    NumberField,
    PictureField,
    TextField,
    TickField,
    TicksField,
)
from grants_app.gui.widgets.forms import FormField, show_whole
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.widgets.editors import Option
    from grants_app.gui.widgets.labels import Label

F = TypeVar("F", bound=Field[Any])


class FormPanel(DecisionPanel):
    """A subclass declares its fields in its constructor and calls `declared` at the end of it.

    The panel words them in every language, walks through them by Enter and Tab, is ready when what is needed
    is there, and puts what a service refuses beside the field it is about (`beside` says which). Esc goes
    back and keeps what was typed: the same thing opened again shows it as it was left.
    """

    saved = Signal(object)
    """What the service changed."""
    beside: ClassVar[Mapping[str, str]] = {}
    """By the code of a refusal, the key of the field it is said beside; others are said under the form."""
    unchanged_saves = False
    """Whether there is something to save though nothing was typed."""

    def __init__(self, context: PageContext, name: str, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName(f"{name}_form")
        self._declared: list[Field[Any]] = []
        self._sections: list[tuple[Label, str]] = []
        self._row = 0
        self._half_taken = False
        self._about: object = None
        self._filled: tuple[tuple[str, ...], ...] = ()
        self.words.language_changed.connect(self.retranslate)

    # ---- what the subclass says -----------------------------------------------------------------------

    def title(self) -> str:
        """What is being typed."""
        raise NotImplementedError

    def sentence(self) -> str:
        """One sentence on it, or nothing."""
        return ""

    def verb(self) -> str:
        """What the button does."""
        return self.words("Save")

    def act(self) -> None:
        """Save what is typed and tell it by `saved`."""
        raise NotImplementedError

    def about_field(self, refusal: Refused) -> str:
        """The key of the field a refusal is about, or nothing."""
        return self.beside.get(refusal.code, "")

    def typed_in(self) -> None:
        """Something was typed; the subclass shows or hides what depends on it."""

    # ---- declaring ------------------------------------------------------------------------------------

    def section(self, source: str) -> Label:
        """A bold heading over the fields that follow."""
        label = self.form.add_section(self._next_row())
        self._sections.append((label, source))
        return label

    def text(self, key: str, source: str, *, needed: bool = False, half: bool = False) -> TextField:
        """A line of text."""
        return self._add(TextField(self.theme, key, source, needed=needed, parent=self.form), half=half)

    def long_text(self, key: str, source: str, *, needed: bool = False) -> LongTextField:
        """A text of a few lines."""
        return self._add(LongTextField(self.theme, key, source, needed=needed, parent=self.form))

    def number(self, key: str, source: str, *, needed: bool = False, half: bool = False) -> NumberField:
        """A whole number."""
        return self._add(NumberField(self.theme, key, source, needed=needed, parent=self.form), half=half)

    def date(self, key: str, source: str, *, needed: bool = False, half: bool = False) -> DateField:
        """A day."""
        return self._add(DateField(self.theme, key, source, needed=needed, parent=self.form), half=half)

    def choice(
        self,
        key: str,
        source: str,
        options: Callable[[], Sequence[Option]],
        *,
        needed: bool = False,
        half: bool = False,
    ) -> ChoiceField:
        """One of some things."""
        made = ChoiceField(self.theme, key, source, options, needed=needed, parent=self.form)
        return self._add(made, half=half)

    def tick(self, key: str, source: str) -> TickField:
        """One yes or no."""
        return self._add(TickField(self.theme, key, source, parent=self.form))

    def picture(self, key: str, source: str, verbs: tuple[str, str]) -> PictureField:
        """A picture out of a PNG file; `verbs` word choosing one and taking it away."""
        return self._add(PictureField(self.context, key, source, verbs, parent=self.form))

    def file(self, key: str, source: str, choose: str, filter_: str, *, needed: bool = False) -> FileField:
        """The path of a file to read; `choose` words the button, `filter_` names the kind of file."""
        made = FileField(self.theme, key, source, choose, filter_, needed=needed, parent=self.form)
        self._add(made)
        self.form.grid.addWidget(made.choose_button, self._next_row(), 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        return made

    def moment(self, key: str, sources: tuple[str, str], *, needed: bool = False) -> MomentField:
        """A day and an hour, side by side."""
        field = MomentField(self.theme, key, sources, needed=needed, parent=self.form)
        row = self._next_row()
        for column, line in enumerate(field.lines):
            self.form.add(line, row, column)
        return self._declare(field)

    def names(self, key: str, source: str, *, needed: bool = False, long: bool = False) -> NamesField:
        """A name in the four languages, a line each."""
        field = NamesField(self.theme, key, source, needed=needed, parent=self.form, long=long)
        self.form.grid.addWidget(field.heading, self._next_row(), 0, 1, 2)
        for line in field.lines:
            self.form.add(line, self._next_row(), 0, 2)
        return self._declare(field)

    def ticks(
        self, key: str, source: str, options: Callable[[], Sequence[Option]], *, needed: bool = False
    ) -> TicksField:
        """Some of a few things."""
        field = TicksField(self.theme, key, source, options, needed=needed, parent=self.form)
        for widget in (field.heading, field.box):
            self.form.grid.addWidget(widget, self._next_row(), 0, 1, 2)
        field.refilled = self._adopt_all
        return self._declare(field)

    def declared(self) -> None:
        """All fields are declared: word the form."""
        self._adopt_all()
        self.retranslate()

    def _add(self, field: F, *, half: bool = False) -> F:
        span, column = (1, int(self._half_taken)) if half else (2, 0)
        row = self._row - 1 if column else self._next_row()
        self._half_taken = half and not column
        self.form.add(field.lines[0], row, column, span)
        return self._declare(field)

    def _next_row(self) -> int:
        self._half_taken = False
        self._row += 1
        return self._row - 1

    def _declare(self, field: F) -> F:
        self._declared.append(field)
        field.typed.connect(self._on_typed)
        return field

    @Slot()
    def _adopt_all(self) -> None:
        """Let Enter and Tab go through the lines in the order they were declared."""
        for key in tuple(self.form.fields):
            self.form.disown(key)
        for field in self._declared:
            for line in field.lines:
                self.form.adopt(line)
        if self.isVisible():
            self.order_fields()

    def stops(self) -> Sequence[QWidget]:
        """The fields in their order, each with the button beside it."""
        found: list[QWidget] = []
        for field in self._declared:
            found += [line.editor for line in field.lines]
            if isinstance(field, FileField):
                found.append(field.choose_button)
        return found

    # ---- opening --------------------------------------------------------------------------------------

    def begin(self, about: object, values: Mapping[str, object]) -> None:
        """Show these values by field, all others empty, the caret in the first field.

        What was typed and not saved about the same thing before stays as it was left.
        """
        if about != self._about or not self.touched:
            self._about = about
            for field in self._declared:
                field.put(values.get(field.key, _EMPTY.get(type(field), "")))
            self._filled = self._drafts()
        self.say("")
        self.retranslate()
        self._on_typed()
        first = next((line for line in self.form.fields.values() if not line.isHidden()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.scroll_area.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Nothing typed here is owed any more."""
        self._about, self._filled = None, self._drafts()

    @property
    def touched(self) -> bool:
        """Whether something was typed since the form was filled."""
        return self._about is not None and self._drafts() != self._filled

    def show_field(self, field: Field[Any], visible: bool) -> None:  # noqa: FBT001 - a plain setter
        """Show a field or take it out of the form's way."""
        for line in field.lines:
            line.setVisible(visible)
        for beside in ("heading", "choose_button"):
            widget = getattr(field, beside, None)
            if widget is not None:
                widget.setVisible(visible)

    def _drafts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(field.draft for field in self._declared)

    # ---- wording and readiness ------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        """Word everything again; what is typed stays as typed."""
        for label, source in self._sections:
            label.setText(self.words(source))
        for field in self._declared:
            field.word(self.words)
        self.set_texts(self.title(), self.sentence(), self.verb())
        self.act_button.set_chord("Ctrl+Enter")
        self.buttons.refit()
        self._show_ready()

    @Slot()
    def _on_typed(self) -> None:
        self.typed_in()
        self._show_ready()

    def _lacking(self) -> list[FormField]:
        shown = [field for field in self._declared if field.lines and not field.lines[0].isHidden()]
        return [line for field in shown if (line := field.missing or field.misunderstood) is not None]

    def _show_ready(self) -> None:
        lacking = self._lacking()
        same = self._about is not None and not self.touched and not self.unchanged_saves
        self.act_button.setEnabled(not lacking and not same)
        why = ""
        if lacking:
            names = ", ".join(line.editor.accessibleName() for line in lacking)
            why = self.words("Still needed: {fields}.", fields=names)
        elif same:
            why = self.words("Nothing was changed.")
        self.act_button.setToolTip(why)
        self.act_button.setAccessibleDescription(why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves; where something is missing it goes there and says so."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    @Slot()
    def save(self) -> None:
        """Save what is typed, or say beside the first field why not."""
        lacking = self._lacking()
        missing = [field.missing for field in self._declared]
        for line in lacking:
            text = mark("This is needed.") if line in missing else mark("This was not recognised.")
            line.say("error", self.words(text))
        if lacking:
            self._go_to(lacking[0])
            return
        self._on_act_button_clicked()

    def _on_act_button_clicked(self) -> None:
        if not self.act_button.isEnabled():
            return
        self.say("")
        for line in self.form.fields.values():
            line.say("plain")
        try:
            self.act()
        except Refused as refusal:
            self._say_refusal(refusal)
        except Exception as error:  # noqa: BLE001 - told in the panel, which keeps what was typed
            self.say(self.context.failure_words(error)[1])
        else:
            self.forget()

    def _say_refusal(self, refusal: Refused) -> None:
        text = self.context.failure_words(refusal)[1]
        field = self.about_field(refusal)
        line = next(
            (line for key, line in self.form.fields.items() if field and (key == field or _part(key, field))),
            None,
        )
        if line is None or line.isHidden():
            self.say(text)
            show_whole(self.failure_label)
        else:
            line.say("error", text)
            self._go_to(line)

    @staticmethod
    def _go_to(line: FormField) -> None:
        line.editor.setFocus(Qt.FocusReason.TabFocusReason)
        show_whole(line)


def _part(key: str, field: str) -> bool:
    return key.startswith(f"{field}_")


_EMPTY: Mapping[type, object] = {
    NamesField: Names(), DateField: None, MomentField: None, TicksField: (), TickField: False,
    PictureField: b"",
}  # fmt: skip
"""What an empty field shows, by kind; every other kind shows nothing typed."""
