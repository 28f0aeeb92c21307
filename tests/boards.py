"""A commission for tests and pictures: five members with a chair, a sitting with most of them there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from grants_app.services import commission, members

if TYPE_CHECKING:
    from grants_app.domain.records import CommissionMember
    from grants_app.services.access import Office

DAY = date(2026, 8, 6)
NAMES = (
    ("Асанов Үсөн Бакытович", "директор филиала"),
    ("Бакыт кызы Асел", "заведующая кафедрой"),
    ("Ким Анна Викторовна", "представитель министерства"),
    ("Осмонова Гүлжан Сатаровна", "доцент"),
    ("Турдубаев Эмил Кадырович", "юрист"),
)


def make_members(office: Office, count: int = 5) -> list[CommissionMember]:
    """So many members, the first in the chair."""
    return [
        members.put_member(office, members.MemberForm(name=name, post=post, chairs=place == 0))
        for place, (name, post) in enumerate(NAMES[:count])
    ]


def hold_sitting(office: Office, minutes_no: str = "3", there: int = 4) -> list[CommissionMember]:
    """A sitting of five members, so many of them there; answers the members."""
    made = make_members(office)
    form = commission.MeetingForm(
        minutes_no=minutes_no, minutes_on=DAY, place="Бишкек", agenda="Распределение грантов"
    )
    commission.call_meeting(office, form)
    commission.attend(
        office, minutes_no, {one.id: (place < there, "командировка") for place, one in enumerate(made)}
    )
    return made
