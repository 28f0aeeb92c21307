"""The contract of the run file, done by trying every order of equals; for a handful of applicants only.

It shares no code with the allocation: it works on the run file's plain data.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from itertools import groupby, permutations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def solve(run: dict) -> dict:
    """The `result` of a run file given as plain data, or {"refused": numbers} when holders would lose."""
    applications = {a["no"]: a for a in run["applications"]}
    pools = {p["id"]: p for p in run["pools"]}
    placed = {p["application"]: p for p in run.get("placements", [])}
    out = {o["application"] for o in run.get("out", [])}
    holds = {h["application"]: h for h in run.get("holds", [])}
    wishes = {}
    for no, application in applications.items():
        wish = [c["pool"] for c in application["choices"]]
        if no in holds:
            at = wish.index(holds[no]["pool"])
            wish = wish[: at + 1] if holds[no]["upgrade"] else wish[at : at + 1]
        wishes[no] = [] if no in placed or no in out else wish
    refused = {pool: set() for pool in pools}
    outcomes = {}
    news = True
    while news:
        news = False
        for pool in sorted(pools):
            standing = [no for no, wish in wishes.items() if wish and wish[0] == pool]
            outcomes[pool] = [choose(run, pool, order) for order in orders(run, pool, standing)]
            some = {no for taken in outcomes[pool] for no in taken}
            for no in standing:
                if no not in some:
                    wishes[no] = wishes[no][1:]
                    refused[pool].add(no)
                    news = True
    lost = {no for no in holds if not wishes[no]}
    if lost:
        return {"refused": lost}
    return assemble(run, wishes, refused, outcomes, placed)


def merit(run: dict, pool: str, no: str) -> tuple:
    application = next(a for a in run["applications"] if a["no"] == no)
    return next(tuple(Decimal(x) for x in c["merit"]) for c in application["choices"] if c["pool"] == pool)


def tie_of(run: dict, pool: str, no: str) -> list:
    return next((t["order"] for t in run.get("ties", []) if t["pool"] == pool and no in t["order"]), [])


def groups(run: dict, pool: str, standing: list) -> list:
    ranked = sorted(standing, key=lambda no: merit(run, pool, no), reverse=True)
    return [list(g) for _, g in groupby(ranked, key=lambda no: merit(run, pool, no))]


def orders(run: dict, pool: str, standing: list) -> Iterator[list]:
    """Every order of those standing that goes by merit and keeps recorded tie orders."""
    ways = []
    for group in groups(run, pool, standing):
        tie = next((t for no in group if (t := tie_of(run, pool, no))), [])
        listed = [no for no in tie if no in group]
        ways.append([p for p in permutations(group) if [no for no in p if no in listed] == listed])
    for combination in product(*ways):
        yield [no for part in combination for no in part]


def choose(run: dict, pool_id: str, order: list) -> dict:
    """Whom a pool takes of a strict order, and on which seats: the contract's words, step by step."""
    pool = next(p for p in run["pools"] if p["id"] == pool_id)
    grounds = {a["no"]: a.get("grounds", []) for a in run["applications"]}
    used = [p.get("seat", "open") for p in run.get("placements", []) if p["pool"] == pool_id]
    quotas = pool.get("quotas", [])
    open_seats = pool["seats"] - sum(q["seats"] for q in quotas) - used.count("open")
    rest, taken, leftover = list(order), {}, 0

    def take(people: list, seats: int, label: str) -> int:
        chosen = people[:seats]
        for no in chosen:
            taken[no] = label
            rest.remove(no)
        return seats - len(chosen)

    if pool["order"] == "open_first":
        take(list(rest), open_seats, "open")
        open_seats = 0
    for quota in quotas:
        seats = quota["seats"] - used.count(quota["ground"])
        left = take([no for no in rest if quota["ground"] in grounds[no]], seats, quota["ground"])
        leftover += left if quota["unused"] == "open" else 0
    take(list(rest), open_seats + leftover, "open")
    return taken


def assemble(run: dict, wishes: dict, refused: dict, outcomes: dict, placed: dict) -> dict:
    out = {o["application"] for o in run.get("out", [])}
    awards, contested, open_ties = [], set(), []
    awards += [award(run, no, placement["pool"], "placement") for no, placement in placed.items()]
    for pool, results in outcomes.items():
        standing = [no for no, wish in wishes.items() if wish and wish[0] == pool]
        always = {no for no in standing if all(no in taken for taken in results)}
        contested |= set(standing) - always
        for no in always:
            awards.append(award(run, no, pool, choose(run, pool, label_order(run, pool, standing))[no]))
        if set(standing) - always:
            undecided = [
                g
                for g in groups(run, pool, standing)
                if len(g) > 1
                and not set(g) <= set(tie_of(run, pool, g[0]) or tie_of(run, pool, g[-1]))
                and not any(set(g) <= set(tie_of(run, pool, no)) for no in g)
            ]
            most = max(len(taken) for taken in results)
            open_ties += [
                {"pool": pool, "applications": sorted(g), "seats_at_stake": most - len(always)}
                for g in [g for g in undecided if not set(g) <= always] or undecided
            ]
    awarded = {a["application"] for a in awards}
    return {
        "awards": sorted(awards, key=lambda a: a["application"]),
        "reserve": [
            {"pool": pool, "applications": sorted(refused[pool], key=lambda no: listing(run, pool, no))}
            for pool in sorted(refused)
        ],
        "not_awarded": sorted(
            no for no in wishes if no in out or (no not in awarded and no not in contested)
        ),
        "open_ties": sorted(open_ties, key=lambda t: (t["pool"], t["applications"])),
    }


def listing(run: dict, pool: str, no: str) -> tuple:
    tie = tie_of(run, pool, no)
    return tuple(-m for m in merit(run, pool, no)), tie.index(no) if tie else 99, no


def label_order(run: dict, pool: str, standing: list) -> list:
    def place(no: str) -> tuple:
        return *listing(run, pool, no)[:2], hashlib.sha256(no.encode()).hexdigest()

    return sorted(standing, key=place)


def award(run: dict, no: str, pool: str, seat: str) -> dict:
    chosen = [a["no"] for a in run["applications"] if pool in [c["pool"] for c in a["choices"]]]
    position = None
    if no in chosen:
        position = 1 + sum(merit(run, pool, other) > merit(run, pool, no) for other in chosen)
    return {"application": no, "pool": pool, "seat": seat, "position": position}
