"""The list of applicants and the entry form beside it, used by keys alone on a real database."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from grants_app.domain.application import State
from grants_app.gui.frame_reading import found
from grants_app.gui.widgets.panels import ItemRow
from grants_app.services import campaign_acts, drafts, intake, upkeep
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.pages.applicants import ApplicantsPage
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

CTRL = Qt.KeyboardModifier.ControlModifier
PIN = "11503200800412"


@pytest.fixture
def office(stage_office: Callable[[str], Office]) -> Office:
    """The sample campaign just imported, conflicts and all."""
    return stage_office("imported")


@pytest.fixture
def window(desk_window: Callable[..., MainWindow], office: Office) -> MainWindow:
    """The window at that office, the applicants on view."""
    made = desk_window(office)
    made.stack.go("applicants")
    return made


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, tasks: Tasks) -> ApplicantsPage:
    """The applicants' page."""
    settle(qtbot, tasks)
    return page_of(window)


def field_with_caret(page: ApplicantsPage) -> str:
    """The key of the field the caret is in."""
    return page.form.body.key_of(QApplication.focusWidget())


def go_to(page: ApplicantsPage, key: str) -> None:
    """Press Enter until the caret is in a field."""
    for _ in range(80):
        if field_with_caret(page) == key:
            return
        press(Qt.Key.Key_Return)
    pytest.fail(f"Enter never came to {key}")


def type_application(page: ApplicantsPage, pin: str = PIN) -> None:
    """Type a whole application, Enter after every field."""
    type_text(pin)
    go_to(page, "surname")
    for text in ("Осмон тегин", "Жылдыз"):
        type_text(text)
        press(Qt.Key.Key_Return)
    go_to(page, "document")
    type_text("ID4417093")
    press(Qt.Key.Key_Return)
    type_text("0555112233")
    go_to(page, "ort_main")
    type_text("198")
    press(Qt.Key.Key_Return)
    type_text("121")
    go_to(page, "choice1")
    type_text("Экология")
    press(Qt.Key.Key_Return)


