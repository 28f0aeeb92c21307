"""Every small change that would make a module wrong, one at a time: the mutants of the mutation rig.

A mutant is known by its module, its function and the text that changes, never by a line number, so that a
list of known survivors outlives edits elsewhere.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 110  # a change is shown in as much of its statement as fits
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "reversed": "list"}
# Parts that say nothing about what the code does, or only how fast it does it.
_UNSEEN_FIELDS = frozenset({"annotation", "returns", "decorator_list", "bases", "type_params", "ctx"})
_UNSEEN_NODES = (ast.Import, ast.ImportFrom, ast.Assert, ast.Global, ast.Nonlocal)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_REMOVED = (ast.AugAssign, ast.Delete, ast.Continue, ast.Break, ast.Raise)


class Place(NamedTuple):
    """A part of a syntax tree that something else can be put into."""

    holder: ast.AST
    field: str
    index: int | None = None

    def get(self) -> Any:
        """What stands there."""
        value = getattr(self.holder, self.field)
        return value if self.index is None else value[self.index]

    def put(self, new: Any) -> None:
        """Put something else there."""
        if self.index is None:
            setattr(self.holder, self.field, new)
        else:
            getattr(self.holder, self.field)[self.index] = new


class Key(NamedTuple):
    """What a mutant is known by: where it is and what it changes; `nth` of those alike."""

    module: str
    function: str
    was: str
    becomes: str
    nth: int = 1

    def __str__(self) -> str:
        again = f" (number {self.nth})" if self.nth > 1 else ""
        return f"{self.module}.{self.function}: {self.was}  →  {self.becomes}{again}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module; `changed` makes it and answers the module's tree, which is spoilt by it."""

    key: Key
    line: int
    tree: ast.Module
    place: Place
    new: Any

    def changed(self) -> ast.Module:
        """The whole module with the change made."""
        self.place.put(self.new)
        return ast.fix_missing_locations(self.tree)


def mutants_of(source: str, module: str) -> list[Mutant]:
    """All mutants of a module, as they stand in it."""
    tree = ast.parse(source)
    texts: dict[int, str] = {}
    seen: Counter[Key] = Counter()
    found = []
    for lineage, place, new in _changes(tree):
        shown = _shown(lineage, place, texts)
        was, before = _text(shown), place.get()
        if shown is before:  # a whole statement goes
            becomes = ast.unparse(new)
        else:
            place.put(new)
            becomes = _text(shown)
            place.put(before)
        key = Key(module, _function(lineage), was, becomes)
        seen[key] += 1
        line = next(n.lineno for n in (before, *reversed(lineage)) if isinstance(n, (ast.stmt, ast.expr)))
        found.append(Mutant(key._replace(nth=seen[key]), line, tree, place, new))
    return found


def _function(lineage: list[ast.AST]) -> str:
    """The outermost function or method a change is in, `<module>` or the class outside of any."""
    names = []
    for node in lineage:
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            names.append(node.name)
            if isinstance(node, _FUNCTIONS):
                break
    return ".".join(names) or "<module>"


def _shown(lineage: list[ast.AST], place: Place, texts: dict[int, str]) -> ast.AST:
    """The largest part around a change that is short enough to read."""
    changed = place.get()
    if isinstance(changed, ast.stmt):
        return changed
    start = max(n for n, node in enumerate(lineage) if isinstance(node, (ast.stmt, ast.Module)))
    for node in lineage[start:]:
        if id(node) not in texts:
            texts[id(node)] = _text(node)
        if len(texts[id(node)]) <= _LONGEST:
            return node
    return lineage[-1]


def _text(node: ast.AST) -> str:
    """The node as code; of a compound statement its first line."""
    if isinstance(node, (ast.comprehension, ast.keyword, ast.arguments)):
        return ast.unparse(node).strip()
    lines = ast.unparse(node).split("\n")
    return lines[len(getattr(node, "decorator_list", ()))] if isinstance(node, ast.stmt) else lines[0]


# ---- which changes there are -------------------------------------------------------------------------------


def _changes(tree: ast.Module) -> Iterator[tuple[list[ast.AST], Place, Any]]:
    """Each change: the nodes around it from the outermost on, where, and what is put there."""
    waiting: list[tuple[list[ast.AST], Place]] = [([tree], place) for place in reversed(_parts(tree))]
    while waiting:
        lineage, place = waiting.pop()
        node = place.get()
        around = [*lineage, node]
        for where, new in _variants(node, place):
            yield (lineage if where is place else around), where, new
        waiting += [(around, part) for part in reversed(_parts(node))]


