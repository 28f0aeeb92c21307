"""The mutation rig: makes the rules wrong in every small way and asks whether a test of the rules notices.

`python -m tests.rigs.mutants [MODULE...]` names the mutants no test notices. The tests are collected once;
each mutant is a fork that puts the changed code in place of the right one and runs the tests that enter the
changed function, quickest first, until one fails. Whatever runs too long or grows too large is noticed too.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import importlib
import json
import os
import resource
import signal
import sys
import time
import tomllib
import types
import zlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.rigs.mutations import Key, Mutant, mutants_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[2]
KNOWN = Path(__file__).with_name("surviving_mutants.toml")
PACKAGE = ROOT / "grants_app" / "rules"
NOTICED = 1
TENTHS = 10
MOST_MEMORY = 2 << 30
# Slow tests that enter much: tried on mutants of what they are about alone.
ONLY_FOR = {
    "test_checker_on_random_runs": ("checker", "checker_seats"),
    "test_orders_of_equals": ("orders", "free_equals", "blocks"),
    "test_scenario": ("scenario",),
    "test_sensitivity": ("sensitivity", "small_steps", "spared", "scenario"),
}
QUICK_S = 0.15
_MODULE = "<module>"
WHOLE_S = 600  # a fork forgotten by everybody ends by itself
PATIENCE = 3.0  # a mutant may take so many times as long as each test does, and a second


def module_names() -> list[str]:
    """The modules of the rules."""
    return sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")


def _source(name: str) -> str:
    return (PACKAGE / f"{name}.py").read_text(encoding="utf-8")


def known_survivors() -> dict[Key, str]:
    """The changes known to go unnoticed, with the reason of each."""
    entries = tomllib.loads(KNOWN.read_text(encoding="utf-8"))["survivor"]
    return {
        Key(e["module"], e["function"], e["was"], e["becomes"], e.get("nth", 1)): e["why"] for e in entries
    }


def mutants(names: Iterable[str], tenths: int = TENTHS) -> list[Mutant]:
    """The mutants of these modules; always the same ones when only some tenths are asked for."""
    made = [mutant for name in names for mutant in mutants_of(_source(name), name)]
    return [mutant for mutant in made if zlib.crc32(repr(mutant.key).encode()) % TENTHS < tenths]


# ---- putting a mutant in place -----------------------------------------------------------------------------


def install(module: str, tree: ast.Module, function: str = _MODULE) -> None:
    """Let this process run a module as `tree` has it, for everybody who imported from it before.

    The code of its functions is put in place of theirs; where the change is outside of any function, the
    values the module assigns, and the class it is in, are put in place of those it had.
    """
    name = f"grants_app.rules.{module}"
    real = sys.modules[name]
    fresh = types.ModuleType(name)
    fresh.__dict__.update(__file__=real.__file__, __package__=real.__package__)
    exec(compile(tree, str(real.__file__), "exec"), fresh.__dict__)  # noqa: S102 - our own module, changed
    others = _functions(fresh)
    for key, (owner, attribute, plain) in _functions(real).items():
        _take_over(owner, attribute, plain, others[key][2])
    if not _is_function(tree, function):
        _rebind(real, fresh, _assigned(tree) | {function.split(".", maxsplit=1)[0]})


def _functions(module: types.ModuleType) -> dict[str, tuple[Any, str, types.FunctionType]]:
    """A module's functions and methods by their qualified names, with whose attribute they are."""
    found = {}
    owners: list[Any] = [module]
    for owner in owners:
        for attribute, value in list(vars(owner).items()):
            if isinstance(value, type) and value.__module__ == module.__name__ and value not in owners:
                owners.append(value)
            plain = _plain(value)
            if isinstance(plain, types.FunctionType) and plain.__module__ == module.__name__:
                found[plain.__qualname__] = (owner, attribute, plain)
    return found


def _plain(value: object) -> object:
    """The function inside a property, a class or static method, or a cache."""
    for inner in ("fget", "__func__", "func", "__wrapped__"):
        value = getattr(value, inner, None) or value
    return value


def _take_over(owner: Any, attribute: str, function: types.FunctionType, other: types.FunctionType) -> None:
    held = vars(owner)[attribute]
    if isinstance(held, functools._lru_cache_wrapper):
        held.cache_clear()
    try:
        function.__code__ = other.__code__
    except ValueError:  # it closes over something else now
        setattr(owner, attribute, other)
    function.__defaults__, function.__kwdefaults__ = other.__defaults__, other.__kwdefaults__


