"""The program just started, brought to the sample campaign by keys, as both days in the window begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.window.desktop import until
from tests.window.program import wait_for_file
from tests.window.register import Register

if TYPE_CHECKING:
    from tests.window.program import Program


def begin_with_the_sample(program: Program, officer: str) -> Register:
    """Choose the sample at the first start, and look at what came into its database."""
    program.press("Left", "Tab", "Return")  # the sample; past the branch offered
    program.type(officer)
    program.press("ctrl+Return")
    register = Register(wait_for_file(program, "sample.sqlite"), officer)
    until(lambda: register.acts().count("import.applied") == 3, "the sample's three lists were imported")
    program.rest()
    return register
