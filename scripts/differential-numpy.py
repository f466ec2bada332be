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


LINALG = ["det", "inv", "eigvalsh", "matrix_rank", "cond", "pinv", "slogdet", "norm", "cholesky"]
SPECS = [".2f", ".3e", "8.3f", "d", ">6", "+.1f", "05.1f", ",", "g", "%"]


def text_of(names):
    """Printing and formatting."""
    a = rng.choice(names)
    return rng.choice([
        f"print({a}.tolist(), {a}.sum(), sep=' | ')", f"print(f'{{{a}.sum():{rng.choice(SPECS)}}}')", f"print('%.3f' % {a}.mean())",
        f"print('{{:.2f}} {{}}'.format({a}.max(), {a}.shape))", f"np.array2string({a}, precision=2, separator=', ')",
        f"np.array_str({a})", f"print({a} * 1e{rng.randint(-12, 12)})", f"print({a} / 7)", f"print({a}.astype(np.float32) / 3)",
        f"repr({a}[..., None])", f"print([round(float(v), 2) for v in {a}.ravel()[:3]])", f"np.arange({rng.randint(990, 1010)}) * 1.5",
        f"print(np.outer({a}, {a}) * 1j)", f"{a} * (1 + 2j)", f"np.round({a} / 3, {rng.randint(0, 4)})", f"str({a}.dtype), {a}.dtype.name",
    ])


def gathering(names):
    """Indexing by arrays, masks and mixtures; sorting and sets; grids."""
    a, b = rng.choice(names), rng.choice(names)
    return rng.choice([
        f"{a}[[0, -1, 0]]", f"{a}[[[0, 1], [1, 0]]]", f"{a}[..., [0]]", f"{a}[[0, 1], [0, 1]]", f"{a}[np.array([True, False])]",
        f"{a}[{a}.argsort(axis=0)[0]]", f"{a}[np.newaxis, ..., ::-1]", f"{a}[1:, [0]]", f"{a}[:, None] - {b}", f"np.take_along_axis({a}, np.argsort({a}, axis=-1), axis=-1)",
        f"{a}[~({a} > 0)]", f"{a}[({a} > -2) & ({a} < 3)]", f"np.where({a} > 0)", f"np.sort({a}, axis=None)[::-1]", f"np.unique({a}, return_inverse=True)",
        f"np.unique({a}, axis=0)", f"np.argsort({a}, kind='stable')", f"np.lexsort(({a}, {b}))", f"np.select([{a} > 1, {a} < 0], [{a}, -1], 9)", f"np.choose([0, 1], [{a}, {b}])",
        f"np.meshgrid({a}, {b})", f"np.ix_([0, 1], [1])", f"np.indices((2, 2))", f"np.partition({a}, 1)", f"np.argpartition({a}, 1)", f"np.searchsorted([-3, 0, 3], {a})",
        f"np.nonzero({a})", f"np.compress([True, False], {a}, axis=0)", f"np.extract({a} > 0, {a})", f"np.diagonal({a})", f"np.rollaxis({a}, -1)", f"list(np.ndindex(2, 2))",
        f"np.isin({a}, [1, 2, 3])", f"np.flip({a}, axis=0)", f"np.roll({a}, 1, axis=0)", f"np.rot90({a}, 2)",
    ])


