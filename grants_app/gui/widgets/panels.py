"""The column beside a table: facts, items with a chip, sections, scrolled as one; it knows no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column, flush_row

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from grants_app.gui.theme import ChipKind, ColourRole, FontRole, Theme

PANEL_WIDTH = 340
_MARGIN = 16
_ROW = 27
_LEAST = 60  # the room a row's words have at least
_GAP = 8


class FactRow(QWidget):
    """One line: what, a muted note beside it, the value at the right; a hairline under it.

    What does not fit beside the value goes on over as many lines as it needs; nothing is cut off.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        value: str = "",
        note: str = "",
        *,
        strong: bool = False,
        tone: ColourRole = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = text
        self.value = value
        self.note = note
        self._strong = strong
        self._tone: ColourRole = tone
        self.setAccessibleName(" ".join(part for part in (text, note, value) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """A narrow row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines needed at this width, in the rhythm of 27 px for one."""
        return self._measured(width)[2]

    def sizeHint(self) -> QSize:
        """As wide as the panel, as high as it needs."""
        width = (
            self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else PANEL_WIDTH - 2 * _MARGIN
        )
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """May become narrow; its words wrap."""
        return QSize(80, _ROW)

    def _measured(self, width: int) -> tuple[QRect, QRect, int]:
        """Where the text and its note stand, and the whole height."""
        fonts = QFontMetrics(self._theme.font(self._role()))
        value_width = fonts.horizontalAdvance(self.value) + (_GAP if self.value else 0)
        if self._stacked(width):
            return self._measured_stacked(width)
        room = max(_LEAST, width - value_width)
        wrap = int(Qt.TextFlag.TextWordWrap)
        text = fonts.boundingRect(QRect(0, 0, room, 1000), wrap, self.text)
        note = QRect()
        small = QFontMetrics(self._theme.font("small"))
        height = max(_ROW, text.height() + 9)
        if self.note:
            beside = text.width() + _GAP + small.horizontalAdvance(self.note)
            if text.height() < 2 * fonts.lineSpacing() and beside <= room:
                note = QRect(text.width() + _GAP, 0, room - text.width() - _GAP, height - 1)
            else:
                wrapped = small.boundingRect(QRect(0, 0, room, 1000), wrap, self.note)
                note = QRect(0, text.height() + 5, room, wrapped.height())
                height = text.height() + wrapped.height() + 11
        under = self.note and note.x() == 0
        return QRect(0, 4 if under else 0, room, text.height() if under else height - 1), note, height

    def _stacked(self, width: int) -> bool:
        """Whether the value has to stand under the text: both side by side would leave the text no room."""
        fonts = QFontMetrics(self._theme.font(self._role()))
        wanted = fonts.horizontalAdvance(self.value)
        text = max(_LEAST, fonts.horizontalAdvance(self.text))
        return wanted > width // 2 and wanted + _GAP + text > width

    def _measured_stacked(self, width: int) -> tuple[QRect, QRect, int]:
        fonts = QFontMetrics(self._theme.font(self._role()))
        small = QFontMetrics(self._theme.font("small"))
        wrap = int(Qt.TextFlag.TextWordWrap)
        text = fonts.boundingRect(QRect(0, 0, width, 1000), wrap, self.text).height()
        note = small.boundingRect(QRect(0, 0, width, 1000), wrap, self.note).height() if self.note else 0
        value = fonts.boundingRect(QRect(0, 0, width, 1000), wrap, self.value).height()
        return QRect(0, 4, width, text), QRect(0, text + 5, width, note), text + note + value + 12

    def _role(self) -> FontRole:
        return "bold" if self._strong else "body"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Text, note, value, hairline."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        text, note, _ = self._measured(self.width())
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font(self._role()))
        painter.setPen(tokens.colour(self._tone))
        painter.drawText(text, int(wrap), self.text)
        place = QRect(text.right(), text.top(), self.width() - text.right() - 1, text.height())
        side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self._stacked(self.width()):
            top = text.bottom() + note.height() + 3
            place = QRect(0, top, self.width(), self.height() - top - 4)
            side |= int(Qt.TextFlag.TextWordWrap)
        painter.drawText(place, side, self.value)
        painter.setFont(self._theme.font("small"))
        painter.setPen(tokens.colour("muted"))
        painter.drawText(note, int(wrap), self.note)
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())


