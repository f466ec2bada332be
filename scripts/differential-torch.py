#!/usr/bin/env python3
"""Writes random torch programs, as people write them, with torch's own answers.

differential-torch.py SEED COUNT [seeded [hidden] | gradients]. With `gradients` they differentiate and train. With `seeded` they draw from torch's generators, in functions, loops,
comprehensions and classes; with `hidden` also in ways that are easily missed.
"""
import importlib.util
import json
import pathlib
import random
import sys

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("goldens", here.parent / "test" / "golden" / "make-torch.py")
goldens = importlib.util.module_from_spec(spec)
spec.loader.exec_module(goldens)
spec = importlib.util.spec_from_file_location("gradients", here / "differential-gradients.py")
gradients = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gradients)

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


# What stands in fewer programs, one after the other.
RARE = """torch.quantile({a}, 0.3);torch.quantile({a}, torch.tensor([0.1, 0.9]), dim=-1);{a}.kthvalue(1);{a}.mode();torch.var_mean({a}, dim=-1);torch.std_mean({a});torch.diff({a});
torch.diff({a}, dim=0, n=2);torch.cov({a});torch.corrcoef({a});torch.rot90({a});torch.rot90({a}, 2);torch.rot90({a}, -1, (0, 1));{a}.unique_consecutive();torch.unique({a}, dim=0);
torch.unique({a}, return_counts=True);torch.bincount({a}.abs().long().flatten());torch.histc({a}.float(), 4);torch.bucketize({a}, torch.tensor([-1., 0., 2.]));
torch.searchsorted(torch.tensor([-2., 0., 1., 3.]), {a});torch.tril_indices(3, 3);torch.cdist({a}, {b});F.pdist({a});torch.renorm({a}, 2, 0, 3.);torch.logcumsumexp({a}, 0);
torch.atleast_2d({a});torch.atleast_3d({a});torch.tensor_split({a}, 2);torch.hsplit({a}, 1);torch.vsplit({a}, 1);torch.dstack([{a}, {a}]);torch.block_diag({a}, {a});
torch.cartesian_prod({a}.flatten()[:2], {b}.flatten()[:2]);torch.combinations({a}.flatten()[:3]);{a}.unflatten(0, (1, -1));torch.tensordot({a}, {a}, dims=1);torch.trapezoid({a});
torch.cumulative_trapezoid({a});torch.take_along_dim({a}, {a}.argsort(-1), -1);{a}.index_fill(0, torch.tensor([0]), 3);{a}.index_add(0, torch.tensor([0, 0]), {a}[[0, 0]]);
{a}.index_copy(0, torch.tensor([0]), {a}[:1] * 0);{a}.masked_scatter({a} > 0, {b});{a}.scatter(0, torch.zeros_like({a}, dtype=torch.long), {a});
{a}.scatter_add(0, torch.zeros_like({a}, dtype=torch.long), {a});{a}.scatter_reduce(0, torch.zeros_like({a}, dtype=torch.long), {a}, 'amax');torch.xlogy({a}, {b});torch.logit({a}.sigmoid());
torch.erfc({a});torch.erfinv({a}.tanh());torch.lgamma({a});torch.digamma({a});torch.special.i0({a});torch.special.ndtr({a});torch.special.entr({a});torch.nextafter({a}, {b});
torch.bitwise_not({a}.long());torch.ldexp({a}, torch.tensor(2));torch.float_power({a}, 2);torch.fmax({a}, {b});torch.heaviside({a}, {b});torch.sinc({a});torch.signbit({a});torch.frac({a});
F.hardtanh({a});F.celu({a});F.threshold({a}, 0.1, 9.);F.softshrink({a});F.hardshrink({a});F.selu({a});F.mish({a});F.hardswish({a});F.hardsigmoid({a});F.softsign({a});F.tanhshrink({a});
F.rrelu({a});F.prelu({a}, torch.tensor([0.1]));F.glu({a});F.softmin({a}, dim=0);F.pad({a}, (1, 2));F.pad({a}, (-1, 1), value=2.);F.pad({a}[None], (1, 1), mode='reflect');
F.pad({a}[None], (1, 1), mode='replicate');F.normalize({a}, p=1, dim=0);F.cosine_similarity({a}, {b}, dim=0);F.pairwise_distance({a}, {b});F.kl_div({a}, {b}.softmax(-1), reduction='sum');
F.huber_loss({a}, {b});F.smooth_l1_loss({a}, {b}, beta=2.0);F.soft_margin_loss({a}, {b});F.hinge_embedding_loss({a}, {b});F.poisson_nll_loss({a}, {b});
F.gaussian_nll_loss({a}, {b}, {b}.abs() + 1);F.l1_loss({a}, {b}, reduction='none');F.multilabel_soft_margin_loss({a}, {b});F.max_pool1d({a}[None], 2);F.avg_pool1d({a}[None], 2, padding=1);
F.adaptive_avg_pool1d({a}[None], 2);F.adaptive_max_pool1d({a}[None], 1);F.interpolate({a}[None, None], scale_factor=2);F.interpolate({a}[None, None], size=(3, 3), mode='bilinear');
F.interpolate({a}[None], size=5, mode='linear', align_corners=True);F.unfold({a}[None, None], (2, 1));F.group_norm({a}[None], 1);F.instance_norm({a}[None, None]);
F.local_response_norm({a}[None], 2);F.conv1d({a}[None], torch.ones(2, {a}.shape[0], 2));F.conv2d({a}[None, None], torch.ones(1, 1, 2, 2), padding=1);
F.conv_transpose2d({a}[None, None], torch.ones(1, 2, 2, 2), stride=2);F.layer_norm({a}, {a}.shape);{a}.view(-1);({a} + 1).view(-1);{a}.T.contiguous().view(-1);({a}.T * 2).reshape(-1);
{a}.is_contiguous();({a} * 2).stride();{a}.T.exp().is_contiguous();{a}.double().is_contiguous();torch.where({a} > 0, {a}, {b}).is_contiguous();({a} + {b}).stride();
({a} + {b}.T).is_contiguous();torch.zeros_like({a}).stride();{a}.clone().stride();{a}[None].squeeze().stride();{a}[:, ::2].is_contiguous();{a}[:, ::2].stride();({a}[:, ::2] + 1).stride();
{a}.unfold(-1, 2, 1);{a}.diagonal(1);torch.diag_embed({a});torch.diagflat({a});{a}.roll((1, 1), (0, 1));torch.meshgrid({a}.flatten()[:2], {b}.flatten()[:3], indexing='xy')[0];
torch.where({a} > 0);torch.linalg.vector_norm({a}, dim=(0, 1));torch.linalg.matrix_exp({a} @ {a}.T / 50);
torch.linalg.solve_triangular({a}.tril() + torch.eye({a}.shape[0], {a}.shape[1]) * 9, {a}[:, :1], upper=False);torch.fft.fft({a});torch.fft.rfft({a});torch.fft.fftshift({a});
torch.fft.ifft({a}).real;{a}.type();{a}.clamp(min=torch.tensor(1.));{a}.swapaxes(0, 1);{a}.tile(2);{a}.repeat_interleave(torch.tensor([1] * {a}.shape[0]), dim=0);{a}.narrow(0, 0, 1);
{a}.sum(dim=[0]);{a}.addmv({b}, {b}[0]);torch.addr({a}, {b}[:, 0], {b}[0]);torch.baddbmm({a}[None], {a}[None], {a}[None]);torch.addcdiv({a}, {b}, {b} + 20);torch.einsum('ij,ij->j', {a}, {b});
torch.einsum('ij,kj->ik', {a}, {b});torch.einsum('ii', {a});torch.chain_matmul({a}, {a}.T);torch.logaddexp({a}, {b});torch.hypot({a}, {b});torch.gcd({a}.long(), {b}.long());
torch.count_nonzero({a}, 0);{a}.nansum();torch.aminmax({a});{a}.cummax(0);1 in {a};{a}.argwhere()""".replace("\n", "").split(";")


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
    return rng.choice(RARE if rng.random() < 0.3 else OTHER).format(a=a, b=b, n=small())


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


