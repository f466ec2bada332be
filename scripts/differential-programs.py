#!/usr/bin/env python3
"""
Seeded random Python programs about names and memory, through Python and through `dist/core.js`:
differential-programs.py SEED COUNT [--write]. Loops, functions that write names around them, closures, generators, iterators,
classes, exceptions, aliases, views, changes in place and seeded random numbers. Every `print` must say the same, or ours be unknown. `--write` prints the programs instead, parted by dashes.
"""
import ast
import json
import pathlib
import random
import signal
import subprocess
import sys
import warnings

ROOT = pathlib.Path(__file__).parent.parent
warnings.simplefilter("ignore")

OURS = r"""
const { evaluateSource, readDocument } = require(process.argv[1]);
// What Python would not come to, an error standing before it, may take long.
const time = { seconds: 2, now: () => performance.now() / 1000 };
const programs = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(programs.map(source => evaluateSource(readDocument(source, 'python', undefined, time), 'python')
  .filter(e => /^(print\(|for |while |if |try:)/.test(e.source)).map(e => ({ line: e.line, status: e.status, text: e.text ?? e.message })))));
"""


class Program:
    """One program under way: its lines, and the names that hold objects of each kind."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lines, self.count = [], 0
        self.held = {kind: [] for kind in ["number", "list", "array", "dict", "matrix", "generator", "iterator", "pairs"]}
        self.functions, self.objects, self.makers, self.pushes = [], [], [], []

    def pick(self, *options):
        return self.rng.choice(options)

    def chance(self, p):
        return self.rng.random() < p

    def new(self, prefix):
        self.count += 1
        return f"{prefix}{self.count}"

    def some(self, kind, otherwise):
        return self.rng.choice(self.held[kind]) if self.held[kind] else otherwise

    def hold(self, kind, name):
        if name not in self.held[kind]:
            self.held[kind].append(name)

    # Expressions

    def number(self, depth=0):
        if depth > 2 or self.chance(0.25):
            return str(self.rng.randint(0, 5))
        a, l = self.some("array", "np.arange(3)"), self.some("list", "[4, 5]")
        return self.pick(
            self.some("number", "7"), self.some("number", "7"), f"len({l})", f"{a}[{self.pick(0, 1, -1)}]",
            f"({l}[{self.pick(0, -1)}] if {l} else 0)", f"{self.some('dict', '{}')}.get('{self.pick(*'abc')}', 2)",
            self.called(depth), self.called(depth), self.draw(), self.taken(depth), f"({self.number(depth + 1)} {self.pick(*'+-*')} {self.number(depth + 1)})",
        )

    def called(self, depth):
        if not self.functions or depth > 1:
            return "3"
        name, kinds = self.rng.choice(self.functions)
        return f"{name}({', '.join(self.argument(k, depth + 1) for k in kinds)})"

    def argument(self, kind, depth=0):
        fresh = {"list": "[]", "array": "np.array([1, 2, 3])", "dict": "{}", "matrix": "np.ones((2, 3))", "generator": "np.random.default_rng(1)"}
        return self.number(depth) if kind == "number" else self.some(kind, fresh[kind])

    def draw(self):
        g = self.some("generator", "np.random.default_rng(5)")
        return self.pick(
            f"{g}.random()", f"{g}.integers(0, 10)", f"{g}.normal(size=3)[0]", f"{g}.choice([1, 2, 3])", f"{g}.permutation(3)[1]",
            f"sum([{g}.random() for _ in range(2)])", "np.random.rand()", "np.random.randint(0, 10)", "np.random.randn(2)[1]",
            "np.random.choice(5)", "random.random()", "random.randint(1, 6)", "random.choice([4, 5, 6])",
        )

    def taken(self, depth=0):
        i, p = self.some("iterator", "iter([3])"), self.some("pairs", "zip([2], [3])")
        if depth > 1:
            return f"next({i}, 4)"
        return self.pick(
            f"next({i}, {self.number(2)})", f"sum({i})", f"len(list({i}))", f"({self.number(2)} in {i})", f"any(v > 1 for v in {i})", f"all({i})",
            f"max({i}, default=2)", f"sum(v + {self.number(2)} for v in {self.some('list', '[1]')})", f"next({p}, (5, 6))[1]", f"len(list(zip({i}, {self.some('list', '[1]')})))",
            f"sum(a * b for a, b in {p})", f"next(v for v in {self.some('list', '[1]')} + [9] if v > {self.rng.randint(0, 3)})", f"len([v for v in {i} if v])",
        )

    def iterator(self):
        l, a, d = self.some("list", "[1, 2]"), self.some("array", "np.arange(3)"), self.some("dict", "{'a': 1}")
        i = self.some("iterator", f"iter({l})")
        if self.makers and self.chance(0.35):
            name, kinds = self.rng.choice(self.makers)
            return f"{name}({', '.join(self.argument(k, 1) for k in kinds)})"
        ones = [n for n, kinds in self.functions if kinds == ["number"]]
        f = self.rng.choice(ones) if ones else "abs"
        return self.pick(
            f"iter({l})", f"iter({a})", f"map({f}, {l})", f"map(lambda v: v * {self.number(2)}, {i})", f"filter(lambda v: v > {self.number(2)}, {l})",
            f"reversed({l})", f"(v + {self.number(2)} for v in {l})", f"({f}(v) for v in {i})", f"itertools.chain({l}, {i})", f"itertools.islice({i}, 2)",
            f"itertools.islice(itertools.count({self.rng.randint(0, 3)}), 3)", f"itertools.accumulate({l})", f"iter({d}.values())", f"({l}.append(v) or v for v in [1, 2])",
            f"(v * w for v in {l} for w in range({self.rng.randint(1, 3)}) if v != w)", f"itertools.takewhile(lambda v: v < 4, {i})", i,
        )

    def pairs(self):
        l, i = self.some("list", "[1, 2]"), self.some("iterator", "iter([1])")
        return self.pick(f"zip({l}, {self.some('array', '[4, 5]')})", f"enumerate({l})", f"enumerate({i}, {self.rng.randint(0, 4)})", f"zip({i}, {l})", f"zip({i}, {i})")

    def list(self):
        l = self.some("list", "[1]")
        if self.chance(0.15):
            return self.pick(f"list({self.some('iterator', 'iter([3, 4])')})", f"sorted({l}, key=lambda v: {self.pick('-v', f'v % {self.rng.randint(2, 4)}')})",
                             f"[v for v in {self.some('iterator', 'iter([2])')}]", f"[a for a, _ in {self.some('pairs', 'zip([1], [2])')}]",
                             f"[*{self.some('iterator', 'iter([2])')}, {self.number(2)}]", f"list(map(lambda v: v + 1, {l}))", f"[{self.called(1)} for _ in range(2)]")
        return self.pick(f"[{self.number(1)}, {self.number(1)}]", l, f"{l}[:]", f"list({l})", f"[v * 2 for v in {l}]", f"{l} + {l}",
                         f"[i * 3 for i in range({self.rng.randint(1, 4)})]")

    def array(self):
        a = self.some("array", "np.arange(3)")
        return self.pick(f"np.array([{', '.join(str(self.rng.randint(0, 9)) for _ in range(3))}])", a, f"{a}[::-1]", f"{a}.copy()",
                         f"{a}.reshape(3, 1)[:, 0]", f"{a} {self.pick(*'+-*')} {self.some('array', '2')}", "np.arange(3)")

    def matrix(self):
        m = self.some("matrix", "np.ones((2, 3), dtype=int)")
        return self.pick("np.arange(6).reshape(2, 3)", m, f"{m}.T", f"{m}[::-1]", f"{m}[:, ::-1]", f"{m}.copy()", f"{m} * 2", f"{m}.reshape(2, 3)",
                         f"{m}.reshape(-1).reshape(3, 2)", f"np.asarray({m})", f"np.array({m})", f"np.where({m} > 2, {m}, 0)")

    # Statements

    def line(self, indent, text):
        self.lines.append("    " * indent + text)

    def block(self, indent, head, depth, inside, most=3):
        self.line(indent, head)
        before = {kind: list(names) for kind, names in self.held.items()}
        for _ in range(self.rng.randint(1, most)):
            self.statement(indent + 1, depth + 1, inside)
        self.held = before

    def assign(self, indent, inside, kind, prefix, value):
        again = self.held[kind] and self.chance(0.3) and not inside
        name = self.rng.choice(self.held[kind]) if again else self.new(prefix)
        self.line(indent, f"{name} = {value}")
        self.hold(kind, name)

    def change(self):
        l, a, m, d = self.some("list", ""), self.some("array", ""), self.some("matrix", ""), self.some("dict", "")
        n, g = self.number(), self.some("generator", "np.random")
        options = []
        if l:
            options += [f"{l}.append({n})", f"{l} += [{n}]", f"{l}.insert(0, {n})", f"{l}.extend({self.list()})", f"{l}.reverse()", f"{l}[:] = {self.list()}",
                        f"del {l}[:1]", f"{l}[0:1] = [{n}]", f"random.shuffle({l})", f"{g}.shuffle({l})"]
        if a:
            options += [f"{a}[{self.rng.randint(0, 2)}] = {n}", f"{a} += 1", f"{a}[1:] *= 2", f"{a}.sort()", f"{a}[:] = {self.rng.randint(0, 5)}", f"{g}.shuffle({a})"]
        if m:
            options += [f"{m}[0] = {n}", f"{m}[:, 0] += 1", f"{m} -= 1", f"{m}[{m} > 3] = 0", f"{m}[1][0] = 9", f"{m}.fill(2)", f"{m}.sort(axis=0)", f"{m}.flat[2] = 5",
                        f"np.fill_diagonal({m}, 7)", f"{m}[[0, 1]] = {m}[[1, 0]]", f"np.add({m}, 1, out={m})"]
        if d:
            options += [f"{d}['{self.pick(*'abc')}'] = {n}"]
        if l and d:
            options += [f"{{'k': {l}, 'm': {d}}}['k'].append({n})", f"{d}.update(z={n})"]
        if d and self.chance(0.2):
            options = [f"{d}['{self.pick(*'abc')}'] += 1" if self.chance(0.3) else f"{d}.setdefault('{self.pick(*'abc')}', {n})", f"{d}.pop('{self.pick(*'abc')}', None)"]
        if self.pushes and self.chance(0.2):
            options = [f"{self.rng.choice(self.pushes)}({n})"]
        return self.rng.choice(options) if options else "pass"

    def outer(self):
        """The first lines of a function: names around it that it takes over."""
        names = [n for kind in ("number", "list", "array") for n in self.held[kind] if n[0] in "xla"]
        if not names or not self.chance(0.5):
            return
        name = self.rng.choice(names)
        self.line(1, f"global {name}")
        value = {"x": self.number, "l": self.list, "a": self.array}[name[0]]
        self.line(1, self.pick(f"{name} = {value()}", f"{name} += {value()}" if name[0] != "a" else f"{name} = {name} * 2"))

    def closure(self):
        make, inner, n, l, k, c = (self.new(p) for p in ["mk", "inner", "n", "l", "k", "c"])
        self.lines += [f"def {make}({k}):", f"    {n} = {k}", f"    {l} = [{k}]", f"    def {inner}(by=1):"]
        before = {kind: list(names) for kind, names in self.held.items()}
        self.hold("list", l)
        if self.chance(0.7):
            self.lines += [f"        nonlocal {n}", f"        {n} += by"]
        for _ in range(self.rng.randint(0, 2)):
            self.statement(2, 2, True)
        self.lines += [f"        {l}.append({n} + by)", f"        return {self.pick(n, f'len({l})', f'sum({l})')}", f"    return {inner}", f"{c} = {make}({self.number()})"]
        self.held = before
        self.functions.append((c, ["number"]))

    def maker(self):
        name, kinds = self.new("gen"), [self.pick("number", "list") for _ in range(self.rng.randint(0, 2))]
        parameters = [self.new("p") for _ in kinds]
        before = {kind: list(names) for kind, names in self.held.items()}
        self.line(0, f"def {name}({', '.join(parameters)}):")
        self.outer()
        for p, kind in zip(parameters, kinds):
            self.held[kind].append(p)
        for _ in range(self.rng.randint(1, 4)):
            v = self.new("v")
            self.pick(
                lambda: self.statement(1, 1, True), lambda: self.line(1, f"yield {self.number()}"), lambda: self.line(1, f"yield from {self.pick(self.list, self.iterator)()}"),
                lambda: self.lines.extend([f"    for {v} in {self.list()}:", f"        {self.change()}", f"        yield {v}"]),
                lambda: self.lines.extend([f"    {v} = yield {self.number()}", f"    print('sent', {v})"]),
                lambda: self.lines.extend([f"    if {self.number()} > 2:", f"        yield {self.number()}", "        return"]),
            )()
        self.line(1, f"yield {self.number()}")
        self.held = before
        self.makers.append((name, kinds))

    def trying(self, indent, depth, inside):
        self.line(indent, "try:")
        before = {kind: list(names) for kind, names in self.held.items()}
        self.statement(indent + 1, depth + 1, inside)
        if self.chance(0.6):
            self.line(indent + 1, self.pick("raise ValueError('no')", "[][3]", "{}['q']", "1 // 0", f"{self.number()} // {self.number()}"))
        self.statement(indent + 1, depth + 1, inside)
        self.held = before
        self.line(indent, f"except {self.pick('ValueError', '(IndexError, KeyError)', 'Exception', 'ZeroDivisionError')} as e:")
        self.line(indent + 1, "print('caught', e)")
        self.statement(indent + 1, depth + 1, inside)
        self.held = before
        if self.chance(0.4):
            self.line(indent, "finally:")
            self.statement(indent + 1, depth + 1, inside)
            self.held = before

    def walk(self, indent, depth, inside):
        """A loop over an iterator or over what its body changes."""
        v, d, l = self.new("v"), self.some("dict", ""), self.some("list", "[1, 2]")
        heads = [f"for {v} in {self.some('iterator', l)}:", f"for {v}, w in {self.some('pairs', f'zip({l}, {l})')}:", f"for {v} in {l}:", f"for {v} in {self.some('array', l)}:",
                 f"for {v}, w in enumerate({l}):", f"for {v}, w in zip({l}, {self.some('array', '[1]')}):", f"for {v} in {self.iterator()}:"]
        if d:
            heads += [f"for {v}, w in {d}.items():", f"for {v} in {d}.values():", f"for {v} in list({d}):"]
        head = self.rng.choice(heads)
        self.line(indent, head)
        self.line(indent + 1, f"print({v})")
        self.line(indent + 1, f"if len({l}) > 6: break")
        before = {kind: list(names) for kind, names in self.held.items()}
        self.statement(indent + 1, depth + 1, inside)
        if d and ".items" in head and self.chance(0.5):
            self.line(indent + 1, f"{d}[{v}] = {self.number()}")
        self.held = before
        if self.chance(0.3):
            self.line(indent + 1, f"if {self.number()} > 3: {self.pick('break', 'continue')}")

    def family(self):
        base, sub, o = self.new("B"), self.new("S"), self.new("o")
        l = self.some("list", "[]")
        self.lines += [
            f"class {base}:", "    count = 0", "    def __init__(self, n, items=None):", "        self.n = n", "        self.items = [] if items is None else items",
            f"        {base}.count += 1" if self.chance(0.6) else "        pass", "    def grow(self, k):", "        self.items.append(k)", f"        {self.change()}", "        return self.n + len(self.items)",
            "    @property", "    def size(self):", f"        {self.pick('self.n += 1', 'pass')}", "        return self.n", "    @staticmethod", "    def twice(v):", f"        {self.change()}", "        return v * 2",
            "    @classmethod", "    def make(cls, n):", "        return cls(n)", "    def __len__(self):", "        return len(self.items)", "    def __getitem__(self, k):", "        return self.items[k]",
            "    def __add__(self, other):", f"        self.items.append({self.number(2)})", f"        return {base}(self.n + other.n, self.items)", "    def __call__(self, v):", "        self.n += v", "        return self.n",
            f"class {sub}({base}):", "    def __init__(self, n, items=None):", "        super().__init__(n + 1, items)", f"        self.extra = {self.number(2)}", "    def grow(self, k):", "        return super().grow(k) * 2",
            "    def __iter__(self):", f"        {self.pick('return iter(self.items)', 'yield from self.items', 'yield self.n')}",
            f"{o} = {self.pick(base, sub)}({self.number()}, {self.pick('None', l)})",
        ]
        for _ in range(self.rng.randint(1, 5)):
            self.line(0, "print(" + self.pick(f"{o}.grow({self.number()})", f"{o}.size", f"{o}.twice({self.number()})", f"{o}({self.number()})", f"len({o}), list({o})", f"({o} + {o}).n, {o}.items",
                                           f"{base}.count, {sub}.count", f"{sub}.make(2).n", f"isinstance({o}, {base})", f"getattr({o}, 'n'), hasattr({o}, 'z')", f"[v for v in {o}]", f"{o}.grow({o}.grow(1))") + ")")
            if self.chance(0.2):
                self.line(0, self.pick(f"setattr({o}, 'n', {self.number()})", f"{base}.count = {self.number()}", f"{o}.n += {self.number()}", f"{o}.items = {self.list()}"))

    def function(self):
        name, kinds = self.new("f"), [self.pick("number", "list", "array", "dict", "matrix", "generator") for _ in range(self.rng.randint(0, 3))]
        parameters = [self.new("p") for _ in kinds]
        before = {kind: list(names) for kind, names in self.held.items()}
        known, self.functions = self.functions, list(self.functions)
        self.line(0, f"def {name}({', '.join(parameters)}):")
        self.outer()
        for p, kind in zip(parameters, kinds):
            self.held[kind].append(p)
        for _ in range(self.rng.randint(0, 4)):
            self.statement(1, 1, True)
        self.line(1, f"return {self.number()}")
        self.held, self.functions = before, known + [(name, kinds)]

    def klass(self):
        name, o = self.new("C"), self.new("o")
        self.lines += [f"class {name}:", "    def __init__(self, items, g):", "        self.items = items", "        self.g = g", "        self.total = g.random()",
                       "    def step(self, k=1):", "        self.total += k * self.g.random()", "        self.items.append(k)", "        return self.total",
                       f"{o} = {name}({self.argument('list')}, {self.argument('generator')})", f"print({o}.step(), {o}.items)"]
        self.objects.append(o)

    def statement(self, indent=0, depth=0, inside=False):
        r = self.rng.random()
        if self.chance(0.22):
            self.newer(indent, depth, inside)
        elif r < 0.34:
            kind, prefix, value = self.pick(("number", "x", self.number), ("list", "l", self.list), ("array", "a", self.array), ("matrix", "m", self.matrix))
            self.assign(indent, inside, kind, prefix, value())
        elif r < 0.37:
            self.assign(indent, inside, "dict", "d", f"{{'a': {self.number(1)}, 'b': 1}}")
        elif r < 0.40:
            self.assign(indent, inside, "generator", "g", self.some("generator", "") or f"np.random.default_rng({self.rng.randint(0, 9)})")
        elif r < 0.62:
            self.line(indent, self.change())
        elif r < 0.69 and depth < 2:
            v = self.new("v")
            self.block(indent, self.pick(f"for {v} in range({self.rng.randint(1, 3)}):", f"for {v} in list({self.some('list', '[]')}):", f"if {self.number()} < {self.number()}:"), depth, inside)
        elif r < 0.71 and depth < 2:
            c = self.new("c")
            self.line(indent, f"{c} = 0")
            self.block(indent, f"while {c} < 2:", depth, inside)
            self.line(indent + 1, f"{c} += 1")
        elif r < 0.73 and self.held["matrix"] and depth < 2:
            self.lines += ["    " * indent + f"for row in {self.some('matrix', '')}:", "    " * (indent + 1) + self.pick("row += 1", "row[0] = row[1]", "row = row * 2")]
        elif r < 0.75 and len(self.held["number"]) > 1 and not inside:
            a, b = self.rng.sample(self.held["number"], 2)
            self.line(indent, f"{a}, {b} = {b}, {a} + 1")
        elif indent == 0 and r < 0.83:
            self.pick(self.function, self.function, self.closure, self.maker, self.maker, self.klass, self.family)()
        elif indent == 0 and r < 0.86 and self.objects:
            self.assign(indent, inside, "number", "x", f"{self.rng.choice(self.objects)}.step(2)")
        elif r < 0.88 and self.functions and not inside:
            self.line(indent, self.called(0))
        elif not inside or self.chance(0.4):
            self.line(indent, f"print({self.pick(*[n for kind, names in self.held.items() for n in names if kind not in ('generator', 'iterator', 'pairs')] or ['0'])}, {self.number()})")

    def newer(self, indent, depth, inside):
        r = self.rng.random()
        if r < 0.25:
            self.assign(indent, inside, "iterator", "it", self.iterator())
        elif r < 0.35:
            self.assign(indent, inside, "pairs", "pr", self.pairs())
        elif r < 0.55 and depth < 2:
            self.walk(indent, depth, inside)
        elif r < 0.65 and depth < 2:
            self.trying(indent, depth, inside)
        elif r < 0.72 and indent == 0 and self.held["list"]:
            p = self.new("push")
            self.line(0, f"{p} = {self.some('list', '')}.{self.pick('append', 'remove', 'extend') if self.chance(0.1) else 'append'}")
            self.pushes.append(p)
        elif r < 0.8 and indent == 0 and self.held["list"]:
            f, l = self.new("f"), self.some("list", "")
            self.line(0, f"{f} = lambda v: {l}.append(v) or len({l})")
            self.functions.append((f, ["number"]))
        elif r < 0.9 and not inside:
            self.assign(indent, inside, "list", "l", self.list())
        else:
            self.line(indent, f"print({self.taken()}, {self.number()})")

    def source(self):
        self.lines = ["import itertools", "import random", "import numpy as np", "np.random.seed(3)", "random.seed(4)", "g0 = np.random.default_rng(7)"]
        self.hold("generator", "g0")
        for _ in range(self.rng.randint(8, 20)):
            self.statement()
        for kind, names in self.held.items():
            shown = {"generator": "{}.random()", "iterator": "list({})", "pairs": "list({})"}.get(kind, "{}")
            self.lines += [f"print({shown.format(n)})" for n in names]
        self.lines.append("print(np.random.rand(), random.random())")
        return "\n".join(self.lines) + "\n"


class Late(Exception):
    pass


def ran(source):
    """What each top-level statement prints, by line, and whether the program ends without an error; None for one that takes too long."""
    said = {}
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    begins = {line: s.lineno for s in tree.body for line in range(s.lineno, s.end_lineno + 1)}

    def says(*values):
        frame = sys._getframe(1)
        while frame.f_code.co_name != "<module>":
            frame = frame.f_back
        said.setdefault(begins[frame.f_lineno], []).append(" ".join(str(v) for v in values))

    def late(*_):
        raise Late

    signal.signal(signal.SIGALRM, late)
    signal.alarm(3)
    try:
        exec(compile(tree, "<program>", "exec"), {"print": says, "__name__": "program"})
        return {line: "\n".join(text) for line, text in said.items()}, True
    except (Late, RecursionError, MemoryError):
        return None
    except Exception:
        return {line: "\n".join(text) for line, text in said.items()}, False
    finally:
        signal.alarm(0)


def main():
    first, count, *flags = sys.argv[1:]
    programs = []
    for seed in range(int(first), int(first) + int(count)):
        source = Program(seed).source()
        result = ran(source)
        # A block shows 200 lines at most.
        if result and len(str(result)) < 20_000 and max((t.count("\n") for t in result[0].values()), default=0) < 200:
            programs.append((seed, source, *result))
    if "--write" in flags:
        print("\n# ----\n".join(p[1].replace("import numpy as np\n", "", 1).strip() for p in programs if p[3]))
        return
    core = str(ROOT / "dist" / "core.js")
    found = subprocess.run(["node", "-e", OURS, core], input=json.dumps([p[1] for p in programs]), capture_output=True, text=True, check=True)
    same = unknown = wrong = 0
    for (seed, source, said, ended), answers in zip(programs, json.loads(found.stdout)):
        for answer in answers:
            line = answer["line"] + 1
            if not ended and (line not in said or answer["status"] == "error"):
                continue
            if answer["status"] == "unknown":
                unknown += 1
            elif answer["status"] == "ok" and said.get(line) == answer["text"]:
                same += 1
            else:
                wrong += 1
                print(f"seed {seed}, line {line}: ours {answer['text']!r}, Python's {said.get(line)!r}")
    total = same + unknown + wrong
    print(f"{len(programs)} programs, {total} prints: {same} same ({100 * same / total:.1f} %), {unknown} unknown, {wrong} wrong")


main()
