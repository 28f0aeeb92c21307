"""What a random run has in it, so that ten thousand of them can be seen to try everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FEATURES = frozenset(
    {
        "quota whose unused seats open",
        "quota whose unused seats stay empty",
        "quotas first",
        "open seats first",
        "several quotas in a pool",
        "person with several grounds",
        "person placed on an open seat",
        "person placed on a quota",
        "person placed outside their choices",
        "holder who asks for better",
        "holder who does not",
        "person out",
        "recorded order of equals",
        "recorded order of some of the equals",
        "list without a choice",
        "list of some pools",
        "list of all pools",
        "total above the pools",
        "pool without seats",
        "equals",
        "no equals",
        "seat of a quota given",
        "seat left empty",
        "reserve",
        "open tie",
        "open ties in several pools",
        "several seats at stake",
        "final result",
        "holder who would lose",
    }
)


def features(run: dict, result: dict) -> set[str]:
    """The features of a run file's inputs, and of its result as the oracle has it."""
    return {*_of_pools(run), *_of_people(run), *_of_equals(run), *_of_result(run, result)}


def _of_pools(run: dict) -> Iterator[str]:
    for pool in run["pools"]:
        held = [quota for quota in pool["quotas"] if quota["seats"]]
        for quota in held:
            yield f"quota whose unused seats {'open' if quota['unused'] == 'open' else 'stay empty'}"
        if held:
            yield "quotas first" if pool["order"] == "quota_first" else "open seats first"
        if len(held) > 1:
            yield "several quotas in a pool"
        if not pool["seats"]:
            yield "pool without seats"
    if run["total"] > sum(pool["seats"] for pool in run["pools"]):
        yield "total above the pools"


def _of_people(run: dict) -> Iterator[str]:
    chosen = {a["no"]: [choice["pool"] for choice in a["choices"]] for a in run["applications"]}
    if any(len(application["grounds"]) > 1 for application in run["applications"]):
        yield "person with several grounds"
    for pools in chosen.values():
        some = "list of all pools" if len(pools) == len(run["pools"]) else "list of some pools"
        yield some if pools else "list without a choice"
    for placement in run["placements"]:
        on_open = placement.get("seat", "open") == "open"
        yield "person placed on an open seat" if on_open else "person placed on a quota"
        if placement["pool"] not in chosen[placement["application"]]:
            yield "person placed outside their choices"
    for hold in run["holds"]:
        yield "holder who asks for better" if hold["upgrade"] else "holder who does not"
    if run["out"]:
        yield "person out"


def _of_equals(run: dict) -> Iterator[str]:
    groups: dict[tuple, set[str]] = {}
    for application in run["applications"]:
        for choice in application["choices"]:
            groups.setdefault((choice["pool"], *choice["merit"]), set()).add(application["no"])
    yield "equals" if any(len(group) > 1 for group in groups.values()) else "no equals"
    for tie in run["ties"]:
        yield "recorded order of equals"
        if all(group != set(tie["order"]) for (pool, *_), group in groups.items() if pool == tie["pool"]):
            yield "recorded order of some of the equals"


def _of_result(run: dict, result: dict) -> Iterator[str]:
    if "refused" in result:
        yield "holder who would lose"
        return
    if any(award["seat"] not in {"open", "placement"} for award in result["awards"]):
        yield "seat of a quota given"
    if len(result["awards"]) < sum(pool["seats"] for pool in run["pools"]) and not result["open_ties"]:
        yield "seat left empty"
    if any(entry["applications"] for entry in result["reserve"]):
        yield "reserve"
    yield "open tie" if result["open_ties"] else "final result"
    if len({tie["pool"] for tie in result["open_ties"]}) > 1:
        yield "open ties in several pools"
    if any(tie["seats_at_stake"] > 1 for tie in result["open_ties"]):
        yield "several seats at stake"