def _is_function(tree: ast.Module, qualified: str) -> bool:
    nodes: list[ast.stmt] = tree.body
    node: ast.stmt | None = None
    for name in qualified.split("."):
        node = next((n for n in nodes if getattr(n, "name", "") == name), None)
        nodes = getattr(node, "body", [])
    return isinstance(node, ast.FunctionDef)


def _assigned(tree: ast.Module) -> set[str]:
    targets = [t for n in tree.body if isinstance(n, ast.Assign) for t in n.targets]
    targets += [n.target for n in tree.body if isinstance(n, ast.AnnAssign)]
    return {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}


def _rebind(real: types.ModuleType, fresh: types.ModuleType, names: set[str]) -> None:
    """Let everybody who imported one of these names have the changed one."""
    ours = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith(("grants_app.", "tests.")) and isinstance(module, types.ModuleType)
    ]
    for name in names & vars(fresh).keys() & vars(real).keys():
        old = vars(real)[name]
        for module in ours:
            if vars(module).get(name) is old:
                setattr(module, name, vars(fresh)[name])


# ---- running the tests -------------------------------------------------------------------------------------


class Rig:
    """A plugin of pytest that runs the collected tests once for each mutant, each time in a fork."""

    def __init__(
        self, names: list[str], tenths: int, jobs: int, tell: Callable[[str], None], *, quick: bool = False
    ) -> None:
        """`quick`: by the quick tests alone, which leaves more unnoticed than there are."""
        self.mutants = mutants(names, tenths)
        self._quick = quick
        self._known = known_survivors() if tenths < TENTHS else {}  # not tried again by every test run
        self.survivors: list[Mutant] = []
        self._jobs, self._tell = jobs, tell
        self._tests: dict[tuple[str, str], list[int]] = {}
        self._took: list[float] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """In a fork a failing test is the end: the mutant was noticed."""
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            os._exit(NOTICED)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which test enters which function, then try mutant after mutant."""
        for name in module_names():
            importlib.import_module(f"grants_app.rules.{name}")
        gc.collect()
        gc.freeze()
        self._learn(session.items)
        running: dict[int, Mutant] = {}
        for number, mutant in enumerate(self.mutants):
            if not number % 100:
                self._tell(f"{number} of {len(self.mutants)} mutants")
            if mutant.key in self._known or not self._relevant(mutant):
                self._survived(mutant)
                continue
            if len(running) == self._jobs:
                self._wait(running)
            running[_fork(functools.partial(self._try, session.items, mutant))] = mutant
        while running:
            self._wait(running)
        return True

    def _survived(self, mutant: Mutant) -> None:
        self.survivors.append(mutant)
        if mutant.key not in self._known:
            self._tell(f"{mutant.key.module}.py:{mutant.line} {mutant.key}")

    def _wait(self, running: dict[int, Mutant]) -> None:
        pid, status = os.wait()
        mutant = running.pop(pid)
        if status == 0:
            self._survived(mutant)
        elif os.WIFEXITED(status) and os.WEXITSTATUS(status) != NOTICED:
            raise RuntimeError("could not be tried", mutant.key)

    def _relevant(self, mutant: Mutant) -> list[int]:
        """The tests that enter the changed function, quickest first; the module's for what is in none."""
        exact = self._tests.get((mutant.key.module, mutant.key.function))
        if exact is not None or mutant.key.function[0].islower():
            return exact or []
        of_module = {
            t for (name, _), tests in self._tests.items() if name == mutant.key.module for t in tests
        }
        return sorted(of_module, key=self._took.__getitem__)

    def _try(self, items: list[pytest.Item], mutant: Mutant) -> None:
        signal.alarm(WHOLE_S)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        try:
            install(mutant.key.module, mutant.changed(), mutant.key.function)
        except Exception:  # noqa: BLE001 - the module cannot even be imported: every test would notice
            os._exit(NOTICED)
        tests = self._relevant(mutant)
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_PROF, 1 + PATIENCE * self._took[test])  # ends this process
            _run(items[test], None if following is None else items[following])

    def _learn(self, items: list[pytest.Item]) -> None:
        """Run every test once, noting the functions it enters and how long it takes."""
        reading, writing = os.pipe()
        pid = _fork(functools.partial(self._teach, items, writing))
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            told = pipe.read()
        if os.waitpid(pid, 0)[1]:
            raise RuntimeError("the tests of the rules fail without any mutant")
        entered: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, (took, functions) in enumerate(json.loads(told)):
            self._took.append(took)
            for module, function in functions:
                if module not in ONLY_FOR.get(items[number].path.stem, (module,)):
                    continue
                if took < QUICK_S or not self._quick:
                    entered[module, function].append(number)
        self._tests = {key: sorted(tests, key=self._took.__getitem__) for key, tests in entered.items()}

    def _teach(self, items: list[pytest.Item], writing: int) -> None:
        for name in module_names():  # unchanged: putting code in place must by itself disturb nothing
            install(name, ast.parse(_source(name)))
        signal.alarm(WHOLE_S)
        lessons = []
        folder = str(PACKAGE) + os.sep
        seen: set[types.CodeType] = set()

        def note(frame: types.FrameType, event: str, _argument: object) -> None:
            if event == "call":
                seen.add(frame.f_code)

        for item in items:
            seen.clear()
            began = time.process_time()
            sys.setprofile(note)
            _run(item, None)
            sys.setprofile(None)
            took = time.process_time() - began
            entered = {
                (Path(code.co_filename).stem, code.co_qualname.split(".<locals>")[0])
                for code in seen
                if code.co_filename.startswith(folder)
            }
            lessons.append((took, sorted(entered)))
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            json.dump(lessons, pipe)


