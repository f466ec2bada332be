#!/usr/bin/env python3
"""Turns the examples of the installed torch's docstrings into programs with torch's own answers.

Writes test/golden/torch-manual.json: for each docstring the statements of its examples and what torch shows for every
expression among them. Docstrings draw without a seed, so what they document cannot be compared with: torch runs each
example itself, behind a `torch.manual_seed` where it draws. What an example only assigns (`output = m(input)`) is shown at
the end, as are gradients. Left out are examples that fail otherwise than documented, uninitialised memory, addresses, and
what is about something else than the numbers of tensors (OUTSIDE). Run with Debian's python3-torch:
/usr/bin/python3 scripts/conformance-torch.py
"""
import ast
import contextlib
import inspect
import io
import json
import math
import os
import pathlib
import re
import signal
import sys
import tempfile
import textwrap
import types
import warnings

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

GOLDEN = pathlib.Path(__file__).parent.parent / "test" / "golden"
PLACES = {
    "torch": torch, "torch.Tensor": torch.Tensor, "torch.nn": nn, "torch.nn.functional": F, "torch.nn.init": nn.init,
    "torch.nn.utils": nn.utils, "torch.linalg": torch.linalg, "torch.fft": torch.fft, "torch.special": torch.special,
    "torch.optim": torch.optim, "torch.optim.lr_scheduler": torch.optim.lr_scheduler, "torch.autograd": torch.autograd,
}
# Devices, compilation, files, threads, sparse, quantised and named tensors, views of memory, processes.
OUTSIDE = re.compile("|".join(re.escape(word) for word in """
cuda device jit. .save( .load( sparse quantize qint quint names= refine_names align_ rename( storage data_ptr is_shared share_memory
distributed multiprocessing DataParallel onnx Stream compile hub. from_file __config__ dlpack nested_tensor profiler
get_num_threads set_num_threads overlap .overrides default_generator initial_seed fork_rng rng_state vmap
print_options printoptions .data.storage() meta __torch_function__ numpy.load frombuffer torch.version detect_anomaly
checkpoint is_inference get_default_dtype xpu AveragedModel
""".split()))
# What examples of optimisers and schedules take for granted.
SETTING = """
model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
input = torch.tensor([[1.0, 2.0], [-1.0, 0.5], [0.0, 3.0]])
target = torch.tensor([[1.0], [0.0], [2.0]])
loss_fn = nn.MSELoss()
"""
SCHEDULED = """
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
data_loader = [1, 2, 3]
rates = []
def train(*_):
    optimizer.step()
    rates.append(optimizer.param_groups[0]['lr'])
def train_batch(*_): train()
def validate(*_): return 1.0
"""
TWO_GROUPS = "torch.optim.SGD([{'params': model[0].parameters()}, {'params': model[2].parameters()}], lr=1.0)"
# What shows more than this is shown by its shape and its beginning.
LIMIT = 1500
SECONDS = 20


def docstrings():
    """Every documented public object once: (module, qualified name, docstring)."""
    seen = set()
    for place, owner in PLACES.items():
        for key in sorted(dir(owner)):
            obj = getattr(owner, key, None)
            if key.startswith("_") or isinstance(obj, types.ModuleType) or key == "Counter":
                continue
            parts = [(key, obj)]
            if inspect.isclass(obj) and place == "torch.autograd":
                parts += [(f"{key}.{k}", m) for k, m in sorted(vars(obj).items()) if not k.startswith("_")]
            if obj is nn.Module:
                parts += [(f"{key}.{k}", m) for k, m in sorted(vars(obj).items()) if not k.startswith("_")]
            for name, part in parts:
                doc = getattr(part, "__doc__", None)
                if isinstance(doc, str) and ">>>" in doc and doc not in seen:
                    seen.add(doc)
                    yield place, f"{place}.{name}", doc


def examples(doc):
    """The code of each example and what stands below it."""
    code, want = [], []
    for line in textwrap.dedent("    " + doc.expandtabs()).split("\n") + [">>> "]:
        text = line.strip()
        if text.startswith(">>>  ") and code and not any(want):
            code.append(text[4:])
        elif text.startswith(">>>"):
            if code:
                yield "\n".join(code), "\n".join(want)
            code, want = [text[4:]], []
        elif text.startswith("...") and code and not want:
            code.append(text[4:])
        elif code:
            want.append(text)


def statements(doc):
    """Statements, also those that a docstring goes on with behind a prompt of its own."""
    open_code = ""
    for code, want in examples(doc):
        whole = f"{open_code}\n{code}" if open_code else code
        try:
            body = ast.parse(whole).body
            open_code = ""
        except SyntaxError:
            try:
                body = ast.parse(code).body
                open_code = ""
            except SyntaxError:
                open_code = whole
                continue
        for node in body:
            yield node, want if node is body[-1] else ""


def addressed(text):
    return "0x" in text or "/usr/" in text