class ItemRow(QWidget):
    """A line in one or two weights, muted sentences under it, a chip at the right; a hairline under it.

    With `wide` the sentences go on under the chip, which then stands beside the first line.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        notes: tuple[str, ...] = (),
        chip: tuple[ChipKind, str, str] | None = None,
        *,
        font: FontRole = "body",
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.text = text
        self.notes = notes
        self.chip = chip[1] if chip else ""
        first = Label(theme, font, text=text, parent=self)
        first.setWordWrap(True)
        under = QVBoxLayout()
        under.setSpacing(1)
        for note in notes:
            label = Label(theme, "small", "muted", note, self)
            label.setWordWrap(True)
            under.addWidget(label)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0 if wide else 5, 0, 0 if wide else 6)
        words.setSpacing(1)
        words.addWidget(first)
        row = QHBoxLayout()
        row.setContentsMargins(0, 5 if wide else 0, 0, 0)
        row.setSpacing(_GAP)
        row.addLayout(words, 1)
        if chip:
            kind, word, icon = chip
            at = Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag.AlignVCenter
            row.addWidget(Chip(theme, kind, word, icon, self), 0, at)
        whole = flush_column(self)
        whole.addLayout(row)
        if wide:
            under.setContentsMargins(0, 1, 0, 6)
            whole.addLayout(under)
        else:
            words.addLayout(under)
        whole.addWidget(Hairline(theme, self))


class ButtonFlow(QWidget):
    """Buttons side by side, going on in the next line where there is no room."""

    def __init__(self, parent: QWidget | None = None, above: int = 12) -> None:
        super().__init__(parent)
        self._above = above
        self._buttons: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, button: QWidget) -> None:
        """Add a button at the end."""
        button.setParent(self)
        button.installEventFilter(self)
        self._buttons.append(button)
        self.refit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button shown or hidden makes place for itself, or leaves it to the others."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.refit()
        return super().eventFilter(watched, event)

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """The buttons as they stand."""
        return tuple(self._buttons)

    def refit(self) -> None:
        """Place the buttons again; one was worded anew, shown or hidden."""
        self._placed(self.width())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """A narrow flow is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines needed at this width."""
        return self._above + self._measured(width)[1]

    def sizeHint(self) -> QSize:
        """As wide as it is, as high as it needs."""
        return QSize(max(80, self.width()), self.heightForWidth(max(80, self.width())))

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest button."""
        return QSize(80, self.heightForWidth(max(80, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the buttons for the new width."""
        super().resizeEvent(event)
        self._placed(event.size().width())
        self.updateGeometry()

    def _measured(self, width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        places: list[tuple[QWidget, QRect]] = []
        left, top, line = 0, self._above, 0
        for button in self._buttons:
            if button.isHidden() and button.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                continue
            size = button.sizeHint()
            if left and left + size.width() > width:
                left, top, line = 0, top + line + _GAP, 0
            places.append((button, QRect(left, top, min(size.width(), max(80, width)), size.height())))
            left += size.width() + _GAP
            line = max(line, size.height())
        return places, top - self._above + line

    def _placed(self, width: int) -> None:
        for button, place in self._measured(width)[0]:
            button.setGeometry(place)


class SidePanel(QWidget):
    """A scrolling column with a hairline at its left; `content` takes rows from top to bottom."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inner = QWidget(self.scroll_area)
        self.inner.setBackgroundRole(QPalette.ColorRole.Base)
        self.inner.setAutoFillBackground(True)
        self.content = QVBoxLayout(self.inner)
        self.content.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        self.content.setSpacing(0)
        self.scroll_area.setWidget(self.inner)
        layout = flush_row(self)
        layout.addWidget(Hairline(theme, self, vertical=True))
        layout.addWidget(self.scroll_area, 1)

    def clear(self) -> None:
        """Take everything out."""
        _emptied(self.content)

    def order_tabs(self) -> None:
        """Let Tab go through the column as it stands; what was made last would come last in the window."""
        before: QWidget = self.scroll_area
        for widget in self.inner.findChildren(QWidget):
            here = widget.window() is self.window()  # the list of a choice opens in a window of its own
            if here and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, widget)
                before = widget

    def focus_on(self, widget: QWidget) -> None:
        """The focus to something in the column, scrolled into view, though it were made just now."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.content.activate()
        self.scroll_area.ensureWidgetVisible(widget, 0, 3 * _ROW)

    def add_text(
        self, text: str, font: FontRole = "body", colour: ColourRole = "text", *, above: int = 0
    ) -> Label:
        """A paragraph that wraps."""
        if above:
            self.content.addSpacing(above)
        label = Label(self.theme, font, colour, text, self.inner)
        label.setWordWrap(True)
        self.content.addWidget(label)
        return label

    def add_section(self, text: str) -> Label:
        """A bold heading over the rows that follow."""
        label = self.add_text(text, "bold", above=12)
        self.content.addSpacing(3)
        return label

    def add_fact(
        self, text: str, value: str = "", note: str = "", *, strong: bool = False, tone: ColourRole = "text"
    ) -> FactRow:
        """A row of what, note and value."""
        row = FactRow(self.theme, text, value, note, strong=strong, tone=tone, parent=self.inner)
        self.content.addWidget(row)
        return row

    def add_item(
        self,
        text: str,
        notes: tuple[str, ...] = (),
        chip: tuple[ChipKind, str, str] | None = None,
        font: FontRole = "body",
        *,
        wide: bool = False,
    ) -> ItemRow:
        """A row of a name, sentences about it and a chip."""
        row = ItemRow(self.theme, text, notes, chip, font=font, wide=wide, parent=self.inner)
        self.content.addWidget(row)
        return row

    def add_end(self) -> None:
        """Push everything up."""
        self.content.addStretch(1)


def _emptied(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            _emptied(inner)
