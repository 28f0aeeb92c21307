"""Pictures of proof: the keys known here, every verdict, drafts before numbers, what is still open."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtTest import QTest

from grants_app.domain.papers import LetterFacts
from grants_app.papers.letter import letter_pdf
from grants_app.services import awards, demonstration, intake, letters, stationery
from grants_app.services.office import keys
from tests import offices
from tests.scenes import Scene
from tests.services.desks import as_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.application import Application
    from grants_app.services.access import Office
    from tests.scenes import Stage

_FOLDER = Path(tempfile.gettempdir()) / "grants-scenes-proof"


def _office(stage: Stage) -> Office:
    """The sealed sample as a real campaign on the day of its letters, four of them issued."""
    office = replace(stage.office, clock=lambda: demonstration.SAMPLE_DAY)
    if office.campaign().setup.sample:
        offices.make_real(office)
    if not letters.issued(office):
        numbers = [line.application_no for line in awards.ledger(office)][:4]
        letters.issue(office, numbers)
        papers = letters.issued(office)
        _FOLDER.mkdir(exist_ok=True)
        letters.write_chosen(office, [papers[0].id], _FOLDER / "letter.pdf", ("ky", "ru"))
        letters.write_chosen(office, [papers[1].id], _FOLDER / "void.pdf", ("ru",))
        facts = msgspec.json.decode(papers[0].facts, type=LetterFacts)
        forged = replace(facts, full_name="Асанов Үсөн Бакытович")
        (_FOLDER / "forged.pdf").write_bytes(
            letter_pdf(forged, ("ky", "ru"), stationery.wordings(), stationery.fonts())
        )
        _picture(_FOLDER / "letter.pdf", _FOLDER / "letter.png")
        (_FOLDER / "note.pdf").write_bytes(b"%PDF-1.4 nothing")
        line = next(line for line in awards.ledger(office) if line.award == papers[1].award)
        awards.record(office, line.application_no, "decline")
    return office


def _picture(paper: Path, target: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(paper.read_bytes())
    document[0].render(scale=200 / 72).to_pil().save(target)
    document.close()


def _taken(stage: Stage, page: str) -> Any:
    office = _office(stage)
    stage.window.parts.desk.take(office)
    stage.settle()
    stage.window.stack.go(page)
    stage.settle()
    return stage.page


def _keys(stage: Stage) -> Any:
    page = _taken(stage, "campaign")
    page.tabs.choose("keys")
    stage.settle()
    return page.keys_tab


def _keys_own(stage: Stage) -> None:
    _keys(stage)


def _keys_trusted(stage: Stage) -> None:
    office = _office(stage)
    keys.publish(office, _FOLDER / "own.key")
    folder = _FOLDER / "other"
    if not folder.exists():
        folder.mkdir()
        other = offices.new_office(folder)
        keys.publish(other, _FOLDER / "other.key")
        other.store.close()
    keys.trust(_FOLDER / "other.key", office.folders.trusted_keys)
    tab = _keys(stage)
    tab.table.choose_row(1)
    stage.settle()


def _keys_trust(stage: Stage) -> None:
    _keys_trusted(stage)
    tab = stage.page.keys_tab  # type: ignore[attr-defined]  # the campaign's page
    tab.ask("trust")
    tab.trust_panel.path_edit.setText(str(_FOLDER / "other.key"))
    tab.trust_panel.act_button.click()
    stage.settle()


def _keys_publish(stage: Stage) -> None:
    _keys(stage).ask("publish")
    stage.settle()


def _verify(file: str, name: str = "") -> Callable[[Stage], None]:
    def setup(stage: Stage) -> None:
        page = _taken(stage, "papers")
        page.tabs.choose("verify")
        panel = page.verify_tab.panel
        if file:
            panel.path_edit.setText(str(_FOLDER / file))
            panel.name_edit.setText(name)
            panel.act_button.click()
        stage.settle()

    return setup


def _draft(stage: Stage) -> None:
    page = _taken(stage, "papers")
    table = page.letters_view.table
    table.choose_row(table.lines.rowCount() - 2)
    stage.settle()
    _drawn(page.letters_view.preview)


def _drawn(preview: Any) -> None:
    """Wait until PDFium has drawn what is on view."""
    for _ in range(100):
        QTest.qWait(50)
        if preview.drawn_pages:
            break


def _unprintable(stage: Stage) -> Application:
    office = stage.office
    known = intake.application_by_no(office, awards.ledger(office)[-1].application_no)
    person = replace(known.entry.person, latin="Ａida 漢")
    with office.store.work(office.demand("intake")) as work:
        work.persons.put(known.person_id, person)
        work.commit()
    return known


def _review(stage: Stage) -> None:
    page = _taken(stage, "papers")
    _unprintable(stage)
    page.primary_action()
    stage.settle()
    _drawn(page.review.preview)


def _still_open(stage: Stage) -> None:
    office = as_role(_office(stage), "chair")
    late = replace(office, clock=lambda: datetime(2026, 8, 21, 3, tzinfo=UTC))
    stage.window.parts.desk.take(late)
    stage.settle()
    stage.window.stack.go("campaign")
    stage.settle()
    stage.page.right.ask_act("close")  # type: ignore[attr-defined]  # the campaign's page
    stage.settle()


SCENES = (
    Scene("proof_keys_own", "campaign", _keys_own),
    Scene("proof_keys_publish", "campaign", _keys_publish),
    Scene("proof_keys_trusted", "campaign", _keys_trusted),
    Scene("proof_keys_trust", "campaign", _keys_trust),
    Scene("proof_verify_empty", "papers", _verify("")),
    Scene("proof_verify_genuine", "papers", _verify("letter.pdf")),
    Scene("proof_verify_name", "papers", _verify("letter.png")),
    Scene("proof_verify_void", "papers", _verify("void.pdf")),
    Scene("proof_verify_forged", "papers", _verify("forged.pdf")),
    Scene("proof_verify_unreadable", "papers", _verify("note.pdf")),
    Scene("proof_letter_draft", "papers", _draft),
    Scene("proof_letters_review", "papers", _review),
    Scene("proof_still_open", "campaign", _still_open),
)
