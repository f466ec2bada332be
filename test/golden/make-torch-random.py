#!/usr/bin/env python3
"""Writes torch-random.json: seeded draws of torch on the processor, each with every bit of what it gave.

A case is a seed and the calls made one after another. A result has the type of the tensor, its shape and its entries; long ones
have a hash of their bytes in place of most entries.
Run it where Debian's python3-torch is installed, on an x86-64 processor: /usr/bin/python3 test/golden/make-torch-random.py
"""
import hashlib
import json
import pathlib
import random

import torch

here = pathlib.Path(__file__).parent
rng = random.Random(5)


def result(t):
    flat = t.detach().flatten()
    out = {"type": str(t.dtype).removeprefix("torch."), "shape": list(t.shape)}
    if flat.numel() <= 40:
        return {**out, "values": flat.tolist()}
    return {**out, "values": flat[:3].tolist(), "hash": hashlib.sha256(flat.numpy().tobytes()).hexdigest()[:16]}


def called(name, args):
    values = {k: eval(v) for k, v in args.items()}
    before = torch.get_rng_state()
    try:
        if name in ("Linear", "Conv2d"):
            layer = getattr(torch.nn, name)(**values)
            return [result(p) for p in layer.parameters()]
        if name.endswith("_"):
            self = values.pop("self")
            return result(getattr(self, name)(*values.values()) if "from" in values else getattr(self, name)(**values))
        if "size" in values and name in ("rand", "randn"):
            return result(getattr(torch, name)(values.pop("size"), **values))
        if name == "randint":
            rest = {k: values[k] for k in values if k == "dtype"}
            return result(torch.randint(*[values[k] for k in ("low", "high", "size") if k in values], **rest))
        return result(getattr(torch, name)(**values))
    except Exception as e:
        torch.set_rng_state(before)
        return {"error": f"{type(e).__name__}: {str(e).split('  (')[0]}"}


SIZES = ["(3,)", "(2, 3)", "(1,)", "(4, 4)", "(17,)", "(5, 7)", "(16,)", "(0,)", "(100,)", "(15,)", "()", "(-1,)", "(2, 3, 4)"]
TYPES = ["torch.float32", "torch.float64", "torch.float64", "torch.float16", "torch.bfloat16", "torch.int64"]