def combining(names):
    """Joining, splitting, contractions, linear algebra, ufunc methods, axes in tuples."""
    a, b = rng.choice(names), rng.choice(names)
    return rng.choice([
        f"np.einsum('ij,jk->ik', {a}, {b})", f"np.einsum('ij,ij->i', {a}, {b})", f"np.einsum('ii', {a})", f"np.einsum('i,j->ij', {a}, {b})", f"np.einsum('...i->...', {a})",
        f"np.sum({a}, axis=(0, 1), keepdims=True)", f"np.mean({a}, axis=(0, -1))", f"np.max({a}, axis=(0, 1))", f"{a}.std(axis=0, ddof=1)", f"np.linalg.{rng.choice(LINALG)}({a})",
        f"np.linalg.solve({a}, {b})", f"np.linalg.norm({a}, axis={rng.choice(['0', '1', '-1'])})", f"np.linalg.norm({a}, {rng.choice(['1', 'np.inf', '-1', '2'])})", f"np.linalg.matrix_power({a}, {rng.randint(0, 3)})",
        f"np.concatenate([{a}, {b}], axis={rng.choice(['0', '1', 'None'])})", f"np.stack([{a}, {b}], axis={rng.choice(['0', '1', '-1'])})", f"np.block([[{a}, {b}], [{b}, {a}]])", f"np.split({a}, [1])", f"np.vsplit({a}, 2)", f"np.hsplit({a}, 2)",
        f"np.add.reduce({a}, axis=None)", f"np.maximum.accumulate({a})", f"np.multiply.outer({a}, {b})", f"np.logical_and.reduce({a})", f"np.minimum.reduce({a}, axis=-1, keepdims=True)", f"np.add.reduceat({a}, [0, 1])",
        f"np.tensordot({a}, {b}, axes=1)", f"np.inner({a}, {b})", f"np.kron({a}, {b})", f"np.trace({a}, offset=1)", f"np.tri(3, 2, k=-1)", f"np.vander({a})", f"np.apply_along_axis(lambda v: v.max() - v.min(), 0, {a})",
        f"np.average({a}, axis=0)", f"np.cov({a}, {b})", f"np.quantile({a}, [0.25, 0.75])", f"np.interp({a}, [-5, 0, 5], [0, 1, 0])", f"np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6)", f"np.convolve({a}, [1, 2, 1], 'same')", f"np.fft.fft({a})", f"np.gradient({a})", f"np.trapz({a})", f"np.cumsum({a}, axis=0)", f"np.diff({a}, n=2)", f"np.clip({a}, 0, None)", f"np.pad({a}, 1, mode='edge')", f"np.pad({a}, (1, 0))", f"np.bincount([0, 1, 1], minlength=4)",
        f"{a} @ {b}.T", f"{a}.dot({b})", f"{a} + {b}[:2]", f"{a}[:, :2] * {b}", f"np.broadcast_shapes({a}.shape, (2, 1))", f"np.add({a}, {b}, dtype=float)", f"np.result_type({a}, {b})", f"np.array([{a}, {b}])", f"np.ones_like({a}, dtype=np.int8) * 100 * 2",
        f"np.array({a}, dtype=np.uint8) - np.uint8(1)", f"np.int64(2) ** 62 + {a}.astype(int)", f"{a}.astype(np.int8) * np.int8(50)", f"{a}.astype(np.float16) * 1.1", f"{a}.astype(np.complex64) / 3",
    ])


def lying(names):
    """How arrays lie in memory, walks through them, polynomials, and functions that turn complex."""
    a, b = rng.choice(names), rng.choice(names)
    order = rng.choice("CFAK")
    return rng.choice([
        f"{a}.ravel('{order}')", f"{a}.T.ravel('{order}')", f"{a}.flatten('{order}')", f"np.ravel({a}, order='{order}')", f"{a}.T.flatten('{order}')", f"{a}[::-1].ravel('{order}')",
        f"np.array({a}, order='F').ravel('{order}')", f"np.asfortranarray({a}).flatten('{order}')", f"{a}.reshape(-1, order='{rng.choice('CFA')}')", f"{a}.T.reshape(-1, order='{rng.choice('CFA')}')",
        f"({a} + {b}).ravel('{order}')", f"{a}.copy('{rng.choice('CF')}').ravel('{order}')", f"np.isfortran({a})", f"np.isfortran({a}.T)", f"{a}.strides", f"{a}.T.strides", f"{a}.flags.c_contiguous, {a}.flags.f_contiguous",
        f"np.zeros({a}.shape, order='F').strides", f"{a}.copy(order='{rng.choice('CF')}').strides", f"{a}.astype(float, order='F').strides", f"np.full({a}.shape, 2, order='F')", f"({a} * 2).flags.c_contiguous", f"{a}.sum(axis=0).strides",
        f"[x.item() for x in np.nditer({a})]", f"[x.item() for x in np.nditer({a}.T)]", f"[x.item() for x in np.nditer({a}, order='F')]", f"np.lib.stride_tricks.sliding_window_view({a}, 2, axis=0)", f"np.lib.stride_tricks.sliding_window_view({a}.ravel(), 2).sum(axis=-1)",
        f"np.lib.stride_tricks.as_strided({a}, (2, 2), (8, 8))", f"np.emath.sqrt({a})", f"np.emath.log({a})", f"np.emath.power({a}, 2)", f"np.emath.power({a}, -0.5)", f"np.emath.arcsin({a})", f"np.emath.arccos({a})", f"np.emath.log10({a})",
        f"np.poly1d({a})", f"print(np.poly1d({a}))", f"np.poly1d({a})(2)", f"np.poly1d({a}) * np.poly1d({b})", f"np.poly1d({a}).deriv()", f"np.poly1d({a}) + 1", f"np.arccos({a} + 0j)", f"np.arcsinh({a} * 1j)", f"np.arctanh({a} * (1 + 1j))",
        f"np.array2string({a}, formatter={{'float_kind': lambda x: '%.1f' % x, 'int': lambda x: '<%d>' % x}})", f"{a}.astype(str)", f"np.unique({a}.astype(str))", f"np.argsort({a}, axis=None)", f"np.argsort({a}.ravel(), kind='stable')",
    ])


