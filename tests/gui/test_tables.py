"""Lists: fetched in blocks, sorted by the fetch, failures told once, bands across, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester

from grants_app.gui.pages.ranking_pools import whole_pieces
from grants_app.gui.table_models import (
    BLOCK,
    CHIPS_ROLE,
    KEPT_BLOCKS,
    Band,
    ChipText,
    Column,
    LinesModel,
    Order,
    Part,
)
from grants_app.gui.theme import ROW_HEIGHT
from grants_app.gui.widgets.tables import LinesTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.theme import Theme


class Source:
    """A list of figures that counts what is asked of it."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[tuple[int, int, Order]] = []

    def fetch(self, offset: int, limit: int, order: Order) -> Sequence[int]:
        self.asked.append((offset, limit, order))
        numbers = range(self.total)
        return (numbers[::-1] if order.descending else numbers)[offset : offset + limit]


def columns() -> tuple[Column, ...]:
    return (
        Column(key="no", title=lambda: "№", text=str, align="right", width=60),
        Column(
            key="name",
            title=lambda: "Имя",
            text=lambda number: f"Имя {number}",
            parts=lambda number: (Part("Имя", bold=True), Part(str(number))),
            stretch=True,
            width=120,
        ),
        Column(key="state", title=lambda: "Итог", text=lambda _n: "грант",
               chips=lambda _n: (ChipText("ok", "грант"),), sortable=False),
    )  # fmt: skip


@pytest.fixture
def model(qapp: QApplication) -> LinesModel:
    return LinesModel(columns(), qapp)


def test_the_model_keeps_qt_s_promises(model: LinesModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(1000, Source(1000).fetch)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.show_all([1, Band("bad", "черта"), 2])
    model.show(0, Source(0).fetch)


def test_a_hundred_thousand_lines_are_read_in_blocks_only_where_one_looks(model: LinesModel) -> None:
    source = Source(100_000)
    model.show(100_000, source.fetch)
    assert model.index(70_000, 1).data() == "Имя 70000"
    assert model.index(70_001, 0).data() == "70001"
    assert source.asked == [(70_000 // BLOCK * BLOCK, BLOCK, Order())]


def test_blocks_looked_at_long_ago_are_forgotten(model: LinesModel) -> None:
    source = Source(100_000)
    model.show(100_000, source.fetch)
    for block in range(KEPT_BLOCKS + 1):
        model.index(block * BLOCK, 0).data()
    model.index(0, 0).data()
    assert len(source.asked) == KEPT_BLOCKS + 2


def test_lines_read_beforehand_are_not_read_again(model: LinesModel) -> None:
    source = Source(1000)
    model.show(1000, source.fetch, first=range(BLOCK))
    assert model.index(BLOCK - 1, 0).data() == str(BLOCK - 1)
    assert source.asked == []


def test_a_heading_asks_the_fetch_for_another_order(model: LinesModel, qtbot: QtBot) -> None:
    source = Source(1000)
    model.show(1000, source.fetch)
    with qtbot.waitSignal(model.order_chosen) as chosen:
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert chosen.args == [Order("no", descending=True)]
    assert model.index(0, 0).data() == "999"


def test_a_column_that_cannot_be_sorted_leaves_the_order(model: LinesModel) -> None:
    model.show(1000, Source(1000).fetch)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert model.order == Order()


def test_a_failure_while_reading_is_told_once_and_not_once_per_cell(model: LinesModel) -> None:
    told: list[Exception] = []
    model.failed.connect(told.append)

    def fail(_offset: int, _limit: int, _order: Order) -> Sequence[int]:
        raise OSError("disk")

    model.show(1000, fail)
    for row in range(20):
        assert model.index(row, 0).data() is None
    assert [str(error) for error in told] == ["disk"]


def test_cells_say_their_chips_and_plain_text(model: LinesModel) -> None:
    model.show_all([7])
    assert model.index(0, 2).data(CHIPS_ROLE) == (ChipText("ok", "грант"),)
    assert model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "грант"


@pytest.fixture
def table(model: LinesModel, theme: Theme, shown: Callable[[QWidget], QWidget]) -> LinesTable:
    made = LinesTable(theme, model)
    made.resize(500, 400)
    model.show_all([10, 11, Band("bad", "последнее место"), 12])
    made.show_band(2)
    shown(made)
    return made


def test_rows_are_26_px_and_a_band_goes_across(table: LinesTable) -> None:
    assert [table.rowHeight(row) for row in range(4)] == [ROW_HEIGHT] * 4
    assert table.columnSpan(2, 0) == 3
    assert not table.grab().isNull()


def test_the_stretching_column_takes_the_rest_but_never_less_than_its_width(table: LinesTable) -> None:
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()
    table.resize(200, 400)
    assert table.columnWidth(1) == 120


def test_arrows_choose_lines_and_enter_opens_the_one_chosen(table: LinesTable, qtbot: QtBot) -> None:
    chosen: list[object] = []
    opened: list[object] = []
    table.choose_row(0)
    table.line_chosen.connect(chosen.append)
    table.line_opened.connect(opened.append)
    for _press in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen == [11, None, 12]
    assert opened == [12]


def test_ctrl_c_copies_the_chosen_rows_as_a_table_under_their_headings(
    table: LinesTable, qtbot: QtBot
) -> None:
    table.choose_row(1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heads, *rows = QGuiApplication.clipboard().text().split("\n")
    assert heads.split("\t") == ["№", "Имя", "Итог"]
    assert [row.split("\t")[0] for row in rows] == ["11", "последнее место"]


def test_the_heading_shows_what_the_lines_are_sorted_by(model: LinesModel, table: LinesTable) -> None:
    header = table.horizontalHeader()
    assert not header.sectionsClickable()
    model.show(1000, Source(1000).fetch, order=Order("name", descending=True))
    assert header.sectionsClickable()
    assert header.sortIndicatorSection() == 1
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    assert model.order == Order("name", descending=True)


def test_a_note_loses_whole_pieces_where_it_has_no_room(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font("small"))
    note = "проходной 312 · 178 заявлений · КазНУ Бишкек"
    room = metrics.horizontalAdvance("проходной 312 · 178 заявлений · КазНУ")
    assert whole_pieces(note, metrics, metrics.horizontalAdvance(note)) == note
    assert whole_pieces(note, metrics, room) == "проходной 312 · 178 заявлений"
    assert whole_pieces(note, metrics, 10) == "проходной 312"


def test_a_muted_addition_is_painted_whole_or_not_at_all(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    def painted(branch: str) -> QImage:
        parts = (Part("Юриспруденция"), Part(branch, colour="muted"))
        column = Column(
            key="programme", title=lambda: "", text=lambda _line: "", parts=lambda _line: parts, width=160
        )
        model = LinesModel([column])
        table = LinesTable(theme, model)
        model.setParent(table)
        table.setFixedSize(190, 80)
        model.show_all([1])
        shown(table)
        return table.viewport().grab().toImage()

    assert painted("КазНУ Бишкек") == painted("")
