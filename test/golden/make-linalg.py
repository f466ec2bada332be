#!/usr/bin/env python3
"""Writes linalg.json, what the installed NumPy shows for the programs of linalg-sources.txt, and linalg-factors.json,
its decompositions of seeded matrices of all shapes up to 9×9 as numbers, so that signs and order can be compared.
Run it where Debian's python3-numpy is installed (reference LAPACK): /usr/bin/python3 test/golden/make-linalg.py
"""
import importlib.util
import json
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("make_numpy", here / "make-numpy.py")
make_numpy = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make_numpy)


def numbers(a):
    """Entries in row-major order with 9 digits; a complex array as its parts."""
    a = np.asarray(a)
    flat = lambda x: [float(f"{v:.9g}") for v in np.asarray(x, dtype=float).ravel()]
    if np.iscomplexobj(a):
        return {"shape": a.shape, "re": flat(a.real), "im": flat(a.imag)}
    return {"shape": a.shape, "re": flat(a)}


def factors():
    random = np.random.RandomState(20260501)
    cases = []
    for k in range(64):
        n, m = (int(random.randint(1, 10)) for _ in range(2))
        entries = (lambda *s: random.randint(-3, 4, size=s) * 1.0) if k % 4 < 2 else (lambda *s: random.randn(*s).round(3))
        draw = (lambda *s: entries(*s) + 1j * entries(*s)) if k % 2 else entries
        square, tall = draw(n, n), draw(m, n)
        hermitian = square + square.conj().T
        w, v = np.linalg.eig(square)
        d, q = np.linalg.eigh(hermitian)
        u, s, vh = np.linalg.svd(tall)
        cases.append({"square": square, "tall": tall, "w": w, "v": v, "d": d, "q": q, "u": u, "s": s, "vh": vh,
                      "Q": np.linalg.qr(tall, "complete")[0], "R": np.linalg.qr(tall, "complete")[1]})
    return [{name: numbers(a) for name, a in case.items()} for case in cases]


cases = make_numpy.cases_of("linalg-sources.txt")
(here / "linalg.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
(here / "linalg-factors.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in factors()) + "\n]\n")
print(sum(len(c["results"]) for c in cases), "results")