def options(names):
    """Keyword arguments, several axes, `where=`, `out=`, options of linear algebra, and contractions of three operands."""
    a, b, c = (rng.choice(names) for _ in range(3))
    axes = rng.choice(["0", "1", "-1", "None", "(0, 1)", "(0,)", "()"])
    reduction = rng.choice(REDUCE[:7] + ["any", "all"])
    ufunc = rng.choice(["add", "multiply", "subtract", "maximum", "divide", "power", "sqrt", "exp", "negative"])
    operands = a if ufunc in ("sqrt", "exp", "negative") else f"{a}, {b}"
    return rng.choice([
        f"np.{reduction}({a}, axis={axes}, keepdims=True)", f"{a}.{reduction}(axis={axes})", f"np.{reduction}({a}, keepdims=True)", f"np.sum({a}, axis={axes}, dtype=float)", f"{a}.sum(where={a} > 0)", f"np.mean({a}, where={a} != 0, axis={axes})",
        f"np.max({a}, initial=3, where={a} > 0)", f"np.min({a}, axis={axes}, initial=-1)", f"np.prod({a}, initial=2)", f"np.sum({a}, initial=10, axis={axes})", f"{a}.std(ddof=1, axis={axes}, keepdims=True)", f"np.var({a}, axis={axes}, ddof=1)", f"np.any({a} > 2, axis={axes}, keepdims=True)",
        f"np.{ufunc}({operands}, where={a} > 0, out=np.zeros({a}.shape))", f"np.{ufunc}({operands}, out=np.ones({a}.shape))", f"np.{ufunc}({operands}, dtype=np.float32)", f"np.clip({a}, -1, {b})", f"np.cumsum({a}, axis={axes}, out=np.zeros({a}.shape))", f"np.argmax({a}, axis=0, keepdims=True)", f"np.argmin({a}, axis=-1, keepdims=True)",
        f"np.linalg.norm({a}, ord={rng.choice(['1', '2', 'np.inf', '-np.inf', chr(39) + 'fro' + chr(39), chr(39) + 'nuc' + chr(39), '0', '3'])}, axis={rng.choice(['0', '-1', '(0, 1)', 'None'])}, keepdims={rng.choice(['True', 'False'])})", f"np.linalg.matrix_rank({a}, tol=0.1)", f"np.linalg.pinv({a}, rcond=1e-10)", f"np.linalg.svd({a}, compute_uv=False)", f"np.linalg.lstsq({a}, {b}, rcond=None)[0]", f"np.linalg.multi_dot([{a}, {b}, {c}])", f"np.linalg.cond({a}, {rng.choice(['1', '2', 'np.inf', chr(39) + 'fro' + chr(39)])})", f"np.linalg.matrix_power({a}, -1)", f"np.linalg.eigvalsh({a}, UPLO='U')", f"np.linalg.tensorsolve({a}, {b})", f"np.linalg.qr({a}, mode='r')", f"np.linalg.solve({a}, {b}.T)",
        f"np.einsum('ij,jk,kl->il', {a}, {b}, {c})", f"np.einsum('i,j,k->ijk', {a}, {b}, {c})", f"np.einsum('ij,ij,ij->j', {a}, {b}, {c})", f"np.einsum('ij,j->i', {a}, {b})", f"np.einsum('i,i->', {a}, {b})", f"np.einsum('ij->ji', {a})", f"np.einsum('...j,...j->...', {a}, {b})", f"np.tensordot({a}, {b}, axes=([0], [0]))", f"np.tensordot({a}, {b}, axes=0)",
        f"np.concatenate(({a}, {b}), axis=0, dtype=float)", f"np.stack(({a}, {b}, {c}), axis=-1)", f"np.repeat({a}, [1, 2], axis=0)", f"np.repeat({a}, 2, axis=-1)", f"np.tile({a}, (2, 1))", f"np.roll({a}, (1, 1), axis=(0, 1))", f"np.flip({a}, axis=(0, 1))", f"np.transpose({a}, (1, 0))", f"np.moveaxis({a}, [0, 1], [1, 0])", f"np.squeeze({a}, axis=0)", f"np.expand_dims({a}, axis=(0, 2))", f"np.pad({a}, ((1, 0), (0, 1)), constant_values=9)", f"np.pad({a}, 1, mode='reflect')", f"np.pad({a}, (0, 2), mode='wrap')", f"np.insert({a}, [0, 1], 5, axis=0)", f"np.delete({a}, [0], axis=-1)", f"np.append({a}, {b}, axis=0)", f"np.split({a}, 2, axis=-1)", f"np.array_split({a}, 3, axis=0)", f"np.rot90({a}, k=-1)", f"np.diff({a}, axis=0, prepend=0)", f"np.gradient({a}, 0.5, axis=0)", f"np.unique({a}, return_index=True, return_counts=True)", f"np.sort({a}, axis=0, kind='stable')", f"np.argsort(-{a}, axis=-1)", f"np.searchsorted([0, 2, 4], {a}, side='right')", f"np.histogram({a}, bins=[-5, 0, 5], density=True)", f"np.histogram({a}, bins=4, range=(-4, 4))", f"np.bincount([0, 1, 1, 3], weights=[1, 2, 3, 4])", f"np.digitize({a}, [-1, 1], right=True)", f"np.percentile({a}, [25, 50], axis=0)", f"np.median({a}, axis={axes}, keepdims=True)", f"np.average({a}, weights={b})", f"np.average({a}, axis=0, weights=[1, 2])", f"np.cov({a}, rowvar=False)", f"np.cov({a}, bias=True)", f"np.corrcoef({a}, rowvar=False)", f"np.allclose({a}, {b}, atol=2)", f"np.isclose({a}, {b}, rtol=0.5)", f"np.nan_to_num({a}, nan=-1, posinf=9)", f"np.round({a}, decimals=1)", f"{a}.round(2)", f"np.linspace({small()}, {rng.randint(10, 20)}, num=5, endpoint=False)", f"np.linspace(0, 1, 5, retstep=True)", f"np.arange({small()}, 10, 2.5)", f"np.logspace(0, 2, 3)", f"np.geomspace(1, 100, 3)", f"np.eye(3, k=1, dtype=int)", f"np.full_like({a}, 7, dtype=float)", f"np.array({a}, ndmin=3)", f"np.array({a}, dtype=complex, copy=True)", f"np.apply_along_axis(np.sum, -1, {a})", f"np.apply_over_axes(np.sum, {a}, [0, 1])", f"np.vectorize(lambda x: x * 2 + 1)({a})", f"np.piecewise({a}, [{a} < 0, {a} >= 0], [lambda x: -x, 5])", f"np.put_along_axis({a}, np.array([[0]]), 99, axis=-1)", f"np.triu_indices(3, k=1)", f"{a}[np.triu_indices(2)]", f"np.ravel_multi_index([[0, 1], [1, 0]], (2, 3))", f"np.unravel_index({a}.argmax(), {a}.shape)", f"np.meshgrid({a}, {b}, indexing='ij')", f"np.mgrid[0:2, 0:3]", f"np.ogrid[0:2, 0:3]", f"np.r_[{a}, 0, 1:3]", f"np.c_[{a}, {b}]", f"np.broadcast_arrays({a}, {b})", f"np.swapaxes({a}, -1, 0)", f"np.nanmax({a}, axis={axes})", f"np.nanmean({a}, axis={axes}, keepdims=True)", f"np.ptp({a}, axis={axes})", f"np.count_nonzero({a}, axis={axes})", f"np.cross({a}, {b}, axis=0)", f"np.outer({a}, {b}).sum(axis=1)", f"np.trapz({a}, dx=0.5, axis=0)", f"np.interp(2.5, {a}, {b})", f"np.select([{a} > 2, {a} < 0], [{a} * 2, -{a}])", f"np.take({a}, [0, 1], axis=-1, mode='wrap')", f"np.compress([True, False, True], {a}, axis=-1)", f"np.lexsort(({a}[0], {a}[-1]))", f"np.array_equal({a}, {b}, equal_nan=True)", f"np.isin({a}, {b}, invert=True)", f"np.setdiff1d({a}, {b}, assume_unique=True)", f"np.intersect1d({a}, {b}, return_indices=True)", f"np.ediff1d({a}, to_begin=0)", f"np.vander({a}, 3, increasing=True)", f"np.polyfit({a}, {b}, 1)", f"np.polyder({a}, 2)", f"np.roots({a})", f"np.fft.rfft({a}).round(6)", f"np.fft.ifft(np.fft.fft({a})).real.round(6)", f"np.fft.fftfreq(4, d=0.5)", f"np.convolve({a}, {b}, mode='valid')", f"np.correlate({a}, {b}, 'full')", f"print(np.array_repr({a}, precision=3))", f"np.array2string({a}, max_line_width=20, suppress_small=True)", f"np.format_float_positional({a}.sum())",
    ])


