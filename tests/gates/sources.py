"""What the sources say to people: sentences, plurals and codes, from their syntax; it reads no catalogue."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Names whose call takes a sentence first: words("…"), self._words("…"), mark("…"), speech("…").
_SPEAKERS = {"words", "mark", "speech"}
# Calls whose first argument is a code the user may get to read.
_CODE_CALLS = {"Refused", "Altered", "Finding", "code"}
# Calls of the command line whose `help` is read by people.
_HELPED = {"Typer", "Option", "Argument"}
# Issue("error", field, "code"), and whoever passes a severity on in the same places or as a pair with a code.
_SEVERITIES = {"error", "warning", "fixed", "duplicate"}
_PLURAL_ARGUMENTS = 3
_ISSUE_ARGUMENTS = 3
_PAIR = 2


@dataclass(slots=True)
class Said:
    """All that the sources say; `texts` are every string in them, `shapes` those built around a value."""

    sentences: dict[str, str] = field(default_factory=dict)
    plurals: dict[tuple[str, str], str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    facts: list[tuple[str, frozenset[str], str]] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)

    def mentions(self, code: str) -> bool:
        """Whether the code stands somewhere in the sources, whole or built around a value."""
        return code in self.texts or any(re.fullmatch(shape, code) for shape in self.shapes)


def said(root: Path) -> Said:
    """Everything the package and its reference data say."""
    found = Said()
    for path in sorted((root / "grants_app").rglob("*.py")):
        _read(ast.parse(path.read_text("utf-8")), str(path.relative_to(root)), found)
    for folder in ("db", "resources"):
        for path in (root / folder).rglob("*.toml"):
            found.texts |= set(_texts(tomllib.loads(path.read_text("utf-8"))))
    return found


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _read(tree: ast.Module, where: str, found: Said) -> None:
    _read_help(tree, where, found)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.texts.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            found.shapes |= _shape(node)
        elif isinstance(node, ast.Call):
            _read_call(node, f"{where}:{node.lineno}", found)
        elif isinstance(node, ast.Tuple) and len(node.elts) == _PAIR and _is_severity(node.elts[0]):
            _add_codes(node.elts[1], f"{where}:{node.lineno}", found)


def _read_call(call: ast.Call, where: str, found: Said) -> None:
    name, count = _called(call), len(call.args)
    if name == "plural" and count >= _PLURAL_ARGUMENTS:
        one, many = (_constants(argument) for argument in call.args[:2])
        for pair in zip(one, many, strict=False):
            found.plurals.setdefault(pair, where)
    elif name.lstrip("_") in _SPEAKERS and count:
        for text in filter(None, _constants(call.args[0])):
            found.sentences.setdefault(text, where)
    elif count >= _ISSUE_ARGUMENTS and _is_severity(call.args[0]):
        _add_codes(call.args[2], where, found)
    elif name == "add" and count >= _PAIR and "journal" in ast.unparse(call.func):
        for act in _constants(call.args[0]):
            found.codes.setdefault(f"act_{act.replace('.', '_')}", where)
    elif name in _CODE_CALLS and count:
        _add_codes(call.args[0], where, found)
        _read_facts(name, call, where, found)


def _read_help(tree: ast.Module, where: str, found: Said) -> None:
    """What `--help` says: the first words of each function registered as a command, and every `help=`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    commands = {
        ast.unparse(call.args[0])
        for call in calls
        if isinstance(call.func, ast.Call) and _called(call.func) == "command" and call.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in commands and (told := ast.get_docstring(node)):
            found.sentences.setdefault(told, f"{where}:{node.lineno}")
    for call in calls:
        if _called(call) in _HELPED:
            for given in (keyword.value for keyword in call.keywords if keyword.arg == "help"):
                for text in _constants(given):
                    found.sentences.setdefault(text, f"{where}:{call.lineno}")


def _read_facts(name: str, call: ast.Call, where: str, found: Said) -> None:
    """The facts a refusal is given; unknown where they are handed on as a whole."""
    if name in {"Refused", "Altered"} and all(keyword.arg for keyword in call.keywords):
        given = frozenset(str(keyword.arg) for keyword in call.keywords)
        found.facts += [(code, given, where) for code in _constants(call.args[0])]


def _is_severity(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in _SEVERITIES


def _add_codes(node: ast.expr, where: str, found: Said) -> None:
    for code in _constants(node):
        found.codes.setdefault(code, where)


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _constants(node: ast.expr) -> list[str]:
    """The texts an argument can be: a text, or one of two by a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _constants(node.body) + _constants(node.orelse)
    return []


def _shape(node: ast.JoinedStr) -> set[str]:
    """A pattern for codes like f"queue_{name}"; a text that is mostly value says nothing."""
    parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    fixed = "".join(str(part) for part in parts if part)
    if not re.fullmatch(r"[a-z_]{3,}", fixed):
        return set()
    return {"".join("[a-z0-9_]+" if part is None else re.escape(str(part)) for part in parts)}


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    elif isinstance(data, str):
        yield data