SIZES = ["3", "2, 2", "1", "(2, 3)", "4, 4", "16", "17", "(5,)", "2, 3, 4", "20", "(0,)", "15", "3, 1", "size=(2, 2)", "()", "3, 7"]


def draw(generators, names):
    """One draw as an expression."""
    more = ""
    if generators and rng.random() < 0.35:
        more += f", generator={rng.choice(generators)}"
    typed = rng.choice(["", "", "", ", dtype=torch.float64", ", dtype=torch.float32"])
    x = rng.choice(names or ["torch.ones(2, 3)"])
    k = rng.random()
    if k < 0.2:
        return f"torch.rand({rng.choice(SIZES)}{typed}{more})"
    if k < 0.45:
        return f"torch.randn({rng.choice(SIZES)}{typed}{rng.choice(['', '', '', ', requires_grad=True'])}{more})"
    if k < 0.58:
        size = rng.choice(["(3,)", "(2, 2)", "size=(4,)", "[2]", "()", "(20,)"])
        bounds = rng.choice(["10", "0, 10", "-5, 5", "2", "1, 100000", "high=7", "low=2, high=5"]) if size.startswith("size") else rng.choice(["10", "0, 10", "-5, 5", "3"])
        return f"torch.randint({bounds}, {size}{rng.choice(['', '', ', dtype=torch.float32', ', dtype=torch.int32'])}{more})"
    if k < 0.66:
        return f"torch.randperm({rng.choice(['3', '5', '10', '1', '40'])}{more})"
    if k < 0.74:
        return f"torch.normal({rng.choice(['0.0, 1.0, size=(3,)', '2.0, 0.5, (2, 2)', 'mean=torch.arange(3.), std=0.1', 'torch.zeros(4), torch.ones(4)', '0.0, torch.tensor([1., 2.])', 'mean=0.0, std=1.0, size=(17,)'])}{more})"
    if k < 0.79:
        return f"torch.bernoulli({rng.choice(['torch.full((4,), 0.5)', 'torch.tensor([0.1, 0.9])', 'torch.rand(3)', 'torch.tensor([[0.5, 0.2]], dtype=torch.float64)'])}{more})"
    if k < 0.84:
        return f"torch.multinomial(torch.tensor([0.2, 0.5, 0.3]), {rng.choice(['4', '10', '2'])}, replacement=True{more})"
    if k < 0.9:
        return rng.choice([f"torch.rand_like({x}.float())", f"torch.randn_like({x}.float())", f"torch.randint_like({x}.float(), 10)", f"torch.rand_like({x}, dtype=torch.float64)"])
    return rng.choice(["torch.zeros(2, 3).uniform_(-1, 1)", "torch.zeros(3).normal_(0, 0.1)", "torch.ones(18).normal_()", "torch.zeros(4).random_(10)", "torch.zeros(3).uniform_()", "torch.ones(2).random_(3, 7)"])


