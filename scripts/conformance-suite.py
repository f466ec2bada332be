#!/usr/bin/env python3
"""Reads the installed NumPy's own test suite as straight programs, and says what NumPy shows for each of their expressions.

conformance-suite.py programs [WORD...]   prints the programs as JSON; words choose test files, such as test_einsum
conformance-suite.py answers < programs   prints the same programs with the answers of this interpreter's NumPy

A test is followed as it runs: loops are unrolled, branches and helpers with assertions go in line, `self.x` is a name, a sample
of its parameters takes the place of a parametrization. What is asserted becomes an expression statement.
Nothing of it is committed: the suite is read anew at each run.
"""
import ast
import contextlib
import copy
import importlib
import importlib.util
import io
import itertools
import json
import os
import pathlib
import signal
import sys
import types
import warnings

import numpy as np

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("goldens", here.parent / "test" / "golden" / "make-numpy.py")
goldens = importlib.util.module_from_spec(spec)
spec.loader.exec_module(goldens)

FOLDERS = ["lib", "_core", "linalg", "fft", "polynomial"]
# Files about the parts that are not here: files, buffers, dates, records, C types, memory, threads, processors, the suite itself.
OUTSIDE = """datasource iotools version arrayterator format io loadtxt mixins recfunctions exceptions abc api argparse array_api_info
array_interface arraymethod cpu_dispatcher cpu_features custom_dtypes cython datetime dlpack extint128 hashtable limited_api
mem_overlap mem_policy memmap multiprocessing multithreading nditer overrides protocols records scalarbuffer simd simd_module
stringdtype umath_accuracy conversion_utils casting_unittests deprecations errstate""".split()
ITERATIONS = 6
PARAMETERS = 8
STATEMENTS = 150
SECONDS = 5
LONG = 4000

BOTH = set("""assert_equal assert_array_equal assert_allclose assert_almost_equal assert_array_almost_equal assert_approx_equal
assert_array_less assert_array_max_ulp assert_array_almost_equal_nulp assert_string_equal assert_complex_equal assert_dtype_equal
assert_equal_ assert_array_strict_equal assert_equal_records assert_cast_types_equal assert_op_raises_fpe assert_close
assert_hypot_isinf assert_quot assert_alternatives""".split())
RAISING = {"assert_raises": 1, "assert_raises_regex": 2, "assert_warns": 1, "assert_raises_fpe": 1, "raises": 1, "warns": 1,
           "assert_no_warnings": 0, "assert_deprecated": 0, "deprecated_call": 0, "assert_not_deprecated": 0}
PRIVATE = {"numpy._core", "numpy._core.umath", "numpy._core.numeric", "numpy._core.multiarray", "numpy._core.fromnumeric",
           "numpy._core._multiarray_umath", "numpy.lib._function_base_impl", "numpy.lib._nanfunctions_impl", "numpy._core.function_base"}


class TooLong(BaseException):
    """The program's time is over."""


class Left(Exception):
    """A test that is not followed any further."""


class Jump(Exception):
    """break, continue or return."""

    def __init__(self, kind):
        self.kind = kind


@contextlib.contextmanager
def quiet(seconds=SECONDS):
    def over(*_):
        raise TooLong

    signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def reset():
    np.seterr(all="warn")
    np.polynomial.set_default_printstyle("unicode")
    np.set_printoptions(edgeitems=3, threshold=1000, precision=8, suppress=False, linewidth=75, nanstr="nan", infstr="inf",
                        sign="-", formatter=None, floatmode="maxprec", legacy="1.25" if np.__version__ >= "2" else False)


def sample(items, count):
    items = list(items)
    if len(items) <= count:
        return items
    return [items[round(k * (len(items) - 1) / (count - 1))] for k in range(count)]


NUMPY_NAMES = {}
for place in ["numpy", "numpy.linalg", "numpy.fft", "numpy.lib.stride_tricks", "numpy.polynomial.polyutils", "numpy.exceptions", "numpy.random", "operator", "math"]:
    try:
        module = importlib.import_module(place)
    except ImportError:
        continue
    for key in dir(module):
        if not key.startswith("_") and not isinstance(getattr(module, key), types.ModuleType):
            with contextlib.suppress(TypeError):
                NUMPY_NAMES.setdefault(id(getattr(module, key)), (place, key))


