"""The catalogue has words for all that is said, in all four languages, and nothing else."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.gates import catalogue
from tests.gates.sources import placeholders

if TYPE_CHECKING:
    from pathlib import Path

QT_PLACE = re.compile(r"%\d")


def test_every_sentence_and_code_has_words_in_four_languages_and_none_is_obsolete() -> None:
    assert catalogue.problems() == []


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_the_compiled_catalogue_is_not_older_in_words_than_its_source(lang: str, tmp_path: Path) -> None:
    shipped = catalogue.file_of(lang).with_suffix(".mo")
    copy = catalogue.file_of(lang, tmp_path)
    copy.parent.mkdir(parents=True)
    shutil.copy(catalogue.file_of(lang), copy)
    catalogue.compile_file(copy)
    assert copy.with_suffix(".mo").read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_qts_texts_keep_their_places_and_line_ends(lang: str) -> None:
    for key, (text, *_) in catalogue.load(lang).items():
        if key.context in {"", catalogue.CODE}:
            continue
        assert sorted(QT_PLACE.findall(text)) == sorted(QT_PLACE.findall(key.text)), key
        assert text[-1:].isspace() == key.text[-1:].isspace(), key


@pytest.mark.parametrize("lang", sorted(catalogue.UNPROVEN))
def test_words_no_native_reader_has_seen_say_so(lang: str) -> None:
    blocks = catalogue.file_of(lang).read_text(encoding="utf-8").split("\n\n")[1:]
    unmarked = [block for block in blocks if block.strip() and f"# {catalogue.NATIVE_READER}" not in block]
    assert unmarked == []


def _project(folder: Path, source: str) -> Path:
    """A small project with one module; its catalogues are brought in step and worded in every language."""
    (folder / "grants_app").mkdir(parents=True)
    (folder / "grants_app/speaking.py").write_text(source, encoding="utf-8")
    catalogue.update(folder)
    for lang in catalogue.LANGUAGES:
        worded = {
            key: tuple(text or key.text for text in texts)
            for key, texts in catalogue.load(lang, folder).items()
        }
        catalogue.save(lang, worded, folder)
    return folder


SOURCE = """
def speak(words, number):
    words("Save {name}")
    words("Yes" if number else "No")
    words.plural("{n} seat", "{n} seats", number)
    raise Refused("seat_taken", seat=number)
"""


def test_all_ways_of_saying_something_are_found(tmp_path: Path) -> None:
    root = _project(tmp_path, SOURCE)
    assert {(key.context, key.text) for key in catalogue.load("ky", root)} == {
        ("", "Save {name}"),
        ("", "Yes"),
        ("", "No"),
        ("", "{n} seat"),
        ("code", "seat_taken"),
    }
    assert catalogue.problems(root) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda entries: entries.update({catalogue.Key("", "Yes"): ("",)}), "ky: no words for 'Yes'"),
        (
            lambda entries: entries.pop(catalogue.Key("code", "seat_taken")),
            "ky: no words for code 'seat_taken'",
        ),
        (
            lambda entries: entries.update({catalogue.Key("", "Save {name}"): ("{nam} сактоо",)}),
            "ky: other placeholders than in English in 'Save {name}': '{nam} сактоо'",
        ),
        (lambda entries: entries.update({catalogue.Key("", "Old"): ("Эски",)}), "ky: nobody says  'Old'"),
    ],
    ids=["empty", "missing", "placeholder", "obsolete"],
)
def test_a_gap_is_named(tmp_path: Path, change, complaint: str) -> None:  # noqa: ANN001 - a lambda over a dict
    root = _project(tmp_path, SOURCE)
    entries = catalogue.load("ky", root)
    change(entries)
    catalogue.save("ky", entries, root)
    assert catalogue.problems(root) == [complaint]


def test_a_refusal_without_the_fact_its_words_need_is_named(tmp_path: Path) -> None:
    root = _project(tmp_path, SOURCE)
    for lang in catalogue.LANGUAGES:
        entries = catalogue.load(lang, root)
        entries[catalogue.Key("code", "seat_taken")] = ("{seat} {holder}",)
        catalogue.save(lang, entries, root)
    assert catalogue.problems(root) == [
        "grants_app/speaking.py:6: seat_taken is refused without the fact 'holder' its words need"
    ]


def test_bringing_in_step_keeps_words_and_drops_what_nobody_says(tmp_path: Path) -> None:
    root = _project(tmp_path, SOURCE)
    entries = catalogue.load("ru", root)
    entries[catalogue.Key("", "Yes")] = ("Да",)
    catalogue.save("ru", entries, root)
    (root / "grants_app/speaking.py").write_text('words("Yes")\nwords("New")\n', encoding="utf-8")
    catalogue.update(root)
    assert catalogue.load("ru", root) == {catalogue.Key("", "New"): ("",), catalogue.Key("", "Yes"): ("Да",)}


def test_placeholders_are_the_names_in_braces() -> None:
    assert placeholders("{a} of {b}: {a}") == {"a", "b"}


def test_every_source_of_the_rules_that_come_with_the_program_has_words() -> None:
    known = {key.text for key in catalogue.load("ru")}
    told = {
        text
        for file in (catalogue.ROOT / "db/reference/rules").glob("*.toml")
        for text in re.findall(
            r'^(?:legal_)?source = "(.+)"$', file.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert told
    assert told <= known
