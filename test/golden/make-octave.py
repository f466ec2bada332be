#!/usr/bin/env python3
"""Writes octave.json: MATLAB sources and what the installed Octave prints for them; octave-programs.json: the same of whole files.

Run it where octave-cli is installed: python3 test/golden/make-octave.py
"""
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile

here = pathlib.Path(__file__).parent
rng = random.Random(20240607)


def literal(x):
    return "NaN" if x != x else ("Inf" if x > 0 else "-Inf") if abs(x) == float("inf") else repr(x)


def number(kind):
    if kind == "digit":
        return float(rng.randint(-9, 9))
    if kind == "integer":
        return float(rng.randint(-(10 ** rng.randint(1, 8)), 10 ** rng.randint(1, 8)))
    if kind == "fraction":
        return round(rng.uniform(-10, 10), rng.randint(1, 6))
    if kind == "half":
        return rng.randint(-40, 40) / rng.choice([2, 4, 8, 16, 32, 64])
    if kind == "wide":
        return rng.uniform(-1, 1) * 10.0 ** rng.randint(-8, 8)
    if kind == "extreme":
        return rng.uniform(-1, 1) * 10.0 ** rng.randint(-120, 120)
    if kind == "special":
        return rng.choice([float("nan"), float("inf"), -float("inf"), 0.0, 1.0, -2.5, 100000.0, 0.001])
    raise ValueError(kind)


KINDS = ["digit", "integer", "fraction", "half", "wide", "extreme", "special"]


def entry(kind):
    x = literal(number(kind))
    return x[:-2] if x.endswith(".0") else x


def matrix(kind, rows, columns):
    return "[" + "; ".join(" ".join(entry(kind) for _ in range(columns)) for _ in range(rows)) + "]"


def small(rows, columns):
    return "[" + "; ".join(" ".join(str(rng.randint(-9, 9)) for _ in range(columns)) for _ in range(rows)) + "]"


def generated():
    for kind in KINDS:
        for _ in range(22):
            yield f"x = {entry(kind)}"
        for _ in range(26):
            yield f"x = {matrix(kind, rng.randint(1, 4), rng.randint(1, 4))}"
        for _ in range(6):
            a, b = entry(kind), entry(kind)
            yield f"x = complex({a}, {b})"
        for _ in range(8):
            r, c = rng.randint(1, 3), rng.randint(2, 3)
            yield f"x = {matrix(kind, r, c)} + 1i * {matrix('digit' if kind == 'special' else kind, r, c)}"
        for _ in range(3):
            yield f"x = {matrix(kind, 2, rng.randint(9, 24))}"
        for _ in range(4):
            yield f"x = single({matrix(kind if kind != 'extreme' else 'wide', 2, 3)})"
            yield f"x = diag({matrix(kind, 1, 3)})"
    for _ in range(60):
        base = rng.choice([rng.randint(-20, 20), round(rng.uniform(-20, 20), 2), rng.randint(-2000, 2000)])
        step = rng.choice([1, 2, -1, 0.5, 0.25, -0.1, 0.01, 3, 100, 1000.5])
        yield f"x = {base}:{step}:{round(base + step * rng.uniform(0, 14), 3)}"
    for _ in range(30):
        yield f"x = {matrix('digit', 1, rng.randint(3, 50))} > 0"
    for _ in range(40):
        r, k, c = (rng.randint(1, 4) for _ in range(3))
        yield f"{small(r, k)} * {small(k, c)}"
        yield f"{small(r, c)} {rng.choice(['+', '-', '.*'])} {small(r, c)}"
        yield f"{small(r, c)}'"
    for _ in range(25):
        r, c = rng.randint(2, 4), rng.randint(2, 4)
        yield f"x = {small(r, c)}; x({rng.randint(1, r)}, {rng.choice([':', 'end', '1:2', '[2 1]', 'end-1'])})"
        yield f"x = {small(r, c)}; x({rng.choice([':', 'end', '1:3', '[4 1; 2 3]', 'x > 0', 'end:-1:1'])})"
        yield f"x = {small(r, c)}; x({rng.randint(1, 6)}, {rng.randint(1, 6)})"
        yield f"x = {small(r, c)}; x({rng.randint(1, 5)}, {rng.randint(1, 5)}) = {rng.randint(1, 9)}"
        yield f"x = {small(r, c)}; {rng.choice(['sum', 'prod', 'max', 'min', 'cumsum', 'sort', 'any', 'all', 'mean', 'median', 'std', 'var', 'find', 'abs', 'triu', 'tril', 'norm', 'rank', 'fliplr'])}(x)"
    for _ in range(25):
        n = rng.randint(2, 4)
        yield f"det({small(n, n)} + {10 * n} * eye({n}))"
        yield f"inv({small(n, n)} + {17 * n} * eye({n}))"
        yield f"({small(n, n)} + {17 * n} * eye({n})) \\ {small(n, 1)}"


def quoted(source):
    """The source as an expression of Octave's; a string holds no line break."""
    return "strjoin({" + ", ".join("'" + l.replace("'", "''") + "'" for l in source.split("\n")) + "}, char(10))"


def run(sources):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        lines = ["1;", "function t(s__)", "format;", "try, r__ = evalc(s__); catch e__, r__ = [char(1) e__.message]; end",
                 "printf('%s%s%s', r__, char(2), char(10));", "format;", "end"]
        lines += ["t(" + quoted(s) + ");" for s in sources]
        (folder / "golden_sources.m").write_text("\n".join(lines))
        done = subprocess.run(["octave-cli", "-qf", "golden_sources.m"], cwd=folder, capture_output=True, text=True,
                              # OpenBLAS rounds by processor; this is its way on the most common ones.
                              env={**os.environ, "OPENBLAS_CORETYPE": "Haswell"})
    return done.stdout.split("\x02\n")[:-1]


def printed(file):
    """What a whole file prints."""
    done = subprocess.run(["octave-cli", "-qf", str(file)], capture_output=True, text=True, env={**os.environ, "OPENBLAS_CORETYPE": "Haswell"})
    assert "error:" not in done.stderr.replace("error: ignoring const", ""), (file, done.stderr)
    return done.stdout


def main():
    # A line break within a source is written as U+23CE.
    written = [l.replace("\u23ce", "\n") for l in (here / "octave-sources.txt").read_text().split("\n") if l.strip()]
    sources = list(dict.fromkeys(written + list(generated())))
    found = run(sources)
    assert len(found) == len(sources), (len(found), len(sources))
    cases = []
    for source, text in zip(sources, found):
        if "warning:" in text:
            continue
        if text.startswith("\x01"):
            message = re.sub(r" \(note: variable .*\)$", "", text[1:])
            message = re.sub(r" near line \d+, column \d+$", "", message)
            message = message.split("  Correct usage")[0].rstrip(".")if message.startswith("Invalid call") else message
            cases.append({"source": source, "error": message})
        else:
            cases.append({"source": source, "text": text.rstrip("\n")})
    (here / "octave.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    programs = [{"name": f.stem, "text": printed(f)} for f in sorted((here / "octave-programs").glob("*.m"))]
    (here / "octave-programs.json").write_text("[\n" + ",\n".join(json.dumps(p) for p in programs) + "\n]\n")
    print(len(cases), "cases", len(programs), "programs")


main()