def test_an_application_is_typed_and_saved_with_keys_alone(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    window.do("new")
    assert field_with_caret(page) == "pin"
    type_application(page)
    window.do("save_next")
    _, lines = intake.lines(office, search=PIN)
    saved = intake.application(office, lines[0].id)
    assert saved.entry.person.full_name == "Осмон тегин Жылдыз"
    assert saved.entry.person.phones[0].number == "+996555112233"
    assert {score.criterion: score.value for score in saved.entry.scores} == {
        "ort_main": Decimal(198), "math": Decimal(121),
    }  # fmt: skip
    assert saved.entry.choices == ("ENU-OSH/6B05201",)
    assert saved.state is State.INCOMPLETE


def test_saving_opens_the_next_blank_application(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    type_application(page)
    window.do("save_next")
    assert page.form.mode == "new"
    assert page.form.body.person.pin_edit.digits == ""
    assert field_with_caret(page) == "pin"


def test_a_pin_fills_birth_date_and_sex(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    type_text(PIN)
    person = page.form.body.person
    assert person.born_edit.text() == "15.03.2008"
    assert person.choice("sex").code == "F"


def test_a_pin_already_used_leads_to_its_application(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    line = intake.lines(office, limit=1)[1][0]
    window.do("new")
    type_text(line.pin)
    page.form.checks.judge()
    assert line.no in page.form.body.fields["pin"].message
    window.do("person_card")
    assert page.form.application is not None
    assert page.form.application.no == line.no


def test_an_impossible_result_is_told_beside_its_field(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    go_to(page, "ort_main")
    type_text("318")
    page.form.checks.judge()
    field = page.form.body.fields["ort_main"]
    assert field.state == "error"
    assert "245" in field.message


def test_an_application_with_an_error_is_not_saved_and_the_caret_goes_there(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    before = intake.lines(office)[0]
    window.do("new")
    type_application(page)
    page.form.body.focus("ort_main")
    type_text("318")
    window.do("save_next")
    assert intake.lines(office)[0] == before
    assert field_with_caret(page) == "ort_main"


def test_a_doubt_is_accepted_with_a_reason_by_keys(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    window.do("new")
    type_application(page)
    page.form.body.focus("born")
    type_text("16.03.2008")
    window.do("save_next")
    assert field_with_caret(page) == "born"
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    type_text("по паспорту")
    press(Qt.Key.Key_Return)
    window.do("save_next")
    saved = intake.application(office, intake.lines(office, search=PIN)[1][0].id)
    assert [(one.field, one.reason) for one in saved.entry.accepted] == [("born", "по паспорту")]


def test_latin_letters_in_a_cyrillic_name_are_put_right(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    page.form.body.focus("surname")
    type_text("Acaнов")  # the first two letters Latin
    press(Qt.Key.Key_Return)
    assert page.form.body.person.text("surname") == "Асанов"


def test_what_is_typed_survives_esc_and_another_start(
    window: MainWindow, page: ApplicantsPage, office: Office, desk_window: Callable[..., MainWindow]
) -> None:
    window.do("new")
    type_text(PIN)
    go_to(page, "surname")
    type_text("Осмон")
    press(Qt.Key.Key_Escape)
    assert page.form.isHidden()
    again = desk_window(office)
    again.stack.go("applicants", {"unfinished": "1"})
    form = page_of(again).form
    assert form.body.person.pin_edit.digits == PIN
    assert form.body.person.text("surname") == "Осмон"


def test_half_a_date_is_kept_as_it_was_typed(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    window.do("new")
    page.form.body.focus("born")
    type_text("15.0")
    page.form.keeper.keep_now()
    assert drafts.kept(office)[0].texts == {"born": "15.0"}


def test_a_draft_is_kept_by_itself_while_typing(
    window: MainWindow, page: ApplicantsPage, office: Office, qtbot: QtBot
) -> None:
    window.do("new")
    type_text("115")
    qtbot.waitUntil(lambda: bool(drafts.kept(office)), timeout=5000)
    assert drafts.kept(office)[0].entry.person.pin == "115"


def test_a_saved_application_leaves_no_draft(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    window.do("new")
    type_application(page)
    page.form.keeper.keep_now()
    window.do("save_next")
    assert drafts.kept(office) == ()


def test_a_name_typed_without_its_letters_is_found(page: ApplicantsPage) -> None:
    page.list.search_edit.setFocus()
    type_text("усон")
    names = [page.list.model.line(row).given for row in range(page.list.model.rowCount())]
    surnames = [page.list.model.line(row).surname for row in range(page.list.model.rowCount())]
    assert any("Үсөн" in name for name in (*names, *surnames))


def test_letters_typed_on_the_list_search_it(page: ApplicantsPage) -> None:
    page.list.table.setFocus()
    type_text("ба")
    assert page.list.search_edit.text() == "ба"


def test_a_heading_sorts_the_list(page: ApplicantsPage) -> None:
    column = next(n for n, c in enumerate(page.list.model.columns) if c.key == "score")
    page.list.model.sort(column, Qt.SortOrder.DescendingOrder)
    scores = [page.list.model.line(row).score for row in range(20)]
    assert scores == sorted(scores, reverse=True)


def test_a_filter_shows_only_what_is_ticked(page: ApplicantsPage) -> None:
    page.apply_filter({"flag": "conflict"})
    lines = [page.list.model.line(row) for row in range(page.list.model.rowCount())]
    assert len(lines) == 9
    assert all("conflict" in line.flags for line in lines)


def test_a_list_filtered_to_nothing_leads_back_to_everybody(page: ApplicantsPage) -> None:
    page.list.search_edit.setText("щщыыщщ")
    assert page.list.stack.currentWidget() is page.list.empty_state
    page.list.empty_state.act_button.click()
    assert page.list.model.rowCount() == 664


def test_the_list_makes_room_while_one_types(page: ApplicantsPage, window: MainWindow) -> None:
    page.list.table.choose_row(3)
    wide = page.list.width()
    window.do("edit")
    QApplication.processEvents()
    assert page.list.width() == 280 < wide
    assert page.form.body.columns == 2


def test_enter_on_a_line_corrects_it_and_saving_goes_to_the_next(
    page: ApplicantsPage, window: MainWindow, office: Office
) -> None:
    first, second = (page.list.model.line(row).id for row in (1, 2))
    before = intake.application(office, first)
    page.list.table.choose_row(1)
    page.list.table.setFocus()
    press(Qt.Key.Key_Return)
    page.form.body.focus("address")
    type_text("ул. Чүй, 1")
    window.do("save_next")
    after = intake.application(office, first)
    assert after.entry.person.address == "ул. Чүй, 1"
    assert after.version == before.version + 1
    assert page.form.application is not None
    assert page.form.application.id == second


def test_only_what_was_touched_changes(page: ApplicantsPage, window: MainWindow, office: Office) -> None:
    for row in range(0, 660, 60):
        known = intake.application(office, page.list.model.line(row).id)
        page.form.show_application(known)
        assert page.form.checks.current() == known.entry, known.no


def test_a_correction_of_what_another_saved_is_refused_with_a_way_out(
    page: ApplicantsPage, window: MainWindow, office: Office
) -> None:
    number = page.list.model.line(1).id
    page.list.table.choose_row(1)
    window.do("edit")
    known = intake.application(office, number)
    other = replace(known.entry, note="из другого окна")
    intake.save(office, intake.SaveForm(entry=other, application=number, seen=known.version))
    page.form.body.focus("address")
    type_text("ул. Чүй, 1")
    window.do("save_next")
    assert intake.application(office, number).entry.person.address != "ул. Чүй, 1"
    assert page.strip.text
    page.strip.action_link.click()
    assert page.form.body.reception.text("note") == "из другого окна"


def test_what_the_form_was_refused_goes_with_the_form(
    page: ApplicantsPage, window: MainWindow, office: Office
) -> None:
    number = page.list.model.line(1).id
    page.list.table.choose_row(1)
    window.do("edit")
    known = intake.application(office, number)
    other = replace(known.entry, note="из другого окна")
    intake.save(office, intake.SaveForm(entry=other, application=number, seen=known.version))
    page.form.body.focus("address")
    type_text("ул. Чүй, 1")
    window.do("save_next")
    QApplication.processEvents()
    type_text("5")
    assert page.strip.kind == "warn"
    assert page.strip.text, "typing on leaves it there"
    press(Qt.Key.Key_Escape)
    assert page.strip.text == ""
    assert QApplication.focusWidget() is page.list.table


def test_a_conflict_is_decided_with_paper_and_reason(
    page: ApplicantsPage, window: MainWindow, office: Office
) -> None:
    page.apply_filter({"flag": "conflict"})
    page.list.table.choose_row(1)
    known = page.form.application
    assert known is not None
    card = page.form.conflicts.cards[0]
    card.versions[1].setChecked(True)
    card.paper_edit.setFocus()
    type_text("заявление")
    press(Qt.Key.Key_Return)
    type_text("подпись позже")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    settled = intake.application(office, known.id)
    assert len([one for one in settled.conflicts if one.open]) == len(known.conflicts) - 1
    decided = next(one for one in settled.conflicts if not one.open)
    assert (decided.paper, decided.reason) == ("заявление", "подпись позже")


def test_withdrawing_asks_for_a_reason_and_keeps_the_application(
    page: ApplicantsPage, office: Office
) -> None:
    page.list.table.choose_row(1)
    known = page.form.application
    assert known is not None
    page.form.foot.withdraw_action.trigger()
    type_text("едет учиться в Алматы")
    press(Qt.Key.Key_Return)
    assert intake.application(office, known.id).state is State.WITHDRAWN
    assert intake.history(office, known.id)[-1].reason == "едет учиться в Алматы"


def test_the_history_of_a_field_shows_what_it_was(
    page: ApplicantsPage, window: MainWindow, office: Office
) -> None:
    page.list.table.choose_row(1)
    window.do("edit")
    page.form.body.focus("district")
    type_text("Тоң")
    window.do("save_next")
    page.list.table.choose_row(1)
    window.do("edit")
    page.form.body.focus("district")
    window.do("field_history")
    told = [note for item in page.form.history.panel.findChildren(ItemRow) for note in item.notes]
    assert any("Тоң" in note for note in told)


def test_after_the_freeze_an_address_is_corrected_with_its_paper_and_reason_by_keys(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    campaign_acts.freeze(office)
    page.list.table.choose_row(1)
    window.do("edit")
    assert page.form.application is not None
    number = page.form.application.no
    page.form.body.focus("address")
    type_text("ул. Чүй, 1")
    window.do("save_next")
    assert page.form.reason_bar.isVisible()
    for text in ("паспорт AN1234567", "описка при вводе"):
        type_text(text)
        press(Qt.Key.Key_Return)
    assert not page.form.reason_bar.isVisible()
    assert intake.application_by_no(office, number).entry.person.address == "ул. Чүй, 1"
    told = upkeep.journal(office, act="application.corrected")[1][0].reason
    assert told == "паспорт AN1234567: описка при вводе"


def test_a_closed_campaign_is_read_only(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow], qtbot: QtBot, tasks: Tasks
) -> None:
    office = stage_office("imported")
    chair = office.acting_as(replace(office.actor, role="chair"))
    campaign_acts.close(chair, "конец")
    window = desk_window(office)
    window.stack.go("applicants")
    settle(qtbot, tasks)
    page = page_of(window)
    page.list.table.choose_row(1)
    assert "new" not in page.commands()
    assert page.form.body.person.pin_edit.isReadOnly()
    assert not page.header.primary_button.isVisible()


def test_a_language_switch_keeps_what_is_typed(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    type_text(PIN)
    page.form.body.set_value("choice1", "ENU-OSH/6B05201")
    window.words.switch("ky")
    assert page.form.body.person.pin_edit.digits == PIN
    assert page.form.body.choices.choice("choice1").code == "ENU-OSH/6B05201"
    assert page.title() == "Талапкерлер"
    window.words.switch("ru")


def test_ctrl_down_takes_the_value_of_the_application_before(
    window: MainWindow, page: ApplicantsPage
) -> None:
    window.do("new")
    type_application(page)
    page.form.body.focus("school")
    type_text("№ 12, Кара-Суу")
    window.do("save_next")
    page.form.body.focus("school")
    press(Qt.Key.Key_Down, CTRL)
    assert page.form.body.school.text("school") == "№ 12, Кара-Суу"


def test_page_down_goes_from_section_to_section(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    press(Qt.Key.Key_PageDown, CTRL)
    assert field_with_caret(page) == "school"
    press(Qt.Key.Key_PageDown, CTRL)
    assert field_with_caret(page) == "choice1"
    press(Qt.Key.Key_PageUp, CTRL)
    assert field_with_caret(page) == "school"


def test_enter_takes_the_lists_choice_and_goes_on(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    page.form.body.focus("choice1")
    type_text("Эколог")
    press(Qt.Key.Key_Return)
    assert page.form.body.choices.choice("choice1").code == "ENU-OSH/6B05201"
    assert field_with_caret(page) == "choice2"


def test_one_door_opens_a_person_wherever_he_stands_in_the_list(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    total, _ = intake.lines(office)
    (last,) = intake.lines(office, limit=1, offset=total - 1)[1]
    page.list.show_filter({"state": "withdrawn"})
    window.context.open_person(last.no)
    assert page.form.application is not None
    assert page.form.application.no == last.no
    assert page.list.chosen_id == last.id
    assert page.list.filters == {}


def test_a_person_found_from_the_top_is_shown_without_the_lists_old_filter(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    (line,) = intake.lines(office, search="а", limit=1)[1]
    for state in ("incomplete", line.state):  # hidden by the filter, and not
        page.list.show_filter({"state": state, "search": "а"})
        (offered,) = found(office, line.no, window.words.current)
        window.search.popup.taken.emit(offered)
        assert page.form.application is not None
        assert (page.form.application.no, page.list.filters, page.list.chosen_id) == (line.no, {}, line.id)


def test_f3_goes_on_through_the_queue_and_alt_left_back_to_where_it_stands(
    window: MainWindow, page: ApplicantsPage, office: Office, qtbot: QtBot, tasks: Tasks
) -> None:
    numbers = [line.no for line in intake.lines(office, limit=3)[1]]
    queue = [numbers[2], numbers[0], numbers[1]]
    window.stack.go("applicants", {"tab": "duplicates"})
    settle(qtbot, tasks)
    window.context.open_person(queue[0], queue)
    seen = []
    for _ in range(3):
        assert page.form.application is not None
        seen.append(page.form.application.no)
        window.do("next_match")
    assert seen == queue
    assert "3" in page.list.count_label.text()
    window.do("back")
    assert page.tabs.current == "duplicates"
    window.do("forward")
    assert (page.tabs.current, page.form.application.no) == ("list", queue[2])


def test_a_person_found_twice_leads_to_the_other_and_back(
    window: MainWindow, page: ApplicantsPage, office: Office
) -> None:
    first, second = intake.lines(office, limit=2)[1]
    window.context.open_person(first.no)
    page.form.open_wanted.emit(second.id)
    assert page.form.application is not None
    assert page.form.application.no == second.no
    window.do("back")
    assert page.form.application.no == first.no


def test_several_programmes_that_fit_are_said_beside_the_field_and_none_is_taken(
    window: MainWindow, page: ApplicantsPage
) -> None:
    window.do("new")
    go_to(page, "choice1")
    type_text("эк")
    first = page.form.body.choices.choice("choice1")
    assert {option.text.split(" · ")[0] for option in first.offered} == {"Экология", "Экономика"}
    press(Qt.Key.Key_Return)
    page.form.checks.judge()
    assert first.code == ""
    assert "↓" in page.form.body.fields["choice1"].message


@pytest.mark.parametrize("typed", ["6b05201", "6В05201", "Ecol", "ekologi", "'rjkj"])
def test_a_programme_is_chosen_by_code_by_its_english_name_and_in_latin(
    window: MainWindow, page: ApplicantsPage, typed: str
) -> None:
    window.do("new")
    go_to(page, "choice1")
    type_text(typed)
    press(Qt.Key.Key_Return)
    assert page.form.body.choices.choice("choice1").code == "ENU-OSH/6B05201"


def test_district_and_school_offer_what_is_known_and_keep_any_words(
    window: MainWindow, page: ApplicantsPage, qtbot: QtBot, tasks: Tasks
) -> None:
    settle(qtbot, tasks)
    window.do("new")
    go_to(page, "region")
    type_text("талас")
    press(Qt.Key.Key_Return)
    type_text("бакай")
    district = page.form.body.fields["district"].editor
    assert [option.text for option in district.offered] == ["Бакай-Атинский район"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert (district.text(), field_with_caret(page)) == ("Бакай-Атинский район", "citizenship")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_text("село Бакайыр")
    press(Qt.Key.Key_Return)
    assert page.form.checks.current().person.district == "село Бакайыр"
    go_to(page, "school")
    press(Qt.Key.Key_Down)
    assert page.form.body.fields["school"].editor.offered
    press(Qt.Key.Key_Escape)


def test_a_latin_name_is_suggested_in_both_spellings_and_taken_by_a_key(
    window: MainWindow, page: ApplicantsPage, qtbot: QtBot, tasks: Tasks
) -> None:
    settle(qtbot, tasks)
    window.do("new")
    go_to(page, "surname")
    type_text("Жумабаев")
    press(Qt.Key.Key_Return)
    type_text("Юсуп")
    go_to(page, "latin")
    latin = page.form.body.fields["latin"].editor
    assert "ZHUMABAEV IUSUP" in latin.placeholderText()
    press(Qt.Key.Key_Down)
    assert [option.text for option in latin.offered] == ["ZHUMABAEV IUSUP", "DZHUMABAEV YUSUP"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.form.checks.current().person.latin == "DZHUMABAEV YUSUP"


def test_enter_goes_through_the_consent_from_top_to_bottom(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    go_to(page, "consent")
    seen = []
    for _ in range(3):
        seen.append(field_with_caret(page))
        press(Qt.Key.Key_Return)
    assert seen == ["consent", "cross_border", "consent_on"]
    tops = [page.form.body.fields[key].mapTo(page, QPoint(0, 0)).y() for key in seen]
    assert tops == sorted(tops)


def test_a_pin_of_fifteen_figures_is_an_error(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    QGuiApplication.clipboard().setText(f" {PIN[:5]} {PIN[5:]}9 ")
    press(Qt.Key.Key_V, CTRL)
    press(Qt.Key.Key_Return)
    page.form.checks.judge()
    assert page.form.checks.current().person.pin == PIN + "9"
    assert page.form.body.fields["pin"].state == "error"


def test_ctrl_z_takes_back_letters_that_were_put_right(window: MainWindow, page: ApplicantsPage) -> None:
    window.do("new")
    go_to(page, "surname")
    type_text("Aсанов")
    press(Qt.Key.Key_Return)
    surname = page.form.body.fields["surname"].editor
    assert surname.text() == "Асанов"
    surname.setFocus()
    press(Qt.Key.Key_Z, CTRL)
    assert surname.text() == "Aсанов"
