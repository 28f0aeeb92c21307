"""What a campaign is called, its year and how many grants were announced; the services judge and save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.gui.kit.form_panel import FormPanel
from grants_app.gui.pages.campaign_setup.forms import REASONED
from grants_app.services.campaign import structure
from grants_app.services.campaign.structure import Head
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.campaign_setup.sections import SetupShown


BESIDE: Mapping[str, str] = {
    "seats_over_total": "total", "seats_by_act": "total", "year_not_likely": "code",
    "campaign_code_used": "code", "campaign_exists": "code", "zone_unknown": "zone",
    "reason_missing": "reason",
}  # fmt: skip
"""Which field a refusal is about."""


class HeadForm(FormPanel):
    """Year, name in four languages, number of grants, version of the consent, the clock's name."""

    beside = BESIDE

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "head", parent)
        self._shown: SetupShown | None = None
        self.total = self.number("total", mark("Grants announced"), needed=True, half=True)
        self.code = self.text("code", mark("Year"), needed=True, half=True)
        self.titles = self.names("titles", mark("Name of the campaign"), needed=True)
        self.consent = self.text("consent_version", mark("Text of the consent"), half=True)
        self.zone = self.text("zone", mark("Time zone"), needed=True, half=True)
        self.zone_names = self.names("zone_names", mark("What the campaign's clock is called"))
        self.reason = self.text("reason", mark("Reason (recorded in the journal)"), needed=True)
        self.declared()

    def title(self) -> str:
        """The campaign."""
        return self.words("Campaign and number of grants")

    def ask(self, shown: SetupShown) -> None:
        """Open the change."""
        self._shown = shown
        setup = shown.campaign.setup
        self.show_field(self.reason, shown.campaign.state in REASONED)
        values = {
            key: getattr(setup, key) for key in ("code", "titles", "consent_version", "zone", "zone_names")
        }
        self.begin(shown.campaign.id, values | {"total": str(setup.total)})

    def act(self) -> None:
        """Save it."""
        if self._shown is None:
            return
        head = Head(
            code=self.code.value,
            titles=self.titles.value,
            total=self.total.number or 0,
            zone=self.zone.value,
            zone_names=self.zone_names.value,
            consent_version=self.consent.value,
        )
        seen = self._shown.campaign.version
        self.saved.emit(structure.change_head(self.context.office, head, seen, reason=self.reason.value))
