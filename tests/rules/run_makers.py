"""Random runs as plain run-file data; the seed decides everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

GROUNDS = ("orphan", "disability", "honours")


def random_run(random: Random, most: int = 8) -> dict:
    """A small run with quotas, placements, holds, out, ties and incomplete lists, all now and then."""
    pools = [random_pool(random, f"P{n}") for n in range(random.choice([1, 1, 2, 3, 4]))]
    values = random.choice([1, 2, 2, 3, 5, 30])
    applications = []
    for number in range(max(random.randint(0, most), random.randint(0, most))):
        wished = random.sample(pools, random.randint(0 if random.random() < 0.1 else 1, len(pools)))
        choices = [{"pool": p["id"], "merit": random_merit(random, values)} for p in wished]
        grounds = [g for g in GROUNDS if random.random() < 0.4]
        applications.append({"no": f"B-{number:04}", "grounds": grounds, "choices": choices})
    run = {
        "format": "grants-run/1",
        "campaign": "2026",
        "total": sum(p["seats"] for p in pools) + random.randint(0, 2),
        "pools": pools,
        "applications": applications,
        "placements": [],
        "holds": [],
        "out": [],
        "ties": [],
    }
    thin_groups(random, run)
    set_aside(random, run)
    add_ties(random, run)
    return run


def random_pool(random: Random, name: str) -> dict:
    seats = random.choice([0, 1, 1, 2, 2, 3, 4])
    quotas, left = [], seats
    for ground in random.sample(GROUNDS, random.choice([0, 0, 1, 2, 3])):
        held = random.randint(0, min(left, 2))
        left -= held
        quotas.append({"ground": ground, "seats": held, "unused": random.choice(["open", "empty"])})
    order = random.choice(["quota_first", "open_first"])
    return {"id": name, "seats": seats, "order": order, "quotas": quotas}


def random_merit(random: Random, values: int) -> list[str]:
    return [str(random.randrange(values)), random.choice(["0", "0", "0.5", "-1.25"]) if values > 2 else "0"]


def thin_groups(random: Random, run: dict, most: int = 5) -> None:
    """Break up groups of equals too large for an oracle that tries all orders."""
    seen: dict[tuple, int] = {}
    for application in run["applications"]:
        for choice in application["choices"]:
            key = (choice["pool"], *choice["merit"])
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > most:
                choice["merit"] = [str(40 + random.randrange(100)), "0"]


def set_aside(random: Random, run: dict) -> None:
    room = {}
    for pool in run["pools"]:
        room.update({(pool["id"], q["ground"]): q["seats"] for q in pool["quotas"]})
        room[pool["id"], "open"] = pool["seats"] - sum(q["seats"] for q in pool["quotas"])
    for application in run["applications"]:
        lot = random.random()
        if lot < 0.08:
            pool = random.choice(run["pools"])["id"]
            seat = random.choice([None, "open", *application["grounds"]])
            if room.get((pool, seat or "open"), 0):
                room[pool, seat or "open"] -= 1
                placement = {"application": application["no"], "pool": pool, "reason": "order 5"}
                run["placements"].append(placement | ({"seat": seat} if seat else {}))
        elif lot < 0.14:
            run["out"].append({"application": application["no"], "why": "declined"})
        elif lot < 0.2 and application["choices"]:
            pool = random.choice(application["choices"])["pool"]
            hold = {"application": application["no"], "pool": pool, "upgrade": random.random() < 0.5}
            run["holds"].append(hold)


def add_ties(random: Random, run: dict) -> None:
    groups: dict[tuple, list[str]] = {}
    for application in run["applications"]:
        for choice in application["choices"]:
            groups.setdefault((choice["pool"], *choice["merit"]), []).append(application["no"])
    for (pool, *_), group in groups.items():
        if len(group) > 1 and random.random() < 0.35:
            order = random.sample(group, random.randint(2, len(group)))
            run["ties"].append({"pool": pool, "order": order, "how": "minutes 3"})