def around(e):
    """A draw within a larger expression."""
    return rng.choice(["{e}", "{e}", "{e}", "{e} * 2", "({e} > 0).float()", "{e} + {e}", "{e}.sum()", "{e}.sum().item()", "1 - {e}.float()", "[{e}, {e}]", "({e}, 3)", "{e}.shape", "{e}.tolist()", "print({e})",
                       "f'{{{e}.float().mean():.4f}}'", "{e} if True else 0", "[{e} for _ in range(2)]", "{e}.float().mean()", "torch.relu({e}.float() - 0.5)", "{e}.flatten()[:2]", "sum({e}.sum() for _ in range(2))",
                       "list(map(lambda k: {e}.sum(), range(2)))", "{{'a': {e}}}", "True and {e}.numel()", "False and {e}.numel()", "{e}.reshape(-1) @ torch.ones(1) if False else 1", "nn.Parameter({e}.float())"]).format(e=e)


def layers(n, layer, cls):
    """Layers that are made, called, changed and looked into."""
    i, o, b = rng.randint(1, 5), rng.randint(1, 4), rng.choice(["", "", ", bias=False"])
    x = f"torch.randn({rng.choice(['', '2, ', '3, '])}{i})"
    act = rng.choice(["nn.ReLU()", "nn.Tanh()", "nn.Sigmoid()", "nn.Softmax(dim=-1)", "nn.LeakyReLU(0.1)", f"nn.LayerNorm({o})", "nn.GELU()"])
    linear = f"nn.Linear({i}, {o}{b})"
    return rng.choice([
        f"{layer} = {linear}\n{layer}.weight\n{layer}.bias\n{n} = {layer}({x}).detach()\n{n}\n{layer}",
        f"{n} = {linear}({x}).detach()\n{n}",
        f"{layer} = nn.Sequential({linear}, {act}, nn.Linear({o}, 2))\n{layer}\n{n} = {layer}({x}).detach()\n{n}\n{layer}[0].weight.shape\n{layer}[-1].bias",
        f"{layer} = nn.Embedding({i}, {o}{rng.choice(['', ', padding_idx=0'])})\n{layer}\n{layer}.weight\n{n} = {layer}(torch.tensor([0, {i - 1}])).detach()\n{n}",
        f"{layer} = nn.Conv2d({i}, {o}, {rng.choice(['3', '(1, 2)', '2, stride=2', '3, padding=1'])}{b})\n{layer}\n{layer}.weight\n{layer}.bias\n{n} = torch.rand(1)",
        f"{layer} = nn.Conv2d({i}, {o}, {rng.choice(['3', '(1, 2)', '2, stride=2', '3, padding=1'])}{b})\n{n} = {layer}(torch.randn({rng.choice(['', '2, '])}{i}, 5, 4)).detach()\n{n}.shape\n{n}",
        f"{layer} = nn.Conv1d({i}, {o}, 2{b})\n{n} = {layer}(torch.randn(2, {i}, 5)).detach()\n{n}",
        f"{n} = F.{rng.choice(['max', 'avg'])}_pool2d(torch.randn(1, 2, 5, 6), {rng.choice(['2', '3, stride=1', '(2, 3)', '3, padding=1', '2, 1'])})\n{n}\n{n}.shape",
        f"{layer} = nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8, 3))\n{n} = {layer}(torch.randn(2, 1, 4, 4)).detach()\n{n}",
        f"class {cls}(nn.Module):\n    def __init__(self, h):\n        super().__init__()\n        self.fc1 = nn.Linear({i}, h{b})\n        self.act = {act.replace(str(o), 'h') if 'Norm' in act else act}\n        self.fc2 = nn.Linear(h, 2)\n    def forward(self, x):\n        return self.fc2(self.act(self.fc1(x)))\n"
        f"{layer} = {cls}({o})\n{n} = {layer}({x}).detach()\n{n}\n{layer}.fc1.weight\n{rng.choice(['', f'{layer}.eval()' + chr(10)])}{layer}({x}).detach()",
        f"class {cls}(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.drop = nn.Dropout(0.5)\n        self.fc = {linear}\n    def forward(self, x):\n        return self.fc(self.drop(x))\n{layer} = {cls}()\n{layer}.fc.weight\n{n} = torch.rand(2)\n{n}",
        f"{layer} = {linear}\n{layer}.weight.data.{rng.choice(['fill_(0.5)', 'uniform_(-1, 1)', 'normal_()', 'zero_()'])}\n{layer}.weight\n{n} = torch.rand(2)",
        f"{layer} = {linear}\nwith torch.no_grad():\n    {layer}.weight{rng.choice(['.fill_(0.5)', '[0] = 1.0', '.mul_(2)'])}\n{layer}.weight\n{n} = torch.rand(2)",
        f"{layer} = {linear}\n{layer}{rng.choice(['.double()', '.half()', '.requires_grad_(False)', '.zero_grad()', '.train()'])}\n{layer}.weight\n{n} = torch.rand(2)",
        f"{layer} = {linear}\nm2 = {layer}\nm2.weight.data[0] = 0.25\n{layer}.weight\n{n} = torch.rand(2)",
        f"{layer} = [nn.Linear(2, 2) for _ in range(2)]\nfor m in {layer}:\n    print(m.weight)\n{n} = {layer}[1](torch.ones(2)).detach()\n{n}",
        f"{layer} = {linear}\n{rng.choice(['nn.init.normal_', 'nn.init.xavier_uniform_', 'nn.init.zeros_', 'nn.init.kaiming_normal_'])}({layer}.weight)\n{layer}.weight\n{n} = torch.rand(2)",
        f"{layer} = {linear}\nopt = torch.optim.SGD({layer}.parameters(), lr=0.1)\nloss = {layer}({x}).sum()\nloss.backward()\nopt.step()\n{layer}.weight\n{n} = torch.rand(2)\n{n}",
    ])


