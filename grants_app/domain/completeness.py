"""What an application lacks, as one answer with its reasons; what is asked for it does not know."""

from __future__ import annotations

from dataclasses import dataclass

from grants_app.domain.values import Finding

# What is missing, by the mark of the list it stands under.
_MARKS = {
    "lacks_paper": "lacks_papers",
    "papers_not_ticked": "lacks_papers",
    "lacks_birth_date": "lacks_guardian",
    "lacks_guardian": "lacks_guardian",
    "lacks_consent": "lacks_consent",
    "lacks_guardian_signature": "lacks_consent",
    "lacks_cross_border": "lacks_consent",
    "lacks_choice": "lacks_choices",
    "programme_without_rules": "lacks_choices",
    "ort_main_absent": "lacks_results",
    "no_admitted_subject": "lacks_results",
    "criterion_absent": "lacks_results",
    "lacks_ground_paper": "lacks_grounds",
}
LACKS = tuple(dict.fromkeys(_MARKS.values()))
"""The marks of what may be missing, in the order they are told."""
BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Everything an application lacks, and where its results fall short of every programme it chose.

    `papers_known` is False where nobody ticked the papers off, as of a workbook's row: then what the file
    holds is not known, which is neither "all there" nor "missing".
    """

    lacks: tuple[Finding, ...] = ()
    below: tuple[Finding, ...] = ()
    papers_known: bool = True

    @property
    def flags(self) -> tuple[str, ...]:
        """The marks of the list: one for each kind of thing missing, one for results below the threshold."""
        kinds = dict.fromkeys(_MARKS[one.code] for one in self.lacks)
        return (*kinds, *((BELOW_THRESHOLD,) if self.below else ()))

    def lacking(self, flag: str) -> tuple[Finding, ...]:
        """What is missing under one of the marks."""
        return tuple(one for one in self.lacks if _MARKS[one.code] == flag)
