#!/usr/bin/env python3
"""Writes seeded calls of every NumPy function in docs/functions.md with hostile arguments, and NumPy's own answers: differential-calls.py SEED COUNT."""
import contextlib
import importlib.util
import json
import os
import pathlib
import random
import re
import resource
import signal
import sys

import numpy as np

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("goldens", here.parent / "test" / "golden" / "make-numpy.py")
goldens = importlib.util.module_from_spec(spec)
with contextlib.suppress(SystemExit):
    spec.loader.exec_module(goldens)

rng = random.Random(int(sys.argv[1]))

# Not called: what gives addresses, memory, text of the interpreter or another name in NumPy 2, and what prints or reads.
LEFT_OUT = set("empty empty_like ndarray lookfor info who nditer ndindex ndenumerate typename dtype may_share_memory shares_memory printoptions "
               "set_printoptions set_string_function seterr geterr errstate save load fromfile byte_bounds get_include alltrue sometrue product "
               "cumproduct msort in1d trapz find_common_type asfarray round_ cast obj2sctype issctype issubsctype maximum_sctype row_stack "
               "set_numeric_ops fromstring frombuffer finfo iinfo vectorize frompyfunc fromfunction apply_over_axes apply_along_axis mask_indices "
               "piecewise poly1d result_type common_type can_cast issubdtype sctype2char mintypecode nbytes array2string array_repr array_str".split())

ARRAYS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "k", "l", "m"]
PRELUDE = """a = np.array([3, -1, 2])
b = np.array([[1.5, np.nan], [-2.0, 0.0]])
c = np.array([[1, 2, 3], [4, 5, 6]])
d = np.array([True, False, True])
e = np.array(7)
f = np.array([], dtype=float)
g = np.array([[1 + 2j, 3], [-1j, 0]])
h = np.array([200, 5, 0], dtype=np.uint8)
i = np.array([1.5, -2.25, 100.125], dtype=np.float32)
k = np.arange(8).reshape(2, 2, 2)
l = np.array([np.inf, -np.inf, 0.0, -0.0])
m = np.array([[2, 1], [1, 3]]).T"""


def array():
    if rng.random() < 0.75:
        return rng.choice(ARRAYS)
    return rng.choice(["3", "-2.5", "True", "1j", "[1, 2, 3]", "[[1, 2], [3, 4]]", "[]", "(4, 5)", "np.float32(1.5)", "np.int8(100)", "np.uint64(2**63)", "[0.5, 1]",
                       "np.zeros((0, 3))", "np.ones((3, 1))", "np.eye(2)", "c.T", "a[::-1]", "k[:, 0]", "2**70", "None", "[1, [2]]", "'x'", "np.float16(2.5)", "[True, False]"])


def axis():
    return rng.choice(["0", "1", "-1", "None", "2", "-3", "(0, 1)", "(0,)", "0.0", "True", "[0]", "np.int64(0)"])


def integer():
    return rng.choice(["0", "1", "2", "-1", "3", "5", "-4", "2.0", "1.5", "True", "None", "[1, 2]", "(2, 3)", "np.int64(2)", "[]"])


