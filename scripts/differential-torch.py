#!/usr/bin/env python3
"""Writes seeded random torch programs, as people write them, with torch's own answers: differential-torch.py SEED COUNT."""
import importlib.util
import json
import pathlib
import random
import sys

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("goldens", here.parent / "test" / "golden" / "make-torch.py")
goldens = importlib.util.module_from_spec(spec)
spec.loader.exec_module(goldens)

rng = random.Random(int(sys.argv[1]))


def small():
    return str(rng.randint(-9, 9))


def decimal():
    return rng.choice([f"{rng.randint(-9, 9)}.", repr(round(rng.uniform(-9, 9), rng.randint(1, 4)))])


def odd():
    return rng.choice([decimal(), decimal(), "0.", "1e-3", "1e6", "100.", "-0.5", "float('inf')", "float('nan')", "1e-5", "12345."])


def nested(shape, entry):
    if not shape:
        return entry()
    return "[" + ", ".join(nested(shape[1:], entry) for _ in range(shape[0])) + "]"


def tensor(shape):
    n = 1
    for m in shape:
        n *= m
    k = rng.random()
    if k < 0.3:
        return f"torch.tensor({nested(shape, small)})"
    if k < 0.62:
        return f"torch.tensor({nested(shape, decimal)})"
    if k < 0.68:
        return f"torch.tensor({nested(shape, odd)})"
    if k < 0.72:
        return f"torch.tensor({nested(shape, lambda: rng.choice(['True', 'False']))})"
    if k < 0.78:
        return f"torch.tensor({nested(shape, small)}, dtype=torch.{rng.choice(['float64', 'int32', 'float32', 'float16', 'int8'])})"
    if k < 0.9:
        return f"torch.arange({n}{rng.choice(['', '.'])}).reshape({', '.join(map(str, shape))})"
    return rng.choice([f"torch.ones({tuple(shape)})", f"torch.full({tuple(shape)}, {small()})", f"torch.zeros({', '.join(map(str, shape))})",
                       f"torch.linspace(0, 1, {n}).view({', '.join(map(str, shape))})"])


UNARY = """abs sqrt exp sin cos floor ceil round sign square neg isnan isfinite cumsum sort argsort unique ravel flatten sum prod mean std var min
 max argmin argmax median count_nonzero tril triu diag trace tanh sigmoid relu log1p expm1 trunc logical_not zeros_like ones_like nonzero
 reciprocal rsqrt erf log log2 atan isinf nan_to_num det t norm any all amax amin flipud frac numel squeeze logsumexp deg2rad inverse""".split()
NEEDS = {"cumsum": ", dim=0", "logsumexp": ", dim=0"}
FUNCTIONAL = ["F.softmax({a}, dim=-1)", "F.softmax({a}, dim=0)", "F.log_softmax({a}, dim=-1)", "F.relu({a})", "F.gelu({a})", "F.silu({a})", "F.elu({a})",
              "F.leaky_relu({a})", "F.softplus({a})", "F.normalize({a}, dim=-1)", "F.layer_norm({a}, {a}.shape[-1:])", "F.mse_loss({a}, {b})", "F.l1_loss({a}, {b})",
              "F.cosine_similarity({a}, {b}, dim=-1)", "F.linear({a}, {b})", "F.hardswish({a})", "F.mish({a})", "F.cross_entropy({a}, torch.tensor([0, 1]))", "F.sigmoid({a})",
              "F.gelu({a}, approximate='tanh')", "F.one_hot({a}.abs().long())", "F.selu({a})", "F.logsigmoid({a})", "F.binary_cross_entropy_with_logits({a}, {b})"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "@", "==", "!=", "<", "<=", ">", ">=", "&", "|"]
PAIRS = ["maximum", "minimum", "dot", "outer", "matmul", "mm", "kron", "add", "sub", "mul", "div", "hypot", "atan2", "pow", "remainder", "fmod", "allclose", "equal",
         "isclose", "logical_and", "logical_or", "eq", "lt", "ge", "mv", "bmm", "dist", "max", "floor_divide", "logaddexp", "copysign", "inner"]
