#!/usr/bin/env python3
"""Extracts the examples of the installed NumPy's docstrings as programs with NumPy's own answers.

Writes test/golden/numpy-manual.json: for each docstring its source and, for every expression statement whose real output
equals the documented one, the line and the text (or error) that NumPy shows. Examples that print something else than
documented (random numbers, memory addresses, other versions) are left out, and so are parts of NumPy that are about
something else than numeric arrays (OUTSIDE). Run with Debian's python3-numpy: /usr/bin/python3 scripts/conformance-numpy.py

Machines differ in the last digits of transcendental functions and sums. An example that is as documented but for those
keeps the text that is committed, so that a run elsewhere loses none and changes none.

With a folder of reStructuredText, such as doc/source/user of NumPy's sources, it writes test/golden/numpy-guide.json from
the examples there in place of the docstrings'. Of later versions' texts `np.float64(3.0)` is read as `3.0`.
"""
import ast
import contextlib
import doctest
import inspect
import io
import json
import os
import pathlib
import re
import sys
import tempfile
import traceback
import types
import warnings

import numpy as np

GOLDEN = pathlib.Path(__file__).parent.parent / "test" / "golden"
MODULES = ["numpy", "numpy.linalg", "numpy.fft"]
# String, date, record and masked arrays, matrices, polynomial classes, files, memory maps, threads, C types, testing.
OUTSIDE = re.compile("|".join(re.escape(word) for word in """
datetime timedelta busday chararray recarray np.rec np.ma. masked np.matrix np.mat( np.asmatrix np.bmat matrix([ poly1d Polynomial
np.char np.void np.record np.testing np.random memmap tofile fromfile loadtxt savetxt genfromtxt np.save np.load open( ctypes
__array_ threading sys. pickle dtype=[ dtype([ dtype({ np.core np.lib. np.f2py matplotlib plt. scipy StringIO BytesIO
frombuffer np.object dtype=object np.str np.bytes np.unicode np.info np.lookfor np.source getbuffer np.who nditer
nested_iters errstate seterr geterr setbufsize byteswap newbyteorder byteorder np.sctype np.typename set_string_function np.deprecate
np.show_config np.broadcast( np.ndenumerate np.ndindex np.flatiter from_dlpack np.DataSource np.safe_eval np.require .flags
setflags getfield setfield may_share_memory shares_memory .base stride_tricks sliding_window_view .strides __doc__ frompyfunc
upcasting '>i >i8 >u4 <u2 'f4,i4 (object) object] dtype=('  memoryview functools StringIO fractions numbers abc. <U dtype='S dtype='|S dtype='U dtype=object .data .view( np.lib np.nested
""".split()))


# Their examples print what a handler of the user's own says.
PRINTING = {f"numpy.{n}" for n in ("seterr", "seterrcall", "seterrobj", "geterrcall", "geterrobj", "set_string_function")}


def docstrings():
    """Every documented public object once: (module, qualified name, docstring)."""
    seen = set()
    for name in MODULES:
        module = __import__(name, fromlist=["x"])
        for key in sorted(dir(module)):
            obj = getattr(module, key)
            if key.startswith("_") or isinstance(obj, types.ModuleType):
                continue
            with contextlib.suppress(Exception):
                doc = inspect.getdoc(obj)
                if doc and ">>>" in doc and id(doc) not in seen and doc not in seen:
                    seen.add(doc)
                    yield name, f"{name}.{key}", doc
    for key in sorted(dir(np.ndarray)) + sorted(dir(np.ufunc)):
        owner = "ndarray" if hasattr(np.ndarray, key) else "ufunc"
        obj = getattr(np.ndarray if owner == "ndarray" else np.ufunc, key)
        doc = inspect.getdoc(obj)
        if doc and ">>>" in doc and doc not in seen and not key.startswith("__"):
            seen.add(doc)
            yield owner, f"numpy.{owner}.{key}", doc
    for name, doc in guide():
        if doc not in seen:
            seen.add(doc)
            yield "guide", name, doc


