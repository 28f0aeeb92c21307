"""A campaign set up from nothing by keys, in the real page: added to, changed, put in order, taken away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from grants_app.domain.campaign import Programme
from grants_app.domain.values import Names
from grants_app.gui.pages.campaign import CampaignPage
from grants_app.gui.pages.campaign_setup.sections import SECTIONS
from grants_app.gui.widgets.panels import ItemRow
from grants_app.services import standing
from grants_app.services.campaign import structure
from tests.commission import too_wide
from tests.gui.desks import PageDesk
from tests.gui.fitting import cut_off, outside, scrolled_to_the_end
from tests.gui.pressing import focused, press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.gui.pages.campaign_setup.forms import SetupForm
    from grants_app.gui.pages.campaign_setup.sections import SectionKey
    from grants_app.services.access import Office

ENTER, SHIFT, ALT, CONTROL = (
    Qt.Key.Key_Return,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Setup(PageDesk):
    """The campaign page on view, set up by keys."""

    kind = CampaignPage

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key of the window, and let what it began end."""
        self.qtbot.keyClick(focused(), key, held)
        self.settle()

    def at(self, section: SectionKey) -> None:
        """Go to a tab, the focus in its list."""
        self.page.tabs.choose(section)
        self.window.regions.focus_page()

    def form(self, section: SectionKey) -> SetupForm:
        """The form of a list, which must be on view."""
        form = self.page.right.forms[section]
        assert self.page.right.form is form
        return form

    def fill(self, *texts: str) -> None:
        """Type from the field with the focus on, Enter after each; an empty text leaves a field as it is."""
        for text in texts:
            type_text(text)
            press(ENTER)

    def save(self) -> None:
        """Ctrl+Enter."""
        press(ENTER, CONTROL)
        self.settle()

    @property
    def now(self) -> CampaignSetup:
        """The set-up as it is kept."""
        return self.office.campaign().setup

    def names(self, section: SectionKey) -> list[str]:
        """The first cells of a list."""
        lines = self.page.lists.stacks[section].table.lines
        return [lines.columns[0].text(lines.line(row)) for row in range(lines.rowCount())]


@pytest.fixture
def setup(open_desk: Callable[..., Setup]) -> Callable[..., Setup]:
    """Opens the campaign page at a campaign nobody set up; `before` acts at the office first."""
    return partial(open_desk, Setup, stage="empty")


def with_programmes(*codes: str) -> Callable[[Office], None]:
    """Programmes known before the window opens."""

    def add(office: Office) -> None:
        for code in codes:
            programme = Programme(
                code=code,
                branch=office.actor.branch,
                level="bachelor",
                names=Names(ky=code, ru=f"Программа {code}", kk=code, en=code),
            )
            structure.add(office, programme, office.campaign().version, tests=("biology",), seats=5)

    return add


