#!/usr/bin/env python3
"""Writes seeded random NumPy programs, as people write them, with NumPy's own answers: differential-numpy.py SEED COUNT."""
import contextlib
import importlib.util
import json
import pathlib
import random
import sys

import numpy as np

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("goldens", here.parent / "test" / "golden" / "make-numpy.py")
goldens = importlib.util.module_from_spec(spec)
with contextlib.suppress(SystemExit):
    spec.loader.exec_module(goldens)

rng = random.Random(int(sys.argv[1]))

DTYPES = ["int", "float", "bool", "complex", "np.int8", "np.uint8", "np.int32", "np.float32", "np.int64", "np.uint16"]


def number():
    return rng.choice([str(rng.randint(-9, 9)), str(rng.randint(-9, 9)), str(rng.randint(-9, 9)), repr(round(rng.uniform(-5, 5), rng.randint(1, 3))),
                       "0", "1", "1e-3", "1e6", "2.5", "100", "-0.5", "np.pi", "np.nan", "np.inf"])


def small():
    return str(rng.randint(-9, 9))


def nested(shape, entry):
    if not shape:
        return entry()
    return "[" + ", ".join(nested(shape[1:], entry) for _ in range(shape[0])) + "]"


def array(shape):
    kind = rng.random()
    if kind < 0.45:
        return f"np.array({nested(shape, small)})"
    if kind < 0.6:
        return f"np.array({nested(shape, lambda: repr(round(rng.uniform(-9, 9), rng.randint(1, 4))))})"
    if kind < 0.68:
        return f"np.array({nested(shape, number)})"
    if kind < 0.76:
        d = rng.choice(DTYPES)
        return f"np.array({nested(shape, lambda: str(rng.randint(0, 9)))}, dtype={d})"
    if kind < 0.82:
        return f"np.array({nested(shape, lambda: rng.choice(['True', 'False']))})"
    n = 1
    for m in shape:
        n *= m
    if kind < 0.92:
        return f"np.arange({n}).reshape{tuple(shape) if len(shape) != 1 else f'({shape[0]})'}"
    return rng.choice([f"np.ones({tuple(shape)})", f"np.full({tuple(shape)}, {small()})", f"np.zeros({tuple(shape)}, dtype=int)",
                       f"np.linspace(0, 1, {n}).reshape({tuple(shape)})"])


UNARY = ["np.abs", "np.sqrt", "np.exp", "np.sin", "np.cos", "np.floor", "np.ceil", "np.round", "np.sign", "np.square", "np.negative",
         "np.isnan", "np.isfinite", "np.cumsum", "np.cumprod", "np.sort", "np.argsort", "np.unique", "np.ravel", "np.transpose", "np.diff",
         "np.flip", "np.nonzero", "np.any", "np.all", "np.sum", "np.prod", "np.mean", "np.std", "np.var", "np.min", "np.max", "np.argmin",
         "np.argmax", "np.median", "np.ptp", "np.count_nonzero", "np.tril", "np.triu", "np.diag", "np.trace", "np.shape", "np.ndim",
         "np.size", "np.real", "np.imag", "np.conj", "np.angle", "np.nansum", "np.nanmean", "np.nanmax", "np.tanh", "np.arctan", "np.log1p",
         "np.expm1", "np.rint", "np.trunc", "np.fix", "np.atleast_2d", "np.squeeze", "np.logical_not", "np.zeros_like", "np.ones_like",
         "np.flatnonzero", "np.argwhere", "np.ediff1d", "np.gradient", "np.fliplr", "np.flipud", "np.rot90", "np.signbit", "np.reciprocal",
         "len", "sum", "list", "np.degrees", "np.nan_to_num", "np.cov", "np.corrcoef", "np.asarray", "np.copy", "np.isinf", "np.bincount",
         "np.linalg.norm", "np.cbrt", "np.exp2", "np.log", "np.log2", "np.log10", "str", "repr", "bool", "float", "np.average", "max", "min", "sorted", "abs", "np.modf", "np.nanstd", "np.nancumsum", "np.iscomplex", "np.isreal", "np.positive", "np.trim_zeros"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "@", "==", "!=", "<", "<=", ">", ">=", "&", "|", "^"]
PAIRS = ["np.maximum", "np.minimum", "np.dot", "np.outer", "np.inner", "np.matmul", "np.kron", "np.add", "np.subtract", "np.multiply", "np.hypot",
         "np.arctan2", "np.power", "np.mod", "np.fmod", "np.floor_divide", "np.allclose", "np.array_equal", "np.isclose", "np.intersect1d",
         "np.union1d", "np.setdiff1d", "np.in1d", "np.isin", "np.append", "np.logical_and", "np.logical_or", "np.logical_xor", "np.greater",
         "np.less_equal", "np.not_equal", "np.copysign", "np.fmax", "np.vdot", "np.convolve", "np.correlate", "np.cross", "np.tensordot", "np.polyval",
         "np.searchsorted", "np.interp", "np.heaviside", "np.bitwise_and", "np.left_shift", "np.gcd", "np.lcm", "np.divmod", "np.float_power", "np.logaddexp", "np.polymul", "np.polyadd", "np.setxor1d"]
REDUCE = ["sum", "mean", "max", "min", "prod", "std", "var", "argmax", "argmin", "any", "all", "cumsum", "cumprod", "ptp"]


