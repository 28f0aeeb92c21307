"""The table every list is shown in, and how its cells are painted: chips, two weights, bands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from grants_app.gui.table_models import ALIGN, LINE_ROLE, Align, Band, ChipText, Column, LinesModel, Part
from grants_app.gui.theme import CHIP_HEIGHT, ROW_HEIGHT
from grants_app.gui.widgets.chips import chip_width, paint_chip
from grants_app.gui.widgets.row_copying import copy_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from grants_app.gui.theme import ColourRole, Theme

_PAD = 10
_SELECTED = QStyle.StateFlag.State_Selected
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_FLAGS: dict[Align, int] = {align: int(flag) for align, flag in ALIGN.items()}
_HEADER_HEIGHT = 28


class _Look:
    """Colours, fonts and their measures of the appearance in force, made once for all cells."""

    def __init__(self, theme: Theme) -> None:
        tokens = theme.tokens
        self.base, self.selected = QColor(tokens.base), QColor(tokens.selected)
        self.hairline = QColor(tokens.hairline)
        self.fonts = {bold: theme.font("bold" if bold else "body") for bold in (False, True)}
        self.metrics = {bold: QFontMetrics(font) for bold, font in self.fonts.items()}
        self._tokens = tokens
        self._colours: dict[ColourRole, QColor] = {}

    def colour(self, role: ColourRole) -> QColor:
        """The colour of a role."""
        if role not in self._colours:
            self._colours[role] = self._tokens.colour(role)
        return self._colours[role]


class LineDelegate(QStyledItemDelegate):
    """Paints one cell: background, hairline, then chips, an icon, or text in one or two weights."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look: _Look | None = None
        theme.changed.connect(self._on_theme_changed)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._look = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows are 26 px, whatever is in them."""
        return QSize(60, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The cell."""
        rect = option.rect
        model = cast("LinesModel", index.model())
        place = index.column()
        painted = model.painted(index.row(), place)
        if isinstance(painted, Band):
            painter.save()
            self._paint_band(painter, rect, painted)
            painter.restore()
            return
        look = self._look = self._look or _Look(self._theme)
        painter.fillRect(rect, look.selected if option.state & _SELECTED else look.base)
        painter.setPen(look.hairline)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if isinstance(painted, str):
            pixmap = self._theme.pixmap(painted, "muted", 16, _ratio(painter))
            painter.drawPixmap(inner.left(), inner.center().y() - 7, pixmap)
        elif painted and isinstance(painted[0], ChipText):
            self._paint_chips(painter, inner, painted)
        elif painted:
            self._paint_text(painter, inner, model.columns[place].align, cast("Sequence[Part]", painted))

    def _paint_band(self, painter: QPainter, rect: QRect, band: Band) -> None:
        colours = self._theme.tokens.chip(band.kind)
        painter.fillRect(rect, QColor(colours.back))
        painter.setPen(QPen(QColor(colours.fore), 1.5))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.setFont(self._theme.font("small"))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = QFontMetrics(painter.font()).elidedText(band.text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    def _paint_chips(self, painter: QPainter, inner: QRect, chips: Any) -> None:  # noqa: ANN401 - of a column
        left = inner.left()
        for chip in chips:
            room = inner.right() - left + _PAD
            if room < CHIP_HEIGHT:
                break
            width = min(chip_width(self._theme, chip.text, chip.icon), room)
            place = QRect(left, inner.center().y() - CHIP_HEIGHT // 2 + 1, width, CHIP_HEIGHT)
            paint_chip(painter, self._theme, place, chip.kind, chip.text, chip.icon)
            left += width + 4

    def _paint_text(self, painter: QPainter, inner: QRect, align: Align, parts: Sequence[Part]) -> None:
        if align != "left":
            self._paint_part(painter, inner, parts[0], _FLAGS[align])
            return
        left = inner.left()
        for place, part in enumerate(parts):
            room = QRect(left, inner.top(), inner.right() - left + 1, inner.height())
            if room.width() <= 0 or (place and self._spared(part, room)):
                break
            left += self._paint_part(painter, room, part, _MIDDLE) + 4

    def _spared(self, part: Part, room: QRect) -> bool:
        """Whether a muted addition has no room: it is shown whole or not at all."""
        look = self._look = self._look or _Look(self._theme)
        return part.colour == "muted" and look.metrics[part.bold].horizontalAdvance(part.text) > room.width()

    def _paint_part(self, painter: QPainter, room: QRect, part: Part, flags: int) -> int:
        if not part.text:
            return 0
        look = self._look = self._look or _Look(self._theme)
        metrics = look.metrics[part.bold]
        painter.setFont(look.fonts[part.bold])
        painter.setPen(look.colour(part.colour))
        width = metrics.horizontalAdvance(part.text)
        whole = width <= room.width()
        text = (
            part.text if whole else metrics.elidedText(part.text, Qt.TextElideMode.ElideRight, room.width())
        )
        painter.drawText(room, flags, text)
        return width


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What an officer did to a list, columns by their keys; empty where they did nothing."""

    widths: dict[str, int] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    columns: dict[str, bool] = field(default_factory=dict)
    sort: tuple[str, bool] | None = None

    @classmethod
    def of(cls, told: Any) -> Arrangement:  # noqa: ANN401 - whatever was kept
        """From what `told` answered; ValueError, TypeError or KeyError for anything else."""
        sort = told["sort"]
        return cls(
            widths={str(key): int(width) for key, width in told["widths"].items()},
            order=tuple(map(str, told["order"])),
            columns={str(key): bool(on) for key, on in told["columns"].items()},
            sort=(str(sort[0]), bool(sort[1])) if sort else None,
        )

    def told(self) -> dict[str, object]:
        """As plain values, to be kept."""
        return {
            "widths": self.widths,
            "order": list(self.order),
            "columns": self.columns,
            "sort": list(self.sort) if self.sort else None,
        }


class LinesHeader(QHeaderView):
    """Flat headings: small muted words over a hairline, an arrow at the column sorted by."""

    dragged = Signal(object)
    """The places of columns that were dragged to another width; none when one was dragged elsewhere."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._pressed: tuple[list[int], list[int]] = ([], [])
        self.setSectionsClickable(True)
        # The first one stays where it is: a tick, a number, and where a sentence across the list begins.
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setFixedHeight(_HEADER_HEIGHT)
        self.setMinimumSectionSize(32)
        self.setSortIndicatorClearable(False)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _now(self) -> tuple[list[int], list[int]]:
        places = range(self.count())
        return [self.sectionSize(n) for n in places], [self.visualIndex(n) for n in places]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Whatever differs when the button is let go was dragged by the officer, not laid out by us."""
        self._pressed = self._now()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was dragged."""
        super().mouseReleaseEvent(event)
        before, now = self._pressed, self._now()
        if before != now and len(before[0]) == len(now[0]):
            self.dragged.emit([n for n, size in enumerate(now[0]) if size != before[0][n]])

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """One heading."""
        tokens = self._theme.tokens
        painter.save()
        painter.fillRect(rect, QColor(tokens.base))
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        align = Qt.AlignmentFlag(self._says(logical_index, Qt.ItemDataRole.TextAlignmentRole))
        font = self._theme.font("small")
        metrics = QFontMetrics(font)
        text = str(self._says(logical_index, Qt.ItemDataRole.DisplayRole) or "")
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.setFont(font)
        painter.setPen(tokens.colour("muted"))
        painter.drawText(inner, int(align), text)
        if self.sortIndicatorSection() == logical_index:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            pixmap = self._theme.pixmap("down" if down else "up", "accent", 10, _ratio(painter))
            to_right = bool(align & Qt.AlignmentFlag.AlignRight)
            left = inner.right() + 1 if to_right else inner.left() + metrics.horizontalAdvance(text) + 4
            painter.drawPixmap(left, rect.center().y() - 4, pixmap)
        painter.restore()

    def _says(self, section: int, role: Qt.ItemDataRole) -> Any:  # noqa: ANN401 - Qt's variant
        return self.model().headerData(section, Qt.Orientation.Horizontal, role)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground beyond the last heading, then the headings."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.tokens.base))
        painter.setPen(QColor(self._theme.tokens.hairline))
        bottom = self.viewport().height() - 1
        painter.drawLine(0, bottom, self.viewport().width(), bottom)
        painter.end()
        super().paintEvent(event)


class LinesTable(QTableView):
    """A list: whole lines chosen, several by Shift and Ctrl, rows of 26 px; Enter opens, Ctrl+C copies."""

    line_chosen = Signal(object)
    """The current line changed (the frozen line, or None)."""
    line_opened = Signal(object)
    """Enter or a double click on a line."""
    arranged = Signal()
    """The officer changed a width, the order of the columns, which are shown, or the sort."""

    def __init__(self, theme: Theme, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = model
        self._own_widths: dict[str, int] = {}
        self.chosen_columns: dict[str, bool] = {}
        self.setItemDelegate(LineDelegate(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        header = LinesHeader(theme, self)
        header.dragged.connect(self._on_header_dragged)
        self.setHorizontalHeader(header)
        self.setModel(model)
        self._lay_out_columns()
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._on_double_clicked)
        model.modelReset.connect(self._on_model_reset)
        model.order_chosen.connect(self._on_order_chosen)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def _lay_out_columns(self) -> None:
        for place, column in enumerate(self._lines.columns):
            self.setColumnWidth(place, column.width)
            self.setColumnHidden(place, column.hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns that stretch share what is left over; none gets narrower than its own width."""
        super().resizeEvent(event)
        self.stretch()

    def width_of(self, column: Column) -> int:
        """How wide a column wants to be: as the officer drew it, else as it was made."""
        return self._own_widths.get(column.key, column.width)

    def arrangement(self) -> Arrangement:
        """What was done to the list by hand."""
        header, columns = self.horizontalHeader(), self._lines.columns
        order = tuple(columns[header.logicalIndex(place)].key for place in range(header.count()))
        sort = self._lines.order
        return Arrangement(
            widths=dict(self._own_widths),
            order=() if order == tuple(column.key for column in columns) else order,
            columns=dict(self.chosen_columns),
            sort=(sort.key, sort.descending) if sort.key else None,
        )

    def arrange(self, kept: Arrangement) -> None:
        """Arrange the list so; columns it has not are left out, and the sort stays where none is kept."""
        header, columns = self.horizontalHeader(), self._lines.columns
        places = {column.key: n for n, column in enumerate(columns)}
        least = header.minimumSectionSize()
        self._own_widths = {key: max(least, width) for key, width in kept.widths.items() if key in places}
        self.chosen_columns = {key: on for key, on in kept.columns.items() if key in places}
        known = [key for key in kept.order if key in places]
        wanted = [*known, *(key for key in places if key not in known)]
        for to, key in enumerate(wanted):
            header.moveSection(header.visualIndex(places[key]), to)
        for n, column in enumerate(columns):
            self.setColumnWidth(n, self.width_of(column))
        if kept.sort is not None and kept.sort[0] in places:
            falling = Qt.SortOrder.DescendingOrder if kept.sort[1] else Qt.SortOrder.AscendingOrder
            self.sortByColumn(places[kept.sort[0]], falling)
        QApplication.sendEvent(
            self, QResizeEvent(self.size(), self.size())
        )  # whoever shows columns looks again

    def stretch(self) -> None:
        """Share the room again; call it after hiding or showing columns."""
        columns = self._lines.columns
        wide = [
            n
            for n, column in enumerate(columns)
            if column.stretch and column.key not in self._own_widths and not self.isColumnHidden(n)
        ]
        taken = sum(self.columnWidth(n) for n in range(len(columns)) if n not in wide)
        room = self.viewport().width() - taken
        wanted = sum(columns[n].width for n in wide)
        for n in wide:
            self.setColumnWidth(n, max(columns[n].width, room * columns[n].width // max(1, wanted)))

    @property
    def lines(self) -> LinesModel:
        """The model."""
        return self._lines

    def current_line(self) -> Any:  # noqa: ANN401 - whatever the model holds
        """The frozen line the cursor is on, or None."""
        line = self.currentIndex().data(LINE_ROLE) if self.currentIndex().isValid() else None
        return None if isinstance(line, Band) else line

    def chosen_lines(self) -> list[Any]:
        """The frozen lines chosen by Shift and Ctrl, from top to bottom; the one with the cursor if none."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        lines = [self._lines.index(row, 0).data(LINE_ROLE) for row in rows]
        lines = [line for line in lines if line is not None and not isinstance(line, Band)]
        current = self.current_line()
        return lines or ([current] if current is not None else [])

    def choose_row(self, row: int) -> None:
        """Put the cursor on a row, if there is such a row."""
        if 0 <= row < self._lines.rowCount():
            first = next((c for c in range(len(self._lines.columns)) if not self.isColumnHidden(c)), 0)
            self.setCurrentIndex(self._lines.index(row, first))

    def show_band(self, row: int) -> None:
        """Let the sentence of a `Band` line go across the whole table."""
        self.setSpan(row, 0, 1, max(1, len(self._lines.columns)))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which line the cursor is on."""
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not current.isValid():
            self.line_chosen.emit(self.current_line())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies the rows as a table; typing does not search by itself."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if (line := self.current_line()) is not None:
                self.line_opened.emit(line)
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Searching is the search field's; Qt's own would read every line."""

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """The model given at the start stays."""
        super().setModel(model)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        line = index.data(LINE_ROLE)
        if line is not None and not isinstance(line, Band):
            self.line_opened.emit(line)

    def _on_model_reset(self) -> None:
        self.clearSpans()
        header = self.horizontalHeader()
        header.setSectionsClickable(self._lines.sortable)
        keys = [column.key for column in self._lines.columns]
        order = self._lines.order
        section = keys.index(order.key) if order.key in keys else -1
        falling = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        if (header.sortIndicatorSection(), header.sortIndicatorOrder()) != (section, falling):
            header.setSortIndicator(section, falling)
        self.line_chosen.emit(None)

    def _on_header_dragged(self, places: list[int]) -> None:
        for place in places:
            self._own_widths[self._lines.columns[place].key] = self.columnWidth(place)
        self.arranged.emit()

    def _on_order_chosen(self, _order: object) -> None:
        self.arranged.emit()

    def _on_theme_changed(self) -> None:
        self.horizontalHeader().viewport().update()
        self.viewport().update()