def hidden(n, f):
    """What draws, or may draw, in ways that are easily missed."""
    d = rng.choice(["torch.rand(1)", "torch.randn(2)", "F.dropout(torch.ones(3), 0.5)", "torch.zeros(3).exponential_()", "torch.multinomial(torch.ones(4), 2)", "torch.bernoulli(torch.ones(2), 0.5)", "nn.LSTM(2, 2)",
                    "nn.Linear(2, 2)", "torch.distributions.Normal(0., 1.).sample()", "nn.Dropout(0.5)(torch.ones(4))", "F.gumbel_softmax(torch.ones(3))", "torch.empty(2).uniform_()", "nn.init.xavier_normal_(torch.zeros(2, 2))",
                    "next(iter(torch.utils.data.DataLoader([1, 2, 3], shuffle=True)))", "list(torch.utils.data.DataLoader([1, 2, 3]))", "torch.utils.data.random_split([1, 2, 3], [2, 1])", "F.rrelu(torch.ones(2), training=True)"])
    return rng.choice([
        d, f"{n}_ = {d}", f"{n}_ = [{d} for _ in range(2)]", f"def {f}():\n    {d}\n{f}()", f"def {f}():\n    return {d}\n{n}_ = {f}()", f"{f} = lambda: {d}\n{f}()", f"{n}_ = {{'a': {d}}}", f"{n}_, {f} = {d}, 1",
        f"for _ in range(2):\n    {d}", f"if True:\n    {d}", f"try:\n    {d}\nfinally:\n    pass", f"with torch.no_grad():\n    {d}", f"class {f.upper()}:\n    w = {d}", f"class {f.upper()}:\n    def __init__(self):\n        self.w = {d}\n{f} = {f.upper()}()",
        f"class {f.upper()}(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.w = {d}\n        self.k = 3\n{f} = {f.upper()}()\n{f}.k", f"def {f}(x={d}):\n    return 1\n{f}()", f"{n}_ = ({d} for _ in range(2))", f"{n}_ = ({d} for _ in range(2))\n{n}2 = list({n}_)",
        f"{n}_ = map(lambda k: {d}, range(2))\n{n}2 = list({n}_)", f"{n}_ = sorted([2, 1], key=lambda k: ({d}, k)[1])\n{n}_", f"def deco(f):\n    {d}\n    return f\n@deco\ndef {f}():\n    return 1", f"class {f.upper()}:\n    def __add__(self, o):\n        {d}\n        return 1\n{f.upper()}() + 1",
        f"class {f.upper()}:\n    @property\n    def p(self):\n        return {d}\n{f} = {f.upper()}()\n{n}_ = {f}.p", f"class {f.upper()}:\n    def __len__(self):\n        {d}\n        return 2\nlen({f.upper()}())", f"class {f.upper()}:\n    def __getitem__(self, k):\n        {d}\n        return k\n{f} = {f.upper()}()\n{f}[1]",
        f"class {f.upper()}:\n    def __iter__(self):\n        {d}\n        return iter([1, 2])\na, b = {f.upper()}()", f"class {f.upper()}:\n    def __enter__(self):\n        {d}\n    def __exit__(self, *a):\n        pass\nwith {f.upper()}():\n    pass", f"class {f.upper()}:\n    def __repr__(self):\n        {d}\n        return 'v'\nprint({f.upper()}())",
        f"class {f.upper()}:\n    def __repr__(self):\n        {d}\n        return 'v'\n{n}_ = f'{{{f.upper()}()}}'", f"class {f.upper()}:\n    def __bool__(self):\n        {d}\n        return True\nif {f.upper()}():\n    pass", f"class {f.upper()}:\n    def __eq__(self, o):\n        {d}\n        return True\n{f.upper()}() == 1",
        f"from functools import partial\n{f} = partial(torch.rand, 2)\n{f}()", f"{f} = torch.rand\n{f}(2)", f"{f} = [torch.randn]\n{f}[0](2)", f"getattr(torch, 'rand')(2)", f"{f} = {{'r': torch.rand}}\n{f}['r'](2)", f"from torch import rand as {f}\n{f}(2)", f"import torch as T\nT.rand(2)",
        f"r = torch.random\nr.manual_seed(5)", "torch.random.fork_rng().__enter__()", f"with torch.random.fork_rng():\n    torch.rand(3)", f"st = torch.get_rng_state()\ntorch.rand(3)\ntorch.set_rng_state(st)", f"def {f}(*a):\n    {d}\n    return a\n{f}(*[1, 2])", f"{f} = lambda k: {d}\nnp.vectorize(lambda k: ({f}(k), k)[1])(np.arange(3))",
        f"import functools\nfunctools.reduce(lambda a, b: ({d}, a)[1], [1, 2, 3])", f"import itertools\n{n}_ = itertools.starmap(lambda a: {d}, [(1,), (2,)])\nnext({n}_)", f"def {f}():\n    yield {d}\n    yield 2\n{n}_ = {f}()", f"def {f}():\n    yield {d}\n    yield 2\nnext({f}())", f"def {f}():\n    def g():\n        return {d}\n    return g\n{f}()()",
        f"i = 0\nwhile i < 2:\n    {d}\n    i += 1", f"assert ({d}, True)[1]", f"exec('{d}')", f"eval('{d}')", f"x_ = [1, 2]\nx_[({d}, 0)[1]] = 3", f"x_ = 1\nx_ += ({d}, 1)[1]", f"del [{d}][0]", f"{f} = torch.Tensor.uniform_\n{f}(torch.zeros(2))", f"torch.Tensor.normal_(torch.zeros(2))",
        f"{f} = torch.zeros(2).uniform_\n{f}()", f"{f} = torch.manual_seed(3)\n{f}.seed()", f"{f} = torch.default_generator\n{f}.manual_seed(5)", f"class {f.upper()}(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.d = nn.Dropout(0.5)\n    def forward(self, x):\n        return self.d(x)\n{f} = {f.upper()}()\n{f}(torch.ones(4))",
        f"{f} = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5))\n{f}(torch.ones(1, 2)).shape", f"{f} = nn.Dropout(0.5)\n{f}.eval()\n{f}(torch.ones(3))", f"from torch.utils.data import DataLoader\n{f} = DataLoader([1, 2, 3, 4], batch_size=2, shuffle=True)\nfor b in {f}:\n    pass", f"{f} = torch.utils.data.DataLoader([1, 2])\n[b for b in {f}]",
        f"{f} = torch.utils.data.DataLoader([1, 2])\nenumerate({f})", f"{f} = torch.utils.data.DataLoader([1, 2])\nfor i, b in enumerate({f}):\n    i", f"{f} = torch.utils.data.DataLoader([1, 2])\nlen({f})", f"{f} = nn.RReLU()\n{f}(torch.ones(3))", f"{f} = nn.ModuleList([nn.Linear(2, 2) for _ in range(2)])",
        f"print({d}, 1)", f"{n}_: object = {d}", f"global_ = ({d},)", f"not {d} is None", f"None if {d} is None else 1", f"(lambda: {d})()", f"[k for k in range(2) if ({d}, True)[1]]", f"{{k: {d} for k in range(2)}}", f"max([1, 2], key=lambda k: ({d}, k)[1])", f"isinstance({d}, int)",
    ])


