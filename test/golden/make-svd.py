#!/usr/bin/env python3
"""Writes svd.json: singular value decompositions of 220 matrices of deficient rank up to 5×5, as numbers.

Which vectors belong to the singular values that are zero but for rounding depends on the machine's kernels, so run it where
Debian's python3-numpy is installed as: OPENBLAS_CORETYPE=Haswell /usr/bin/python3 test/golden/make-svd.py
"""
import json
import pathlib

import numpy as np

NAMED = [np.ones((n, n)) for n in (2, 3, 4, 5)] + [
    np.array(rows, dtype=float)
    for rows in [
        [[1, 2, 3], [2, 4, 6], [3, 6, 9]], [[1, 2, 3], [2, 4, 6]], [[1, 2], [2, 4]], [[1, 2], [2, 4], [3, 6]],
        [[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[0, 1], [0, 0]], [[1, 1], [1, 1], [0, 0]], [[2, 0, 0], [0, 0, 0], [0, 0, 1]],
        [[1, -1, 0], [-1, 2, -1], [0, -1, 1]],
    ]
] + [np.arange(float(m * n)).reshape(m, n) for m, n in [(3, 3), (4, 4), (3, 4), (4, 3)]] + [
    np.zeros((2, 2)), np.zeros((3, 2)), np.diag([1.0, 0, 0])
]


def deficient(random):
    while True:
        m, n = random.randint(2, 6, size=2)
        k = random.randint(1, min(m, n))
        a = (random.randint(-3, 4, (m, k)) @ random.randint(-3, 4, (k, n))).astype(float)
        if a.any():
            return a


random = np.random.RandomState(7)
matrices = NAMED + [deficient(random) for _ in range(200)]
rounded = lambda x: np.round(x, 7).tolist()
cases = []
for a in matrices:
    u, s, vh = np.linalg.svd(a)
    cases.append({"a": a.astype(int).tolist(), "u": rounded(u), "s": rounded(s), "vh": rounded(vh)})
target = pathlib.Path(__file__).parent / "svd.json"
target.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "matrices")
