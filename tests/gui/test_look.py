"""Colours readable in both appearances, icons that follow them, the ring, and the PDF preview."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from reportlab.pdfgen.canvas import Canvas

from grants_app.gui.theme import DARK, LIGHT, Tokens
from grants_app.gui.widgets.cards import Queue, QueueList
from grants_app.gui.widgets.panels import FactRow
from grants_app.gui.widgets.pdf import PdfPreview
from grants_app.paths import shipped
from tests.gallery import CardsPage, GalleryPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.page import PageContext
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.pdf import PdfThread

KINDS = ("neutral", "info", "ok", "warn", "bad", "violet")


def contrast(one: str, two: str) -> float:
    """WCAG 2.2 contrast of two colours."""

    def light(colour: str) -> float:
        parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((light(one), light(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_borders_and_chips_are_readable(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.base):
        assert contrast(tokens.text, ground) >= 12.3
        assert contrast(tokens.muted, ground) >= 5.4
        assert contrast(tokens.border, ground) >= 3.3
    assert contrast(tokens.text, tokens.selected) >= 7
    assert contrast(tokens.muted, tokens.selected) >= 4.4
    assert contrast(tokens.on_accent, tokens.accent) >= 6.0
    for kind in KINDS:
        assert contrast(tokens.chip(kind).fore, tokens.chip(kind).back) >= 4.5


def test_an_appearance_changes_palette_and_icons_without_a_restart(theme: Theme) -> None:
    before = theme.pixmap("today").toImage()
    theme.choose("dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert theme.pixmap("today").toImage() != before
    theme.choose("light")
    assert theme.pixmap("today").toImage() == before


def test_every_icon_draws_in_the_colour_asked_for(theme: Theme) -> None:
    for file in shipped("resources/icons").glob("*.svg"):
        image = theme.pixmap(file.stem, "bad", 20).toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(20)
            for y in range(20)
            if image.pixelColor(x, y).alpha() == 255
        ]
        assert all(colour == QColor(LIGHT.bad.fore) for colour in inked), file.stem
        assert image.size().width() == 20


def test_the_font_is_pt_sans_in_the_sizes_of_the_design(theme: Theme) -> None:
    assert QFontInfo(theme.font("body")).family() == "PT Sans"
    sizes = [theme.font(role).pointSizeF() for role in ("body", "small", "section", "title")]
    assert sizes == [10.5, 9, 12, 15]


def test_a_field_with_the_focus_has_a_ring_of_the_accent(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    field = QLineEdit()
    field.resize(200, 28)
    shown(field)
    image = field.grab().toImage()
    assert image.pixelColor(100, 0) == image.pixelColor(100, 1) == QColor(LIGHT.accent)
    field.clearFocus()
    assert field.grab().toImage().pixelColor(100, 1) != QColor(LIGHT.accent)


@pytest.mark.parametrize("kind", [GalleryPage, CardsPage])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_widget_paints_without_a_complaint(
    context: PageContext, kind: type[QWidget], mode: str, qtbot: QtBot
) -> None:
    context.theme.choose(mode)
    page = kind(context)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    assert not page.grab().isNull()


def paper(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(pages):
        canvas.drawString(72, 700, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_the_preview_draws_only_the_pages_in_sight(
    theme: Theme, pdf: PdfThread, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    preview = PdfPreview(theme, pdf)
    preview.resize(300, 500)
    shown(preview)
    preview.show_pdf(paper(30))
    qtbot.waitUntil(lambda: preview.page_count == 30)
    qtbot.waitUntil(lambda: preview.drawn_pages >= {0})
    qtbot.wait(100)
    assert preview.drawn_pages <= {0, 1}
    preview.verticalScrollBar().setValue(preview.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: 29 in preview.drawn_pages)
    assert 15 not in preview.drawn_pages


def test_a_page_that_fits_only_without_a_bar_comes_to_rest(
    theme: Theme, pdf: PdfThread, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    class Counted(PdfPreview):
        resized = 0

        def resizeEvent(self, event: QResizeEvent) -> None:
            self.resized += 1
            super().resizeEvent(event)

    preview = Counted(theme, pdf)
    preview.resize(448, 633)
    shown(preview)
    preview.show_pdf(paper(1))
    qtbot.waitUntil(lambda: preview.drawn_pages >= {0})
    for height in range(600, 640, 2):  # with the bar the page is 17 px less high than without it
        preview.resize(448, height)
        before = preview.resized
        for _ in range(20):
            QApplication.processEvents()
        assert preview.resized - before <= 3, height


def test_a_long_value_beside_a_short_word_is_not_cut_at_its_left(theme: Theme, qtbot: QtBot) -> None:
    row = FactRow(theme, "До", "предложено 5 + подтвердили 0 + свободно 0 = 5")
    qtbot.addWidget(row)
    value = QFontMetrics(theme.font("body")).horizontalAdvance(row.value)
    one_line = row.heightForWidth(2 * value)
    for width in range(value, value + 60):
        assert row.heightForWidth(width) > one_line, width


def test_a_task_too_long_for_its_line_goes_on_below_and_nothing_of_it_is_left_out(theme: Theme) -> None:
    tasks = QueueList(theme)
    tasks.show_queues(
        [Queue("dates", "warn", 3, "Сроки: " + "дата не задана, " * 12), Queue("a", "warn", 1, "а")]
    )
    opened: list[str] = []
    tasks.opened.connect(opened.append)
    for width, lines in ((1600, 2), (500, 3)):
        height = tasks.heightForWidth(width)
        assert height > tasks.ROW * (lines - 0.1), width
        tasks.resize(width, height)
        QTest.mouseClick(tasks, Qt.MouseButton.LeftButton, pos=QPoint(60, height - tasks.ROW // 2))
        QTest.mouseClick(tasks, Qt.MouseButton.LeftButton, pos=QPoint(60, height - tasks.ROW * 3 // 2))
    assert opened == ["a", "dates"] * 2
    assert tasks.heightForWidth(500) > tasks.heightForWidth(1600)
