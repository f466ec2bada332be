#!/usr/bin/env python3
"""Writes python-random.json: seeded draws of Python's module random, each with every bit of what it gave.

A case is a seed and the calls made one after another; of `shuffle` the order is written.
A call that ends with an error leaves the generator as it was, whatever it has drawn by then.
Run it with Debian's Python 3.11: /usr/bin/python3 test/golden/make-python-random.py
"""
import json
import pathlib
import random

here = pathlib.Path(__file__).parent
rng = random.Random(11)


def plain(x):
    return str(x) if isinstance(x, int) and not isinstance(x, bool) and abs(x) > 2**53 else [plain(y) for y in x] if isinstance(x, list) else x


def called(generator, name, args):
    values = {k: eval(v) for k, v in args.items()}
    before = generator.getstate()
    try:
        if name == "shuffle":
            order = list(range(len(values["x"])))
            generator.shuffle(order)
            return {"value": order}
        if name == "getrandbits":
            return {"value": plain(generator.getrandbits(values["k"]))}
        return {"value": plain(getattr(generator, name)(**values))}
    except Exception as e:
        generator.setstate(before)
        return {"error": f"{type(e).__name__}: {e}"}


LISTS = ["[1, 2, 3]", "['a', 'b', 'c', 'd']", "(1.5, 2.5)", "'hello'", "range(10)", "list(range(100))", "[0, 1]", "range(1, 1000)", "[]"]
REAL = {"random": {}, "uniform": {"a": ["0", "-1.5", "10"], "b": ["1", "2.5"]}, "gauss": {"mu": ["0", "5"], "sigma": ["1", "0.1"]}, "normalvariate": {"mu": ["0", "5"], "sigma": ["1", "0.1"]},
        "lognormvariate": {"mu": ["0", "1"], "sigma": ["1", "0.5"]}, "expovariate": {"lambd": ["1", "0.5", "0"]}, "gammavariate": {"alpha": ["1", "2.5", "0.4", "9", "-1"], "beta": ["1", "2"]},
        "betavariate": {"alpha": ["1", "2", "0.5"], "beta": ["1", "3", "0.5"]}, "paretovariate": {"alpha": ["1", "3"]}, "weibullvariate": {"alpha": ["1", "2"], "beta": ["1", "1.5"]},
        "triangular": {"low": ["0", "1"], "high": ["2", "5"], "mode": ["1", "None", "2"]}}


def call():
    k = rng.random()
    if k < 0.35:
        name = rng.choice(list(REAL))
        return name, {key: rng.choice(values) for key, values in REAL[name].items()}
    if k < 0.5:
        return "randint", {"a": rng.choice(["0", "1", "-5", "10", "-2**70"]), "b": rng.choice(["1", "6", "100", "2**31", "2**32", "2**40", "2**80", "-9"])}
    if k < 0.6:
        return rng.choice([("randrange", {"start": rng.choice(["10", "1", "2**33", "0"])}), ("randrange", {"start": "0", "stop": rng.choice(["10", "101", "-3"]), "step": rng.choice(["1", "2", "5", "-1", "0"])}),
                           ("randrange", {"start": "5", "stop": "50"}), ("randrange", {"start": "50", "stop": "5"})])
    if k < 0.65:
        return "getrandbits", {"k": rng.choice(["1", "8", "32", "33", "64", "100", "0"])}
    if k < 0.75:
        return "choice", {"seq": rng.choice(LISTS)}
    if k < 0.85:
        return rng.choice([("choices", {"population": rng.choice(LISTS), "k": rng.choice(["1", "5", "0"])}), ("choices", {"population": "[1, 2, 3]", "weights": rng.choice(["[1, 2, 3]", "[0.5, 0.25, 0.25]", "[0, 0, 0]", "[1]", "(10, 1, 1)"]), "k": "10"}),
                           ("choices", {"population": "'abc'", "cum_weights": "[1, 3, 4]", "k": "10"}), ("choices", {"population": "[1, 2]"})])
    if k < 0.95:
        return "sample", {"population": rng.choice(LISTS), "k": rng.choice(["1", "2", "3", "6", "50", "0", "-1"])}
    return "shuffle", {"x": rng.choice(["[1, 2, 3]", "list(range(100))", "[1]", "['a', 'b']"])}


cases = []
for seed in [0, 1, 42, -42, 2**32, 2**64 + 5, 12345678901234567890123, *[rng.randrange(10**6) for _ in range(60)]]:
    generator = random.Random(seed)
    cases.append({"seed": str(seed), "calls": [{"name": n, "args": a, "result": called(generator, n, a)} for n, a in [call() for _ in range(12)]]})
generator = random.Random(2024)
every = {key: {k: v[0] for k, v in values.items()} for key, values in REAL.items()}
cases.append({"seed": "2024", "calls": [{"name": n, "args": a, "result": called(generator, n, a)} for n, a in every.items() for _ in range(60)]})
(here / "python-random.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "cases,", sum(len(c["calls"]) for c in cases), "calls")