def seeded():
    lines = [rng.choice(["torch.manual_seed({s})", "torch.manual_seed({s})", "torch.manual_seed(seed={s})", "_ = torch.manual_seed({s})", "torch.random.manual_seed({s})", "seed = {s}\ntorch.manual_seed(seed)"]).format(s=rng.choice([0, 1, 42, 1234, 2**31, -1, rng.randint(0, 10**6)]))]
    generators, names, functions = [], [], []
    for k in range(rng.randint(5, 12)):
        d = lambda: draw(generators, names)
        n = rng.choice("xyzw")
        j = rng.random()
        if j < 0.3:
            lines.append(f"{n} = {d()}")
            names.append(n)
            if rng.random() < 0.6:
                lines.append(n)
        elif j < 0.58:
            lines.append(around(d()))
        elif j < 0.64:
            g = rng.choice(["g", "h"])
            lines.append(rng.choice([f"{g} = torch.Generator().manual_seed({rng.randint(0, 99)})", f"{g} = torch.Generator()\n{g}.manual_seed({rng.randint(0, 99)})", f"{g} = torch.Generator()", f"{g} = torch.manual_seed({rng.randint(0, 99)})",
                                     f"{g} = torch.default_generator"]))
            generators.append(g)
        elif j < 0.68:
            lines.append(rng.choice([f"torch.manual_seed({rng.randint(0, 99)})"] + [f"{g}.manual_seed({rng.randint(0, 9)})" for g in generators]))
        elif j < 0.74:
            f = f"f{k}"
            lines.append(rng.choice([f"def {f}(n):\n    a = torch.rand(n)\n    b = {d()}\n    return a.sum() + b.sum()", f"def {f}(n):\n    for i in range(n):\n        r = {d()}\n    return r", f"def {f}(n, g=None):\n    return torch.randn(n, generator=g)",
                                     f"{f} = lambda n: torch.rand(n)", f"def {f}(n):\n    return n", f"def {f}(n):\n    torch.manual_seed(n)\n    return {d()}", f"class {f.upper()}:\n    def __init__(self, n):\n        self.w = torch.randn(n, 2)\n    def __call__(self, x):\n        return self.w * x + torch.rand(1)\n{f} = lambda n: {f.upper()}(n)(2.)",
                                     f"class {f.upper()}(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.w = nn.Parameter(torch.randn(n))\n    def forward(self, x):\n        return self.w * x\n{f} = lambda n: {f.upper()}(n)(torch.ones(n)).detach()"]))
            functions.append(f)
        elif j < 0.82 and functions:
            f = rng.choice(functions)
            lines.append(rng.choice([f"{f}({rng.randint(1, 3)})", f"{n} = {f}(2)", f"[{f}(k + 1) for k in range(2)]", f"{f}(1) * {f}(1)", f"print({f}(2))", f"list(map({f}, [1, 2]))", f"for k in range(2):\n    print({f}(k + 1))"]))
        elif j < (0.85 if sys.argv[4:] else 0.9):
            lines.append(rng.choice([f"for i in range({rng.randint(1, 4)}):\n    {n} = {d()}\n    print({n}.sum())", f"{n} = []\nfor i in range(3):\n    {n}.append({d()}.sum().item())\n{n} = torch.tensor({n})\n{n}", f"i = 0\nwhile i < 3:\n    i += 1\n    {n} = {d()}\n{n}",
                                     f"if torch.rand(1) > 0.5:\n    {n} = {d()}\nelse:\n    {n} = torch.zeros(2)\n{n}", f"for {n} in {d()}.flatten()[:3]:\n    print({n} + torch.rand(1))", f"{n} = torch.stack([torch.rand(2) for _ in range(3)])\n{n}",
                                     f"try:\n    {n} = {d()}\n    torch.rand(2) @ torch.rand(3)\nexcept RuntimeError:\n    {n} = torch.rand(2)\n{n}", f"with torch.no_grad():\n    {n} = {d()}\n{n}", f"{n} = torch.zeros(2, 3)\n{n}[0] = torch.rand(3)\n{n}",
                                     f"{n} = torch.zeros(3)\n{n}.uniform_()\n{n}", f"{n} = torch.zeros(3)\ny2 = {n}\n{n}.normal_()\ny2", f"{n} = torch.zeros(2, 3)\n{n}[1].uniform_()\n{n}"]))
            names.append(n)
        elif j < 0.93 and sys.argv[4:] == ["hidden"]:
            lines.append(hidden(n, f"h{k}") + f"\n{n} = torch.rand(2)\n{n}")
            names.append(n)
        elif j < 0.96:
            lines.append(layers(n, f"l{k}", f"L{k}"))
            names.append(n)
        elif names:
            m = rng.choice(names)
            lines.append(rng.choice([f"{m} = {m} * 2", f"{m}.sum()", f"print({m})", f"{m} += 1", f"idx = torch.randperm(len({m}))\n{m}[idx]", f"{m}.shape", f"model = nn.ReLU()\nmodel({m}.float())"]))
    lines.append("torch.rand(2)")
    return "\n".join(lines)


def main():
    cases = []
    train = gradients.Gradients(rng)
    for _ in range(int(sys.argv[2])):
        source = train.program() if sys.argv[3:] == ["gradients"] else seeded() if sys.argv[3:] else program()
        cases.append({"source": source, "results": goldens.shown(source)})
    print(json.dumps(cases))


main()