def literal(value, module=None):
    """Source text for a value; raises Left where there is none."""
    if value is None or isinstance(value, (bool, int, str, bytes)) and type(value).__module__ == "builtins":
        return repr(value)
    if type(value) is float:
        return repr(value) if np.isfinite(value) else f"float('{value}')"
    if type(value) is complex:
        return repr(value) if np.isfinite(value) else f"complex({literal(value.real)}, {literal(value.imag)})"
    if value is Ellipsis:
        return "..."
    if type(value) is list:
        return "[" + ", ".join(literal(v, module) for v in value) + "]"
    if type(value) is tuple:
        return "(" + "".join(literal(v, module) + ", " for v in value) + ")"
    if type(value) is dict:
        return "{" + ", ".join(f"{literal(k, module)}: {literal(v, module)}" for k, v in value.items()) + "}"
    if type(value) is slice:
        return f"slice({literal(value.start)}, {literal(value.stop)}, {literal(value.step)})"
    if isinstance(value, np.dtype):
        if value.isnative and value.kind in "biufc" and value.itemsize <= 16:
            return f"np.dtype({value.name!r})"
        raise Left
    if isinstance(value, np.generic) and value.dtype.kind in "biufc" and value.dtype.char not in "gG":
        if value.dtype.kind in "fc":
            return f"np.{value.dtype.name}({literal(value.item())})" if value.dtype.kind == "f" else f"np.{value.dtype.name}({literal(complex(value))})"
        return f"np.{value.dtype.name}({value.item()!r})" if value.dtype.kind != "b" else f"np.bool_({value.item()!r})"
    if type(value) is np.ndarray and value.size <= 300 and value.dtype.kind in "biufcU" and value.dtype.isnative and value.dtype.char not in "gG":
        name = f"dtype=np.{value.dtype.name}" if value.dtype.kind not in "bU" else "dtype=bool" if value.dtype.kind == "b" else f"dtype={value.dtype.str[1:]!r}"
        body = f"np.array({literal(value.tolist())}, {name})" if value.ndim else f"np.array({literal(value.item())}, {name})"
        return body if 0 not in value.shape or value.ndim == 1 else f"np.zeros({value.shape}, {name})"
    if isinstance(value, type) and value.__module__ == "builtins":
        return value.__name__
    if id(value) in NUMPY_NAMES:
        place, key = NUMPY_NAMES[id(value)]
        return f"{place.replace('numpy', 'np', 1)}.{key}"
    name = getattr(value, "__name__", None)
    if module and name and getattr(module, name, None) is value:
        return name
    raise Left


def names_in(node):
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def called(node):
    """The last name of a call's function."""
    if not isinstance(node, ast.Call):
        return ""
    f = node.func
    return f.id if isinstance(f, ast.Name) else f.attr if isinstance(f, ast.Attribute) else ""


def asserts(node):
    return any(isinstance(n, ast.Assert) or called(n).startswith("assert") or called(n) in ("raises", "warns", "check_cases") for n in ast.walk(node))


class NoSelf(ast.NodeTransformer):
    """`self.x` becomes the name `self_x`."""

    def visit_Attribute(self, node):
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
            return ast.copy_location(ast.Name(f"self_{node.attr}", node.ctx), node)
        return node


class Renamed(ast.NodeTransformer):
    def __init__(self, names):
        self.names = names

    def visit_Name(self, node):
        new = self.names.get(node.id)
        if new is None:
            return node
        return copy.deepcopy(new) if isinstance(new, ast.AST) else ast.copy_location(ast.Name(new, node.ctx), node)

    def visit_FunctionDef(self, node):
        inner = {a.arg for a in node.args.posonlyargs + node.args.args + node.args.kwonlyargs}
        node.name = self.names.get(node.name, node.name) if isinstance(self.names.get(node.name, ""), str) else node.name
        return Renamed({k: v for k, v in self.names.items() if k not in inner}).generic_visit(node)

    def visit_Lambda(self, node):
        inner = {a.arg for a in node.args.args}
        return Renamed({k: v for k, v in self.names.items() if k not in inner}).generic_visit(node)


def plain(node):
    """Literals, which tell nothing."""
    return not any(isinstance(n, (ast.Call, ast.Name, ast.Attribute, ast.BinOp, ast.Subscript)) for n in ast.walk(node))


