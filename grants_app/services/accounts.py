"""Why one application stands where it stands, with the run, rules and set-up that account for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Explanation
from grants_app.domain.ruleset import RuleSet
from grants_app.domain.runs import RunRecord
from grants_app.services import runs, standing
from grants_app.services.naming import Naming

if TYPE_CHECKING:
    from grants_app.services.access import Office
    from grants_app.services.naming import Speaks


@dataclass(frozen=True, slots=True)
class Account:
    """An explanation as its run recorded it, the run, the rules of the run's own version, the set-up."""

    told: Explanation
    run: RunRecord
    rules: RuleSet
    setup: CampaignSetup

    def naming(self, words: Speaks) -> Naming:
        """Names by the run's own rules, whatever is in force today."""
        return Naming(words, self.setup, self.rules)

    def data(self) -> dict[str, object]:
        """All of it as plain data, every fact under a name of its own."""
        run = self.run
        minutes = {"no": run.minutes_no, "date": run.minutes_on} if run.minutes_no else None
        return {
            **msgspec.to_builtins(self.told),
            "run": run.no,
            "state": run.kind,
            "round": run.round,
            "fingerprint": run.fingerprint,
            "minutes": minutes,
            "rules": {
                "version": self.rules.version,
                "in_force_from": self.rules.in_force_from,
                "legal_source": self.rules.legal_source,
            },
            "made_at": run.created_at,
            "sealed_at": run.sealed_at,
        }


def account(office: Office, application_no: str, run_no: int | None = None) -> Account:
    """Why an application has its place in a run, or in the one in force; nothing is computed again."""
    record = runs.run_record(office, run_no)
    if record is None:
        raise Refused("no_run_yet")
    told = runs.explain(office, application_no, record.no)
    return Account(told, record, standing.rules_of_run(office, record), office.campaign().setup)
