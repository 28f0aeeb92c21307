"""A letter's wordings, read from data and filled with facts; it does not know where they stand on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from grants_app.domain.papers import LetterFacts
from grants_app.domain.values import LANGS, Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language's sentences and labels of a letter; `{…}` in a `…_text` are filled by the methods.

    `proofread` is False while a native reader's proof is still wanted.
    """

    proofread: bool
    title: str
    intro: str
    name: str
    guardian: str
    programme: str
    level: str
    basis: str
    position: str
    confirm: str
    basis_text: str
    position_text: str
    confirm_text: str
    act: str
    act_undated: str
    verify: str
    trace: str
    number: str
    replaces: str
    reprint: str
    signature: str
    stamp: str
    sample: str
    levels: Mapping[str, str]
    date: str
    short_date: str
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]
    decimal_sign: str

    def on(self, day: date, *, short: bool = False) -> str:
        """A date as letters in this language write it ("2026-жылдын 7-августу"), or as references do."""
        pattern = self.short_date if short else self.date
        month = self.months[day.month - 1]
        return pattern.format(
            year=day.year, month=month, day=day.day, dd=f"{day.day:02}", mm=f"{day.month:02}"
        )

    def until(self, moment: datetime) -> str:
        """A deadline, in the zone the moment carries."""
        return self.confirm_text.format(date=self.on(moment.date()), time=moment.strftime("%H:%M"))

    def basis_of(self, facts: LetterFacts) -> str:
        """The minutes the award rests on."""
        return self.basis_text.format(no=facts.minutes_no, date=self.on(facts.minutes_on, short=True))

    def position_of(self, facts: LetterFacts) -> str:
        """The place in the ranking with the score, or the place alone."""
        if not facts.score:
            return str(facts.position)
        score = facts.score.replace(".", self.decimal_sign)
        return self.position_text.format(position=facts.position, score=score)

    def trace_of(self, facts: LetterFacts) -> str:
        """What leads back to the decision: run, the fingerprint's first 16 digits in fours, journal head."""
        digits = facts.fingerprint.removeprefix("sha256:")[:16]
        grouped = " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
        return self.trace.format(run=facts.run, fingerprint=grouped, journal=facts.journal)


def load_wordings(file: Path) -> Mapping[Lang, Wording]:
    """The wordings of a letter in every language, from its TOML file in resources/letters."""
    found = msgspec.toml.decode(file.read_bytes(), type=dict[str, Wording], strict=True)
    return {lang: found[lang] for lang in LANGS}