class Test:
    """Follows one test function and writes the program."""

    def __init__(self, suite, cls):
        self.suite = suite
        self.cls = cls
        self.methods = suite.methods(cls) if cls else {}
        self.live = dict(vars(suite.module))
        self.lines = []
        self.shown = 0
        self.fresh = 0
        self.local = {}  # nested functions with assertions
        self.seeded = False
        if cls:
            for key in dir(cls):
                if key not in self.methods and not key.startswith("__"):
                    self.live[f"self_{key}"] = getattr(cls, key)
            for key, node in self.methods.items():
                with contextlib.suppress(BaseException):
                    self.run(suite.function_of(node, f"self_{key}"))

    def run(self, node):
        module = ast.fix_missing_locations(ast.Module([node], []))
        exec(compile(module, "<suite>", "exec"), self.live)

    def value(self, node):
        return eval(compile(ast.fix_missing_locations(ast.Expression(copy.deepcopy(node))), "<suite>", "eval"), self.live)

    def say(self, text):
        if self.shown >= STATEMENTS:
            raise Left
        self.lines.append(text)

    def statement(self, node):
        self.run(copy.deepcopy(node))
        self.say(ast.unparse(node))

    def expression(self, node):
        """An expression statement, whose answer counts."""
        if isinstance(node, ast.Lambda):
            node = node.body
        if plain(node) or isinstance(node, ast.Starred):
            return
        text = ast.unparse(node)
        if isinstance(node, ast.Name) and self.lines and self.lines[-1] == text:
            return
        with contextlib.suppress(Exception):
            self.value(node)
        self.say(text)
        self.shown += 1

    def body(self, nodes):
        for node in nodes:
            self.node(node)

    def node(self, node):
        kind = type(node).__name__
        method = getattr(self, f"on_{kind}", None)
        if method:
            method(node)
        else:
            self.statement(node)

    def on_Pass(self, node):
        pass

    def on_Break(self, node):
        raise Jump("break")

    def on_Continue(self, node):
        raise Jump("continue")

    def on_Return(self, node):
        raise Jump("return")

    def on_Global(self, node):
        pass

    on_Nonlocal = on_Global

    def on_FunctionDef(self, node):
        if asserts(node):
            self.local[node.name] = node
            with contextlib.suppress(Exception):
                self.run(copy.deepcopy(node))
        else:
            node = copy.deepcopy(node)
            node.returns = None
            self.statement(node)

    def on_Assign(self, node):
        text = ast.unparse(node.value)
        if "random" in text or "rand(" in text or "randn(" in text:
            if "seed(" in text or "RandomState(" in text or "default_rng(" in text and "default_rng()" not in text:
                pass
            elif not self.seeded and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and "default_rng()" not in text:
                self.run(copy.deepcopy(node))
                value = self.live[node.targets[0].id]
                self.say(f"{node.targets[0].id} = {literal(value, self.suite.module)}")
                return
        if len(node.targets) == 1 and called(node.value) in RAISING:
            self.raising(node.value)
            return
        self.statement(node)

    def on_Assert(self, node):
        self.claim(node.test)

    def claim(self, test):
        """What is said to be true, and its sides."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test = test.operand
        if isinstance(test, ast.BoolOp):
            for v in test.values:
                self.claim(v)
            return
        if isinstance(test, ast.Compare):
            for side in [test.left, *test.comparators]:
                if not isinstance(side, (ast.Name, ast.List, ast.Tuple)):
                    self.expression(side)
        self.expression(test)

    def on_If(self, node):
        self.body(node.body if self.value(node.test) else node.orelse)

    def on_While(self, node):
        if asserts(node):
            raise Left
        self.statement(node)

    def on_Try(self, node):
        if asserts(node):
            self.body(node.body)
            self.body(node.finalbody)
        else:
            self.statement(node)

    def on_With(self, node):
        items = [ast.unparse(i.context_expr) for i in node.items]
        words = " ".join(items)
        if "errstate" in words and ("raise" in words or "call" in words):
            raise Left
        if any(w in words for w in ("printoptions", "NamedTemp", "open(", "tempdir", "patch", "localcontext", "Pool", "memmap", "nditer")):
            if "printoptions" not in words or asserts(node):
                raise Left
            self.statement(node)
            return
        if any(w in words for w in ("raises", "_regex")):
            self.failing(node.body)
            return
        self.body(node.body)

    def failing(self, nodes):
        """Statements of which the last one fails."""
        for node in nodes:
            if isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) for t in node.targets):
                self.expression(node.value)
            elif isinstance(node, (ast.Assign, ast.AugAssign, ast.Delete)):
                self.attempt(node)
            elif isinstance(node, ast.Expr):
                self.on_Expr(node)
            elif isinstance(node, (ast.With, ast.For, ast.If)):
                self.node(node)
            elif not isinstance(node, ast.Pass):
                raise Left

    def attempt(self, node):
        with contextlib.suppress(Exception):
            self.run(copy.deepcopy(node))
        self.say(f"try:\n    {ast.unparse(node)}\nexcept Exception as error:\n    print(type(error).__name__, error)")
        self.shown += 1

    def on_For(self, node):
        if not asserts(node) and not any(self.helper(n) for n in ast.walk(node)):
            self.statement(node)
            return
        if isinstance(node.iter, (ast.List, ast.Tuple)) and not any(isinstance(e, ast.Starred) for e in node.iter.elts):
            sources = [ast.unparse(e) for e in node.iter.elts]
        else:
            sources = []
            for value in itertools.islice(self.value(node.iter), 400):
                try:
                    sources.append(literal(value, self.suite.module))
                except Left:
                    sources.append(None)
            sources = [s for s in sources if s is not None]
            if not sources:
                raise Left
        for source in sample(sources, ITERATIONS):
            self.statement(ast.parse(f"{ast.unparse(node.target)} = {source}").body[0])
            try:
                self.body(node.body)
            except Jump as jump:
                if jump.kind == "return":
                    raise
                if jump.kind == "break":
                    break

    def helper(self, call):
        """The definition of a called function that has assertions in it."""
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            return None
        name = call.func.id
        found = self.local.get(name) or self.methods.get(name.removeprefix("self_")) if name.startswith("self_") else self.local.get(name) or self.suite.functions.get(name)
        return found if found is not None and asserts(found) else None

    def on_Expr(self, node):
        call = node.value
        if isinstance(call, ast.Constant):
            return
        name = called(call)
        if name in RAISING:
            self.raising(call)
        elif name in ("assert_", "assert_true", "assertTrue", "assert_false"):
            self.claim(call.args[0])
        elif self.helper(call) is not None and name not in BOTH:
            self.inline(self.helper(call), call)
        elif name in BOTH or name.startswith("assert"):
            for side in call.args[:2]:
                self.expression(side)
        elif name == "check_cases":
            self.cases(call)
        elif name in ("simplefilter", "filterwarnings", "sup", "filter", "record", "skip", "xfail", "fail", "collect"):
            if name in ("skip", "xfail"):
                raise Left
        else:
            text = ast.unparse(call)
            if "seed(" in text:
                self.seeded = True
            # What is called for its effect.
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and not isinstance(call.func.value, ast.Call):
                self.value(call)
                self.say(text)
                self.shown += 1
            else:
                self.expression(call)

    def raising(self, call):
        skip = RAISING[called(call)]
        rest = call.args[skip:]
        if not rest or isinstance(rest[0], ast.Starred):
            raise Left
        keywords = [k for k in call.keywords if k.arg not in ("match", "num", "exceptions", "args", "kwargs")]
        extra = {k.arg: k.value for k in call.keywords if k.arg in ("args", "kwargs")}
        f, args = rest[0], rest[1:]
        if "args" in extra:
            args = [ast.Starred(extra["args"], ast.Load())]
        if "kwargs" in extra:
            keywords = [ast.keyword(None, extra["kwargs"])]
        if isinstance(f, ast.Lambda) and not args and not f.args.args:
            self.expression(f.body)
            return
        made = ast.Call(f, args, keywords)
        found = self.local.get(f.id) if isinstance(f, ast.Name) else None
        if found is not None or self.helper(made):
            raise Left
        # Subscripts and operators as they are written.
        if isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name) and f.value.id == "operator" and len(args) >= 1:
            signs = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@",
                     "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!=", "lshift": "<<", "rshift": ">>", "and_": "&", "or_": "|", "xor": "^"}
            texts = [ast.unparse(a) for a in args]
            if f.attr in signs and len(args) == 2:
                self.expression(ast.parse(f"({texts[0]}) {signs[f.attr]} ({texts[1]})").body[0].value)
                return
            if f.attr == "getitem":
                self.expression(ast.parse(f"({texts[0]})[{texts[1]}]").body[0].value)
                return
        if isinstance(f, ast.Attribute) and f.attr == "__getitem__" and len(args) == 1:
            self.expression(ast.Subscript(f.value, args[0], ast.Load()))
            return
        if isinstance(f, ast.Attribute) and f.attr == "__setitem__" and len(args) == 2:
            self.attempt(ast.parse(f"{ast.unparse(f.value)}[{ast.unparse(args[0])}] = {ast.unparse(args[1])}").body[0])
            return
        self.expression(made)

    def inline(self, found, call):
        self.fresh += 1
        if self.fresh > 60:
            raise Left
        found = copy.deepcopy(found)
        if self.cls and call.func.id.startswith("self_"):
            found = NoSelf().visit(found)
            if found.args.args and found.args.args[0].arg in ("self", "cls"):
                found.args.args = found.args.args[1:]
        a = found.args
        names = [p.arg for p in a.posonlyargs + a.args]
        given = {}
        if any(isinstance(x, ast.Starred) for x in call.args) or any(k.arg is None for k in call.keywords):
            raise Left
        for name, arg in zip(names, call.args):
            given[name] = arg
        if len(call.args) > len(names):
            if not a.vararg:
                raise Left
            given[a.vararg.arg] = ast.Tuple(call.args[len(names):], ast.Load())
        elif a.vararg:
            given[a.vararg.arg] = ast.Tuple([], ast.Load())
        keyword_only = [p.arg for p in a.kwonlyargs]
        others = []
        for k in call.keywords:
            if k.arg in names or k.arg in keyword_only:
                given[k.arg] = k.value
            else:
                others.append(k)
        if a.kwarg:
            given[a.kwarg.arg] = ast.Dict([ast.Constant(k.arg) for k in others], [k.value for k in others])
        elif others:
            raise Left
        for name, default in zip(reversed(names), reversed(a.defaults)):
            given.setdefault(name, default)
        for name, default in zip(keyword_only, a.kw_defaults):
            if default is not None:
                given.setdefault(name, default)
        stored = {n.id for n in ast.walk(found) if isinstance(n, ast.Name) and isinstance(n.ctx, (ast.Store, ast.Del))}
        stored |= {n.name for n in ast.walk(found) if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and n is not found}
        renames = {}
        before = []
        for name, arg in given.items():
            if name not in stored and isinstance(arg, (ast.Constant, ast.Name, ast.Lambda)):
                renames[name] = arg
            else:
                renames[name] = f"{name}_{self.fresh}"
                before.append(ast.Assign([ast.Name(renames[name], ast.Store())], arg))
        for name in stored - set(renames):
            if not name.startswith("self_"):
                renames[name] = f"{name}_{self.fresh}"
        for node in before:
            self.on_Assign(ast.fix_missing_locations(node))
        with contextlib.suppress(Jump):
            self.body([Renamed(renames).visit(n) for n in found.body])

    def cases(self, call):
        """numpy.linalg's tests go through a list of cases."""
        keywords = {k.arg: self.value(k.value) for k in call.keywords}
        require, exclude = keywords.get("require", set()), keywords.get("exclude", set()) | {"strided"}
        do = self.methods["do"]
        for case in self.cls.TEST_CASES:
            if case.tags & require == require and not case.tags & exclude:
                with contextlib.suppress(Left):
                    arguments = [ast.parse(literal(v)).body[0].value for v in (case.a, case.b)]
                    self.inline(do, ast.Call(ast.Name("self_do", ast.Load()), [*arguments, ast.Call(ast.Name("frozenset", ast.Load()), [], [])], []))

    def program(self):
        """The lines, behind the definitions that they need."""
        code = "\n".join(self.lines)
        needed, seen = [], set()
        defined = {n.id for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}

        def need(tree):
            for name in sorted(names_in(tree)):
                if name in seen or name == "np":
                    continue
                seen.add(name)
                if name.startswith("self_"):
                    if name in defined:
                        continue
                    node = self.suite.of_class(self.cls, name)
                else:
                    node = self.suite.definition(name)
                if node is None:
                    continue
                if name in defined and isinstance(node, ast.FunctionDef):
                    continue
                need(node)
                needed.append(ast.unparse(node))

        need(ast.parse(code))
        return "\n".join(dict.fromkeys([*sorted(n for n in needed if n.startswith(("import ", "from "))), *[n for n in needed if not n.startswith(("import ", "from "))]])) + "\n" + code


