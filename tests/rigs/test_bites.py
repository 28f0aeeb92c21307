"""Each promise broken on purpose: the test that holds it notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rigs import bites

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.prove
def test_a_promise_broken_in_a_copy_is_noticed_by_its_test(figure: Callable[[int], int]) -> None:
    broken = bites.chosen(bites.all_bites(), figure(bites.TENTHS))
    told = list(bites.proven(broken))
    assert [f"{one.bite.says} ({one.bite.file}): {one.why}" for one in told if not one.noticed] == []