class Smaller(ast.NodeTransformer):
    """Large random tensors with a batch of two and a quarter of their longest sides."""

    def visit_Call(self, node):
        self.generic_visit(node)
        sides = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, int)]
        if len(sides) == len(node.args) and ast.unparse(node.func) in ("torch.randn", "torch.rand") and math.prod(sides) > 50_000:
            node.args = [ast.Constant(2 if k == 0 else n // 4 if n > 40 else n) for k, n in enumerate(sides)]
        return node


def prepared(place, doc):
    """The statements of a text, with what it takes for granted."""
    if place.startswith("torch.optim"):
        yield from ((node, "") for node in ast.parse(SETTING).body)
    if place.endswith("lr_scheduler"):
        schedules = [n for n in dir(torch.optim.lr_scheduler) if re.search(rf"\b{n}\(", doc) and n[0].isupper()]
        setting = SCHEDULED.replace("torch.optim.SGD(model.parameters(), lr=1.0)", TWO_GROUPS) if "two groups" in doc else SCHEDULED
        yield from ((node, "") for node in ast.parse(setting).body)
        yield ast.parse(f"from torch.optim.lr_scheduler import {', '.join(schedules)}").body[0], ""
        doc = doc.replace("self.opt", "optimizer")
    if "numpy." in doc:
        yield ast.parse("import numpy").body[0], ""
    for node, want in statements(doc):
        if "DataLoader" not in ast.unparse(node):
            yield ast.fix_missing_locations(Smaller().visit(node)), want
    # What the examples come to.
    for shown in {"torch.optim": ["list(model.parameters())"], "torch.optim.lr_scheduler": ["rates[::6]", "scheduler.get_last_lr()"]}.get(place, []):
        yield ast.parse(shown).body[0], ""


def is_rounding(text):
    """Whether numbers of single precision are what is left of larger ones."""
    return re.fullmatch(r"tensor\(-?\d\.\d+e-0[6-9](, .*)?\)", text) is not None


def run(place, doc):
    names = {"torch": torch, "np": np, "math": math, "F": F, "nn": nn, "__name__": "__main__"}
    source, results, made = [], [], []
    shown = set()
    lost = set()  # names that hold what is left out

    def execute(node, want):
        code = ast.unparse(node)
        mentioned = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        stored = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        if OUTSIDE.search(code) or mentioned & lost - stored or "torch.empty" in code or ".new_empty" in code:
            lost.update(stored | {getattr(node, "name", None)} - {None})
            return
        seed = len(source)
        torch.manual_seed(seed)
        before = torch.get_rng_state()
        out = io.StringIO()
        error = value = None
        is_expression = isinstance(node, ast.Expr)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if is_expression:
                    value = eval(compile(ast.Expression(node.value), "<example>", "eval"), names)
                else:
                    exec(compile(ast.Module([node], []), "<example>", "exec"), names)
        except TimeoutError:
            raise
        except Exception as e:
            error = f"{type(e).__name__}: {e}".split("\n")[0]
            if not is_expression or "Error" not in want:
                lost.update(stored)
                return
        try:
            text = out.getvalue() + (repr(value) if value is not None or not out.getvalue() else "")
        except Exception:
            return
        text = text.removesuffix("\n") if value is None else text
        if torch.is_tensor(value) and len(text) > LIMIT:
            for end in [".shape", ".flatten()[:8]"]:
                execute(ast.parse(f"({code}){end}").body[0], "")
            return
        if not torch.equal(before, torch.get_rng_state()):
            source.append(f"torch.manual_seed({seed})")
        line = sum(s.count("\n") + 1 for s in source)
        source.append(code)
        lost.difference_update(stored)
        made.extend(n for n in stored if n not in made)
        if is_expression:
            shown.update([code])
            if error is not None and not addressed(error):
                results.append({"line": line, "error": error})
            elif not addressed(text) and not is_rounding(text) and len(text) < LIMIT and (value is not None or out.getvalue()):
                results.append({"line": line, "text": text})
        elif out.getvalue() and isinstance(node, (ast.If, ast.For, ast.While, ast.Try)):
            results.append({"line": line, "text": out.getvalue().removesuffix("\n")})

    for node, want in prepared(place, doc):
        execute(node, want)
    for name in [] if place.startswith("torch.optim") else made:
        value = names.get(name)
        several = isinstance(value, (tuple, list)) and value and all(torch.is_tensor(v) for v in value)
        if (torch.is_tensor(value) or several) and name not in shown and name not in lost:
            execute(ast.parse(name).body[0], "")
        if torch.is_tensor(value) and value.is_leaf and value.grad is not None and f"{name}.grad" not in shown:
            execute(ast.parse(f"{name}.grad").body[0], "")
        if isinstance(value, nn.Module) and name not in lost:
            execute(ast.parse(name).body[0], "")
    return "\n".join(source), results


def main():
    os.chdir(tempfile.mkdtemp())
    torch.set_num_threads(1)
    torch.set_printoptions(profile="default")

    def late(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    cases = []
    for module, name, doc in docstrings():
        if OUTSIDE.search(name):
            continue
        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)
        signal.alarm(SECONDS)
        try:
            source, results = run(module, doc)
        except TimeoutError:
            continue
        finally:
            signal.alarm(0)
        if results:
            cases.append({"module": module, "name": name, "source": source, "results": results})
    (GOLDEN / "torch-manual.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(len(cases), "texts,", sum(len(c["results"]) for c in cases), "examples", file=sys.stderr)


main()
