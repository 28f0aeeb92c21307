"""The faces on paper: every letter of our languages is there, what is not is found before printing."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.names import unprintable
from grants_app.papers.styles import load_fonts
from grants_app.paths import shipped

if TYPE_CHECKING:
    from grants_app.papers.styles import Fonts
    from grants_app.papers.wordings import Wordings

ALPHABETS = {
    "ky": "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ",
    "kk": "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ",
    "signs": "№«»–—„“”’…·§°\u00a0\u20c0",  # U+20C0 is the som sign
}


@pytest.mark.parametrize("letters", ALPHABETS.values(), ids=ALPHABETS)
def test_every_letter_of_our_languages_is_in_every_face(fonts: Fonts, letters: str) -> None:
    for letter in letters + letters.lower():
        assert ord(letter) in fonts.drawable, letter
        assert all(ord(letter) in widths for widths in fonts.widths.values())


def test_every_wording_can_be_printed(fonts: Fonts, wordings: Wordings) -> None:
    for wording in wordings.values():
        for name in wording.say.__slots__:
            value = getattr(wording.say, name)
            for text in value.values() if isinstance(value, dict) else [value]:
                assert not isinstance(text, str) or fonts.printable(text) == text


def test_the_licence_lies_beside_the_faces() -> None:
    for licence in ("PT_Sans-OFL.txt", "PT_Serif-OFL.txt"):
        assert "SIL Open Font License" in shipped(f"resources/fonts/{licence}").read_text("utf-8-sig")


def test_letters_typed_as_letter_and_accent_become_one(fonts: Fonts) -> None:
    assert fonts.printable("Аи\u0306гу\u0308л") == "Айгӱл"


def test_look_alikes_stand_in_and_invisible_marks_go(fonts: Fonts) -> None:
    assert fonts.printable("a\u202eb\u200bc\x00d\u202fe\tf") == "abcd\u00a0e f"


@pytest.mark.parametrize("letter", ["😀", "ש", "王", "\ue000"])
def test_a_letter_the_faces_lack_is_named(fonts: Fonts, letter: str) -> None:
    with pytest.raises(Refused) as refusal:
        fonts.printable(f"Асанов {letter}")
    assert refusal.value.code == "glyph_missing"
    assert refusal.value.facts == {
        "character": letter, "code_point": f"U+{ord(letter):04X}", "text": f"Асанов {letter}",
    }  # fmt: skip


def test_the_faces_can_be_loaded_twice(fonts: Fonts) -> None:
    assert load_fonts(shipped("resources/fonts")) == fonts


def test_what_the_judge_lets_through_every_face_can_print(fonts: Fonts) -> None:
    for point in range(0x20, sys.maxunicode + 1):
        letter = chr(point)
        if unicodedata.category(letter) in ("Cs", "Cn", "Co"):
            continue
        try:
            fonts.printable(letter)
        except Refused:
            assert unprintable(letter), f"U+{point:04X}"
        else:
            assert not unprintable(letter), f"U+{point:04X}"