def guide():
    """The user guide's chapters that NumPy carries as module docstrings."""
    import numpy.core.einsumfunc, numpy.lib.arraypad, numpy.core.arrayprint, numpy.fft  # noqa: E401

    for module in [numpy.core.arrayprint, numpy.fft, np]:
        if module.__doc__ and ">>>" in module.__doc__:
            yield module.__name__, inspect.cleandoc(module.__doc__)


def same(real, documented):
    checker = doctest.OutputChecker()
    return checker.check_output(documented, real, doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)


NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)")


def close(real, documented):
    """Whether two texts are the same but for the last digits of their numbers."""
    def layout(text):
        return re.sub(r"\s+", "", NUMBER.sub("#", text))

    a, b = NUMBER.findall(real), NUMBER.findall(documented)
    if layout(real) != layout(documented) or len(a) != len(b):
        return False
    return all(p == q or abs(float(p) - float(q)) <= 1e-13 * abs(float(q)) for p, q in zip(a, b))


def plain(documented):
    """Scalars as NumPy 1 shows them."""
    return re.sub(r"np\.(?:float|int|uint|complex|str|bool)\w*\(([^()]*)\)", r"\1", documented).replace("np.True_", "True").replace(
        "np.False_", "False")


def reset():
    np.seterr(all="warn")
    np.set_printoptions(edgeitems=3, threshold=1000, precision=8, suppress=False, linewidth=75, nanstr="nan",
                        infstr="inf", sign="-", formatter=None, floatmode="maxprec", legacy=False)


def run(doc):
    """Runs a docstring's examples in order; returns the program text and the results worth keeping."""
    names = {"np": np, "__name__": "__main__"}
    source, results = [], []
    outside = set()  # names whose values come from the parts that are left out
    for example in doctest.DocTestParser().get_examples(doc):
        line = len(source)
        code = example.source.rstrip("\n")
        source += code.split("\n")
        out = io.StringIO()
        error = None
        try:
            tree = ast.parse(code)
        except SyntaxError:
            continue
        mentioned = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        left_out = bool(OUTSIDE.search(code) or mentioned & outside)
        if left_out and not (isinstance(tree.body[0], ast.Expr)):
            outside |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            outside |= {getattr(n, "name", None) for n in tree.body} - {None}
        elif not left_out:
            outside -= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(compile(code + "\n", "<example>", "single"), names)
        except BaseException as e:
            error = "".join(traceback.format_exception_only(type(e), e)).strip()
        text = out.getvalue().removesuffix("\n")
        if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr) or not example.want:
            continue
        if left_out or OUTSIDE.search(text):
            continue
        if error is not None:
            if example.exc_msg and same(error.split("\n")[-1], example.exc_msg.split("\n")[-1]):
                results.append({"line": line, "error": error.removeprefix("numpy.linalg.").removeprefix("numpy.")})
        elif "0x" not in text and (same(text + "\n", plain(example.want)) or close(text, plain(example.want))):
            results.append({"line": line, "text": text})
    return "\n".join(source), results


def chapters(folder):
    """The examples of each section of each text: (name, examples' text)."""
    for file in sorted(pathlib.Path(folder).glob("*.rst")):
        yield "user guide", file.stem, file.read_text().replace(".. testsetup::", "")


def steady(case, before):
    """The case with committed texts where the new ones differ in last digits only."""
    old = {r["line"]: r for r in before.get((case["name"], case["source"]), [])}
    results = [
        old[r["line"]] if "text" in r and "text" in old.get(r["line"], {}) and close(r["text"], old[r["line"]]["text"]) else r
        for r in case["results"]
    ]
    return {**case, "results": results}


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else None
    documents = list(chapters(folder) if folder else docstrings())
    out = (GOLDEN / ("numpy-guide.json" if folder else "numpy-manual.json")).resolve()
    before = {}
    if out.exists():
        before = {(c["name"], c["source"]): c["results"] for c in json.loads(out.read_text())}
    os.chdir(tempfile.mkdtemp())
    sys.displayhook = lambda v: v is None or print(repr(v))
    cases = []
    for module, name, doc in documents:
        if name in PRINTING:
            continue
        reset()
        source, results = run(doc)
        if results:
            cases.append(steady({"module": module, "name": name, "source": source, "results": results}, before))
    out.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(len(cases), "texts,", sum(len(c["results"]) for c in cases), "examples", file=sys.stderr)


main()
