"""What a grant hangs on, in plain words, for windows and papers alike; it computes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grants_app.domain.sensitivity import Fragile
    from grants_app.services.naming import Naming


def why_text(naming: Naming, one: Fragile) -> str:
    """The small change that would take the grant, in one sentence."""
    facts = dict(one.why.facts)
    if "criterion" in facts:
        facts["criterion"] = naming.criterion(facts["criterion"])
    if "programme" in facts:
        names = {programme.code: programme.names for programme in naming.setup.programmes}
        known = names.get(facts["programme"])
        facts["programme"] = known.get(naming.words.lang) if known else facts["programme"]
    return naming.words.code(one.why.code, **facts)


def after_text(naming: Naming, one: Fragile) -> str:
    """What the holder would have then: another programme, a tie to wait for, or nothing."""
    if one.after:
        return naming.programme(one.after)
    return naming.words("tie, the commission decides") if one.tied else naming.words("no grant")
