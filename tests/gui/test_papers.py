"""The papers page: letters issued, previewed as they print, saved; lists exported as they are shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from grants_app.domain.papers import LetterFacts
from grants_app.domain.rounds import Order
from grants_app.domain.ruleset import PaperBlock
from grants_app.gui.pages.papers import PapersPage
from grants_app.gui.pages.papers_data import read_letters
from grants_app.gui.widgets.labels import Label
from grants_app.papers.letter import letter_pdf
from grants_app.services import (
    awards,
    deadlines,
    demonstration,
    exports,
    intake,
    letters,
    lists,
    rule_changes,
    standing,
    stationery,
    upkeep,
)
from tests import offices
from tests.commission import too_wide
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off, outside
from tests.papers.reading import texts
from tests.services.test_verification import photograph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.pages.verify_tab import VerifyTab
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Papers:
    """The papers page on view, and what one does there."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks
        window.stack.go("papers")
        self.settle()
        page = page_of(window)
        assert isinstance(page, PapersPage)
        self.page = page
        self.view = page.letters_view

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def issue(self) -> None:
        """Press the primary button while letters are missing, and issue what the drafts show."""
        self.page.primary_action()
        self.settle()
        self.page.review.panel.act_button.click()
        self.settle()

    def tick(self, *rows: int) -> None:
        """Tick these rows by Space."""
        for row in rows:
            self.view.table.choose_row(row)
            self._qtbot.keyClick(self.view.table, Qt.Key.Key_Space)
        self.settle()

    def language(self, code: str) -> None:
        """Choose the letters' language."""
        self.view.language_edit.set_code(code)
        self.view.language_edit.chosen.emit(code)
        self.settle()


@pytest.fixture
def papers(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., Papers]:
    """Opens the papers at a stage of the sample, after its seal unless told otherwise."""

    def open_at(stage: str = "sealed") -> Papers:
        office = replace(stage_office(stage), clock=lambda: demonstration.SAMPLE_DAY)
        return Papers(office, desk_window(office), qtbot, tasks)

    return open_at


def test_before_a_seal_there_is_no_letter_and_the_page_says_why(papers: Callable[..., Papers]) -> None:
    desk = papers("settled")
    assert desk.view.empty.sentence_label.text().startswith("Уведомлений пока нет")
    assert desk.page.header.primary_button.isHidden()


def test_every_grant_gets_its_letter_once_the_drafts_were_looked_through(
    papers: Callable[..., Papers],
) -> None:
    desk = papers()
    assert desk.page.header.primary_button.text() == "Оформить 50 уведомлений…"
    desk.issue()
    assert len(letters.issued(desk.office)) == 50
    assert desk.view.table.lines.rowCount() == 50
    assert desk.page.header.primary_button.text() == "Печатать 1 уведомление…"


def test_the_preview_is_the_very_pdf(papers: Callable[..., Papers]) -> None:
    desk = papers()
    desk.issue()
    desk.view.table.choose_row(4)
    desk.settle()
    paper = desk.view.table.current_line().paper
    assert desk.view.shown_pdf == letters.preview(desk.office, paper.id)
    assert desk.view.shown_pdf.startswith(b"%PDF")


def test_the_preview_follows_the_language(papers: Callable[..., Papers]) -> None:
    desk = papers()
    desk.issue()
    paper = desk.view.table.current_line().paper
    desk.language("kk+ru")
    assert desk.view.shown_pdf == letters.preview(desk.office, paper.id, ("kk", "ru"))
    desk.language("en")
    assert desk.view.shown_pdf == letters.preview(desk.office, paper.id, ("en",))


def test_space_ticks_letters_and_the_button_counts_them(papers: Callable[..., Papers], qtbot: QtBot) -> None:
    desk = papers()
    desk.issue()
    table = desk.view.table
    for row in (1, 5):
        table.choose_row(row)
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert desk.page.header.primary_button.text() == "Печатать 2 уведомления…"
    assert desk.view.chosen_papers() == [table.lines.line(row).paper.id for row in (1, 5)]
    desk.page.tick_button.click()
    assert desk.page.header.primary_button.text() == "Печатать 50 уведомлений…"


