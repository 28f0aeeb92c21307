"""The annex of a confirmed chain, and whom to phone."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from grants_app.domain.award import AwardState
from grants_app.domain.rounds import GivenAnswer
from grants_app.domain.values import LANGS
from grants_app.services import annexes, awards, calls, cascades, deadlines, upkeep
from grants_app.wording import Words
from tests.services.desks import as_role, refuses
from tests.services.test_rounds import ORDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.rounds import CascadeRecord
    from grants_app.services.access import Office

DAY = date(2026, 8, 6)
LATE = datetime(2026, 8, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def sealed(office_at: Callable[[str], Office]) -> Office:
    """The sample's campaign with every grant offered."""
    return office_at("sealed")


def confirmed(office: Office, leaving: int = 4) -> CascadeRecord:
    """A chain of so many refusals, done."""
    lines = [line for line in awards.ledger(office) if line.award is not None]
    given = [
        GivenAnswer(application=line.application_no, answer="decline", reason="заявление")
        for line in lines[:: len(lines) // leaving][:leaving]
    ]
    return cascades.confirm(office, cascades.preview(office, given), "4", DAY)


def read(data: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


@pytest.mark.parametrize("lang", LANGS)
def test_the_annex_tells_every_step_with_its_number_and_the_runs_fingerprint_on_every_page(
    sealed: Office, lang: str
) -> None:
    record = confirmed(sealed)
    told = cascades.document_of(record)
    pages = read(annexes.drawn(sealed, record, Words(lang)))
    flat = " ".join(" ".join(pages).split())
    for chain in told.chains:
        for step in chain:
            assert step.application in flat
    assert all(told.fingerprint in page for page in pages)
    assert str(told.after.total) in flat
    assert Words(lang)("Annex to minutes No. {number}", number="4") in flat


def test_the_same_chain_gives_the_same_bytes_and_going_out_is_journalled(
    sealed: Office, tmp_path: Path, words: Words
) -> None:
    record = confirmed(sealed)
    target = tmp_path / "annex.pdf"
    annexes.write(sealed, record, words, target)
    assert target.read_bytes() == annexes.drawn(sealed, record, words)
    annexes.record_printed(sealed, record)
    assert upkeep.journal(sealed, act="annex.printed")[0] == 2
    with refuses("not_allowed"):
        annexes.write(as_role(sealed, "auditor"), record, words, target)


def test_an_annex_words_every_kind_of_step(sealed: Office, words: Words) -> None:
    told = cascades.document_of(confirmed(sealed))
    first = told.chains[0][0]
    kinds = ("confirmed", "declined", "expired", "free", "moves", "stays_empty", "tie", "enters")
    said = {annexes.step_text(replace(first, kind=kind), words) for kind in kinds}
    assert len(said) == len(kinds)
    assert "7" in annexes.step_text(replace(first, kind="enters", reserve=7), words)


def test_who_is_overdue_is_phoned_first_and_who_is_due_soon_after(sealed: Office) -> None:
    late = replace(sealed, clock=lambda: LATE)
    assert calls.waiting(sealed) == ()
    numbers = [line.application_no for line in awards.ledger(sealed)]
    deadlines.extend(sealed, numbers[:3], LATE + timedelta(days=1), ORDER)
    deadlines.extend(sealed, numbers[3:5], LATE + timedelta(days=9), ORDER)
    awards.record(sealed, numbers[5], "confirm")
    found = calls.waiting(late)
    assert [call.overdue for call in found] == [True] * 44 + [False] * 3
    assert {call.line.application_no for call in found[-3:]} == set(numbers[:3])
    assert all(call.line.state is AwardState.OFFERED for call in found)


def test_a_call_is_noted_and_the_last_note_is_shown(sealed: Office) -> None:
    late = replace(sealed, clock=lambda: LATE)
    number = calls.waiting(late)[0].line.application_no
    calls.note(late, number.lower(), "не отвечает")
    calls.note(late, number, "  перезвонит\nзавтра ")
    first = calls.waiting(late)[0]
    assert (first.note, first.noted_by) == ("перезвонит завтра", late.actor.name)
    assert first.noted_at is not None
    for text, code in ((" ", "note_missing"), ("я" * 301, "note_too_long")):
        with refuses(code):
            calls.note(late, number, text)
    with refuses("no_award"):
        calls.note(late, "B-9999", "не отвечает")
    with refuses("not_allowed"):
        calls.note(as_role(late, "auditor"), number, "не отвечает")