def call():
    k = rng.random()
    size = rng.choice(SIZES)
    if k < 0.45:
        args = {"size": size}
        if rng.random() < 0.4:
            args["dtype"] = rng.choice(TYPES)
        name = rng.choice(["rand", "randn", "randn"])
        if name == "randn" and args.get("dtype") in ("torch.float16", "torch.bfloat16") and eval(f"torch.zeros({size}).numel() if -1 not in {size} else 0") > 15:
            del args["dtype"]
        return name, args
    if k < 0.6:
        args = {"low": rng.choice(["10", "2", "5", "-3"]), "size": size}
        if rng.random() < 0.6:
            args = {"low": args["low"], "high": rng.choice(["20", "100", "2**20", "2**28 - 4", "5"]), "size": size}
        if rng.random() < 0.4:
            args["dtype"] = rng.choice(["torch.int32", "torch.float32", "torch.uint8", "torch.int64", "torch.float64"])
            if args["dtype"] == "torch.float32" and len(args.get("high", "")) > 3:
                args["high"] = "100"
        return "randint", args
    if k < 0.68:
        return "randperm", {"n": rng.choice(["5", "10", "1", "0", "100"])}
    if k < 0.72:
        weights = rng.choice(["torch.tensor([0.1, 0.5, 0.4])", "torch.tensor([3.0, 1.0, 0.0, 2.0])", "torch.tensor([[1.0, 2.0], [5.0, 0.5]])", "torch.tensor([0.2, 0.3, 0.5], dtype=torch.float64)", "torch.arange(1.0, 50.0)"])
        return rng.choice([("multinomial", {"input": weights, "num_samples": rng.choice(["2", "5", "20"]), "replacement": "True"}),
                           ("randint_like", {"input": rng.choice(["torch.zeros(2, 3)", "torch.ones(5, dtype=torch.int64)"]), "low": "3", "high": "9"}), ("randint_like", {"input": "torch.zeros(4)", "high": "7"}),
                           ("random_", {"self": rng.choice(["torch.zeros(4)", "torch.zeros(2, 3, dtype=torch.int64)", "torch.zeros(3, dtype=torch.uint8)"]), "from": "1", "to": "10"}), ("random_", {"self": "torch.zeros(4)", "from": "6"})])
    if k < 0.78:
        return rng.choice([("normal", {"mean": "0.5", "std": rng.choice(["2.0", "0.1", "-1.0"]), "size": size}), ("normal", {"mean": "torch.tensor([1.0, 2.0, 3.0])", "std": "0.5"}),
                           ("normal", {"mean": "2.0", "std": "torch.tensor([1.0, 2.0, 3.0])"}), ("normal", {"mean": "torch.arange(4.0)", "std": "torch.tensor([0.1, 1.0, 2.0, 0.3])"}), ("normal", {"mean": "torch.zeros(5)"})])
    if k < 0.82:
        return "bernoulli", {"input": rng.choice(["torch.tensor([0.1, 0.5, 0.9])", "torch.full((20,), 0.5)", "torch.tensor([0.5, 0.5], dtype=torch.float64)", "torch.tensor([2.0])"])}
    if k < 0.9:
        self = rng.choice(["torch.zeros(3)", "torch.zeros(4, 5)", "torch.zeros(3, dtype=torch.float64)", "torch.zeros(20, dtype=torch.float64)"])
        return rng.choice([("uniform_", {"self": self}), ("uniform_", {"self": self, "from": "-1", "to": rng.choice(["1", "0.5", "-2"])}), ("normal_", {"self": self}), ("normal_", {"self": self, "mean": "1.5", "std": "0.02"})])
    if k < 0.95:
        return rng.choice(["rand_like", "randn_like"]), {"input": rng.choice(["torch.zeros(2, 3)", "torch.ones(4, dtype=torch.float64)", "torch.zeros(6, 6)"])}
    return rng.choice([("Linear", {"in_features": rng.choice(["2", "3", "10"]), "out_features": rng.choice(["1", "4", "16"]), "bias": rng.choice(["True", "False"])}),
                       ("Conv2d", {"in_channels": "3", "out_channels": "4", "kernel_size": "3"})])


MANY = {"size": "(100000,)"}
cases = []
for seed in [0, 1, 42, -1, 2**32 + 7, 2**63 - 1, *[rng.randrange(10**6) for _ in range(70)]]:
    torch.manual_seed(seed)
    cases.append({"seed": str(seed), "calls": [{"name": n, "args": a, "result": called(n, a)} for n, a in [call() for _ in range(12)]]})
torch.manual_seed(2024)
calls = [("rand", MANY), ("randn", MANY), ("rand", {**MANY, "dtype": "torch.float64"}), ("randn", {**MANY, "dtype": "torch.float64"}), ("randint", {"low": "1000", **MANY}), ("randperm", {"n": "100000"}),
         ("uniform_", {"self": "torch.zeros(50000)", "from": "-0.3", "to": "0.7"}), ("normal_", {"self": "torch.zeros(50001)", "mean": "0.3", "std": "0.7"}), ("uniform_", {"self": "torch.zeros(50000, dtype=torch.float64)", "from": "-0.3", "to": "0.7"}),
         ("normal_", {"self": "torch.zeros(50001, dtype=torch.float64)", "mean": "0.3", "std": "0.7"}), ("Linear", {"in_features": "784", "out_features": "128"}), *[("randn", {"size": "(15,)", "dtype": "torch.float64"})] * 60]
cases.append({"seed": "2024", "calls": [{"name": n, "args": a, "result": called(n, a)} for n, a in calls]})
(here / "torch-random.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "cases,", sum(len(c["calls"]) for c in cases), "calls")
