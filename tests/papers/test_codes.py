"""A letter's code: what it carries is proved or refused, and nobody can be read from it."""

from __future__ import annotations

import base64
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Altered, Refused
from grants_app.papers.codes import key_id, make_code, name_digest, name_matches, read_code, verify_code
from grants_app.papers.qr import qr_modules

if TYPE_CHECKING:
    from grants_app.domain.papers import CodePayload
    from tests.papers.conftest import Key

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ "


def test_a_code_says_what_was_signed(key: Key, payload: CodePayload) -> None:
    code = make_code(payload, key.private)
    assert verify_code(code, [key.public]) == payload
    assert read_code(code) == payload


def test_the_same_paper_has_the_same_code(key: Key, payload: CodePayload) -> None:
    assert make_code(payload, key.private) == make_code(replace(payload), key.private)


def test_a_code_of_a_key_nobody_trusts_is_refused(key: Key, other_key: Key, payload: CodePayload) -> None:
    with pytest.raises(Refused) as refusal:
        verify_code(_by(other_key, payload), [key.public])
    assert refusal.value.code == "code_key_unknown"


def test_a_code_that_names_a_trusted_key_but_was_signed_by_another_is_altered(
    key: Key, other_key: Key, payload: CodePayload
) -> None:
    genuine, forged = make_code(payload, key.private), _by(other_key, payload)
    mixed = f"{genuine.rsplit('.', 1)[0]}.{forged.rsplit('.', 1)[1]}"
    with pytest.raises(Altered):
        verify_code(mixed, [key.public])


def test_no_altered_character_is_accepted(key: Key, payload: CodePayload) -> None:
    chance = random.Random(7)
    code = make_code(payload, key.private)
    for _ in range(1000):
        place = chance.randrange(len(code))
        letter = chance.choice([letter for letter in LETTERS if letter != code[place]])
        with pytest.raises(Refused):
            verify_code(code[:place] + letter + code[place + 1 :], [key.public])


def test_the_unused_bits_of_the_last_character_are_not_free(key: Key, payload: CodePayload) -> None:
    code = make_code(payload, key.private)
    twins = [letter for letter in LETTERS[:64] if letter != code[-1]]
    for letter in twins:
        with pytest.raises(Refused):
            verify_code(code[:-1] + letter, [key.public])


def test_no_shortened_or_lengthened_code_is_accepted(key: Key, payload: CodePayload) -> None:
    code = make_code(payload, key.private)
    for wrong in [code[:cut] for cut in range(len(code))] + [code + "A", code + "=", " " + code, code + "\n"]:
        with pytest.raises(Refused):
            verify_code(wrong, [key.public])


def test_the_name_cannot_be_read_from_the_code(key: Key, payload: CodePayload) -> None:
    code = make_code(payload, key.private)
    carried = base64.urlsafe_b64decode(code.split(".")[1] + "==").decode()
    assert "Үсөнова" not in carried
    assert "Айгерим" not in carried
    assert carried.startswith('["КБ-2026-0017","6B06102","KAZNU-BSH","2026-08-07",4,')


def test_a_name_matches_however_it_was_typed(payload: CodePayload) -> None:
    assert name_matches(payload, "  үсөнова  АЙГЕРИМ Бакытовна ")
    assert name_matches(payload, "Үсөнова Аи\u0306герим Бакытовна")


def test_another_name_does_not_match(payload: CodePayload) -> None:
    assert not name_matches(payload, "Усөнова Айгерим Бакытовна")
    assert not name_matches(payload, "Үсөнова Айгерим")


def test_the_same_name_on_two_papers_has_two_digests() -> None:
    assert name_digest(b"1" * 8, "Үсөнова") != name_digest(b"2" * 8, "Үсөнова")


def test_the_code_stays_small_enough_to_scan(key: Key, payload: CodePayload) -> None:
    wide = replace(payload, number="КБ-2026-123456", programme="7M06102", branch="ENU-OSH-LONG", run=12345)
    assert qr_modules(make_code(wide, key.private)).side <= 65  # version 12


def test_a_payload_is_signed_by_the_key_it_names(other_key: Key, payload: CodePayload) -> None:
    with pytest.raises(ValueError, match="another key"):
        make_code(payload, other_key.private)


def _by(key: Key, payload: CodePayload) -> str:
    return make_code(replace(payload, key=key_id(key.public)), key.private)
