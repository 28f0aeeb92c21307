"""What the commission's tab says of itself: where there is nothing yet, what the keys do, what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grants_app.gui.pages.commission_data import CommissionShown
    from grants_app.gui.qt_words import Speech


def empty_state(words: Speech, shown: CommissionShown) -> tuple[str, str, str]:
    """What to do where there is no sitting: the sentence, the button's words, the icon."""
    if not shown.members:
        sentence = words("The commission has no members yet. Add them and mark the chair.")
        return sentence, words("Add a member…") if shown.may_record else "", "people"
    sentence = words("No meeting has been recorded yet. Record one under its minutes number.")
    return sentence, words("Record meeting…") if shown.may_record else "", "calendar"


def hint_text(words: Speech, *, may_record: bool, closed: bool) -> str:
    """What the keys do, or why nothing can be recorded."""
    if closed:
        return words("The campaign is closed; the commission can no longer be changed.")
    if not may_record:
        return words("The secretary and the chair keep the commission's records; you can view everything.")
    return words("Press Space to tick who is present; Enter opens a row.")


def help_words(words: Speech) -> str:
    """What the tab is for."""
    return words(
        "Add the members and mark the chair. Record a meeting under its minutes number, tick "
        "who is present and put items to the vote. A member whose relative is an applicant "
        "takes no part in that case. The minutes are printed from what is recorded here."
    )