class Suite:
    """One test file."""

    def __init__(self, name):
        self.module = importlib.import_module(name)
        self.tree = ast.parse(pathlib.Path(self.module.__file__).read_text())
        self.functions = {n.name: n for n in self.tree.body if isinstance(n, ast.FunctionDef)}
        self.classes = {n.name: n for n in self.tree.body if isinstance(n, ast.ClassDef)}
        self.assigned = {}
        for node in self.tree.body:
            for n in ast.walk(node) if isinstance(node, (ast.Assign, ast.If, ast.Try, ast.AnnAssign)) else []:
                if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store):
                    self.assigned.setdefault(n.id, node)

    def methods(self, cls):
        found = {}
        for base in reversed(cls.__mro__):
            node = self.classes.get(base.__name__)
            for n in node.body if node else []:
                if isinstance(n, ast.FunctionDef):
                    found[n.name] = n
        return found

    def function_of(self, method, name):
        node = NoSelf().visit(copy.deepcopy(method))
        if node.args.args and node.args.args[0].arg in ("self", "cls"):
            node.args.args = node.args.args[1:]
        node.decorator_list = []
        node.name = name
        return node

    def of_class(self, cls, name):
        """The definition of `self_x`: a method, or an attribute of the class."""
        key = name.removeprefix("self_")
        methods = self.methods(cls) if cls else {}
        if key in methods:
            return self.function_of(methods[key], name)
        for base in cls.__mro__ if cls else []:
            node = self.classes.get(base.__name__)
            body = node.body if node else []
            names = {t.id for n in body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}
            for n in body:
                if isinstance(n, ast.Assign) and any(isinstance(t, ast.Name) and t.id == key for t in n.targets):
                    return Renamed({k: f"self_{k}" for k in names}).visit(copy.deepcopy(n))
        return None

    def definition(self, name):
        """How the file comes by a name, in public names where there are such."""
        if name in self.functions:
            node = copy.deepcopy(self.functions[name])
            node.decorator_list = []
            return node
        if name in self.classes:
            return self.classes[name]
        if name in self.assigned and not hasattr(np, name):
            return self.assigned[name]
        if name not in vars(self.module):
            return None
        value = getattr(self.module, name)
        if isinstance(value, types.ModuleType):
            real = "numpy" if value.__name__ in PRIVATE else value.__name__
            return ast.parse(f"import {real} as {name}" if real != name else f"import {name}").body[0]
        if id(value) in NUMPY_NAMES:
            place, key = NUMPY_NAMES[id(value)]
            return ast.parse(f"from {place} import {key}" + (f" as {name}" if key != name else "")).body[0]
        home = getattr(value, "__module__", None)
        if home and home != self.module.__name__ and home != "builtins":
            return ast.parse(f"from {home} import {name}").body[0]
        return None

    def tests(self):
        """(name, class, function, sets of parameters as lists of `x = source`)."""
        for node in self.functions.values():
            if node.name.startswith("test"):
                yield node.name, None, node, self.parameters(node, [])
        for name, node in self.classes.items():
            cls = getattr(self.module, name, None)
            if not name.startswith("Test") or not isinstance(cls, type):
                continue
            for key, method in self.methods(cls).items():
                if key.startswith("test"):
                    yield f"{name}.{key}", cls, method, self.parameters(method, node.decorator_list)

    def parameters(self, node, outer):
        groups = []
        for d in [*outer, *node.decorator_list]:
            text = ast.unparse(d)
            if "parametrize" in text and isinstance(d, ast.Call):
                groups.append(self.sets(d))
            elif any(w in text for w in ("skipif", "xfail")):
                if "IS_WASM" not in text and "IS_PYPY" not in text and "HAS_REFCOUNT" not in text:
                    return []
            elif any(w in text for w in ("skip", "requires", "given", "slow", "fixture", "valgrind")):
                return []
        if any(g is None for g in groups):
            return []
        given = {a.split(" = ")[0] for g in groups for s in g[:1] for a in s}
        wanted = [a.arg for a in node.args.args if a.arg not in ("self", "cls")]
        if len(wanted) - len(node.args.defaults) > len(given):
            return []
        return sample([sum(p, []) for p in itertools.product(*groups)], PARAMETERS)

    def sets(self, decorator):
        try:
            names = eval(compile(ast.Expression(decorator.args[0]), "", "eval"), vars(self.module))
            names = [n.strip() for n in names.split(",") if n.strip()] if isinstance(names, str) else list(names)
            made = []
            values = decorator.args[1]
            if isinstance(values, (ast.List, ast.Tuple)) and not any(isinstance(e, ast.Starred) for e in values.elts):
                for e in values.elts:
                    parts = e.args if called(e) == "param" else e.elts if len(names) > 1 and isinstance(e, (ast.Tuple, ast.List)) else [e] if len(names) == 1 else None
                    if parts is not None:
                        made.append([f"{n} = {ast.unparse(p)}" for n, p in zip(names, parts)])
            else:
                for v in itertools.islice(eval(compile(ast.Expression(values), "", "eval"), vars(self.module)), 200):
                    parts = getattr(v, "values", None) if type(v).__name__ == "ParameterSet" else v if len(names) > 1 else [v]
                    with contextlib.suppress(Left):
                        made.append([f"{n} = {literal(p, self.module)}" for n, p in zip(names, parts)])
            return made or None
        except Exception:
            return None