def _parts(node: ast.AST) -> list[Place]:
    """The parts of a node in which a change would be felt."""
    if isinstance(node, ast.JoinedStr) and isinstance(node.values, list) and not node.values:
        return []
    found = []
    for field, value in ast.iter_fields(node):
        if field in _UNSEEN_FIELDS or (isinstance(node, ast.ClassDef) and field == "keywords"):
            continue
        if isinstance(value, list):
            places = [Place(node, field, n) for n, part in enumerate(value) if isinstance(part, ast.AST)]
        else:
            places = [Place(node, field)] if isinstance(value, ast.AST) else []
        found += [place for place in places if not _unseen(place.get())]
    return found


def _unseen(node: ast.AST) -> bool:
    """Whether a node only documents, types or speeds up."""
    if isinstance(node, _UNSEEN_NODES):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # docstrings, `...`
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.keyword):
        return node.arg == "strict"  # of zip: what a caller can never break
    if isinstance(node, ast.Assign):
        named = [target.id for target in node.targets if isinstance(target, ast.Name)]
        called = node.value.func if isinstance(node.value, ast.Call) else None
        return "__slots__" in named or (isinstance(called, ast.Name) and called.id == "TypeVar")
    return False


def _variants(node: ast.AST, place: Place) -> Iterator[tuple[Place, Any]]:
    """The ways to make one node wrong."""
    if isinstance(node, ast.stmt):
        yield from _of_statement(node, place)
    elif isinstance(node, ast.Constant):
        yield from ((place, ast.Constant(value)) for value in _other_values(node.value))
    elif isinstance(node, ast.comprehension):
        for n in range(len(node.ifs)):
            yield from _forced(Place(node, "ifs", n))
    elif isinstance(node, ast.Slice):
        yield from ((Place(node, end), None) for end in ("lower", "upper") if getattr(node, end) is not None)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, place)
    else:
        yield from _of_operator(node, place)


def _of_statement(node: ast.stmt, place: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(node, ast.If):
        yield from _forced(Place(node, "test"))
    elif isinstance(node, ast.While):
        yield Place(node, "test"), ast.Constant(value=False)
    elif isinstance(node, ast.Return):
        yield from _of_return(node, place)
    elif isinstance(node, ast.Expr):
        if isinstance(node.value, (ast.Call, ast.Yield, ast.YieldFrom)):
            yield place, ast.Pass()
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is not None and any(isinstance(t, (ast.Attribute, ast.Subscript)) for t in targets):
            yield place, ast.Pass()
    elif isinstance(node, _REMOVED):
        yield place, ast.Pass()
    if isinstance(node, ast.AugAssign) and type(node.op) in _OPERATORS:
        yield Place(node, "op"), _OPERATORS[type(node.op)]()


def _of_return(node: ast.Return, place: Place) -> Iterator[tuple[Place, Any]]:
    if node.value is None:
        yield place, ast.Pass()
        return
    if not isinstance(node.value, ast.Constant) or node.value.value is not None:
        yield Place(node, "value"), ast.Constant(value=None)
    if isinstance(node.value, ast.BoolOp) or (
        isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id in {"any", "all", "bool", "isinstance"}
    ):
        yield Place(node, "value"), ast.UnaryOp(ast.Not(), node.value)


def _of_call(node: ast.Call, place: Place) -> Iterator[tuple[Place, Any]]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name == "abs":
        yield place, node.args[0]
    if name in _CALLS and not (name == "sorted" and node.keywords):
        yield Place(node.func, "id"), _CALLS[name]
    keyed = name in {"sorted", "min", "max"} or (
        isinstance(node.func, ast.Attribute) and node.func.attr == "sort"
    )
    without = [keyword for keyword in node.keywords if keyword.arg != "key"]
    if keyed and len(without) < len(node.keywords):
        yield Place(node, "keywords"), without


def _of_operator(node: ast.AST, place: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(node, ast.Compare):
        for n, op in enumerate(node.ops):
            yield Place(node, "ops", n), _COMPARISONS[type(op)]()
    elif isinstance(node, ast.BoolOp):
        yield Place(node, "op"), ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        yield place, node.operand
    elif isinstance(node, ast.BinOp):
        yield Place(node, "op"), _OPERATORS[type(node.op)]()
    elif isinstance(node, ast.IfExp):
        yield from _forced(Place(node, "test"))


def _forced(test: Place) -> Iterator[tuple[Place, Any]]:
    yield test, ast.Constant(value=True)
    yield test, ast.Constant(value=False)


def _other_values(value: object) -> tuple[object, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return value + 1, value - 1
    if isinstance(value, str):
        return ("#",)
    return (b"#",) if isinstance(value, bytes) else ()
