#!/usr/bin/env python3
"""Writes torch.json: programs and what the installed torch shows for each of their expression statements.

Programs stand in torch-sources.txt and torch-seeds.txt as in numpy-sources.txt, and in torch-scripts.txt, torch-seeded.txt, torch-review.txt and
torch-gradients.txt, parted by lines of dashes; each begins with PRELUDE.
Run it where Debian's python3-torch is installed: /usr/bin/python3 test/golden/make-torch.py
"""
import importlib.util
import json
import pathlib

import torch

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("goldens", here / "make-numpy.py")
goldens = importlib.util.module_from_spec(spec)
spec.loader.exec_module(goldens)

PRELUDE = "import math\nimport numpy as np\nimport torch\nimport torch.nn.functional as F\nfrom torch import nn"


def shown(source):
    torch.set_num_threads(1)
    torch.set_grad_enabled(True)
    torch.set_printoptions(profile="default")
    results = [r for r in goldens.shown(source, PRELUDE) if not goldens.UNSTABLE.search(r.get("text", ""))]
    # The trace behind an error, and the advice after its first line, say nothing of the meaning.
    return [{**r, "error": r["error"].split("\n")[0]} if "error" in r else r for r in results]


def main():
    cases = []
    for name in ["torch-sources.txt", "torch-seeds.txt", "torch-scripts.txt", "torch-gradients.txt", "torch-seeded.txt", "torch-review.txt"]:
        if (here / name).exists():
            for source in goldens.programs((here / name).read_text()):
                results = shown(source)
                if results:
                    cases.append({"source": source, "results": results})
    (here / "torch.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(len(cases), "programs,", sum(len(c["results"]) for c in cases), "results")


if __name__ == "__main__":
    main()
