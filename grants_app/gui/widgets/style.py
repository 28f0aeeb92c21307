"""Fusion with flat controls, hairline frames and a focus ring that is always drawn; it knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QWidget,
)

from grants_app.gui.theme import RADIUS
from grants_app.gui.widgets.buttons import paint_focus_ring

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from grants_app.gui.theme import Theme

_Element = QStyle.PrimitiveElement
_LIST_MARGIN = 6  # left and right of a list's words, as in a field


class FrameStyle(QProxyStyle):
    """The application's style."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Own frames for fields and push buttons, own ring for the focus; Fusion's for the rest."""
        if element == _Element.PE_FrameFocusRect:
            if isinstance(widget, QAbstractItemView):
                return
            painter.save()
            paint_focus_ring(painter, self._theme, QRectF(_rect(option)), 3)
            painter.restore()
        elif element == _Element.PE_PanelLineEdit:
            if not isinstance(widget, QLineEdit) or widget.hasFrame():
                self._field(option, painter, widget)
        elif element == _Element.PE_PanelButtonCommand:
            self._button(option, painter)
        elif element == _Element.PE_Frame:
            self._frame(option, painter)
        elif element in (_Element.PE_IndicatorCheckBox, _Element.PE_IndicatorItemViewItemCheck):
            self._tick_box(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Scroll bars as a slim handle on the ground; Fusion's for the rest."""
        if control != QStyle.ComplexControl.CC_ScrollBar or widget is None:
            super().drawComplexControl(control, option, painter, widget)
            return
        slider = self.subControlRect(control, option, QStyle.SubControl.SC_ScrollBarSlider, widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(_rect(option), QColor(self._theme.tokens.window))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.border))
        handle = QRectF(slider).adjusted(3, 3, -3, -3)
        painter.drawRoundedRect(handle, 3, 3)
        painter.restore()

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Slim scroll bars, tick boxes of 16 px, room beside a list's words, lists' ring on their edge."""
        if metric == QStyle.PixelMetric.PM_FocusFrameHMargin and isinstance(widget, QListView):
            return _LIST_MARGIN
        if metric == QStyle.PixelMetric.PM_ScrollBarExtent:
            return 12
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return 0
        if metric in (QStyle.PixelMetric.PM_IndicatorHeight, QStyle.PixelMetric.PM_IndicatorWidth):
            return 16
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        """The ring of lists lies over them."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returned)

    def _tick_box(self, option: QStyleOption, painter: QPainter) -> None:
        tokens = self._theme.tokens
        ticked = bool(_state(option) & QStyle.StateFlag.State_On)
        enabled = bool(_state(option) & QStyle.StateFlag.State_Enabled)
        box = QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(QColor(tokens.accent if ticked else tokens.border if enabled else tokens.hairline), 1)
        )
        painter.setBrush(QColor(tokens.accent if ticked and enabled else tokens.base))
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            size = round(box.width()) - 1
            ratio = painter.device().devicePixelRatioF()
            pixmap = self._theme.pixmap("check", "on_accent" if enabled else "muted", size, ratio)
            painter.drawPixmap(QPointF(box.left() + 1, box.top() + 1), pixmap)
        painter.restore()

    def _frame(self, option: QStyleOption, painter: QPainter) -> None:
        enabled = bool(_state(option) & QStyle.StateFlag.State_Enabled)
        painter.save()
        painter.setPen(QPen(QColor(self._theme.tokens.border if enabled else self._theme.tokens.hairline), 1))
        painter.drawRect(QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.restore()

    def _field(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        tokens = self._theme.tokens
        state = _state(option)
        inside = widget is not None and isinstance(widget.parentWidget(), (QComboBox, QAbstractSpinBox))
        if inside:
            painter.fillRect(_rect(option), QColor(tokens.base))
            return
        wrong = widget.property("severity") if widget is not None else ""
        enabled = bool(state & QStyle.StateFlag.State_Enabled) and not bool(
            widget and widget.property("readOnly")
        )
        frame = {"warn": tokens.warn.fore, "error": tokens.bad.fore}.get(str(wrong or ""), tokens.border)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(frame if enabled else tokens.hairline), 1))
        painter.setBrush(QColor(tokens.base if enabled else tokens.alternate))
        painter.drawRoundedRect(QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, self._theme, QRectF(_rect(option)))
        painter.restore()

    def _button(self, option: QStyleOption, painter: QPainter) -> None:
        tokens = self._theme.tokens
        state = _state(option)
        down = state & (QStyle.StateFlag.State_Sunken | QStyle.StateFlag.State_On)
        over = state & QStyle.StateFlag.State_MouseOver
        back = tokens.selected if down else tokens.alternate if over else tokens.base
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.restore()


def _rect(option: QStyleOption) -> QRect:
    return option.rect


def _state(option: QStyleOption) -> QStyle.StateFlag:
    return option.state