def expression(names, depth=0):
    a, b = rng.choice(names), rng.choice(names)
    if depth < 1 and rng.random() < 0.12:
        return options(names)
    kind = rng.random()
    if depth < 1 and 0.3 <= kind < 0.36:
        return lying(names)
    if depth < 1 and kind < 0.3:
        return text_of(names) if kind < 0.06 else gathering(names) if kind < 0.17 else combining(names)
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
        d = rng.choice(DTYPES)
        return rng.choice([f"{a}.astype({d})", f"{a}.astype({d})", f"np.asarray({a}, dtype={d})", f"np.array({a}, dtype={d})", f"np.asarray({a}, {d})", f"np.array([{a}, {b}], dtype={d})",
                           f"np.zeros_like({a}, dtype={d})", f"np.full_like({a}, 2.5)", f"np.full_like({a}, {small()}, dtype={d})", f"{a}.sum(dtype={d})", f"np.cumsum({a}, dtype={d})",
                           f"np.mean({a}, dtype={d})", f"np.asarray({a}.tolist(), dtype={d})", f"np.ascontiguousarray({a}, dtype={d})", f"np.asarray({a}) is {a}", f"np.array({a}, ndmin=3)"])
    if k < 0.95:
        return rng.choice([f"np.repeat({a}, 2)", f"np.tile({a}, 2)", f"np.roll({a}, 1)", f"np.pad({a}, 1)", f"np.clip({a}, -2, 3)", f"np.percentile({a}, 30)",
                           f"np.quantile({a}, 0.5, axis=0)", f"np.expand_dims({a}, 0)", f"np.broadcast_to({a}, (2, 3))", f"np.take({a}, [0, 1])", f"np.delete({a}, 0)",
                           f"np.insert({a}, 1, 5)", f"np.split({a}, 2)", f"np.array_split({a}, 2)", f"np.swapaxes({a}, 0, 1)", f"np.histogram({a}, bins=3)", f"np.digitize({a}, [0, 2])",
                           f"np.sum({a}, axis=(0, 1))", f"np.moveaxis({a}, 0, -1)", f"np.argsort({a}, axis=0)", f"np.unique({a}, return_counts=True)", f"np.add.reduce({a})", f"np.multiply.accumulate({a})",
                           f"np.subtract.outer({a}, {b})", f"np.einsum('ij->j', {a})", f"np.einsum('i,i', {a}, {b})", f"np.round({a}, 1)", f"np.partition({a}, 0)[:1]", f"np.nanpercentile({a}, 50)"])
    if k < 0.97:
        return rng.choice([f"{a}.T", f"{a}.shape", f"{a}.ndim", f"{a}.size", f"{a}.dtype", f"{a}.tolist()", f"{a}.flatten()", f"{a}.real", f"-{a}", f"~{a}", f"{a}.nbytes", f"+{a}"])
    if depth > 0:
        return f"{a} * 2"
    return rng.choice([f"print({a})", f"print({a}, {b})", f"[x * 2 for x in {a}]", f"f'{{{names[0]}}}'", f"{a}[0] + {b}[-1]", f"str({a}).strip()"])


