"""Change one module a little, hundreds of times, and say which changes no test noticed.

    python tools/mutation.py hamroh.kernel.law.arrears tests/kernel/law [--sample 40] [--jobs 2] [--json]

A change swaps a comparison, an operator, a condition or a constant, leaves out a statement or returns nothing. Each lives in a forked
process whose import of that one module is changed; no file is touched. Only the tests run that reach the changed line. A change that
alters nothing stands in `equivalent_mutants.txt` with its reason, by what it does and not by its line.
"""

import argparse
import ast
import contextlib
import copy
import importlib
import importlib.abc
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import pytest

EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")
QUIET = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
#: a change may make a loop endless: so many times the usual time, and so many seconds, it is waited for
PATIENCE, SPARE = 8, 10
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr, ast.Pow: ast.Mult, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitXor: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: where, what it does in words, and the whole module with it."""

    line: int
    last: int
    said: str
    tree: ast.Module = field(compare=False, repr=False)


def mutants(source: str) -> Iterator[Mutant]:
    """Every change of a module, in the order of its lines."""
    tree = ast.parse(source)
    sites = sorted(_sites(tree), key=lambda site: (site.lineno, site.col_offset))
    for site in sites:
        for number, (before, after) in enumerate(_changes(site)):
            changed = _changed(tree, site, number)
            yield Mutant(site.lineno, site.end_lineno or site.lineno, f"{before} -> {after}", changed)


def _sites(node: ast.AST) -> Iterator[Any]:
    """Expressions and statements that do something: no annotation, decorator, docstring, assertion or import."""
    if isinstance(node, ast.expr | ast.stmt) and any(True for _ in _changes(node)):
        yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params", "bases"} or isinstance(node, ast.Assert):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _silent(child):
                yield from _sites(child)


def _silent(node: ast.AST) -> bool:
    """Whether nothing could notice: a docstring, what only a checker of types reads, a string in a message to people."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr | ast.TypeAlias if sys.version_info >= (3, 12) else ast.JoinedStr):
        return True
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _changes(node: ast.AST) -> list[tuple[str, str]]:
    return [(_short(node), _short(after)) for after in _afters(node)]


