"""Nothing on the pages of intake is cut off, in any language, at the smallest size and the usual one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gui.desks import page_of, settle
from tests.gui.fitting import cut_off, outside
from tests.scenes import Stage
from tests.scenes_intake import SCENES

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

SIZES = ((1093, 614), (1366, 768))


@pytest.mark.parametrize("lang", ["ky", "kk", "ru"])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_every_word_fits_its_place(
    scene: object,
    lang: str,
    stage_office: Callable[[str], Office],
    desk_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    office = None if scene.without_office else stage_office("imported")
    window = desk_window(office, SIZES[0])
    window.words.switch(lang)
    window.stack.go(scene.page)
    settle(qtbot, tasks)
    scene.setup(Stage(window, tasks, office))
    for size in SIZES:
        window.resize(*size)
        settle(qtbot, tasks)
        found = cut_off(page_of(window)) + outside(page_of(window))
        assert not found, f"{size}: " + "\n".join(found)
