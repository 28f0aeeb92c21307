"""Placing somebody by hand, or taking the placement back: an act of the commission with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.gui.dialogs.reasoned import Reasoned
from grants_app.gui.kit.form_panel import FormPanel
from grants_app.gui.widgets.editors import Option
from grants_app.services import decisions
from grants_app.services.decisions import Placing
from grants_app.wording import mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.journal import Changed
    from grants_app.gui.page import PageContext
    from grants_app.services.naming import Naming


class PlacementPanel(FormPanel):
    """Which programme, and by what decision; what it means for the others stands above."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "placement", parent)
        self._naming: Naming | None = None
        self._placing = Placing("", (), 0)
        self._name = ""
        self.pool = self.choice("pool", mark("Programme"), self._pools, needed=True)
        self.reason = self.long_text("reason", mark("Decision and reason"), needed=True)
        self.declared()

    def ask(self, naming: Naming, placing: Placing, name: str) -> None:
        """Ask where to place somebody and why."""
        self._naming, self._placing, self._name = naming, placing, name
        first = placing.pools[0] if placing.chosen == 1 else ""
        self.begin(placing.no, {"pool": first})

    def title(self) -> str:
        """Whom it is about."""
        return self.words("Place manually: {name}", name=self._name)

    def sentence(self) -> str:
        """What follows from it."""
        if not self._placing.pools:
            return self.words(
                "This person is eligible for no programme with seats, so there is nowhere to place them."
            )
        return self.words(
            "A seat of the programme is held for this person in every later run; one seat fewer is given "
            "by rank. The chair sees the placement on the sheet before sealing."
        )

    def verb(self) -> str:
        """What the button does."""
        return self.words("Place manually")

    def act(self) -> None:
        """Place."""
        self.saved.emit(
            decisions.place(self.context.office, self._placing.no, self.pool.value, self.reason.value)
        )

    def _pools(self) -> list[Option]:
        if self._naming is None:
            return []
        words, made = self.words, []
        for place, pool in enumerate(self._placing.pools, start=1):
            name = f"{self._naming.programme(pool)} · {self._naming.branch(pool)}"
            if place <= self._placing.chosen:
                name = words("{name} (choice {n})", name=name, n=place)
            made.append(Option(pool, name))
        return made


def placement_taken_back(context: PageContext, naming: Naming, placing: Placing, name: str) -> Reasoned:
    """Taking a placement back, with what is asked for it."""
    words, made = context.words, placing.placed

    def texts() -> tuple[str, str, str, str]:
        facts = {
            "name": name,
            "programme": naming.programme(made.pool) if made is not None else "",
            "by": made.placed_by if made is not None else "",
            "reason": made.reason if made is not None else "",
        }
        sentence = words(
            "{name} is placed manually in {programme} ({by}: {reason}). Revoked, they compete by rank.",
            **facts,
        )
        return words("Revoke placement"), sentence, words("Revoke"), ""

    def act(reason: str) -> Changed:
        return decisions.unplace(context.office, placing.no, reason)

    return Reasoned(texts, act)
