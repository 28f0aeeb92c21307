"""The look: tokens for light and dark, palette, fonts and recoloured icons; it knows no page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pathlib import Path

Mode = Literal["light", "dark", "system"]
ChipKind = Literal["neutral", "info", "ok", "warn", "bad", "violet"]
FontRole = Literal["body", "bold", "small", "small_bold", "section", "title", "figure"]
ColourRole = Literal["text", "muted", "accent", "on_accent", "neutral", "info", "ok", "warn", "bad", "violet"]

ROW_HEIGHT = 26
CONTROL_HEIGHT = 28
FORM_ROW_HEIGHT = 34
CHIP_HEIGHT = 20
HEADER_HEIGHT = 44
STRIP_HEIGHT = 32
STATUS_HEIGHT = 24
RAIL_WIDTH = 168
RAIL_NARROW = 48
NARROW_WINDOW = 1200
RADIUS = 5
ICON_SIZE = 20

_SIZES: dict[FontRole, tuple[float, bool]] = {
    "body": (10.5, False),
    "bold": (10.5, True),
    "small": (9.0, False),
    "small_bold": (9.0, True),
    "section": (12.0, True),
    "title": (15.0, True),
    "figure": (18.0, True),
}


@dataclass(frozen=True, slots=True)
class ChipColours:
    """Background and foreground of one kind of chip, as `#RRGGBB`."""

    back: str
    fore: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one appearance, as `#RRGGBB`; contrasts are computed in the tests."""

    dark: bool
    window: str
    base: str
    alternate: str
    text: str
    muted: str
    hairline: str
    border: str
    accent: str
    on_accent: str
    selected: str
    neutral: ChipColours
    info: ChipColours
    ok: ChipColours
    warn: ChipColours
    bad: ChipColours
    violet: ChipColours

    def chip(self, kind: ChipKind) -> ChipColours:
        """The colours of chips of this kind."""
        colours: ChipColours = getattr(self, kind)
        return colours

    def colour(self, role: ColourRole) -> QColor:
        """The colour things of this role are drawn in; a chip kind's is its foreground."""
        value = getattr(self, role)
        return QColor(value.fore if isinstance(value, ChipColours) else value)


LIGHT = Tokens(
    dark=False,
    window="#F4F5F7",
    base="#FFFFFF",
    alternate="#F8F9FB",
    text="#1B2330",
    muted="#5A6475",
    hairline="#C9CFD9",
    border="#7D8695",
    accent="#0B6E72",
    on_accent="#FFFFFF",
    selected="#D6ECEC",
    neutral=ChipColours("#E8EBF0", "#3F4958"),
    info=ChipColours("#DDE9FA", "#1D4F91"),
    ok=ChipColours("#DDF1E3", "#1B6236"),
    warn=ChipColours("#FCEBCB", "#7A4B00"),
    bad=ChipColours("#FBE0DE", "#9B1C1C"),
    violet=ChipColours("#ECE3F7", "#5B2E91"),
)
DARK = Tokens(
    dark=True,
    window="#1B1F24",
    base="#22272E",
    alternate="#262C34",
    text="#E6E9EE",
    muted="#A3ADBB",
    hairline="#3C4450",
    border="#7A8594",
    accent="#4FB8B8",
    on_accent="#08201F",
    selected="#1F4648",
    neutral=ChipColours("#343B45", "#C3CAD5"),
    info=ChipColours("#1E3552", "#9CC3F5"),
    ok=ChipColours("#1D3D2A", "#8FD6A8"),
    warn=ChipColours("#46360F", "#F0C469"),
    bad=ChipColours("#4A2223", "#F5A5A0"),
    violet=ChipColours("#382A4D", "#CDB2F2"),
)


def palette_of(tokens: Tokens) -> QPalette:
    """The palette Fusion paints with."""
    palette = QPalette()
    role = QPalette.ColorRole
    for target, value in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.base),
        (role.AlternateBase, tokens.alternate),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.base),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.bad.fore),
        (role.ToolTipBase, tokens.base),
        (role.ToolTipText, tokens.text),
        (role.Highlight, tokens.selected),
        (role.HighlightedText, tokens.text),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.violet.fore),
        (role.Accent, tokens.accent),
        (role.Light, tokens.base),
        (role.Midlight, tokens.alternate),
        (role.Mid, tokens.hairline),
        (role.Dark, tokens.border),
        (role.Shadow, tokens.hairline),
    ):
        palette.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.border))
    return palette


class Theme(QObject):
    """The appearance in force; one per application, handed to every widget that paints itself."""

    changed = Signal()

    def __init__(self, fonts: Path, icons: Path, parent: QObject | None = None) -> None:
        """Load every face in `fonts`; `icons` holds `NAME.svg` files drawn in currentColor."""
        super().__init__(parent)
        self._icons = icons
        self._mode: Mode = "system"
        self._drawn: dict[tuple[str, str, int, int], QPixmap] = {}
        self._family = self._load(fonts)

    @staticmethod
    def _load(fonts: Path) -> str:
        families = [
            family
            for file in sorted(fonts.glob("PT*Sans*.ttf"))
            for family in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
        ]
        return families[0] if families else QFont().family()

    @property
    def mode(self) -> Mode:
        """What the user chose: light, dark, or as the system is."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """The colours in force now."""
        if self._mode == "system":
            scheme = QApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode == "dark" else LIGHT

    def choose(self, mode: Mode) -> None:
        """Take another appearance and repaint everything, without a restart."""
        self._mode = mode
        self.apply()

    def apply(self) -> None:
        """Give the application the palette and the body font, and tell the widgets."""
        QApplication.setPalette(palette_of(self.tokens))
        QApplication.setFont(self.font("body"))
        # Asked for, not connected to: a connection of each of some thousand widgets a day outlives them.
        for widget in QApplication.allWidgets():
            getattr(widget, "follow_theme", widget.update)()
        self.changed.emit()

    def font(self, role: FontRole) -> QFont:
        """PT Sans in the size and weight of this role."""
        points, bold = _SIZES[role]
        font = QFont(self._family)
        font.setPointSizeF(points)
        font.setBold(bold)
        return font

    def icon(self, name: str, role: ColourRole = "text") -> QIcon:
        """The icon `name` in a role's colour of the appearance in force, sharp at 100–200 %."""
        icon = QIcon()
        for ratio in (1, 2):
            icon.addPixmap(self.pixmap(name, role, ICON_SIZE, ratio))
        return icon

    def pixmap(
        self, name: str, role: ColourRole = "text", size: int = ICON_SIZE, ratio: float = 1
    ) -> QPixmap:
        """The icon drawn `size` logical pixels square for a screen of this pixel ratio."""
        colour = self.tokens.colour(role).name()
        key = (name, colour, size, round(ratio * 100))
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, colour, size, ratio)
        return self._drawn[key]

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        source = (self._icons / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(source.encode()))
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap
