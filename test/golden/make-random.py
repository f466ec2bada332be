#!/usr/bin/env python3
"""Writes random.json: seeded draws of NumPy, each with every bit of what it gave.

A case is a seed and the calls made one after another, so that what a call leaves behind is tested too. A result has the
type of what was given, its shape and its entries; long ones have a hash of their bytes in place of most entries.
Run it where Debian's python3-numpy is installed: /usr/bin/python3 test/golden/make-random.py
"""
import hashlib
import json
import pathlib
import random
import warnings

import numpy as np

here = pathlib.Path(__file__).parent
warnings.simplefilter("ignore")
rng = random.Random(7)
PLACES = {"choice", "permutation", "shuffle", "permuted"}


def entry(x):
    x = x.item() if isinstance(x, np.generic) else x
    return str(x) if isinstance(x, int) and not isinstance(x, bool) and abs(x) > 2**53 else x


def result(value):
    if value is None:
        return None
    if not isinstance(value, np.ndarray):
        return {"type": type(value).__name__, "value": entry(value)}
    flat = value.ravel()
    out = {"type": str(value.dtype), "shape": list(value.shape)}
    if flat.size <= 40:
        return {**out, "values": [entry(x) for x in flat]}
    return {**out, "values": [entry(x) for x in flat[:3]], "hash": hashlib.sha256(np.ascontiguousarray(flat).tobytes()).hexdigest()[:16]}


def called(generator, name, args):
    """What one call gives; of a call about places, the places."""
    values = {k: eval(v) for k, v in args.items()}
    try:
        if name in PLACES:
            given = values.pop("a" if name == "choice" else "x")
            length = given if isinstance(given, int) else len(given)
            if name == "choice":
                axis = values.get("axis", 0)
                values.pop("axis", None)
                length = given if isinstance(given, int) else np.shape(given)[axis]
                return result(generator.choice(length, **values))
            if name == "permuted":
                return result(generator.permuted(np.arange(np.size(given)).reshape(np.shape(given)), **values))
            axis = values.get("axis", 0)
            if isinstance(given, np.ndarray) and given.ndim > 1:
                places = np.moveaxis(np.broadcast_to(np.arange(given.shape[axis]), np.moveaxis(given, axis, -1).shape), -1, axis).copy()
                if name == "shuffle":
                    generator.shuffle(places, **values)
                else:
                    places = generator.permutation(places, **values)
                return result(np.moveaxis(places, axis, -1).reshape(-1, given.shape[axis])[0])
            places = list(range(length)) if isinstance(given, list) else np.arange(length)
            if name == "shuffle":
                generator.shuffle(places)
                return result(np.array(places))
            return result(generator.permutation(places))
        if name in ("rand", "randn"):
            return result(getattr(generator, name)(*values.get("size", ())))
        return result(getattr(generator, name)(**values))
    except Exception as e:
        return {"error": f"{type(e).__name__}: {e}"}


SIZES = [None, None, "3", "(2, 3)", "7", "(1,)", "0", "(2, 0)", "100"]
P = {  # parameters of the distributions, with values to choose from
    "uniform": {"low": ["0", "-1", "2.5", "np.array([0, 1.5, -2])"], "high": ["1", "10", "2.5"]},
    "normal": {"loc": ["0", "5", "-1.5", "np.array([0.0, 10.0, 20.0])", "[1, 2, 3]"], "scale": ["1", "0.1", "2", "0", "-1", "np.array([[1.0], [2.0]])"]},
    "exponential": {"scale": ["1", "0.5", "[1, 2, 3]", "-1"]},
    "standard_exponential": {},
    "laplace": {"loc": ["0", "1"], "scale": ["1", "2.5"]},
    "gumbel": {"loc": ["0", "1"], "scale": ["1", "2.5"]},
    "logistic": {"loc": ["0", "1"], "scale": ["1", "2.5"]},
    "lognormal": {"mean": ["0", "1.5"], "sigma": ["1", "0.25", "-1"]},
    "standard_gamma": {"shape!": ["1", "2.5", "0.3", "9", "0", "[0.5, 1, 4]"]},
    "gamma": {"shape!": ["1", "2", "0.7", "20.5"], "scale": ["1", "2"]},
    "chisquare": {"df!": ["1", "2", "5", "0.5", "0"]},
    "beta": {"a!": ["0.5", "1", "2", "5"], "b!": ["0.5", "1", "3", "-1"]},
    "f": {"dfnum!": ["1", "3"], "dfden!": ["2", "10"]},
    "standard_t": {"df!": ["1", "3", "10.5"]},
    "standard_cauchy": {},
    "wald": {"mean!": ["1", "3"], "scale!": ["2", "0.5"]},
    "weibull": {"a!": ["1", "1.5", "0"]},
    "pareto": {"a!": ["1", "3"]},
    "power": {"a!": ["1", "3"]},
    "rayleigh": {"scale": ["1", "2"]},
    "triangular": {"left!": ["0", "-1"], "mode!": ["0.5", "0"], "right!": ["1", "2", "np.array([3.0, 4.0, 5.0])", "-3"]},
    "poisson": {"lam": ["1", "3.5", "12", "100", "0", "[1, 5, 50]", "-1"]},
    "binomial": {"n!": ["10", "1", "100", "1000", "0", "[1, 20, 300]", "2.5"], "p!": ["0.5", "0.3", "0.05", "0.9", "1", "0", "1.5"]},
    "geometric": {"p!": ["0.5", "0.1", "0.02", "1", "0"]},
    "negative_binomial": {"n!": ["3", "10"], "p!": ["0.5", "0.2"]},
    "standard_normal": {},
    "multinomial": {"n!": ["10", "100", "1", "0", "-1"], "pvals!": ["[0.2, 0.3, 0.5]", "[1 / 6] * 6", "[0.0, 1.0]", "[0.7, 0.7, 0.1]", "[0.5, 0.5, 0.0]"]},
    "dirichlet": {"alpha!": ["[1, 2, 3]", "[0.5, 0.5]", "[10.0, 5.0, 3.0]", "[1.0, 0.0]"]},
    "multivariate_normal": {"mean!": ["[0, 0]", "np.array([1.0, -2.0])", "[0, 0, 0]"], "cov!": ["[[1, 0], [0, 1]]", "np.eye(2) * 4", "[[1, 0], [0, 100]]", "np.diag([1.0, 2.0, 1.0])", "[1, 2]"]},
}
LEGACY_ONLY = {"pareto", "power", "wald"}  # The Generator draws the first two with expm1, and the last by a method that differs between versions.
INTS = {"low!": ["10", "2", "5", "-5", "0", "np.array([3, 10, 20])", "1", "2**40", "255", "256", "10.0"], "high": ["20", "6", "100", "0", "2**31", "2**33", "2**62", "np.array([30, 40, 50])", "255", "127"]}
TYPES = ["np.int64", "np.int32", "np.uint8", "np.int8", "np.int16", "np.uint16", "np.uint32", "np.uint64", "bool", "int", "'int32'"]
CHOICES = ["5", "10", "[10, 20, 30]", "np.array([1.5, 2.5, 3.5, 4.5])", "1", "300", "0"]
WEIGHTS = {"5": ["[0.1, 0.2, 0.3, 0.2, 0.2]", "[0.5, 0.5, 0, 0, 0]", "[0.5, 0.5]"], "[10, 20, 30]": ["[0.2, 0.3, 0.5]", "np.ones(3) / 3", "[0.5, 0.5, 0.5]", "[1.5, -0.5, 0]"]}


def pick(parameters):
    return {k.rstrip("!"): rng.choice(v) for k, v in parameters.items() if k.endswith("!") or rng.random() < 0.7}


def sized(args, most=9):
    size = rng.choice(SIZES[:most])
    return args if size is None else {**args, "size": size}


def call(modern):
    k = rng.random()
    if k < 0.12:
        return ("standard_normal", sized({})) if modern else ("randn", rng.choice([{}, {"size": "(3,)"}, {"size": "(2, 3)"}, {"size": "(1,)"}, {"size": "(5, 5)"}]))
    if k < 0.2:
        if modern:
            return "random", sized({} if rng.random() < 0.6 else {"dtype": rng.choice(["np.float32", "np.float64", "'float32'", "np.int64"])})
        return rng.choice([("random_sample", sized({})), ("random", sized({})), ("rand", rng.choice([{}, {"size": "(3,)"}, {"size": "(2, 3)"}]))])
    if not modern and k < 0.22:
        return "random_integers", sized({"low": rng.choice(["6", "-2"]), **rng.choice([{}, {"high": "10"}, {"high": "np.array([3, 9])"}])})
    if k < 0.4:
        args = sized(pick(INTS))
        if rng.random() < 0.4:
            args["dtype"] = rng.choice(TYPES)
        if modern and rng.random() < 0.3:
            args["endpoint"] = "True"
        return "integers" if modern else "randint", args
    if k < 0.55:
        a = rng.choice(CHOICES)
        args = sized({"a": a})
        if rng.random() < 0.4:
            args["replace"] = "False"
        if a in WEIGHTS and rng.random() < 0.5:
            args["p"] = rng.choice(WEIGHTS[a])
        if modern and rng.random() < 0.2:
            args["shuffle"] = "False"
        return "choice", args
    if k < 0.7:
        x = rng.choice(["10", "[3, 1, 2]", "np.arange(7)", "np.zeros((4, 2))", "1", "np.zeros((2, 3, 2))", "list(range(40))"])
        name = rng.choice(["permutation", "shuffle", "permuted"] if modern else ["permutation", "shuffle"])
        if x in ("10", "1") and name != "permutation":
            x = "np.arange(10)"
        args = {"x": x}
        if modern and x.startswith("np.zeros") and rng.random() < 0.5:
            args["axis"] = rng.choice(["1", "0", "-1"])
        return name, args
    if modern and k < 0.75:
        return rng.choice(["standard_normal", "standard_exponential"]), {"size": rng.choice(["3", "(2, 4)"]), "dtype": "np.float32"}
    name = rng.choice([n for n in P if not modern or n not in LEGACY_ONLY])
    return name, sized(pick(P[name]))