def change(names):
    a = rng.choice(names)
    if rng.random() < 0.2:
        b = rng.choice(names)
        return rng.choice([f"{a} = {b}[:1]\n{b}[0] = {small()}", f"{a} = {b}.T\n{a} += 1", f"{a} = {b}.ravel()\n{a}[0] = {small()}", f"def f(x):\n    x[0] = 4\n    return x\n{a} = f({b})",
                           f"def g(x):\n    y = x.copy()\n    y += 1\n    return y\n{a} = g({b})", f"rows = [{a}, {b}]\nrows[0][0] = 6"])
    if rng.random() < 0.06:
        b, d = rng.choice(names), rng.choice(DTYPES)
        return rng.choice([f"{a} = np.asarray({b}, dtype={d})\n{a}[0] = {small()}", f"{a} = np.array({b}, dtype={d})\n{a} += 1", f"{a} = {b}.astype({d}, copy=False)\n{a}[-1] = {small()}",
                           f"{a} = np.asarray({b})\n{a}[0] = {small()}", f"{a} = np.atleast_1d({b})\n{a}[0] = {small()}", f"{a} = np.array({b})\n{a} *= 3", f"{a} = np.ravel({b})\n{a}[0] = {small()}"])
    if rng.random() < 0.15:
        b = rng.choice(names)
        return rng.choice([f"{a}[1:] += {b}[:-1]", f"{a}[::2] *= 3", f"{a}[:, 1:] -= {a}[:, :-1]", f"{a}[...] = {b}", f"{a}[{a} != 0] /= 2", f"np.add({a}, 1, out={a})", f"np.multiply({a}, 2, out={a}, where={a} > 0)", f"np.clip({a}, 0, 5, out={a})", f"np.copyto({a}, {b})", f"np.copyto({a}, 0, where={a} > 3)", f"np.putmask({a}, {a} < 0, 7)", f"np.put({a}, [0, -1], [8, 9])", f"{a}[0], {a}[-1] = {a}[-1], {a}[0]", f"{a}.shape = -1", f"{a}[::-1].sort()", f"{a}.partition(1)",
                           f"def outer(x):\n    total = 0\n    def inner(v):\n        nonlocal total\n        total += v.sum()\n        return v * 2\n    y = inner(x)\n    return y + total\n{a} = outer({b})", f"def normal(x, axis=0, eps=1e-8):\n    m = x.mean(axis=axis, keepdims=True)\n    return (x - m) / (x.std(axis=axis, keepdims=True) + eps)\n{a} = normal({b})", f"{a} = (lambda x, k=2: x ** k)({b})", f"n = 3\nwhile n:\n    {a} = {a} / 2\n    n -= 1", f"for i, row in enumerate({a}):\n    {a}[i] = row - row.min()", f"{a} = np.array([row * 2 for row in {b}])", f"if {a}.ndim > 1:\n    {a} = {a}[0]\nelse:\n    {a} = {a}[:, None]", f"with np.errstate(all='ignore'):\n    {a} = {a} / {b}", f"try:\n    {a} = {a} @ {b}\nexcept ValueError as e:\n    print('no:', e)"])
    if rng.random() < 0.1:
        return rng.choice([f"{a} = np.array({a}, order='F')", f"{a} = np.asfortranarray({a})", f"for x in np.nditer({a}, op_flags=['readwrite']):\n    x[...] = 2 * x", f"{a} = {a}.T.copy('F')",
                           f"v = {a}.ravel('K')\nv[0] = {small()}", f"{a}.T.ravel('F')[0] = {small()}"])
    return rng.choice([f"{a}[0] = {small()}", f"{a}[{subscript(2)}] = {small()}", f"{a} += {small()}", f"{a} *= 2", f"{a}[{a} > 0] = 0", f"{a}[-1] += 1",
                       f"{a} = {a} + 1", f"{a} = {a}.copy()", f"{a} -= {rng.choice(names)}", f"{a} = {rng.choice(names)}", f"{a} = {rng.choice(names)}.T",
                       f"for i in range(2):\n    {a}[i] = {a}[i] * 2", f"{a}[..., 0] = {rng.choice(names)}[..., 0]", f"{a}[[0, 1]] = {a}[[1, 0]]", f"{a}[1:] -= {small()}",
                       f"{a}[{a} < 0] *= -1", f"{a}[0] += 0", f"{a} = np.where({a} > 0, {a}, 0)", f"np.fill_diagonal({a}, 7)", f"{a}[:, 0] = [8]", f"{a}.fill(3)",
                       f"{a}.flat[0] = 5", f"{a}[-1, -1] = 0", f"np.add.at({a}, [0, 0], 1)", f"{a} = {rng.choice(names)}\n{a} -= 1", f"{a}, {rng.choice(names)} = {rng.choice(names)}, {a}",
                       f"for row in {a}:\n    row *= 2", f"{a} = {a}.reshape(-1)", f"{a} **= 2", f"{a} //= 2", f"{a}[:1] = {small()}", f"{a} /= 2", f"{a}.sort()", f"{a} = {rng.choice(names)}[1:]"])


