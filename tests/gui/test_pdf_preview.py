"""The page on view as it prints: it comes to rest in whatever room it is given."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from grants_app.gui.widgets.pdf import PdfPreview, PdfThread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.theme import Theme

WIDTH = 449
# A leaf of A4 in this width is about 625 high, and a bar beside it would make it lower by its own share.
HEIGHTS = range(570, 650)


class _Resizes(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() == QEvent.Type.Resize
        return False


@pytest.fixture
def preview(
    shown: Callable[[QWidget], QWidget], theme: Theme, qtbot: QtBot, qapp: object
) -> Iterator[PdfPreview]:
    leaf = io.BytesIO()
    canvas = Canvas(leaf)
    canvas.drawString(100, 100, "1")
    canvas.save()
    pdf = PdfThread()
    made = PdfPreview(theme, pdf)
    shown(made)
    made.show_pdf(leaf.getvalue())
    qtbot.waitUntil(lambda: made.page_count == 1)
    yield made
    made.clear()
    pdf.close()


def test_a_page_comes_to_rest_whether_or_not_the_bar_beside_it_is_what_makes_it_fit(
    preview: PdfPreview,
) -> None:
    resizes = _Resizes()
    preview.viewport().installEventFilter(resizes)
    for height in HEIGHTS:
        preview.resize(WIDTH, height)
        for _ in range(10):
            QApplication.processEvents()
        before = resizes.seen
        for _ in range(10):
            QApplication.processEvents()
        assert resizes.seen == before, height


def test_the_end_of_a_page_is_reached_in_whatever_room(preview: PdfPreview) -> None:
    for height in HEIGHTS:
        preview.resize(WIDTH, height)
        QApplication.processEvents()
        bar = preview.verticalScrollBar()
        bar.setValue(bar.maximum())
        ((_page, box),) = preview._boxes()
        assert box.bottom() <= preview.viewport().height()