def test_ticked_letters_are_saved_as_one_file_and_a_saved_file_is_no_print(
    papers: Callable[..., Papers], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = papers()
    desk.issue()
    desk.view.table.choose_row(0)
    qtbot.keyClick(desk.view.table, Qt.Key.Key_Space)
    target = tmp_path / "letters.pdf"
    desk.page.ask_save()
    desk.page.save_panel.path_edit.setText(str(target))
    desk.page.save_panel.act_button.click()
    desk.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert sum(paper.prints for paper in letters.issued(desk.office)) == 0
    assert upkeep.journal(desk.office, limit=1)[1][0].act == "paper.saved"


def test_a_file_already_there_is_replaced_only_after_a_second_press(
    papers: Callable[..., Papers], tmp_path: Path
) -> None:
    desk = papers()
    desk.page.apply_filter({"kind": "public"})
    desk.settle()
    target = tmp_path / "list.csv"
    target.write_text("mine", encoding="utf-8")
    panel = desk.page.lists_view.export_panel
    panel.form_tabs.choose("csv")
    panel.path_edit.setText(str(target))
    panel.act_button.click()
    desk.settle()
    assert target.read_text(encoding="utf-8") == "mine"
    panel.act_button.click()
    desk.settle()
    assert target.read_text(encoding="utf-8-sig") != "mine"


def test_a_place_that_cannot_be_written_is_said_in_words(
    papers: Callable[..., Papers], tmp_path: Path
) -> None:
    desk = papers()
    desk.page.apply_filter({"kind": "ledger"})
    desk.settle()
    panel = desk.page.lists_view.export_panel
    panel.path_edit.setText(str(tmp_path))
    panel.act_button.click()
    assert "папка" in panel.failure_label.text()


@pytest.mark.parametrize("kind", ["shortlist", "public", "reserve", "ledger", "applications"])
def test_a_list_exported_holds_the_rows_of_the_one_on_view(
    papers: Callable[..., Papers], tmp_path: Path, kind: str
) -> None:
    desk = papers()
    desk.page.apply_filter({"kind": kind})
    desk.settle()
    view = desk.page.lists_view
    assert view.table is not None
    assert view.table.rows == lists.table(desk.office, desk.page.words.current, kind).rows
    view.export_panel.form_tabs.choose("csv")
    target = tmp_path / f"{kind}.csv"
    view.export_panel.path_edit.setText(str(target))
    view.export_panel.act_button.click()
    desk.settle()
    text = target.read_bytes().decode("utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    assert len([row for row in rows if row]) >= len(view.table.rows)
    assert exports.drawn(view.table, desk.page.words.current, "csv") == target.read_bytes()


def test_the_list_on_view_is_the_very_pdf(papers: Callable[..., Papers]) -> None:
    desk = papers()
    desk.page.apply_filter({"kind": "reserve"})
    desk.settle()
    words = desk.page.words.current
    made = lists.table(desk.office, words, "reserve")
    assert desk.page.lists_view.shown_pdf == exports.drawn(made, words, "pdf")


def test_a_letter_that_waits_for_a_paper_says_for_which(papers: Callable[..., Papers]) -> None:
    desk = papers()
    rules = standing.current_rules(desk.office)
    blocks = (PaperBlock(paper="medical", stage="letter"),)
    rule_changes.put(desk.office, replace(rules, blocks=blocks, unkept_papers_block=True), "решение")
    desk.page.refresh()
    desk.settle()
    assert {row.state for row in read_letters(desk.office).rows} == {"stopped"}
    view = desk.page.letters_view
    view.table.choose_row(0)
    assert "086-У" in view.empty.sentence_label.text()
    assert "Выпустить" not in desk.page.header.primary_button.text()


def test_the_drafts_are_shown_watermarked_and_going_back_spends_no_number(
    papers: Callable[..., Papers],
) -> None:
    desk = papers()
    desk.page.primary_action()
    desk.settle()
    review = desk.page.review
    assert desk.view.right.currentWidget() is review
    text = " ".join(texts(review.shown_pdf)[0].split())
    assert "ДОЛБООР" in text or "ЧЕРНОВИК" in text
    assert letters.NO_NUMBER in text
    review.panel.cancel_button.click()
    desk.settle()
    assert letters.issued(desk.office) == []
    assert desk.view.right.currentWidget() is not review


def test_the_row_of_somebody_without_a_letter_shows_its_draft(papers: Callable[..., Papers]) -> None:
    desk = papers()
    desk.view.table.choose_row(2)
    desk.settle()
    row = desk.view.table.current_line()
    assert row.full_name in " ".join(texts(desk.view.shown_pdf)[0].split())
    assert letters.issued(desk.office) == []


def test_ticks_choose_who_gets_a_letter(papers: Callable[..., Papers]) -> None:
    desk = papers()
    desk.tick(0, 3, 4)
    chosen = [desk.view.table.lines.line(row).application_no for row in (0, 3, 4)]
    assert desk.page.header.primary_button.text() == "Оформить 3 уведомления…"
    desk.issue()
    assert len(letters.issued(desk.office)) == 3
    with desk.office.store.reading() as reading:
        got = {reading.application(paper.application or 0).no for paper in letters.issued(desk.office)}
    assert got == set(chosen)


def test_one_persons_trouble_is_named_and_the_others_get_their_letters(papers: Callable[..., Papers]) -> None:
    desk = papers()
    known = intake.application_by_no(desk.office, awards.ledger(desk.office)[0].application_no)
    person = replace(known.entry.person, latin="Aida 漢")
    with desk.office.store.work(desk.office.demand("intake")) as work:
        work.persons.put(known.person_id, person)
        work.commit()
    desk.page.primary_action()
    desk.settle()
    assert known.entry.person.full_name in desk.page.review.left_label.text()
    assert desk.page.review.panel.act_button.text().startswith("Оформить 49")
    desk.page.review.panel.act_button.click()
    desk.settle()
    assert len(letters.issued(desk.office)) == 49
    assert known.entry.person.full_name in desk.page.strip.text


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_letters_are_counted_once_the_printer_took_them_and_how_many_is_said(
    papers: Callable[..., Papers], tmp_path: Path
) -> None:
    desk = papers()
    desk.issue()
    chosen = [paper.id for paper in letters.issued(desk.office)[:4]]
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    desk.page.send(chosen, printer)
    desk.settle()
    assert {paper.prints for paper in letters.issued(desk.office)} == {0}
    assert "не принял" in desk.page.strip.text
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    desk.page.send(chosen, printer)
    desk.settle()
    assert desk.page.strip.text == "Отправлено на принтер: 4"
    assert [paper.prints for paper in letters.issued(desk.office)[:5]] == [1, 1, 1, 1, 0]


def test_a_letter_printed_before_its_deadline_was_put_off_is_marked_in_the_list(
    papers: Callable[..., Papers],
) -> None:
    desk = papers()
    desk.issue()
    line = desk.view.table.lines.line(0)
    letters.count_printed(desk.office, [line.paper.id])
    due = next(
        one.deadline for one in awards.ledger(desk.office) if one.application_no == line.application_no
    )
    order = Order("18-к", demonstration.SAMPLE_DAY.date(), "паводок")
    deadlines.extend(desk.office, (line.application_no,), due + timedelta(days=3), order)
    desk.page.refresh()
    desk.settle()
    assert [row.state for row in read_letters(desk.office).rows][:2] == ["extended", "issued"]


# Verifying


def proven(desk: Papers, path: Path, name: str = "") -> VerifyTab:
    """Verify a file on the tab."""
    desk.page.tabs.choose("verify")
    tab = desk.page.verify_tab
    tab.panel.path_edit.setText(str(path))
    tab.panel.name_edit.setText(name)
    tab.panel.act_button.click()
    desk.settle()
    return tab


def said(tab: VerifyTab) -> str:
    """All the verdict's column says."""
    from grants_app.gui.widgets.panels import FactRow, ItemRow

    rows = [row.text for row in tab.result.findChildren(ItemRow)]
    rows += [label.text() for label in tab.result.findChildren(Label)]
    rows += [f"{row.text}: {row.value}" for row in tab.result.findChildren(FactRow)]
    return "\n".join(rows)


def test_each_verdict_is_said_in_words(papers: Callable[..., Papers], tmp_path: Path) -> None:
    desk = papers()
    offices.make_real(desk.office)
    letters.issue_missing(desk.office)
    paper = letters.issued(desk.office)[0]
    letters.write_chosen(desk.office, [paper.id], tmp_path / "letter.pdf", ("ru",))
    photograph(tmp_path / "letter.pdf", tmp_path / "letter.png")
    tab = proven(desk, tmp_path / "letter.pdf")
    assert "Подлинное" in said(tab)
    assert not [code for code in ("6B0", "KAZNU", "ENU-", "match") if code in said(tab)]
    tab = proven(desk, tmp_path / "letter.png")
    assert "Пока не доказано" in said(tab)
    facts = msgspec.json.decode(paper.facts, type=LetterFacts)
    assert "Подлинное" in said(proven(desk, tmp_path / "letter.png", facts.full_name))
    assert "Пока не доказано" in said(proven(desk, tmp_path / "letter.pdf", "Асанов Үсөн"))
    forged = letter_pdf(
        replace(facts, full_name="Асанов Үсөн"), ("ru",), stationery.wordings(), stationery.fonts()
    )
    (tmp_path / "forged.pdf").write_bytes(forged)
    assert "Подделка" in said(proven(desk, tmp_path / "forged.pdf"))
    (tmp_path / "bees.txt").write_text("bees", encoding="utf-8")
    assert "Не читается" in said(proven(desk, tmp_path / "bees.txt"))
    line = next(line for line in awards.ledger(desk.office) if line.award == paper.award)
    awards.record(desk.office, line.application_no, "decline")
    assert "Недействительно" in said(proven(desk, tmp_path / "letter.pdf"))
    desk.window.words.switch("ky")
    assert "Күчүн жоготкон" in said(tab), "worded anew in another language"


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_cut_off_in_kyrgyz(papers: Callable[..., Papers], size: tuple[int, int]) -> None:
    desk = papers()
    desk.window.resize(*size)
    desk.window.words.switch("ky")
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.page.primary_action()
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.page.review.panel.act_button.click()
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.page.ask_save()
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.page.apply_filter({"kind": "applications"})
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    assert outside(desk.page) == []
    desk.page.apply_filter({"tab": "verify"})
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) + outside(desk.page) == []