def _afters(node: ast.AST) -> Iterator[ast.AST]:  # noqa: C901, PLR0912 - a table of what becomes of each sort of node
    match node:
        case ast.Compare(left, ops, comparators):
            for at, op in enumerate(ops):
                if other := SWAPS.get(type(op)):
                    yield ast.Compare(left, [*ops[:at], other(), *ops[at + 1 :]], comparators)  # type: ignore[list-item]
        case ast.BoolOp(op, values):
            yield ast.BoolOp(SWAPS[type(op)](), values)  # type: ignore[arg-type]
        case ast.BinOp(left, op, right) if type(op) in SWAPS and not _is_text(left) and not _is_text(right):
            yield ast.BinOp(left, SWAPS[type(op)](), right)  # type: ignore[arg-type]
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.UnaryOp(ast.USub(), operand):
            yield operand
        case ast.Constant(value) if isinstance(value, bool):
            yield ast.Constant(not value)
        case ast.Constant(value) if isinstance(value, int):
            yield ast.Constant(value + 1)
        case ast.Constant(value) if isinstance(value, str) and value and " " not in value:
            yield ast.Constant(value + "X")
        case ast.IfExp(test, body, orelse) if not isinstance(test, ast.Compare):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.If(test, body, orelse) if not isinstance(test, ast.Compare):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Return(value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Raise() | ast.Expr(ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Delete():
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _short(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())[:110]


def _changed(tree: ast.Module, site: Any, number: int) -> ast.Module:
    """A copy of the module in which one node is another."""
    at = list(ast.walk(tree)).index(site)
    new = copy.deepcopy(tree)
    twin = list(ast.walk(new))[at]
    after = [*_afters(twin)][number]
    for node in ast.walk(after):
        ast.copy_location(node, twin) if not hasattr(node, "lineno") else None

    class Swap(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return after if node is twin else self.generic_visit(node)

    return ast.fix_missing_locations(Swap().visit(new))


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module by other code; all others come as ever."""

    def __init__(self, name: str, code: CodeType) -> None:
        self.name, self.code = name, code

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        found = PathFinder.find_spec(name, path, target)
        assert found is not None
        spec = ModuleSpec(name, self, origin=found.origin, is_package=found.submodule_search_locations is not None)
        spec.submodule_search_locations, spec.has_location = found.submodule_search_locations, True
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return super().create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102 - the module itself, with one node changed


class _Reach:
    """Which lines of a file each test reaches, and how long it takes; what an import reaches belongs to every test."""

    def __init__(self, path: str) -> None:
        self.path, self.lines, self.times = path, dict[str, set[int]](), dict[str, float]()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        found = self.lines.setdefault(item.nodeid, set())

        def inside(frame: FrameType, _event: str, _value: Any) -> Any:
            found.add(frame.f_lineno)
            return inside

        def trace(frame: FrameType, _event: str, _value: Any) -> Any:
            return inside(frame, "", None) if frame.f_code.co_filename == self.path else None

        began = time.monotonic()
        sys.settrace(trace)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.times[item.nodeid] = time.monotonic() - began


class _Only:
    """Leaves the chosen tests, the quickest first."""

    def __init__(self, chosen: Sequence[str]) -> None:
        self.order = {name: at for at, name in enumerate(chosen)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (each for each in items if each.nodeid in self.order), key=lambda each: self.order[each.nodeid]
        )


def forked(work: Callable[[], Any], patience: float) -> Any:
    """What a forked process says, or None when it took too long or fell."""
    with tempfile.TemporaryFile() as answer:
        pid = os.fork()
        if pid == 0:
            with contextlib.suppress(BaseException):
                os.setsid()
                null = os.open(os.devnull, os.O_RDWR)
                for stream in (0, 1, 2):
                    os.dup2(null, stream)
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    said = work()
                answer.write(json.dumps(said).encode())
                answer.flush()
            os._exit(0)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if os.waitpid(pid, os.WNOHANG)[0]:
                answer.seek(0)
                text = answer.read()
                return json.loads(text) if text else None
            time.sleep(0.02)
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return None


def reached(path: str, tests: Sequence[str]) -> tuple[dict[str, list[int]], dict[str, float], float]:
    """Lines and seconds of each test, and seconds of all; who finds tests that fail has nothing to measure."""

    def work() -> Any:
        watch = _Reach(path)
        code = pytest.main([*QUIET, *tests], plugins=[watch])
        return [int(code), {name: sorted(lines) for name, lines in watch.lines.items()}, watch.times]

    began = time.monotonic()
    said = forked(work, 3600)
    if said is None or said[0] != 0:
        raise SystemExit("mutation: the tests fail on the unchanged module")
    return said[1], said[2], time.monotonic() - began


def survives(
    name: str, mutant: Mutant, file: str, chosen: tuple[Sequence[str], Sequence[str]], patience: float
) -> bool:
    """Whether every chosen test, of some files, passes although the module is changed."""
    files, tests = chosen

    def work() -> int:
        sys.meta_path.insert(0, _Changed(name, compile(mutant.tree, file, "exec")))
        return int(pytest.main([*QUIET, *files], plugins=[_Only(tests)]))

    return forked(work, patience) == 0


def known_equivalent(module: str) -> set[str]:
    """What was judged to alter nothing, by module."""
    if not EQUIVALENT.exists():
        return set()
    rows = (line.split("\t") for line in EQUIVALENT.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {said for where, said, *_reason in rows if where == module}


def measure(
    module: str, tests: Sequence[str], *, sample: int = 0, jobs: int = 1, warm: Sequence[str] = ()
) -> dict[str, Any]:
    """How many changes of a module its tests noticed, and which they did not."""
    for each in warm:
        importlib.import_module(each)
    file = _file_of(module)
    every = [each for each in mutants(file.read_text(encoding="utf-8")) if each.said not in known_equivalent(module)]
    chosen = random.Random(11).sample(every, min(sample, len(every))) if sample else every  # noqa: S311 - a draw
    lines, times, whole = reached(str(file), tests)
    order, imported = sorted(times, key=lambda name: times[name]), _imported(file)

    def alive(mutant: Mutant) -> bool:
        span = set(range(mutant.line, mutant.last + 1))
        near = [name for name in order if span & (imported | set(lines[name]))]
        return not near or survives(module, mutant, str(file), (tests, near), whole * PATIENCE + SPARE)

    with ThreadPoolExecutor(jobs) as pool:
        left = [mutant for mutant, lives in zip(chosen, pool.map(alive, chosen), strict=True) if lives]
    return {
        "module": module, "changes": len(every), "tried": len(chosen), "noticed": len(chosen) - len(left),
        "left": [f"{mutant.line}: {mutant.said}" for mutant in left],
    }  # fmt: skip


def _file_of(module: str) -> Path:
    """Where a module stands, without importing it or its packages: these come fresh in each process."""
    place = Path(__file__).resolve().parents[1].joinpath("src", *module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _imported(path: Path) -> set[int]:
    """Lines that run when the module is imported: all outside functions, and the heads of those."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for line in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
    }
    return set(range(1, path.read_text(encoding="utf-8").count("\n") + 2)) - inside


def main() -> None:
    """Measure one module and print what was left."""
    asked = argparse.ArgumentParser()
    asked.add_argument("module")
    asked.add_argument("tests", nargs="+")
    asked.add_argument("--sample", type=int, default=0)
    asked.add_argument("--jobs", type=int, default=1)
    asked.add_argument("--warm", action="append", default=[])
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    told = measure(given.module, given.tests, sample=given.sample, jobs=given.jobs, warm=given.warm)
    if given.json:
        print(json.dumps(told))
        return
    print(f"{told['module']}: {told['noticed']} of {told['tried']} noticed ({told['changes']} possible)")
    print("\n".join(told["left"]))


if __name__ == "__main__":
    main()