WORDS = ['a','b','cc','cat','dog','setosa','B','yes','no','','é','zebra','a b','10','2']


def word():
    return repr(rng.choice(WORDS))


def text_array(shape):
    """An array of texts."""
    k = rng.random()
    if k < 0.8:
        return f"np.array({nested(shape, word)})"
    if k < 0.88:
        return f"np.array({nested(shape, word)}, dtype='U{rng.randint(1,6)}')"
    if k < 0.94:
        return f"np.full({tuple(shape)}, {word()})"
    return f"np.arange({shape[0]}).astype(str)" if len(shape)==1 else f"np.array({nested(shape, word)}, dtype=str)"


def text_expression(a, b):
    """What people do with labels."""
    return rng.choice([f"{a}",f"print({a})",f"{a} == {word()}",f"{a} != {b}",f"{a} < {b}",f"{a} >= {word()}",f"{a}[{subscript(2)}]",f"{a}[{a} == {word()}]",f"({a} == {word()}).sum()",f"np.sum({a} != {word()})",f"np.unique({a})",f"np.unique({a}, return_counts=True)",f"np.unique({a}, return_inverse=True)",f"np.unique({a}, return_index=True)",
      f"np.sort({a})",f"np.argsort({a})",f"np.sort({a}, axis=0)",f"{a}.shape",f"{a}.dtype",f"{a}.T",f"{a}.reshape(-1)",f"{a}.ravel()",f"{a}.tolist()",f"len({a})",f"{a}.size",f"np.isin({a}, [{word()}, {word()}])",f"np.where({a} == {word()}, {word()}, {word()})",f"np.where({a} == {word()}, {a}, {word()})",f"np.where({a} == {word()})",f"np.concatenate([{a}, {b}])",f"np.vstack([{a}, {b}])",f"np.hstack([{a}, {b}])",f"np.stack([{a}, {b}])",f"np.append({a}, {word()})",f"np.append({a}, {b})",f"np.insert({a}, 1, {word()})",f"np.delete({a}, 0)",f"np.tile({a}, 2)",f"np.repeat({a}, 2)",f"np.roll({a}, 1)",f"{a}[::-1]",f"np.flip({a})",
      f"list({a})",f"sorted(set({a}.ravel().tolist()))",f"[x.upper() for x in {a}.ravel()]",f"[len(x) for x in {a}.ravel()]",f"{{k: i for i, k in enumerate({a}.ravel())}}",f"{word()} in {a}",f"np.array_equal({a}, {b})",f"np.char.upper({a})",f"np.char.capitalize({a})",f"np.char.add({a}, {word()})",f"np.char.add({a}, {b})",f"np.char.str_len({a})",f"np.char.startswith({a}, {word()})",f"np.char.find({a}, 'a')",f"np.char.count({a}, 'a')",f"np.char.replace({a}, 'a', 'xy')",f"np.char.center({a}, 7, '*')",f"np.char.zfill({a}, 3)",f"np.char.strip({a})",f"np.char.ljust({a}, 4)",f"np.char.multiply({a}, 2)",f"np.char.isalpha({a})",f"np.char.title({a})",f"np.char.equal({a}, {word()})",f"np.char.join('-', {a})",f"np.char.isdigit({a})",f"np.char.swapcase({a})",
      f"{a}.astype('U2')",f"{a}.astype(str)",f"np.array([{a}, {b}])",f"np.array([{a}[0], {word()}])",f"np.array([{word()}, {rng.randint(-5,200)}])",f"np.array([{word()}, 2.5, True])",f"np.column_stack([{a}, {b}])",f"np.intersect1d({a}, {b})",f"np.union1d({a}, {b})",f"np.setdiff1d({a}, {b})",f"np.setxor1d({a}, {b})",f"np.searchsorted(np.sort({a}.ravel()), {word()})",f"np.argmax({a})",f"{a}.argmin()",f"np.lexsort(({a}.ravel(), {b}.ravel()))",f"np.take({a}, [0, -1])",f"{a}.item(0)",f"{a}.nbytes",f"f'{{{a}.ravel()[0]:>5}}|'",f"type({a}.ravel()[0])",f"isinstance({a}.ravel()[0], str)",f"{a}.ravel()[0] + '!'",f"np.char.lower({a})[0]",f"np.split({a}, 2)",f"np.array_split({a}, 2)",f"np.select([{a} == {word()}], [{a}], default={word()})",f"np.choose([0, 1], [{a}, {b}])",f"np.expand_dims({a}, 0)",f"np.squeeze({a})",f"np.broadcast_to({a}, (2, 3))",f"np.full_like({a}, {word()})",f"np.zeros_like({a})",f"np.zeros(2, dtype='U4')",f"np.array({a})",f"np.asarray({a}) is {a}",f"{a}.copy()",f"np.atleast_2d({a})",f"np.rot90(np.atleast_2d({a}))",f"{a}.flatten()",f"{a}.flatten('F')",f"np.ravel({a}, order='F')",f"{a}.swapaxes(0, -1)",f"np.any({a} == {word()})",f"max({a}.ravel())",f"'-'.join({a}.ravel())",f"np.array(['1', '2.5', '-3e2']).astype(float)",f"np.array(['1', {word()}]).astype(int)",f"np.array2string({a})",f"str({a})",f"repr({a})",f"np.unique({a}, axis=0)",f"np.compress([True, False], {a}, axis=0)",f"np.extract({a} == {word()}, {a})",f"{a}.repeat(2, axis=0)",f"zip({a}, {b})",f"dict(zip({a}.ravel().tolist(), range(3)))",f"{a}.dtype == 'U1'",f"{a}.dtype.kind",f"{a}.itemsize",f"np.arange(len({a}))[{a}.ravel()[:len({a})] == {word()}]", f"print(*{a})"])