def subscript(ndim):
    def one():
        return rng.choice(["0", "-1", "1", ":", "1:", ":2", "::2", "::-1", "None", "...", "[0, 1]", "[-1]", "1:3", "-2:", ":-1", "[1, 0]"])
    parts = [one() for _ in range(rng.randint(1, max(ndim, 1)))]
    return ", ".join(parts)


def expression(names, depth=0):
    a, b = rng.choice(names), rng.choice(names)
    if depth < 1 and rng.random() < 0.3:
        a = "(" + expression(names, depth + 1) + ")"
    k = rng.random()
    if k < 0.2:
        return f"{a} {rng.choice(BINARY)} {rng.choice([b, b, b, small(), '2', '0.5', 'True'])}"
    if k < 0.4:
        return f"{rng.choice(UNARY)}({a})"
    if k < 0.52:
        return f"{rng.choice(PAIRS)}({a}, {b})"
    if k < 0.64:
        return f"{a}.{rng.choice(REDUCE)}({rng.choice(['', 'axis=0', 'axis=1', 'axis=-1', '0', 'axis=0, keepdims=True' if rng.random() < .7 else 'axis=1'])})"
    if k < 0.76:
        return f"{a}[{subscript(2)}]"
    if k < 0.8:
        return f"{a}[{a} {rng.choice(['>', '<', '==', '!='])} {small()}]"
    if k < 0.84:
        return f"np.where({a} > {small()}, {b}, {rng.choice([a, small(), '0.5'])})"
    if k < 0.88:
        f = rng.choice(["np.concatenate", "np.vstack", "np.hstack", "np.stack", "np.dstack", "np.column_stack"])
        return f"{f}([{a}, {b}]{rng.choice(['', ', axis=1', ', axis=-1']) if f in ('np.concatenate', 'np.stack') else ''})"
    if k < 0.91:
        return f"{a}.reshape({rng.choice(['-1', '2, -1', '-1, 2', '3, 2', '1, -1', '-1, 1', '6', '2, 3'])})"
    if k < 0.93:
        return f"{a}.astype({rng.choice(DTYPES)})"
    if k < 0.95:
        return rng.choice([f"np.repeat({a}, 2)", f"np.tile({a}, 2)", f"np.roll({a}, 1)", f"np.pad({a}, 1)", f"np.clip({a}, -2, 3)", f"np.percentile({a}, 30)",
                           f"np.quantile({a}, 0.5, axis=0)", f"np.expand_dims({a}, 0)", f"np.broadcast_to({a}, (2, 3))", f"np.take({a}, [0, 1])", f"np.delete({a}, 0)",
                           f"np.insert({a}, 1, 5)", f"np.split({a}, 2)", f"np.array_split({a}, 2)", f"np.swapaxes({a}, 0, 1)", f"np.histogram({a}, bins=3)", f"np.digitize({a}, [0, 2])",
                           f"np.sum({a}, axis=(0, 1))", f"np.moveaxis({a}, 0, -1)", f"np.argsort({a}, axis=0)", f"np.unique({a}, return_counts=True)", f"np.add.reduce({a})", f"np.multiply.accumulate({a})",
                           f"np.subtract.outer({a}, {b})", f"np.einsum('ij->j', {a})", f"np.einsum('i,i', {a}, {b})", f"np.round({a}, 1)", f"np.partition({a}, 0)[:1]", f"np.nanpercentile({a}, 50)"])
    if k < 0.97:
        return rng.choice([f"{a}.T", f"{a}.shape", f"{a}.ndim", f"{a}.size", f"{a}.dtype", f"{a}.tolist()", f"{a}.flatten()", f"{a}.real", f"-{a}", f"~{a}", f"{a}.nbytes", f"+{a}"])
    return rng.choice([f"print({a})", f"print({a}, {b})", f"[x * 2 for x in {a}]", f"f'{{{names[0]}}}'", f"{a}[0] + {b}[-1]", f"str({a}).strip()"])


def change(names):
    a = rng.choice(names)
    return rng.choice([f"{a}[0] = {small()}", f"{a}[{subscript(2)}] = {small()}", f"{a} += {small()}", f"{a} *= 2", f"{a}[{a} > 0] = 0", f"{a}[-1] += 1",
                       f"{a} = {a} + 1", f"{a} = {a}.copy()", f"{a} -= {rng.choice(names)}", f"{a} = {rng.choice(names)}", f"{a} = {rng.choice(names)}.T",
                       f"for i in range(2):\n    {a}[i] = {a}[i] * 2", f"{a} /= 2", f"{a}.sort()", f"{a} = {rng.choice(names)}[1:]"])


def program():
    names = ["a", "b", "c"][: rng.randint(1, 3)]
    shape = rng.choice([[3], [4], [2, 2], [2, 3], [3, 3], [2, 3], [3], [1, 3], [2, 2, 2], [5], [2], [6], [2, 1]])
    lines = [f"{n} = {array(shape if rng.random() < 0.7 else rng.choice([[3], [2, 3], [3, 1], [2], [1]]))}" for n in names]
    for _ in range(rng.randint(4, 9)):
        lines.append(change(names) if rng.random() < 0.15 else expression(names))
    return "\n".join(lines)


# Value-based casting of NumPy 1 against the rules of NumPy 2: Python's or 0-d numbers with arrays of small types.
def main():
    cases = []
    for _ in range(int(sys.argv[2])):
        source = program()
        results = [r for r in goldens.shown(source) if not goldens.UNSTABLE.search(r.get("text", ""))]
        cases.append({"source": source, "results": results})
    print(json.dumps(cases))


main()
