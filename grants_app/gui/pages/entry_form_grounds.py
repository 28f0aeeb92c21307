"""The section of the entry form about preference grounds, each with its paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtWidgets import QCheckBox, QLineEdit

from grants_app.domain.application import GroundClaim
from grants_app.gui.pages.entry_form_sections import FormSection, FormSetup
from grants_app.gui.widgets.editors import TextEdit
from grants_app.wording import mark

if TYPE_CHECKING:
    from grants_app.domain.application import Entry
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.forms import FormGrid


class GroundsSection(FormSection):
    """A tick for every preference ground; a ticked one asks for its paper and whether it was seen."""

    heading: ClassVar[str] = mark("Priority categories")

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._grounds = setup.rules.grounds
        self._officer = setup.officer
        self.grid.setVerticalSpacing(2)
        for row, ground in enumerate(self._grounds):
            tick = QCheckBox()
            self.put(f"ground:{ground.code}", tick, 2 * row, 0, 12).label.hide()
            self.put(f"ground_paper:{ground.code}", TextEdit(theme), 2 * row + 1, 0, 9).label.hide()
            self.put(f"ground_seen:{ground.code}", QCheckBox(), 2 * row + 1, 9, 3).label.hide()
            tick.toggled.connect(self._show_details)
        self._everything = True
        self._show_details()

    def tick(self, key: str) -> QCheckBox:
        """The tick of a key."""
        return cast("QCheckBox", self.fields[key].editor)

    def show_rare(self, everything: bool) -> None:  # noqa: FBT001 - as the base
        """While one looks only the grounds claimed stand there."""
        self._everything = everything
        self._show_details()
        claimed = any(self.tick(f"ground:{ground.code}").isChecked() for ground in self._grounds)
        self.setVisible(everything or claimed)

    def _show_details(self) -> None:
        for ground in self._grounds:
            on = self.tick(f"ground:{ground.code}").isChecked()
            self.fields[f"ground:{ground.code}"].setVisible(on or self._everything)
            for key in ("ground_paper", "ground_seen"):
                self.fields[f"{key}:{ground.code}"].setVisible(on)

    def retranslate(self) -> None:
        """Word the grounds again; the rules name them and their papers."""
        super().retranslate()
        lang = self.words.lang
        for ground in self._grounds:
            self.tick(f"ground:{ground.code}").setText(ground.names.get(lang))
            self.tick(f"ground_seen:{ground.code}").setText(self.words("seen"))
            self.tick(f"ground_seen:{ground.code}").setAccessibleName(self.words("Document seen"))
            paper = cast("QLineEdit", self.fields[f"ground_paper:{ground.code}"].editor)
            paper.setPlaceholderText(ground.paper.get(lang))
            paper.setAccessibleName(ground.paper.get(lang))
            paper.setToolTip(ground.paper.get(lang))

    def show_entry(self, entry: Entry) -> None:
        """Show the grounds claimed."""
        claims = {claim.ground: claim for claim in entry.grounds}
        for ground in self._grounds:
            claim = claims.get(ground.code)
            self.tick(f"ground:{ground.code}").setChecked(claim is not None)
            self.set_text(f"ground_paper:{ground.code}", claim.paper if claim else "")
            self.tick(f"ground_seen:{ground.code}").setChecked(bool(claim and claim.seen))

    def collected(self, entry: Entry) -> Entry:
        """The grounds as ticked; grounds the rules do not know stay."""
        known = {claim.ground: claim for claim in entry.grounds}
        shown = {ground.code for ground in self._grounds}
        claims = [claim for claim in entry.grounds if claim.ground not in shown]
        for ground in self._grounds:
            if self.tick(f"ground:{ground.code}").isChecked():
                seen = self.tick(f"ground_seen:{ground.code}").isChecked()
                old = known.get(ground.code, GroundClaim(ground=ground.code))
                by = "" if not seen else old.seen_by or self._officer
                claims.append(
                    replace(old, paper=self.text(f"ground_paper:{ground.code}"), seen=seen, seen_by=by)
                )
        order = {ground: place for place, ground in enumerate(known)}
        claims.sort(key=lambda claim: order.get(claim.ground, len(order)))
        return replace(entry, grounds=tuple(claims))
