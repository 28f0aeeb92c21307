"""The fonts and the letters' wordings papers are drawn with, out of the shipped files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.values import LANGS, Names
from grants_app.papers.styles import load_fonts
from grants_app.papers.wordings import load_wordings
from grants_app.paths import shipped
from grants_app.wording import Words

if TYPE_CHECKING:
    from grants_app.domain.campaign import Branch
    from grants_app.papers.styles import Fonts
    from grants_app.papers.wordings import Wordings


def fonts() -> Fonts:
    """The fonts, registered with the PDF writer."""
    return load_fonts(shipped("resources/fonts"))


def wordings() -> Wordings:
    """The award letter's sentences in all four languages."""
    return load_wordings(shipped("resources/letters/award.toml"), Words)


def letterhead(branch: Branch) -> Names:
    """The lines under a branch's name: those set up, else where it is and how it is reached."""
    reached = {lang: (branch.address.get(lang), branch.phone, branch.hours.get(lang)) for lang in LANGS}
    plain = {lang: " · ".join(part for part in parts if part) for lang, parts in reached.items()}
    return Names(**{lang: branch.letterhead.get(lang) or plain[lang] for lang in LANGS})
