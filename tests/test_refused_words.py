"""The program says nothing that a careful reading refused, in none of the four languages."""

from __future__ import annotations

import pytest

from tests.gates import refused
from tests.gates.catalogue import LANGUAGES


def test_no_refused_word_stands_in_a_catalogue_a_letter_or_the_reference_data() -> None:
    assert refused.refused_in(refused.spoken()) == []


@pytest.mark.parametrize("rule", refused.refusals(), ids=lambda rule: f"{rule.lang}: {rule.like}")
def test_every_refusal_finds_the_words_it_was_made_for(rule: refused.Refusal) -> None:
    assert rule.lang in LANGUAGES
    assert refused.Refusal(rule.lang, rule.pattern, rule.say, rule.like).finds(rule.like, "")


def test_a_refused_word_is_named_with_its_place_and_the_word_to_use() -> None:
    planted = [("kk", "Undo the answer", "Жауапты қайтару", "Undo the answer")]
    (line,) = refused.refused_in(iter(planted))
    assert line.startswith("kk: Undo the answer: 'Жауапты қайтар'")
    assert "жауаптың күшін жою" in line


def test_a_word_refused_for_one_thing_may_be_said_of_another() -> None:
    said = [
        ("ky", "Keep selected", "Тандалганды калтыруу", "Keep selected"),
        ("ky", "no", "жок", "no"),
        ("kk", "Record the refusal", "Бас тартуды тіркеу", "Record the refusal"),
    ]
    assert refused.refused_in(iter(said)) == []


def test_every_entry_kept_in_spite_of_a_refusal_is_still_said() -> None:
    assert refused.kept() <= {name for _, name, _, _ in refused.spoken()}
