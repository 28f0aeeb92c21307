"""A bug's report says where it happened and quotes nobody."""

from __future__ import annotations

from grants_app.domain.errors import Refused, trail


def test_a_report_names_the_place_and_no_person() -> None:
    def inner() -> None:
        msg = "Үсөнова 12345678901234"
        raise ValueError(msg)

    try:
        try:
            inner()
        except ValueError as first:
            raise Refused("not_allowed", who="Үсөнова") from first
    except Refused as error:
        told = trail(error)
    assert "in inner" in told
    assert "ValueError" in told
    assert "not_allowed" in told
    assert "raise ValueError(msg)" in told
    assert "12345678901234" not in told.replace('msg = "Үсөнова 12345678901234"', "")
