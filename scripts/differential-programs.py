#!/usr/bin/env python3
"""
Seeded random Python programs about names and memory, through Python and through `dist/core.js`:
differential-programs.py SEED COUNT [--show N | --write]. Loops, functions, closures, classes, aliases, views, changes in place and
seeded random numbers. Every `print` must say the same, or ours be unknown. `--write` prints the programs instead, parted by dashes.
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
const { evaluateSource } = require(process.argv[1]);
const programs = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(programs.map(source => evaluateSource(source, 'python')
  .filter(e => /^print\(/.test(e.source)).map(e => ({ line: e.line, status: e.status, text: e.text ?? e.message })))));
"""


class Program:
    """One program under way: its lines, and the names that hold objects of each kind."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lines, self.count = [], 0
        self.held = {kind: [] for kind in ["number", "list", "array", "dict", "matrix", "generator"]}
        self.functions, self.objects = [], []

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
            self.called(depth), self.draw(), f"({self.number(depth + 1)} {self.pick(*'+-*')} {self.number(depth + 1)})",
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

    def list(self):
        l = self.some("list", "[1]")
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
        return self.rng.choice(options) if options else "pass"

    def function(self):
        name, kinds = self.new("f"), [self.pick("number", "list", "array", "dict", "matrix", "generator") for _ in range(self.rng.randint(0, 3))]
        parameters = [self.new("p") for _ in kinds]
        before = {kind: list(names) for kind, names in self.held.items()}
        known, self.functions = self.functions, list(self.functions)
        for p, kind in zip(parameters, kinds):
            self.held[kind].append(p)
        self.line(0, f"def {name}({', '.join(parameters)}):")
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
        if r < 0.34:
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
            self.pick(self.function, self.function, self.klass)()
        elif indent == 0 and r < 0.86 and self.objects:
            self.assign(indent, inside, "number", "x", f"{self.rng.choice(self.objects)}.step(2)")
        elif r < 0.88 and self.functions and not inside:
            self.line(indent, self.called(0))
        elif not inside:
            self.line(indent, f"print({self.pick(*[n for names in self.held.values() for n in names if n[0] != 'g'] or ['0'])}, {self.number()})")

    def source(self):
        self.lines = ["import random", "import numpy as np", "np.random.seed(3)", "random.seed(4)", "g0 = np.random.default_rng(7)"]
        self.hold("generator", "g0")
        for _ in range(self.rng.randint(8, 20)):
            self.statement()
        for kind, names in self.held.items():
            self.lines += [f"print({n}.random())" if kind == "generator" else f"print({n})" for n in names]
        self.lines.append("print(np.random.rand(), random.random())")
        return "\n".join(self.lines) + "\n"


class Late(Exception):
    pass


def ran(source):
    """What each top-level print says at first, by line, and whether the program ends without an error; None for one that takes too long."""
    said = {}

    def says(*values):
        said.setdefault(sys._getframe(1).f_lineno, " ".join(str(v) for v in values))

    def late(*_):
        raise Late

    signal.signal(signal.SIGALRM, late)
    signal.alarm(3)
    try:
        exec(compile(ast.parse(source), "<program>", "exec"), {"print": says, "__name__": "program"})
        return said, True
    except (Late, RecursionError, MemoryError):
        return None
    except Exception:
        return said, False
    finally:
        signal.alarm(0)


def main():
    first, count, *flags = sys.argv[1:]
    programs = []
    for seed in range(int(first), int(first) + int(count)):
        source = Program(seed).source()
        result = ran(source)
        if result and len(str(result)) < 20_000:
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
            if answer["status"] == "unknown" or (line not in said and not ended):
                unknown += 1
            elif answer["status"] == "ok" and said.get(line) == answer["text"]:
                same += 1
            else:
                wrong += 1
                print(f"seed {seed}, line {line}: ours {answer['text']!r}, Python's {said.get(line)!r}")
    total = same + unknown + wrong
    print(f"{len(programs)} programs, {total} prints: {same} same ({100 * same / total:.1f} %), {unknown} unknown, {wrong} wrong")


main()
