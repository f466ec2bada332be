#!/usr/bin/env python3
"""Writes numpy.json and python.json: Python programs and what the installed NumPy shows for each of their expression statements and prints in each of their blocks.

Programs stand in numpy-sources.txt, numpy-text.txt, numpy-library.txt and numpy-seeds.txt, parted by blank lines at column 0, and in numpy-scripts.txt,
numpy-memory.txt, numpy-suite.txt, python-classes.txt, python-sets.txt, python-programs.txt, python-flows.txt and python-random.txt, parted by lines of dashes. Each begins with `import numpy as np`. An expression that raises ends nothing: the next one runs all the same, as the headless `eval` does.
Run it where Debian's python3-numpy is installed: /usr/bin/python3 test/golden/make-numpy.py
"""
import ast
import contextlib
import io
import json
import pathlib
import re
import warnings

import numpy

here = pathlib.Path(__file__).parent
# Debian's compiler notes about an object's address, a file's path or a function's own printing say nothing of the value.
UNSTABLE = re.compile(r"0x[0-9a-f]{6,}|/usr/")


PARTING = "\n# ----\n"


def programs(text):
    """Whole files between lines of dashes, or top-level blocks; a blank line inside a def or loop does not part them, nor do two definitions in a row."""
    if PARTING in text:
        yield from (part.strip("\n") for part in text.split(PARTING))
        return
    block = []
    for line in text.split("\n") + ["", "END"]:
        if line.strip() or not block:
            if line.strip():
                if block and block[-1] == "" and not line.startswith((" ", "def ")) and not any(
                    b.startswith(("def ", " ")) for b in block[-2:]
                ):
                    yield "\n".join(block).rstrip("\n")
                    block = []
                block.append(line)
        elif block[-1] != "":
            block.append("")


def is_main(node):
    return isinstance(node, ast.If) and "__name__" in ast.dump(node.test)


def shown(source, prelude="import numpy as np"):
    """One result for every expression statement, and for every block that prints, in order."""
    names = {"__name__": "__main__"}
    exec(prelude, names)
    results = []
    for node in ast.parse(source).body:
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if isinstance(node, ast.Expr):
                    code = compile(ast.Expression(node.value), "<golden>", "eval")
                    value = eval(code, names)
                    text = out.getvalue() + (repr(value) if value is not None or not out.getvalue() else "")
                    text = text.removesuffix("\n") if value is None else text
                    results.append({"line": node.lineno - 1, "text": text})
                else:
                    exec(compile(ast.Module([node], []), "<golden>", "exec"), names)
                    if out.getvalue() and isinstance(node, (ast.If, ast.For, ast.While, ast.Try)) and not is_main(node):
                        results.append({"line": node.lineno - 1, "text": out.getvalue().removesuffix("\n")})
        except Exception as e:
            if not isinstance(node, ast.Expr):
                break
            results.append({"line": node.lineno - 1, "error": f"{type(e).__name__}: {e}"})
    return results


def cases_of(name):
    """The programs of a file of sources with what they show; those that show nothing are left out."""
    cases = []
    for source in programs((here / name).read_text()):
        numpy.set_printoptions(edgeitems=3, threshold=1000, precision=8, suppress=False, linewidth=75,
                               nanstr="nan", infstr="inf", sign="-", formatter=None, floatmode="maxprec", legacy=False)
        results = [r for r in shown(source) if not UNSTABLE.search(r.get("text", ""))]
        if results:
            cases.append({"source": source, "results": results})
    return cases


def write(target, names):
    cases = [case for name in names if (here / name).exists() for case in cases_of(name)]
    (here / target).write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(target, len(cases), "programs,", sum(len(c["results"]) for c in cases), "results")


def main():
    write("numpy.json", ["numpy-sources.txt", "numpy-seeds.txt", "numpy-text.txt", "numpy-library.txt", "numpy-scripts.txt", "numpy-memory.txt", "numpy-suite.txt"])
    write("python.json", ["python-classes.txt", "python-sets.txt", "python-programs.txt", "python-flows.txt", "python-random.txt"])


if __name__ == "__main__":
    main()
