"""Which role may do which act: one table, asked by every use case before it does anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.permit import Permit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.journal import Actor, Role

_CHAIR: frozenset[Role] = frozenset({"chair"})
_SECRETARY: frozenset[Role] = _CHAIR | {"secretary"}
_OFFICER: frozenset[Role] = _SECRETARY | {"officer"}
_ANYBODY: frozenset[Role] = _OFFICER | {"verifier", "auditor"}

# product.md: officers type in, verifiers retype, secretaries run and print, the chair decides and seals,
# auditors read. The secretary prepares what the chair approves, so the chair may do all a secretary may.
RIGHTS: Mapping[str, frozenset[Role]] = {
    # the desk
    "sit_down": _ANYBODY,
    "found": _ANYBODY,
    "backup": _ANYBODY,
    "restore": _OFFICER,
    # the register
    "intake": _OFFICER | {"verifier"},
    "import": _OFFICER,
    "verify": _OFFICER | {"verifier"},  # whoever typed a number is refused by name, whatever the role
    "decide_second_look": _OFFICER | {"verifier"},
    "decide_conflict": _OFFICER | {"verifier"},
    # set-up, rules and runs
    "setup": _SECRETARY,
    "draw_second_look": _SECRETARY,
    "setup_export": _ANYBODY,
    "run": _SECRETARY,
    "decide_tie": _SECRETARY,
    "place": _SECRETARY,
    "seal": _SECRETARY,
    # grants
    "award": _OFFICER,
    "extend": _SECRETARY,
    "revoke": _CHAIR,
    # The secretary records sittings, votes, interests and appeals; an appeal is decided by the chair.
    "commission": _SECRETARY,
    "appeal": _SECRETARY,
    "decide_appeal": _CHAIR,
    # papers
    "papers": _OFFICER,
    "publish_key": _SECRETARY,
    # the campaign as a whole
    "close": _CHAIR,
    "reopen": _CHAIR,
}


def acts_of(role: Role) -> frozenset[str]:
    """Every act the role may do."""
    return frozenset(act for act, roles in RIGHTS.items() if role in roles)


def demand(actor: Actor, act: str, branch: str = "", subject: str = "") -> Permit:
    """The permit for an act; Refused where the table gives the actor's role no right to it.

    `branch` is the branch the act concerns and `subject` the number of what it is about, where known
    beforehand. An act without a row in the table is a bug, not a refusal: KeyError.
    """
    if actor.role not in RIGHTS[act]:
        raise Refused("not_allowed", role=actor.role, act=act)
    return Permit(
        account=actor.name,
        role=actor.role,
        branch=actor.branch,
        act=act,
        concerned=branch or actor.branch,
        subject=subject,
    )