def case(modern, seed, calls):
    generator = np.random.default_rng(eval(seed)) if modern else np.random.RandomState(eval(seed))
    value = eval(seed)
    plain = [str(int(x)) for x in value] if np.ndim(value) else str(value)
    return {"generator": modern, "seed": plain, "calls": [{"name": n, "args": a, "result": called(generator, n, a)} for n, a in calls]}


MANY = {"size": "20000"}
MOST = {"size": "100000"}
LONG = [
    *[(n, {**{k.rstrip("!"): v[0] for k, v in p.items() if k.endswith("!")}, **MANY}) for n, p in P.items()],
    ("standard_gamma", {"shape": "0.3", **MANY}), ("standard_gamma", {"shape": "2.5", **MANY}), ("beta", {"a": "2", "b": "3", **MANY}),
    ("poisson", {"lam": "12", **MANY}), ("poisson", {"lam": "250.5", **MANY}), ("binomial", {"n": "100", "p": "0.4", **MANY}), ("binomial", {"n": "100000", "p": "0.7", **MANY}),
    ("choice", {"a": "1000", **MANY}), ("choice", {"a": "100000", "size": "90000", "replace": "False"}), ("choice", {"a": "100000", "size": "900", "replace": "False"}),
    ("permutation", {"x": "100000"}), ("geometric", {"p": "0.1", **MANY}), ("lognormal", MANY), ("choice", {"a": "5", "p": "[0.1, 0.2, 0.3, 0.2, 0.2]", **MANY}),
]
OWN = {True: [("random", MOST), ("standard_normal", MOST), ("random", {**MANY, "dtype": "np.float32"}), ("standard_normal", {"size": "300000", "dtype": "np.float32"}), ("standard_exponential", {"size": "300000", "dtype": "np.float32"}),
              *[("integers", {"low": lo, "high": hi, **MANY}) for lo, hi in [("0", "10"), ("-5", "2**31"), ("0", "2**32"), ("0", "2**33 + 7"), ("-2**63", "2**63"), ("0", "2**63 - 5"), ("5", "6")]],
              *[("integers", {"low": "0", "high": "100", "dtype": t, **MANY}) for t in TYPES if t != "bool"], ("integers", {"low": "0", "high": "2", "dtype": "bool", **MANY})],
       False: [("random_sample", MOST), ("randn", {"size": "(100000,)"}),
               *[("randint", {"low": lo, "high": hi, **MANY}) for lo, hi in [("0", "10"), ("-5", "2**31"), ("0", "2**32"), ("0", "2**33 + 7"), ("-2**63", "2**63"), ("0", "2**63 - 5"), ("5", "6")]],
               *[("randint", {"low": "0", "high": "100", "dtype": t, **MANY}) for t in TYPES if t != "bool"], ("randint", {"low": "0", "high": "2", "dtype": "bool", **MANY})]}
SEEDS = {True: ["0", "1", "42", "12345", "2**32", "2**64 + 1", "2**200 + 12345", "[1, 2, 3]", "[0]", "[2**40, 7, 1, 2, 3, 4]", "np.arange(5)"],
         False: ["0", "1", "42", "123", "2**32 - 1", "[1, 2, 3]", "[0]", "np.arange(700)"]}

cases = []
for modern in (False, True):
    for seed in SEEDS[modern]:
        cases.append(case(modern, seed, [call(modern) for _ in range(30)]))
    for k in range(60):
        cases.append(case(modern, str(rng.randrange(100000)), [call(modern) for _ in range(10)]))
    cases.append(case(modern, "2024", OWN[modern] + [(n, a) for n, a in LONG if not modern or n not in LEGACY_ONLY]))
if __name__ == "__main__":
    (here / "random.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(len(cases), "cases,", sum(len(c["calls"]) for c in cases), "calls")