def text_change(a, b):
    return rng.choice([f"{a}[0] = {word()}",f"{a}[{a} == {word()}] = {word()}",f"{a} = {b}\n{a}[0] = {word()}",f"{a} = {b}[1:]\n{a}[:] = {word()}",f"{a}[{subscript(2)}] = {word()}",f"for i in range(2):\n    {a}[i] = {b}[i]",f"{a} = {b}.T\n{a}[0] = {word()}",f"{a} = {b}.copy()\n{a}[-1] = {word()}",f"def f(x):\n    x[0] = 'q'\n    return x\n{a} = f({b})",f"v = {a}.reshape(-1)\nv[0] = 'zz'",f"{a}[[0, 1]] = {a}[[1, 0]]",f"rows = [{a}, {b}]\nrows[0][0] = 'hi'",f"counts = {{}}\nfor w in {a}.ravel():\n    counts[w] = counts.get(w, 0) + 1\nprint(counts)"])


def text_program():
    shape = rng.choice([[3], [4], [2, 2], [2, 3], [5], [2], [1, 3], [12], [20]])
    lines = [f"{n} = {text_array(shape if rng.random() < 0.8 else rng.choice([[3], [2], [2, 2]]))}" for n in "ab"]
    for _ in range(rng.randint(4, 9)):
        pair = rng.choice("ab"), rng.choice("ab")
        lines.append(text_change(*pair) if rng.random() < 0.2 else text_expression(*pair))
    return "\n".join(lines)


def program():
    if rng.random() < 0.1:
        return text_program()
    names = ["a", "b", "c"][: rng.randint(1, 3)]
    shape = rng.choice([[3], [4], [2, 2], [2, 3], [3, 3], [2, 3], [3], [1, 3], [2, 2, 2], [5], [2], [6], [2, 1]])
    lines = [f"{n} = {array(shape if rng.random() < 0.7 else rng.choice([[3], [2, 3], [3, 1], [2], [1]]))}" for n in names]
    for _ in range(rng.randint(4, 9)):
        lines.append(change(names) if rng.random() < 0.15 else expression(names))
    return "\n".join(lines)


def main():
    # NumPy 2 otherwise names the types of its numbers.
    if np.__version__ >= "2":
        np.set_printoptions(legacy="1.25")
    cases = []
    for _ in range(int(sys.argv[2])):
        source = program()
        results = [r for r in goldens.shown(source) if not goldens.UNSTABLE.search(r.get("text", ""))]
        cases.append({"source": source, "results": results})
    print(json.dumps(cases))


main()