REDUCE = ["sum", "mean", "max", "min", "prod", "std", "var", "argmax", "argmin", "any", "all", "cumsum", "cumprod", "amax", "norm", "softmax", "sort", "argsort", "unbind", "median"]
OTHER = ["{a}.T", "{a}.shape", "{a}.dtype", "{a}.tolist()", "-{a}", "~{a}", "{a}.item()", "{a}.size(0)", "{a}.float()", "{a}.long()", "{a}.double()", "{a}.int()", "{a}.bool()", "{a}.half()",
         "{a}.view(-1)", "{a}.reshape(-1, 1)", "{a}.reshape(2, -1)", "{a}.unsqueeze(0)", "{a}.unsqueeze(-1)", "{a}.permute(1, 0)", "{a}.transpose(0, 1)", "{a}.clamp(-2, 3)", "{a}.clamp(min=0)",
         "{a}.masked_fill({a} > 0, 0)", "{a}.repeat(2)", "{a}.repeat(1, 2)", "{a}.flip(0)", "torch.roll({a}, 1)", "{a}.chunk(2)", "{a}.split(1)", "{a}.expand(2, -1, -1)", "{a}.topk(1)",
         "torch.where({a} > {n}, {a}, {b})", "torch.where({a} > {n}, {a}, 0)", "torch.cat([{a}, {b}])", "torch.cat([{a}, {b}], dim=-1)", "torch.stack([{a}, {b}])", "torch.vstack([{a}, {b}])",
         "torch.einsum('ij->ji', {a})", "torch.einsum('ij,ij->i', {a}, {a})", "torch.einsum('i,i', {a}, {b})", "{a}.sum(dim=(0, 1))", "{a}.index_select(0, torch.tensor([0, 1]))", "{a}[torch.tensor([0, -1])]",
         "print({a})", "print({a}, {b}.sum())", "[x for x in {a}]", "f'{{{a}.sum()}}'", "f'{{{a}.float().mean():.3f}}'", "str({a})", "{a}.numpy()", "{a}.sum().item()", "{a}.float().mean().item()",
         "torch.linalg.norm({a}.float())", "torch.linalg.inv({a}.float())", "torch.linalg.det({a}.float())", "torch.linalg.solve({a}.float(), {b}.float())", "torch.linalg.svdvals({a}.float())",
         "torch.linalg.matrix_rank({a}.float())", "torch.linalg.eigvalsh(({a} @ {a}.T).float())", "{a} @ {a}.T", "{a}.T @ {a}", "{a} - {a}.float().mean()", "{a} / {a}.sum()", "({a} > {n}).sum()",
         "{a}.softmax(-1) @ {b}", "{a}.norm(dim=-1, keepdim=True)", "{a}.std(dim=0, unbiased=False)", "{a}.var(unbiased=False)", "torch.tensor({a}.tolist())", "{a}.diagonal()", "{a}.gather(0, torch.tensor([[0], [1]]))",
         "{a}.abs().max()", "{a} * 1000", "{a} * 1e-5", "{a} / 7", "torch.cumsum({a}, -1)", "{a}.to(torch.float64)", "{a}.movedim(0, -1)", "{a}.narrow(0, 0, 1)", "{a}.squeeze(0)", "torch.count_nonzero({a}, dim=0)"]


def subscript():
    def one():
        return rng.choice(["0", "-1", "1", ":", "1:", ":2", "::2", "None", "...", "[0, 1]", "[-1]", "1:3", ":-1", "torch.tensor([1, 0])"])
    return ", ".join(one() for _ in range(rng.randint(1, 2)))


def expression(names):
    a, b = rng.choice(names), rng.choice(names)
    k = rng.random()
    if k < 0.18:
        return f"{a} {rng.choice(BINARY)} {rng.choice([b, b, b, small(), '2', '0.5', 'True'])}"
    if k < 0.34:
        f = rng.choice(UNARY)
        return rng.choice([f"torch.{f}({a}{NEEDS.get(f, '')})", f"{a}.{f}({NEEDS.get(f, '')[2:]})"])
    if k < 0.48:
        return rng.choice(FUNCTIONAL).format(a=a, b=b)
    if k < 0.58:
        return f"torch.{rng.choice(PAIRS)}({a}, {b})"
    if k < 0.7:
        return f"{a}.{rng.choice(REDUCE)}({rng.choice(['', 'dim=0', 'dim=1', 'dim=-1', '0', 'dim=0, keepdim=True', 'axis=0', '-1'])})"
    if k < 0.78:
        return f"{a}[{subscript()}]"
    if k < 0.81:
        return f"{a}[{a} {rng.choice(['>', '<', '==', '!='])} {small()}]"
    return rng.choice(OTHER).format(a=a, b=b, n=small())


def change(names):
    a = rng.choice(names)
    return rng.choice([f"{a}[0] = {small()}", f"{a}[{subscript()}] = {small()}", f"{a} += {small()}", f"{a} *= 2", f"{a}[{a} > 0] = 0", f"{a}[-1] += 1", f"{a} = {a} + 1", f"{a} = {a}.clone()",
                       f"{a} -= {rng.choice(names)}", f"{a} = {rng.choice(names)}", f"{a} = {rng.choice(names)}.T", f"for i in range(2):\n    {a}[i] = {a}[i] * 2", f"{a} /= 2", f"{a} = {rng.choice(names)}[1:]",
                       f"{a}.mul_(2)", f"{a} = {a}.float()"])


def program():
    names = ["a", "b", "c"][: rng.randint(1, 3)]
    shape = rng.choice([[3], [4], [2, 2], [2, 3], [3, 3], [2, 3], [3], [1, 3], [2, 2, 2], [5], [2], [6], [2, 1], [2, 8], [9], [2, 3, 4]])
    lines = [f"{n} = {tensor(shape if rng.random() < 0.75 else rng.choice([[3], [2, 3], [3, 1], [2], [1]]))}" for n in names]
    for _ in range(rng.randint(4, 9)):
        lines.append(change(names) if rng.random() < 0.12 else expression(names))
    return "\n".join(lines)


def main():
    cases = []
    for _ in range(int(sys.argv[2])):
        source = program()
        cases.append({"source": source, "results": goldens.shown(source)})
    print(json.dumps(cases))


main()
