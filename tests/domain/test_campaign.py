"""What a campaign's set-up answers about its parts."""

from __future__ import annotations

import pytest

from grants_app.services.presets import preset


def test_a_part_is_found_by_its_code_and_a_missing_one_is_a_bug() -> None:
    setup = preset("sample", 2026)[0]
    assert setup.branch("ENU-OSH").letter == "O"
    assert setup.pool("ENU-OSH/6B06103").seats == 8
    assert setup.programme("6B06103").branch == "ENU-OSH"
    assert setup.deadline("confirm") is not None
    assert setup.deadline("never") is None
    for asked in (setup.branch, setup.pool, setup.programme):
        with pytest.raises(KeyError):
            asked("nowhere")