def follow(suite, cls, node, parameters):
    np.random.seed(0)
    test = Test(suite, cls)
    own = {key: f"self_{key}" for key in dir(cls) if not key.startswith("__") and key not in test.methods} if cls else {}
    with contextlib.suppress(Left, Jump, TooLong), quiet():
        for text in parameters:
            test.statement(Renamed(own).visit(ast.parse(text).body[0]))
        setup = test.methods.get("setup_method") or test.methods.get("setup")
        function = NoSelf().visit(copy.deepcopy(node))
        for name, default in zip(reversed([a.arg for a in node.args.args]), reversed(node.args.defaults)):
            if not any(p.startswith(f"{name} = ") for p in parameters):
                test.statement(ast.Assign([ast.Name(name, ast.Store())], default, lineno=1))
        try:
            if setup:
                test.body(NoSelf().visit(copy.deepcopy(setup)).body)
            test.body(function.body)
        except (Left, Jump, TooLong):
            raise
        except BaseException:
            pass  # What stands so far is a program.
    return test.program() if test.shown else None


def programs(words):
    found = []
    for folder in FOLDERS:
        for file in sorted((pathlib.Path(np.__file__).parent / folder / "tests").glob("test_*.py")):
            if file.stem.removeprefix("test_").removeprefix("_") in OUTSIDE or (words and not any(w == file.stem or w == f"{folder}/{file.stem}" for w in words)):
                continue
            try:
                with quiet(60):
                    suite = Suite(f"numpy.{folder}.tests.{file.stem}")
                    tests = list(suite.tests())
            except BaseException as e:
                print("not read:", file, repr(e), file=sys.stderr)
                continue
            for name, cls, node, sets in tests:
                for parameters in sets:
                    reset()
                    try:
                        source = follow(suite, cls, node, parameters)
                    except BaseException as e:
                        print("not followed:", name, repr(e)[:200], file=sys.stderr)
                        continue
                    if source:
                        found.append({"module": f"{folder}/{file.stem}", "name": name, "source": source})
    return found