def _fork(work: Callable[[], object]) -> int:
    """Do something in a silent fork of this process; its number."""
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        work()
        code = 0
    finally:
        os._exit(code)


def _run(item: pytest.Item, following: pytest.Item | None) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


# ---- the command -------------------------------------------------------------------------------------------


def _summary(rig: Rig) -> Iterator[str]:
    survived = {mutant.key for mutant in rig.survivors}
    for name in module_names():
        keys = [mutant.key for mutant in rig.mutants if mutant.key.module == name]
        if keys:
            killed = sum(key not in survived for key in keys)
            yield f"{name:16} {killed:5} of {len(keys):5} noticed, {100 * killed / len(keys):.1f} %"
    killed, all_ = len(rig.mutants) - len(survived), len(rig.mutants)
    yield f"{'together':16} {killed:5} of {all_:5} noticed, {100 * killed / max(all_, 1):.1f} %"


def _said(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Try the mutants of the modules named, or of all; print those no test notices."""
    parser = argparse.ArgumentParser(prog="python -m tests.rigs.mutants")
    parser.add_argument("module", nargs="*", help="modules of grants_app/rules, all by default")
    parser.add_argument("--tenths", type=int, default=TENTHS, help="how many tenths of the mutants")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    parser.add_argument("--quick", action="store_true", help="by the quick tests alone")
    parser.add_argument("--among", type=Path, help="only those a file of --json names as unnoticed")
    parser.add_argument("--json", type=Path, help="write the figures and survivors there")
    asked = parser.parse_args(arguments)
    names = asked.module or module_names()
    rig = Rig(names, asked.tenths, asked.jobs, _said, quick=asked.quick)
    if asked.among:
        among = {Key(*key) for key in json.loads(asked.among.read_text(encoding="utf-8"))["survivors"]}
        rig.mutants = [mutant for mutant in rig.mutants if mutant.key in among]
    switches = ["-c", os.devnull, f"--rootdir={ROOT}", "--import-mode=importlib", "-o", "pythonpath=."]
    switches += ["-o", "markers=prove"]
    switches += ["-qq", "-s", "--assert=plain", "-p", "no:cacheprovider"]
    if code := pytest.main([*switches, str(ROOT / "tests" / "rules")], plugins=[rig]):
        return int(code)
    print(*_summary(rig), sep="\n")
    if asked.json:
        made = [list(mutant.key) for mutant in rig.mutants]
        survived = [list(mutant.key) for mutant in rig.survivors]
        asked.json.write_text(json.dumps({"mutants": made, "survivors": survived}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    settled = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
    if not settled.items() <= os.environ.items():  # the order of sets must not decide who survives
        os.environ.pop("GRANTS_PROVE", None)  # the tests themselves at a tenth
        os.execve(sys.executable, [*sys.orig_argv], os.environ | settled)  # noqa: S606 - this very command
    sys.exit(main())
