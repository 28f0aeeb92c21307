"""An explanation in plain sentences, for the command line and for reading aloud to a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants_app.domain.ranking import ChoiceLine, Explanation
    from grants_app.wording import Words


def sentences(told: Explanation, words: Words) -> Iterator[str]:
    """Line by line: the outcome, the general reasons, then each choice with its points and its reason."""
    yield f"{told.application}: " + words.code(f"outcome_{told.outcome}")
    for finding in told.findings:
        yield "  " + words.code(finding.code, **finding.facts)
    for line in told.choices:
        yield from _choice(line, words)


def _choice(line: ChoiceLine, words: Words) -> Iterator[str]:
    yield f"  {line.no}. {line.pool}: " + words.code(f"outcome_{line.outcome}")
    for finding in line.findings:
        yield "     " + words.code(finding.code, **finding.facts)
    for part in line.parts:
        value = words("not given") if part.value is None else part.value
        yield f"     {words.code(f'criterion_{part.criterion}')}: {value}" + (
            f" ({part.source})" if part.source else ""
        )
    if line.position is not None:
        yield "     " + words(
            "Place {place} of {competing}, {seats} seats.",
            place=line.position,
            competing=line.competing,
            seats=line.seats,
        )
    if line.cutoff:
        yield "     " + words("Cutoff: {merit}", merit=" ".join(line.cutoff))
    if line.deciding_level and line.decided_against:
        yield "     " + words(
            "Decided at: {level}, against {no}.",
            level=words.code(f"level_{line.deciding_level}"),
            no=line.decided_against,
        )
    if line.needed:
        yield "     " + words("{points} points would have been enough.", points=line.needed)
