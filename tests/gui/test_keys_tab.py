"""The campaign's keys in the window: published to a file, trusted after their fingerprint was compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.gui.pages.campaign import CampaignPage
from grants_app.services import demonstration, upkeep
from grants_app.services.office import keys
from tests import offices
from tests.commission import too_wide
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off
from tests.services.desks import as_role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.pages.keys_tab import KeysTab
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Keys:
    """The keys on view, and what one does there."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks
        window.stack.go("campaign", {"tab": "keys"})
        self.settle()
        page = page_of(window)
        assert isinstance(page, CampaignPage)
        self.page = page
        self.tab: KeysTab = page.keys_tab

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def texts(self) -> str:
        """All the card says."""
        from grants_app.gui.widgets.labels import Label

        return "\n".join(label.text() for label in self.tab.card.findChildren(Label))


@pytest.fixture
def opened(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., Keys]:
    """Opens the keys of a real campaign, its secretary at the desk unless told otherwise."""

    def open_it(role: str = "secretary") -> Keys:
        office = replace(stage_office("sealed"), clock=lambda: demonstration.SAMPLE_DAY)
        if office.campaign().setup.sample:
            offices.make_real(office)
        office = as_role(office, role)  # type: ignore[arg-type]  # a role
        return Keys(office, desk_window(office), qtbot, tasks)

    return open_it


def test_a_key_is_published_to_a_file_and_its_fingerprint_stands_to_be_read_aloud(
    opened: Callable[..., Keys], tmp_path: Path
) -> None:
    desk = opened()
    tab = desk.tab
    assert not tab.table.current_line().published
    first, second = desk_groups(desk)
    assert first in desk.texts()
    assert second in desk.texts()
    assert not keys.published(desk.office)
    tab.ask("publish")
    tab.publish_panel.path_edit.setText(str(tmp_path / "ours.key"))
    tab.publish_panel.act_button.click()
    desk.settle()
    assert keys.read(tmp_path / "ours.key").fingerprint == keys.present(desk.office).fingerprint
    assert keys.published(desk.office)
    assert upkeep.journal(desk.office, act="key.published", limit=1)[0] == 1
    assert tab.right.currentWidget() is tab.card
    assert tab.table.current_line().published


def desk_groups(desk: Keys) -> tuple[str, str]:
    """The two lines of the own key's fingerprint."""
    groups = keys.present(desk.office).fingerprint.split("-")
    return "  ".join(groups[:4]), "  ".join(groups[4:])


def test_another_campaigns_key_is_trusted_only_after_its_fingerprint_was_shown(
    opened: Callable[..., Keys], tmp_path: Path
) -> None:
    desk = opened()
    other = offices.new_office(tmp_path)
    key = keys.publish(other, tmp_path / "other.key")
    other.store.close()
    panel = desk.tab.trust_panel
    desk.tab.ask("trust")
    panel.path_edit.setText(str(tmp_path / "other.key"))
    panel.act_button.click()
    assert keys.trusted(desk.office.folders.trusted_keys) == ()
    assert panel.act_button.text() == "Совпадает: доверять ключу"
    panel.act_button.click()
    desk.settle()
    (known,) = keys.trusted(desk.office.folders.trusted_keys)
    assert known.key.fingerprint == key.fingerprint
    assert desk.tab.table.lines.rowCount() == 2
    desk.tab.table.choose_row(1)
    assert desk.tab.table.current_line().key.sample
    assert "Он подтверждает только образцы документов." in desk.texts()
    desk.tab.ask("forget")
    desk.settle()
    assert keys.trusted(desk.office.folders.trusted_keys) == ()


def test_a_file_that_is_no_published_key_is_refused_in_words(
    opened: Callable[..., Keys], tmp_path: Path
) -> None:
    desk = opened()
    (tmp_path / "note.key").write_text("bees", encoding="utf-8")
    desk.tab.ask("trust")
    desk.tab.trust_panel.path_edit.setText(str(tmp_path / "note.key"))
    desk.tab.trust_panel.act_button.click()
    assert "не открытый ключ" in desk.tab.trust_panel.failure_label.text()


def test_who_may_not_publish_sees_the_key_without_the_button(opened: Callable[..., Keys]) -> None:
    desk = opened("officer")
    names = {button.objectName() for button in desk.tab.card.findChildren(_button_type())}
    assert "trust_button" in names
    assert "publish_button" not in names


def _button_type() -> type:
    from grants_app.gui.widgets.buttons import KeyButton

    return KeyButton


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_of_the_keys_is_cut_off_in_kyrgyz(opened: Callable[..., Keys], size: tuple[int, int]) -> None:
    desk = opened()
    desk.window.resize(*size)
    desk.window.words.switch("ky")
    desk.settle()
    for act in ("", "publish", "trust"):
        if act:
            desk.tab.ask(act)
            desk.settle()
        assert cut_off(desk.tab) + too_wide(desk.tab) == []