def test_an_empty_list_says_how_to_begin_and_insert_begins(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.at("programmes")
    stack = desk.page.lists.stacks["programmes"]
    assert stack.currentWidget() is stack.empty
    assert "Insert" in stack.empty.sentence_label.text()
    assert stack.empty.act_button.hasFocus()
    desk.key(Qt.Key.Key_Insert)
    assert desk.form("programmes").code.editor.hasFocus()


def test_a_programme_is_typed_by_keys_alone_with_its_tests_and_seats(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.at("programmes")
    desk.key(Qt.Key.Key_Insert)
    form = desk.form("programmes")
    desk.fill("6B05101", "", "", "Биология", "Биология", "Биология", "Biology")
    assert form.tests.ticks["math"].hasFocus() or form.tests.lines[0].editor.hasFocus()
    form.tests.ticks["biology"].setFocus()
    press(Qt.Key.Key_Space)
    form.seats.editor.setFocus()
    type_text("6")
    desk.save()
    (programme,) = desk.now.programmes
    assert (programme.code, programme.level, programme.names.en) == ("6B05101", "bachelor", "Biology")
    assert [(pool.programme, pool.seats) for pool in desk.now.pools] == [("6B05101", 6)]
    rule = standing.current_rules(desk.office).programme("6B05101")
    assert rule is not None
    assert rule.any_subject == ("biology",)
    assert desk.page.lists.line is not None
    assert desk.page.lists.table.hasFocus()


def test_a_new_programme_is_not_saved_without_its_tests_and_the_form_says_so(
    setup: Callable[..., Setup],
) -> None:
    desk = setup()
    desk.at("programmes")
    desk.key(Qt.Key.Key_Insert)
    form = desk.form("programmes")
    desk.fill("6B05101", "", "", "", "Биология")
    form.seats.editor.setText("6")
    desk.save()
    assert desk.now.programmes == ()
    assert form.tests.lines[0].message == "Это нужно заполнить."
    assert form.act_button.toolTip()


def test_a_branch_is_added_with_all_that_stands_on_its_papers(setup: Callable[..., Setup]) -> None:
    desk = setup()
    before = len(desk.now.branches)
    desk.at("branches")
    desk.key(Qt.Key.Key_Insert)
    four = ("Нарын", "Нарын", "Нарын", "Naryn")
    desk.fill("NARYN", "N", "НФ", *four, *four, *four, *four, "0352251234")
    desk.save()
    branch = desk.now.branches[-1]
    assert len(desk.now.branches) == before + 1
    assert (branch.code, branch.letter, branch.prefix, branch.city.en) == ("NARYN", "N", "НФ", "Naryn")
    assert branch.address.ru == "Нарын"
    assert "352" in branch.phone.replace(" ", "")
    assert desk.page.lists.line.place == before


def _png(size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(QColor("#0B6E72"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the format as Qt takes it
    return bytes(buffer.data().data())


def test_a_branch_gets_its_own_emblem_and_a_picture_that_is_none_is_refused_beside_it(
    setup: Callable[..., Setup], tmp_path: Path
) -> None:
    desk = setup()
    desk.at("branches")
    desk.key(Qt.Key.Key_F2)
    form = desk.form("branches")
    wrong = tmp_path / "emblem.png"
    wrong.write_bytes(b"no picture")
    form.emblem.editor.take(wrong)
    desk.save()
    assert form.emblem.lines[0].message
    assert desk.now.branches[0].emblem == ""
    right = tmp_path / "right.png"
    right.write_bytes(_png(96))
    form.emblem.editor.take(right)
    desk.save()
    digest = desk.now.branches[0].emblem
    assert digest
    desk.key(Qt.Key.Key_F2)
    assert desk.form("branches").emblem.value == right.read_bytes()


def test_seats_of_a_programme_are_changed_and_their_sum_is_always_in_sight(
    setup: Callable[..., Setup],
) -> None:
    desk = setup(with_programmes("6B05101", "6B05201"))
    assert desk.page.lists.sum_chip.text == "Места: 10 из 50, осталось 40"
    desk.at("seats")
    desk.key(Qt.Key.Key_F2)
    desk.fill("7")
    desk.save()
    assert [pool.seats for pool in desk.now.pools] == [7, 5]
    for section in SECTIONS:
        desk.at(section)
        assert desk.page.lists.sum_chip.isVisible()
        assert desk.page.lists.sum_chip.text == "Места: 12 из 50, осталось 38"


def test_a_date_is_added_by_its_kind_and_moment(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.at("calendar")
    desk.key(Qt.Key.Key_Insert)
    form = desk.form("calendar")
    form.code.editor.setFocus()
    type_text("Окончание приёма заявл")
    press(ENTER)
    assert form.code.value == "close"
    desk.fill("20072026", "1400", "по часам филиала")
    desk.save()
    (deadline,) = desk.now.deadlines
    assert (deadline.code, deadline.note) == ("close", "по часам филиала")
    assert f"{deadline.at.astimezone(form.at.zone):%d.%m.%Y %H:%M}" == "20.07.2026 14:00"


def test_a_signatory_is_added_as_each_language_writes_the_name(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.at("signatories")
    desk.key(Qt.Key.Key_Insert)
    desk.fill("", "", "Асанов Ү.", "Асанов У.", "Асанов Ү.", "U. Asanov", "", "Директор", "", "", "01092026")
    desk.save()
    (one,) = desk.now.signatories
    assert (one.paper, one.name.en, one.post.ru) == ("", "U. Asanov", "Директор")
    assert one.since is not None
    assert desk.page.lists.table.lines.rowCount() == 1


def test_a_document_is_required_with_a_ground(setup: Callable[..., Setup]) -> None:
    desk = setup()
    before = len(desk.now.required_papers)
    desk.at("papers")
    desk.key(Qt.Key.Key_Insert)
    form = desk.form("papers")
    assert form.condition.lines[0].isHidden()
    desk.fill("", "Справка", "", "")
    form.when.editor.setFocus()
    press(Qt.Key.Key_A, CONTROL)
    type_text("при льготе")
    press(ENTER)
    assert not form.condition.lines[0].isHidden()
    form.condition.put("orphan")
    desk.save()
    assert len(desk.now.required_papers) == before + 1
    assert desk.now.required_papers[-1].condition == "orphan"


def test_alt_and_arrows_put_a_list_in_order_however_fast_they_are_pressed(
    setup: Callable[..., Setup],
) -> None:
    desk = setup(with_programmes("6B01", "6B02", "6B03"))
    desk.at("programmes")
    desk.page.lists.choose("programmes", 2)
    for _ in range(2):
        desk.qtbot.keyClick(focused(), Qt.Key.Key_Up, ALT)
    desk.settle()
    assert [one.code for one in desk.now.programmes] == ["6B03", "6B01", "6B02"]
    assert desk.page.lists.line.thing.code == "6B03"
    assert desk.page.lists.table.hasFocus()
    desk.key(Qt.Key.Key_Down, ALT)
    assert [one.code for one in desk.now.programmes] == ["6B01", "6B03", "6B02"]


def test_delete_takes_away_what_nothing_hangs_on(setup: Callable[..., Setup]) -> None:
    desk = setup(with_programmes("6B01", "6B02"))
    desk.at("programmes")
    desk.key(Qt.Key.Key_Delete)
    assert desk.page.right.form is desk.page.right.away_panel
    assert desk.page.right.away_panel.act_button.hasFocus()
    press(ENTER)
    desk.settle()
    assert [one.code for one in desk.now.programmes] == ["6B02"]
    assert desk.page.lists.table.hasFocus()


def test_what_somebody_chose_is_not_taken_away_but_closed_and_opened_again(
    open_desk: Callable[..., Setup],
) -> None:
    def without_seats(office: Office) -> None:
        campaign = office.campaign()
        structure.change(office, 0, replace(campaign.setup.pools[0], seats=0), campaign.version)

    desk = open_desk(Setup, without_seats)
    desk.at("programmes")
    desk.key(Qt.Key.Key_Delete)
    panel = desk.page.right.away_panel
    assert panel.act_button.isHidden()
    assert panel.sentence_label.text()
    assert panel.close_button.hasFocus()
    press(ENTER)
    desk.settle()
    code = desk.now.programmes[0].code
    assert desk.now.programmes[0].closed
    chips = desk.page.lists.table.lines.columns[-1].chips
    assert chips is not None
    assert [chip.text for chip in chips(desk.page.lists.line)] == ["закрыто"]
    desk.key(Qt.Key.Key_Delete)
    assert panel.reopen_button.hasFocus()
    press(ENTER)
    desk.settle()
    assert not desk.now.programme(code).closed


def test_a_programme_with_seats_is_not_closed_and_the_panel_says_what_to_do(
    open_desk: Callable[..., Setup],
) -> None:
    desk = open_desk(Setup)
    desk.at("programmes")
    desk.key(Qt.Key.Key_Delete)
    press(ENTER)
    desk.settle()
    panel = desk.page.right.away_panel
    assert panel.failure_label.text()
    assert desk.page.right.form is panel
    assert not desk.now.programmes[0].closed
    press(Qt.Key.Key_Escape)
    assert desk.page.lists.table.hasFocus()


def test_esc_gives_the_focus_back_to_the_row_and_keeps_what_was_typed(setup: Callable[..., Setup]) -> None:
    desk = setup(with_programmes("6B01", "6B02"))
    desk.at("programmes")
    desk.page.lists.choose("programmes", 1)
    desk.key(Qt.Key.Key_F2)
    form = desk.form("programmes")
    form.name.editors["en"].setFocus()
    type_text("Ecology")
    press(Qt.Key.Key_Escape)
    assert desk.page.right.form is None
    assert desk.page.lists.table.hasFocus()
    assert desk.page.lists.line.place == 1
    desk.key(Qt.Key.Key_F2)
    assert "Ecology" in form.name.editors["en"].text()
    press(Qt.Key.Key_Escape)
    desk.page.lists.choose("programmes", 0)
    desk.key(Qt.Key.Key_F2)
    assert form.name.editors["en"].text() == "6B01"


def test_a_language_switch_keeps_a_half_typed_form_as_it_stands(setup: Callable[..., Setup]) -> None:
    desk = setup(with_programmes("6B01"))
    desk.at("programmes")
    desk.key(Qt.Key.Key_Insert)
    form = desk.form("programmes")
    desk.fill("6B05", "магис")
    form.branch.editor.setFocus()
    form.branch.editor.selectAll()
    type_text("Ка")
    form.tests.ticks["biology"].setChecked(True)
    form.name.editors["ky"].setText("Био")
    before = [field.draft for field in form._declared]
    for lang in ("ky", "kk", "en", "ru"):
        desk.window.words.switch(lang)
        desk.settle()
        assert [field.draft for field in form._declared] == before
        assert desk.page.right.form is form
    assert form.title_label.text() == "Новая программа"


def test_what_is_refused_stands_beside_its_field(setup: Callable[..., Setup]) -> None:
    desk = setup(with_programmes("6B01"))
    desk.at("programmes")
    desk.key(Qt.Key.Key_Insert)
    form = desk.form("programmes")
    desk.fill("6B01", "", "", "", "Биология")
    form.tests.ticks["biology"].setChecked(True)
    form.seats.editor.setText("1")
    desk.save()
    assert form.code.lines[0].message
    assert form.code.editor.hasFocus()
    assert form.name.editors["ru"].text() == "Биология"


def test_a_button_that_is_asleep_says_why(setup: Callable[..., Setup]) -> None:
    desk = setup(with_programmes("6B01"))
    desk.at("programmes")
    lists = desk.page.lists
    assert not lists.up_button.isEnabled()
    assert lists.up_button.toolTip() == "Эта строка и так первая."
    desk.at("calendar")
    assert lists.edit_button.toolTip() == "Строка не выбрана."
    desk.key(Qt.Key.Key_Insert)
    assert lists.take_away_button.toolTip() == "Сначала сохраните открытую форму или вернитесь назад."


def test_the_menu_lists_what_a_list_of_the_set_up_can_do_with_its_chords(setup: Callable[..., Setup]) -> None:
    desk = setup(with_programmes("6B01", "6B02"))
    desk.at("programmes")
    actions = desk.window._menus.actions
    shown = {act: actions[act].shortcut().toString() for act in ("add", "edit", "take_away", "move_down")}
    assert shown == {"add": "Ins", "edit": "F2", "take_away": "Del", "move_down": "Alt+Down"}
    assert all(actions[act].isEnabled() for act in shown)
    assert not actions["move_up"].isEnabled()
    assert actions["move_up"].toolTip() == "Эта строка и так первая."
    assert not actions["new"].isEnabled()
    for page in ("today", "applicants", "ranking", "awards", "papers", "journal"):
        desk.window.stack.go(page)
        desk.settle()
        assert not actions["add"].isEnabled()
        assert not actions["move_down"].isEnabled()


def test_enter_and_tab_go_through_a_form_from_top_to_bottom(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.at("programmes")
    desk.key(Qt.Key.Key_Insert)
    form = desk.form("programmes")
    wanted = [line.editor for line in form.form.fields.values() if line.isVisibleTo(form)]
    by_enter, by_tab = [focused()], [focused()]
    for _ in wanted[1:]:
        press(ENTER)
        by_enter.append(focused())
    assert by_enter == wanted
    wanted[0].setFocus()
    for _ in wanted[1:]:
        press(Qt.Key.Key_Tab)
        by_tab.append(focused())
    assert by_tab == wanted
    heights = [editor.mapTo(form.inner, editor.rect().topLeft()).y() for editor in wanted]
    assert heights == sorted(heights)


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_nothing_is_cut_off_in_any_form_or_empty_list(
    setup: Callable[..., Setup], size: tuple[int, int], lang: str
) -> None:
    desk = setup()
    desk.window.resize(*size)
    desk.window.words.switch(lang)
    desk.settle()
    for section in SECTIONS:
        desk.at(section)
        desk.settle()
        assert cut_off(desk.page) + too_wide(desk.page) + outside(desk.page) == []
        tabs = desk.page.tabs.buttons
        assert [key for key, tab in tabs.items() if tab.width() < tab.sizeHint().width()] == []
        desk.key(Qt.Key.Key_Insert)
        scrolled_to_the_end(desk.page)
        QApplication.processEvents()
        assert cut_off(desk.page) + too_wide(desk.page) + outside(desk.page) == []
        press(Qt.Key.Key_Escape)


def test_another_year_is_begun_in_the_same_file_with_the_parts_chosen(
    open_desk: Callable[..., Setup],
) -> None:
    desk = open_desk(Setup)
    desk.window.do("next_campaign")
    form = desk.page.right.year_form
    assert desk.page.right.form is form
    assert form.code.editor.hasFocus()
    assert form.code.value == "2027"
    form.parts.ticks["required_papers"].setChecked(False)
    desk.save()
    office = desk.window.parts.desk.office
    assert office.store is desk.office.store
    made = office.campaign().setup
    assert (made.code, made.sample, made.required_papers) == ("2027", False, ())
    assert made.branches == desk.now.branches
    assert made.programmes == ()  # the sample's are made up
    desk.window.stack.go("campaign")
    desk.settle()
    page = desk.shown()
    assert page.year_edit.isVisible()
    assert page.year_edit.text() == "2027"


def test_the_settings_go_to_a_file_and_are_taken_from_it_after_a_look(
    setup: Callable[..., Setup], tmp_path: Path
) -> None:
    desk = setup(with_programmes("6B01", "6B02"))
    path = tmp_path / "settings.toml"
    desk.page.export_to(path)
    desk.settle()
    assert path.exists()
    campaign = desk.office.campaign()
    desk.window.parts.desk.tell(structure.remove(desk.office, "programmes", 1, campaign.version))
    desk.settle()
    desk.window.do("import_setup")
    form = desk.page.right.import_form
    assert form.settings.editor.hasFocus()
    type_text(str(path))
    desk.save()
    assert desk.page.right.form is form
    assert [one.code for one in desk.now.programmes] == ["6B01"]
    shown = [row.text for row in form.findChildren(ItemRow) if row.isVisible()]
    assert any("6B02" in text for text in shown)
    assert form.act_button.text() == "Взять эти настройки"
    desk.save()
    assert [one.code for one in desk.now.programmes] == ["6B01", "6B02"]
    assert desk.page.right.form is None


def test_a_file_that_holds_no_settings_is_refused_beside_its_name(
    setup: Callable[..., Setup], tmp_path: Path
) -> None:
    desk = setup()
    wrong = tmp_path / "settings.toml"
    wrong.write_text("nothing = 1", encoding="utf-8")
    desk.window.do("import_setup")
    form = desk.page.right.import_form
    type_text(str(wrong))
    desk.save()
    assert form.settings.lines[0].message + form.failure_label.text()
    assert form.settings.value == str(wrong)
    form.settings.put(str(tmp_path / "there is none.toml"))
    desk.save()
    assert form.settings.lines[0].message + form.failure_label.text()


def without_branches(office: Office) -> None:
    """No branch at all."""
    while office.campaign().setup.branches:
        structure.remove(office, "branches", 0, office.campaign().version)


def test_a_campaign_without_any_branch_opens_every_page_and_gets_its_first_one(
    setup: Callable[..., Setup],
) -> None:
    desk = setup(without_branches)
    assert desk.window.parts.desk.office.actor.branch == ""
    for page in ("today", "applicants", "ranking", "awards", "papers", "journal", "campaign"):
        desk.window.stack.go(page)
        desk.settle()
    desk.at("branches")
    assert desk.page.lists.stacks["branches"].empty.act_button.hasFocus()
    desk.key(Qt.Key.Key_Insert)
    four = ("Бишкек",) * 4
    desk.fill("BSH", "B", "КБ", *four, *four, *four)
    desk.save()
    desk.settle()
    assert [one.code for one in desk.now.branches] == ["BSH"]
    assert desk.window.parts.desk.office.actor.branch == "BSH"
    assert desk.shown() is desk.page
    assert desk.page.lists.table.hasFocus()
