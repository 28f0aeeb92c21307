"""What a campaign still needs before it can begin, with the facts a set-up does not say of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.readiness import Lack, ReadinessFacts, ReadyLine, checklist
from grants_app.domain.readiness import intake_lacks as lacks
from grants_app.services import presets, standing, upkeep
from grants_app.services.office import keys

if TYPE_CHECKING:
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office

__all__ = ["Lack", "ReadyLine", "intake_lacks", "readiness"]


def readiness(office: Office) -> tuple[ReadyLine, ...]:
    """Every line of the checklist, in its order; a sample campaign needs no place for backups and no key."""
    campaign = office.campaign()
    sample = campaign.setup.sample
    place = upkeep.backup_place(office)
    facts = ReadinessFacts(
        today=office.today(),
        # of a server's database its administrator makes the copies
        backup_place=sample or place.folder is None or place.second is not None,
        key_published=sample or keys.published(office),
        made_up=frozenset() if sample else presets.sample_signers(),
    )
    return checklist(campaign.setup, _rules(office), facts)


def intake_lacks(office: Office) -> tuple[Lack, ...]:
    """What keeps applications from being taken in, in the order to put right; () when they can be."""
    return lacks(office.campaign().setup, _rules(office))


def _rules(office: Office) -> RuleSet | None:
    try:
        return standing.current_rules(office)
    except Refused:  # a campaign without any rules: the checklist says so
        return None