def answered(case):
    reset()
    results = []
    with contextlib.suppress(BaseException), quiet():
        results = goldens.shown(case["source"])
    # An error without a message is its name.
    results = [{**r, "error": r["error"].removesuffix(": ")} if "error" in r else r for r in results]
    # Of a test's own names that are not there, such as `excinfo`, nothing is to be known.
    return [r for r in results if len(r.get("text", "")) < LONG and not goldens.UNSTABLE.search(r.get("text", "") + r.get("error", ""))
            and "NameError" not in r.get("error", "")]


def apart(cases):
    """The answers of some programs from a process of their own: there are tests that an earlier NumPy does not survive."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with open(writing, "w") as out:
            json.dump([answered(c) for c in cases], out)
        os._exit(0)
    os.close(writing)
    with open(reading) as said:
        text = said.read()
    if os.waitpid(child, 0)[1] == 0:
        return json.loads(text)
    return [[]] if len(cases) == 1 else [a for c in cases for a in apart([c])]


def answers(found):
    given = [a for k in range(0, len(found), 40) for a in apart(found[k : k + 40])]
    return [{**case, "results": results} for case, results in zip(found, given)]


def main():
    sys.setrecursionlimit(3000)
    made = programs(sys.argv[2:]) if sys.argv[1] == "programs" else answers(json.load(sys.stdin))
    sys.stdout.write(json.dumps(made))


main()
