"""Shows the very PDF that prints: visible pages only, drawn by PDFium in its one thread."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    import pypdfium2
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from grants_app.gui.theme import Theme

_GAP = 12
_POINTS_PER_INCH = 72
_PRINT_DPI = 300
_FAILED = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Drawn:
    document: int
    page: int
    width: int
    image: QImage


class PdfThread(QObject):
    """The one thread PDFium runs in (in four it aborts); one per application."""

    drawn = Signal(object)
    sized = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdf")
        self._documents: dict[int, pypdfium2.PdfDocument] = {}
        self._next = 0
        self._lock = threading.Lock()
        self._ended = False

    def open(self, data: bytes) -> int:
        """Open a PDF; `sized(number, [(width, height), …])` in points follows. Answers its number."""
        with self._lock:
            self._next += 1
            number = self._next
        self._pool.submit(self._open, number, data)
        return number

    def close_document(self, number: int) -> None:
        """Forget a PDF."""
        self._pool.submit(self._close, number)

    def draw(self, number: int, page: int, width: int) -> None:
        """Draw a page `width` device pixels wide; `drawn` follows."""
        self._pool.submit(self._draw, number, page, width)

    def image(self, number: int, page: int, scale: float) -> QImage:
        """One page drawn for the printer, `scale` pixels per point; waits for it."""
        future: Future[QImage] = self._pool.submit(self._image, number, page, scale)
        return future.result()

    def pages(self, number: int) -> int:
        """How many pages a PDF has; waits until it is open."""
        return self._pool.submit(lambda: len(self._documents[number])).result()

    def ask(self, question: Callable[[], T]) -> T:
        """The answer of something else that needs PDFium, asked in its one thread; waits for it."""
        return self._pool.submit(question).result()

    def close(self) -> None:
        """Close every PDF, those still waiting to be opened too, and end the thread; twice is once."""
        if self._ended:
            return
        self._ended = True
        self._pool.submit(self._close_all)
        self._pool.shutdown(wait=True)

    def _close_all(self) -> None:
        for number in list(self._documents):
            self._close(number)

    def _open(self, number: int, data: bytes) -> None:
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        self._documents[number] = document
        self.sized.emit(number, [document.get_page_size(page) for page in range(len(document))])

    def _close(self, number: int) -> None:
        document = self._documents.pop(number, None)
        if document is not None:
            document.close()

    def _draw(self, number: int, page: int, width: int) -> None:
        if number in self._documents:
            points = self._documents[number].get_page_size(page)[0]
            self.drawn.emit(_Drawn(number, page, width, self._image(number, page, width / points)))

    def _image(self, number: int, page: int, scale: float) -> QImage:
        leaf = self._documents[number][page]
        bitmap = leaf.render(scale=scale, rev_byteorder=True)
        rgb = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBA8888  # noqa: PLR2004 - red, green, blue
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, rgb).copy()
        bitmap.close()
        leaf.close()
        return image


class PdfPreview(QAbstractScrollArea):
    """The pages under each other, as wide as there is room, at most their size at 150 %."""

    def __init__(self, theme: Theme, pdf: PdfThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pdf = pdf
        self._number = 0
        self._sizes: list[tuple[float, float]] = []
        self._images: dict[int, QPixmap] = {}
        self._asked: set[tuple[int, int]] = set()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        pdf.sized.connect(self._on_sized, Qt.ConnectionType.QueuedConnection)
        pdf.drawn.connect(self._on_drawn, Qt.ConnectionType.QueuedConnection)
        theme.changed.connect(self.viewport().update)

    @property
    def page_count(self) -> int:
        """Pages of the PDF on view; 0 until it is open."""
        return len(self._sizes)

    @property
    def drawn_pages(self) -> frozenset[int]:
        """Pages drawn so far, counted from 0."""
        return frozenset(self._images)

    def show_pdf(self, data: bytes) -> None:
        """Show this PDF from its first page."""
        self.clear()
        self._number = self._pdf.open(data)

    def clear(self) -> None:
        """Show nothing."""
        if self._number:
            self._pdf.close_document(self._number)
        self._number = 0
        self._sizes = []
        self._images.clear()
        self._asked.clear()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def print_pages(self, printer: QPrinter, progress: Callable[[int, int], None] | None = None) -> bool:
        """Print all pages at 300 dpi, one at a time (fifty took 1.8 GB); False if not all were taken."""
        count = self._pdf.pages(self._number) if self._number else 0
        painter = QPainter()
        for page in range(count):
            if not (painter.begin(printer) if page == 0 else printer.newPage()):
                if page:
                    painter.end()
                return False
            image = self._pdf.image(self._number, page, _PRINT_DPI / _POINTS_PER_INCH)
            painter.drawImage(QRectF(painter.viewport()), image)
            if progress is not None:
                progress(page + 1, count)
        return bool(count) and painter.end() and printer.printerState() not in _FAILED

    def sizeHint(self) -> QSize:
        """A page at half size."""
        return QSize(360, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint again; pages newly in sight are drawn."""
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White leaves with a hairline; a page not drawn yet is an empty leaf."""
        tokens = self._theme.tokens
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(tokens.neutral.back))
        for page, box in self._boxes():
            if box.bottom() < 0 or box.top() > self.viewport().height():
                continue
            painter.fillRect(box, Qt.GlobalColor.white)
            if page in self._images:
                painter.drawPixmap(box, self._images[page], QRectF(self._images[page].rect()))
            painter.setPen(QColor(tokens.hairline))
            painter.drawRect(box)
            self._ask(page, round(box.width() * self.devicePixelRatioF()))

    def _ask(self, page: int, width: int) -> None:
        if (page, width) not in self._asked:
            self._asked.add((page, width))
            self._pdf.draw(self._number, page, width)

    def _scale(self, room: int) -> float:
        widest = max((width for width, _height in self._sizes), default=1.0)
        return max(0.05, min(1.5 * 96 / _POINTS_PER_INCH, (room - 2 * _GAP) / widest))

    def _whole(self, room: int) -> int:
        """How high the pages are under each other in so much width."""
        scale = self._scale(room)
        return round(sum(height * scale + _GAP for _width, height in self._sizes) + _GAP)

    def _boxes(self) -> list[tuple[int, QRectF]]:
        scale = self._scale(self.viewport().width())
        top = float(_GAP - self.verticalScrollBar().value())
        boxes = []
        for page, (width, height) in enumerate(self._sizes):
            left = (self.viewport().width() - width * scale) / 2
            boxes.append((page, QRectF(left, top, width * scale, height * scale)))
            top += height * scale + _GAP
        return boxes

    def _lay_out(self) -> None:
        # The bar narrows the pages and may so make itself needless: whether it stands is asked of the whole
        # width, once, or it would come and go without end.
        room = self.contentsRect()
        needed = self._whole(room.width()) > room.height()
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(on if needed else off)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._whole(self.viewport().width()) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)
        self.viewport().update()

    @Slot(int, object)
    def _on_sized(self, number: int, sizes: list[tuple[float, float]]) -> None:
        if number == self._number:
            self._sizes = sizes
            self._lay_out()

    @Slot(object)
    def _on_drawn(self, drawn: _Drawn) -> None:
        if drawn.document == self._number:
            self._images[drawn.page] = QPixmap.fromImage(drawn.image)
            self.viewport().update()


def print_document(theme: Theme, pdf: PdfThread, data: bytes, printer: QPrinter, parent: QWidget) -> bool:
    """Print every page of a PDF that is not on view; whether the printer took them all."""
    sheets = PdfPreview(theme, pdf, parent)
    sheets.hide()
    sheets.show_pdf(data)
    taken = sheets.print_pages(printer)
    sheets.clear()
    sheets.deleteLater()
    return taken
