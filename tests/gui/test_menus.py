"""The menu bar's letters: each opens its own menu, from the keyboard an officer has."""

from __future__ import annotations

import pytest

from grants_app.gui.keys import MENUS
from grants_app.wording import Words

# The letters on a Russian keyboard: ң, ө, ү and the Kazakh ones are on none of its keys.
RUSSIAN_KEYS = frozenset("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ")


@pytest.mark.parametrize("lang", ["ky", "ru", "kk"])
def test_every_menu_opens_by_its_own_letter_of_a_russian_keyboard(lang: str) -> None:
    words = Words(lang)
    worded = [words(text) for _, text in MENUS]
    letters = [text[text.index("&") + 1].upper() for text in worded]
    assert len(set(letters)) == len(letters)
    assert RUSSIAN_KEYS.issuperset(letters)
