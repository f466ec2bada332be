#!/usr/bin/env python3
"""Writes scipy.json: programs and what the installed scipy shows for each of their expression statements.

Programs stand in scipy-sources.txt as in numpy-sources.txt; each begins with PRELUDE.
Run it where Debian's python3-scipy is installed: /usr/bin/python3 test/golden/make-scipy.py
"""
import importlib.util
import json
import pathlib

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("goldens", here / "make-numpy.py")
goldens = importlib.util.module_from_spec(spec)
spec.loader.exec_module(goldens)

PRELUDE = "import numpy as np\nfrom scipy import linalg, special\nfrom scipy.spatial import distance"

cases = [{"source": s, "results": goldens.shown(s, PRELUDE)} for s in goldens.programs((here / "scipy-sources.txt").read_text())]
(here / "scipy.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "programs,", sum(len(c["results"]) for c in cases), "results")
