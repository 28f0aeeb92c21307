"""Every act the services offer has a door in the window; what has none says why."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "grants_app"
SERVICES = PACKAGE / "services"

# Acts without a door of their own in the window, and why.
WITHOUT_A_DOOR: dict[str, str] = {
    "awards.record": "the command's way to one answer; the window answers through chains",
    "letters.write_all": "the command's way to every letter; the window writes those ticked",
    "campaigns.change_setup": "whole set-ups change at once for commands; the window changes thing by thing",
}


def _named(path: Path, node: ast.AST, tree: ast.Module) -> set[str]:
    """Services' functions named inside a node, as FILE.FUNCTION, by what the file imports."""
    modules: dict[str, str] = {}
    functions: dict[str, str] = {}
    inside = (
        path.relative_to(SERVICES).as_posix().removesuffix(".py") if path.is_relative_to(SERVICES) else ""
    )
    for one in ast.walk(tree):
        if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("grants_app.services"):
            home = (one.module or "").removeprefix("grants_app.services").removeprefix(".").replace(".", "/")
            for name in one.names:
                place = f"{home}/{name.name}".strip("/")
                if (SERVICES / f"{place}.py").is_file():
                    modules[name.asname or name.name] = place
                elif home:
                    functions[name.asname or name.name] = f"{home}.{name.name}"
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in modules:
            found.add(f"{modules[one.value.id]}.{one.attr}")
        elif isinstance(one, ast.Name):
            found.add(functions.get(one.id, f"{inside}.{one.id}" if inside else ""))
        elif isinstance(one, ast.Attribute) and one.attr == "demand":
            found.add("demand")
    return found - {""}


@cache
def _functions() -> dict[str, frozenset[str]]:
    """Every function (and the methods of every class) at the top of a service, and what it names."""
    found = {}
    for path in sorted(SERVICES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                place = path.relative_to(SERVICES).as_posix().removesuffix(".py")
                found[f"{place}.{node.name}"] = frozenset(_named(path, node, tree))
    return found


def _asks(name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function asks for a permit, itself or through a private helper of its file."""
    names = _functions()[name]
    if "demand" in names or "office/rights.demand" in names:
        return True
    helpers = {one for one in names if "._" in one and one in _functions()} - seen - {name}
    return any(_asks(one, seen | {name}) for one in helpers)


def _reached() -> set[str]:
    """Services the window names, and those they name in turn."""
    functions, reached = _functions(), set[str]()
    waiting = set()
    for path in (PACKAGE / "gui").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        waiting |= _named(path, tree, tree) & set(functions)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= (set(functions[name]) & set(functions)) - reached
    return reached


def test_every_act_of_the_services_has_a_door_in_the_window() -> None:
    acts = {name for name in _functions() if "._" not in name and _asks(name)}
    assert len(acts) > 40
    assert acts - _reached() <= set(WITHOUT_A_DOOR)


def test_every_exception_says_why() -> None:
    assert all(len(why.split()) > 3 for why in WITHOUT_A_DOOR.values())
    assert set(WITHOUT_A_DOOR) <= set(_functions())