DTYPE = ["int", "float", "bool", "complex", "np.int8", "np.uint8", "np.float32", "'float64'", "'i4'", "np.float16", "None"]
NAMED = {
    "axis": axis, "axis1": axis, "axis2": axis, "axisa": axis, "axisb": axis, "axes": axis,
    "dtype": lambda: rng.choice(DTYPE), "keepdims": lambda: rng.choice(["True", "False", "True"]), "out": lambda: rng.choice(["None", "np.zeros(3)", "np.zeros((2, 2))"]),
    "where": lambda: rng.choice(["True", "[True, False, True]", "d", "np.array([[True, False], [True, True]])"]),
    "initial": lambda: rng.choice(["0", "10", "-1.5"]), "order": lambda: rng.choice(["'C'", "'F'", "'A'", "'K'"]), "ddof": lambda: rng.choice(["0", "1", "2", "0.5"]),
    "mode": lambda: rng.choice(["'full'", "'same'", "'valid'", "'wrap'", "'clip'", "'raise'", "'edge'", "'reflect'", "'reduced'", "'complete'"]),
    "n": integer, "N": integer, "M": integer, "k": integer, "m": integer, "shape": integer, "newshape": integer, "reps": integer, "repeats": integer, "shift": integer,
    "num": integer, "decimals": integer, "deg": integer, "kth": integer, "indices": integer, "obj": integer, "dims": integer, "offset": integer, "base": integer,
    "indices_or_sections": integer, "pad_width": integer, "source": integer, "destination": integer, "bins": integer, "minlength": integer, "precision": integer,
    "number": integer, "width": integer, "tri": lambda: "np.tri(3)", "copy": lambda: "True", "subok": lambda: "False", "casting": lambda: rng.choice(["'same_kind'", "'unsafe'", "'safe'"]),
    "tup": lambda: f"({array()}, {array()})", "arrays": lambda: f"[{array()}, {array()}]", "condlist": lambda: "[d, a > 0]", "choicelist": lambda: f"[{array()}, {array()}]",
    "choices": lambda: f"[{array()}, {array()}]", "keys": lambda: f"({array()}, {array()})", "q": lambda: rng.choice(["50", "0.5", "[0, 1]", "[25, 75]", "101", "-1", "np.nan", "1"]),
    "method": lambda: rng.choice(["'linear'", "'lower'", "'nearest'", "'median_unbiased'"]), "ord": lambda: rng.choice(["1", "2", "np.inf", "-1", "'fro'", "'nuc'", "None", "0", "3"]),
    "p": lambda: rng.choice(["1", "2", "np.inf", "'fro'", "None", "[1, 2]", "a"]), "kind": lambda: "'stable'", "side": lambda: rng.choice(["'left'", "'right'"]),
    "indexing": lambda: rng.choice(["'ij'", "'xy'"]), "trim": lambda: rng.choice(["'f'", "'b'", "'fb'"]), "return_index": lambda: "True", "return_inverse": lambda: "True",
    "return_counts": lambda: "True", "UPLO": lambda: rng.choice(["'L'", "'U'"]), "full_matrices": lambda: "False", "compute_uv": lambda: "False", "hermitian": lambda: "True",
    "like": lambda: "None", "optimize": lambda: "True", "operands": lambda: rng.choice(["'ij', c", "'ij->ji', c", "'ij,jk', m, m", "'ii', m", "'i,i', a, a", "'...j', k"]),
    "subscripts": lambda: "'ij'", "norm": lambda: rng.choice(["None", "'ortho'", "'forward'"]), "func": lambda: "np.sum", "equal_nan": lambda: "True",
    "overwrite_input": lambda: "False", "interpolation": lambda: "None", "weights": lambda: rng.choice(["None", "[1, 2, 3]", "a", "[1, 2]"]),
}
# A keyword of NumPy 1.24 that 2.4 lacks, or the other way round.
NOT_BOTH = {"interpolation", "kind", "min", "max", "normed", "bias", "like", "device", "subok", "newshape", "func", "signature", "dims"}


def functions():
    """Path, parameters that are given in their place, and those that are given by name."""
    text = (here.parent / "docs" / "functions.md").read_text()
    for section, path in (("numpy", "np"), ("numpy.linalg", "np.linalg"), ("numpy.fft", "np.fft"), ("numpy.emath", "np.emath"), ("numpy: methods of arrays", "")):
        part = re.search(rf"^## {re.escape(section)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
        for name, parameters in re.findall(r"^\| `([\w.]+)` +\| `?(.*?)`? +\|$", part.group(1), re.M):
            name = name.split(".")[-1]
            if name in LEFT_OUT or name == "function":
                continue
            listed = [p.strip() for p in parameters.split(",") if p.strip() not in ("", "/", "*")]
            plain = [p for p in listed if "=" not in p]
            yield path, name, plain, [p.split("=")[0] for p in listed if "=" in p and p.split("=")[0] in NAMED and p.split("=")[0] not in NOT_BOTH]


FUNCTIONS = list(functions())


def value(parameter):
    if parameter.startswith("*"):
        return NAMED.get(parameter[1:], lambda: ", ".join(array() for _ in range(rng.randint(1, 2))))()
    return array() if rng.random() < 0.1 else NAMED.get(parameter, array)()


def call():
    path, name, plain, options = rng.choice(FUNCTIONS)
    given = [value(p) for p in plain]
    for option in options:
        if rng.random() < 0.8 / max(len(options), 1):
            given.append(f"{option}={value(option)}")
    return f"{path or rng.choice(ARRAYS)}.{name}({', '.join(given)})"


# What NumPy does not come to the end of within the memory here.
BEYOND = re.compile("_?(Array)?MemoryError|RecursionError")


def answers(source):
    """What NumPy shows, in a process of its own: a call may crash it, or take without end."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(3)
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        found = [r for r in goldens.shown(source) if not goldens.UNSTABLE.search(r.get("text", "")) and not BEYOND.match(r.get("error", ""))]
        with os.fdopen(write, "w") as out:
            json.dump(found, out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as found:
        text = found.read()
    return json.loads(text) if os.waitpid(child, 0)[1] == 0 else []


def main():
    # NumPy 2 otherwise names the types of its numbers.
    if np.__version__ >= "2":
        np.set_printoptions(legacy="1.25")
    cases = []
    for _ in range(int(sys.argv[2])):
        source = PRELUDE + "\n" + "\n".join(call() for _ in range(8))
        cases.append({"source": source, "results": answers(source)})
    print(json.dumps(cases))


main()
