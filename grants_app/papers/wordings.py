"""A letter's wordings, read from data and filled with facts; it does not know where they stand on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.values import LANGS, Lang
from grants_app.wording import Words, local_day

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from grants_app.domain.papers import LetterFacts, PutOff


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """One language's sentences and labels of a letter, as its TOML file has them.

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
    extended: str
    key: str
    signature: str
    stamp: str
    sample: str
    draft: str
    levels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter's sentences in one language, with the words that write its dates and numbers."""

    say: Sentences
    words: Words

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words of this language's sentences and labels, folded, without their points and commas."""
        texts = [text for text in asdict(self.say).values() if isinstance(text, str)]
        return frozenset(word.casefold().strip(".,:;") for text in texts for word in text.split())

    def extended_to(self, put_off: PutOff) -> str:
        """That the deadline was put off after the letter was issued, and by which order."""
        return self.say.extended.format(
            until=self.until(put_off.until), no=put_off.order_no, date=self.words.date(put_off.order_on)
        )

    def on(self, day: date) -> str:
        """A date as letters in this language write it ("2026-жылдын 7-августу")."""
        return self.words.date_long(day)

    def until(self, moment: datetime) -> str:
        """A deadline, in the zone the moment carries."""
        return self.say.confirm_text.format(
            date=self.on(local_day(moment, moment.tzinfo or UTC)), time=moment.strftime("%H:%M")
        )

    def number(self, number: str) -> str:
        """A letter's number with its sign ("№ КБ-2026-0017")."""
        return self.say.number.format(number=number)

    def basis_of(self, facts: LetterFacts) -> str:
        """The minutes the award rests on."""
        day = facts.minutes_on
        return self.say.basis_text.format(
            no=facts.minutes_no, date=self.words.date(day), date_long=self.words.date_long(day)
        )

    def position_of(self, facts: LetterFacts) -> str:
        """The place in the ranking with the score, or the place alone."""
        if not facts.score:
            return str(facts.position)
        score = self.words.number(Decimal(facts.score))
        return self.say.position_text.format(position=facts.position, score=score)

    def trace_of(self, facts: LetterFacts) -> str:
        """What leads back to the decision: run, the fingerprint's first 16 digits in fours, journal head."""
        digits = facts.fingerprint.removeprefix("sha256:")[:16]
        grouped = " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
        return self.say.trace.format(run=facts.run, fingerprint=grouped, journal=facts.journal)


Wordings = Mapping[Lang, Wording]


def load_wordings(file: Path, words_of: Callable[[Lang], Words]) -> Wordings:
    """The wordings of a letter in every language, from its TOML file in resources/letters."""
    found = msgspec.toml.decode(file.read_bytes(), type=dict[str, Sentences], strict=True)
    return {lang: Wording(found[lang], words_of(lang)) for lang in LANGS}
