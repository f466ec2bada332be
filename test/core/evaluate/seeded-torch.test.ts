import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect } from '../../../src/core/index';

/** Numbers are those of torch 1.13. */

const PRELUDE =
  'import numpy as np\nimport torch\nimport torch.nn.functional as F\nfrom torch import nn\nfrom torch.utils.data import DataLoader\nfrom shop import thing\n';
const last = (source: string): string => {
  const a = evaluateSource(PRELUDE + source, 'python').at(-1);
  return a?.status === 'ok' ? (a.text ?? '') : `${a?.status}: ${a?.message}`;
};
/** What the next draw gives behind a seed of 0 and the lines. */
const next = (lines: string): string => last(`${lines}\ntorch.rand(2)`);
const FIRST = 'tensor([0.4963, 0.7682])';

describe('without a seed nothing is known', () => {
  test.each([
    'torch.rand(2)',
    'torch.seed()\ntorch.randn(3)',
    'x = torch.zeros(3)\nx.uniform_()',
    'nn.Bilinear(3, 2, 1)',
  ])('%s', source => expect(last(source)).toMatch(/^unknown: .*random/));
});

describe('what may draw meanwhile, or another number of times, makes the rest unknown', () => {
  test.each([
    'thing()',
    'model = nn.Bilinear(2, 3, 1)',
    'd = nn.Dropout(0.5)\nd(torch.ones(3))',
    'F.dropout(torch.ones(3), 0.5)',
    'loader = DataLoader([1, 2], shuffle=True)',
    'for batch in thing: pass',
    'xs = [b for b in thing]',
    'xs = list(thing)',
    'a, b = thing',
    'print(*thing)',
    'x = thing[0]',
    'x = {"a": thing()}',
    'x = f"{thing()}"',
    'f = lambda: thing()\nf()',
    'def f():\n    thing()\nf()',
    'import mine',
    'from .model import Net',
    'class N(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.rnn = nn.Bilinear(2, 2, 1)\nn = N()',
    'for i in range(thing):\n    torch.rand(1)',
    'for i in range(2):\n    thing(i)',
    'while thing():\n    pass',
    'if thing:\n    torch.rand(1)',
    'x = torch.rand(1) if thing else 0',
    'with torch.random.fork_rng():\n    torch.manual_seed(1)',
    '@thing\ndef f(x):\n    return x',
    'class A:\n    w = torch.empty(2).uniform_()',
    'v = np.vectorize(lambda _: torch.rand(1).item())(np.arange(3))',
    'x = torch.zeros(3)\nx.exponential_()',
    'nn.init.orthogonal_(torch.zeros(2, 2))',
    'torch.distributions.Normal(0, 1).sample()',
    'torch.set_rng_state(torch.get_rng_state())',
    'x = torch.multinomial(torch.ones(3), 1)',
    'torch.bernoulli(torch.ones(3), 0.5)',
    'x = torch.randint(0, 2**30, (2,))',
    'torch.rand(2, device="cuda")',
    'torch.manual_seed(thing)',
    'class V:\n    @property\n    def p(self):\n        return thing()\nv = V()\nv.p',
    'match thing:\n    case 1:\n        torch.rand(1)',
    '%timeit torch.rand(3)',
    '%run other.py',
  ])('%s', lines => expect(next(`torch.manual_seed(0)\n${lines}`)).toMatch(/^unknown: /));

  test('and the line is named', () =>
    expect(next('torch.manual_seed(0)\nx = thing(3)')).toMatch(/^unknown: .*on line 8 \(thing: from shop/));

  test('a generator that a loader holds is drawn from by it', () =>
    expect(
      last(
        'g = torch.Generator().manual_seed(0)\nDataLoader([1], shuffle=True, generator=g)\ntorch.rand(1, generator=g)',
      ),
    ).toMatch(/^unknown: /));
});

describe('what draws nothing leaves the numbers as they are', () => {
  test.each([
    'print(thing)',
    'import matplotlib.pyplot as plt\nplt.plot([1, 2])',
    'import time\nstart = time.time()',
    'data = np.loadtxt("file.csv")\nx = data[:, 0]\nm = data.mean(axis=0)',
    'np.random.seed(3)\nnp.random.rand(2)',
    'def f(x):\n    return x + 1\nf(2)',
    'with torch.no_grad():\n    y = torch.ones(2) * 2',
    'torch.cuda.manual_seed_all(1)',
    'loss = nn.MSELoss()',
    'g = torch.Generator()\ntorch.rand(3, generator=g)',
    'x = torch.rand(5)\ntorch.manual_seed(0)',
    'thing()\ntorch.manual_seed(0)',
    'False and torch.rand(1)',
    'w = torch.ones(2, requires_grad=True)\nprint(w * 2)',
    '%matplotlib inline',
    'x = 7\nx = (x\n%x)',
    'g = (torch.rand(1) for _ in range(3))',
    'm = map(lambda _: torch.rand(1), range(2))',
  ])('%s', lines => expect(next(`torch.manual_seed(0)\n${lines}`)).toBe(FIRST));
});

describe('draws are in order', () => {
  test.each([
    ['x = torch.rand(1)', 'tensor([0.7682, 0.0885])'],
    ['class A:\n    w = torch.rand(1)', 'tensor([0.7682, 0.0885])'],
    ['def f(x=torch.rand(1)):\n    return x', 'tensor([0.7682, 0.0885])'],
    ['r = torch.rand\nr(1)', 'tensor([0.7682, 0.0885])'],
    [
      'class V:\n    def __add__(self, o):\n        return torch.rand(1)\nv = V()\nw = v + v',
      'tensor([0.7682, 0.0885])',
    ],
    ['g = (torch.rand(1) for _ in range(3))\nnext(g)', 'tensor([0.7682, 0.0885])'],
    ['def f(n):\n    return torch.rand(n)\nf(1)', 'tensor([0.7682, 0.0885])'],
    ['for i in range(2):\n    torch.rand(1)', 'tensor([0.0885, 0.1320])'],
    ['[torch.rand(1) for _ in range(2)]', 'tensor([0.0885, 0.1320])'],
    ['sum(torch.rand(1) for _ in range(2))', 'tensor([0.0885, 0.1320])'],
    ['list(map(lambda n: torch.rand(n), [1, 1]))', 'tensor([0.0885, 0.1320])'],
    ['g = torch.default_generator\ntorch.rand(1, generator=g)', 'tensor([0.7682, 0.0885])'],
    ['g = torch.manual_seed(1)\ng.manual_seed(0)\ntorch.rand(1, generator=g)', 'tensor([0.7682, 0.0885])'],
  ])('%s', (lines, text) => expect(next(`torch.manual_seed(0)\n${lines}`)).toBe(text));

  test('a generator of its own', () =>
    expect(last('g = torch.Generator().manual_seed(42)\ntorch.rand(1, generator=g)\ntorch.rand(2, generator=g)')).toBe(
      'tensor([0.9150, 0.3829])',
    ));

  test('a tensor that is filled is seen through its other names', () =>
    expect(last('torch.manual_seed(0)\nx = torch.zeros(2, 2)\ny = x\nx[0].uniform_()\ny')).toBe(
      'tensor([[0.4963, 0.7682],\n        [0.0000, 0.0000]])',
    ));

  test('one is found at its place', () => {
    const source = 'import torch\ntorch.manual_seed(0)\nx = torch.rand(1) + 2 * torch.rand(1)\n';
    const start = source.indexOf('torch.rand(1)\n');
    const found = inspect(source, 'python', { start, end: start + 'torch.rand(1)'.length });
    expect(found?.text).toBe('tensor([0.7682])');
  });
});

describe('layers', () => {
  const seeded = (lines: string): string => last(`torch.manual_seed(0)\n${lines}`);

  test.each([
    ['nn.Linear(3, 2).bias', 'Parameter containing:\ntensor([-0.0114,  0.4578], requires_grad=True)'],
    ['layer = nn.Linear(3, 2)\nlayer(torch.ones(3)).detach()', 'tensor([-0.1812, -0.0347])'],
    ['nn.Linear(3, 2, bias=False)', 'Linear(in_features=3, out_features=2, bias=False)'],
    [
      'nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.ReLU(), nn.Softmax(dim=1)))',
      'Sequential(\n  (0): Linear(in_features=2, out_features=3, bias=True)\n  (1): Sequential(\n    (0): ReLU()\n    (1): Softmax(dim=1)\n  )\n)',
    ],
    ['m = nn.Sequential(nn.Linear(2, 3), nn.ReLU())\nm[0].out_features', '3'],
    [
      'emb = nn.Embedding(3, 2, padding_idx=0)\nemb(torch.tensor([0, 1])).detach()',
      'tensor([[ 0.0000,  0.0000],\n        [-2.1788,  0.5684]])',
    ],
    ['conv = nn.Conv2d(1, 2, 3, padding=1)\nconv(torch.ones(1, 1, 4, 4)).shape', 'torch.Size([1, 2, 4, 4])'],
    ['F.max_pool2d(torch.arange(16.0).reshape(1, 4, 4), 2)', 'tensor([[[ 5.,  7.],\n         [13., 15.]]])'],
    [
      'F.conv2d(torch.ones(1, 3, 3), torch.ones(1, 1, 2, 2), stride=1, padding=1)[0]',
      'tensor([[1., 2., 2., 1.],\n        [2., 4., 4., 2.],\n        [2., 4., 4., 2.],\n        [1., 2., 2., 1.]])',
    ],
    ['nn.LayerNorm(3)', 'LayerNorm((3,), eps=1e-05, elementwise_affine=True)'],
    [
      'a = nn.Linear(2, 2)\nb = a\nb.weight.data.fill_(1.0)\na(torch.ones(1, 2)).detach() - a.bias.detach()',
      'tensor([[2., 2.]])',
    ],
  ])('%s', (lines, text) => expect(seeded(lines)).toBe(text));

  test.each([
    ['nn.init.ones_(layer.weight)\nlayer.weight.sum().item()', '6.0'],
    ['nn.init.xavier_uniform_(layer.weight)\nlayer.weight.data[0]', 'tensor([-0.0972,  0.2899, -0.3311])'],
    [
      "nn.init.kaiming_normal_(layer.weight, nonlinearity='relu')\nlayer.weight.data[0]",
      'tensor([-0.8855, -1.1419,  0.3293])',
    ],
    [
      'other = layer\nnn.init.constant_(other.bias, 0.5)\nlayer.bias',
      'Parameter containing:\ntensor([0.5000, 0.5000], requires_grad=True)',
    ],
  ])('nn.init changes them: %s', (lines, text) => expect(seeded(`layer = nn.Linear(3, 2)\n${lines}`)).toBe(text));

  test('without a seed their weights are not known', () =>
    expect(last('layer = nn.Linear(3, 2)\nlayer.weight')).toMatch(/^unknown: .*weights are random/));

  test.each([
    'layer.double()',
    'layer.apply(thing)',
    'layer.reset_parameters()',
    'layer.load_state_dict(thing)',
    'thing(layer)',
    'opt = torch.optim.LBFGS(layer.parameters())\nopt.step()',
    'nn.utils.weight_norm(layer)',
    'other = layer\nother.half()',
    'model = nn.Sequential(layer)\nmodel.double()',
    'for m in [layer]:\n    m.double()',
    'def f(m):\n    m.double()\nf(layer)',
    'nn.init.orthogonal_(layer.weight)',
    'layer.weight = thing',
    'layer.register_forward_hook(thing)',
  ])('what may change them does: %s', lines => {
    expect(seeded(`layer = nn.Linear(3, 2)\n${lines}\nlayer.weight`)).toMatch(/^unknown: /);
  });

  test('what a lambda changes is not taken for what it was', () =>
    expect(
      seeded('layer = nn.Linear(1, 1)\nlist(map(lambda k: k.weight.data.zero_(), [layer]))\nlayer.weight'),
    ).toMatch(/^unknown|\[\[0\.\]\]/));

  test('an optimiser does not draw', () =>
    expect(
      next(
        'torch.manual_seed(0)\nl = nn.Linear(1, 1)\nopt = torch.optim.SGD(l.parameters(), lr=0.1)\ntorch.manual_seed(0)\nopt.step()',
      ),
    ).toBe(FIRST));

  test("a module of the document's own holds them, and changes by what it inherits", () => {
    const net =
      'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(3, 2)\n    def forward(self, x):\n        return self.fc(x)\nnet = Net()\n';
    expect(seeded(`${net}net(torch.ones(3)).detach()`)).toBe('tensor([-0.1812, -0.0347])');
    expect(seeded(`${net}net.double()\nnet.fc.bias`)).toMatch(/^unknown: /);
  });
});

describe("NumPy's and Python's own generators likewise", () => {
  test.each([
    'from shop import f\ndef g():\n    f()\ng()',
    'from scipy import stats\ns = stats.norm.rvs(size=3)',
    'v = np.vectorize(lambda k: np.random.rand())(np.arange(3))',
  ])('%s', lines => expect(last(`np.random.seed(0)\n${lines}\nnp.random.rand()`)).toMatch(/^unknown: /));

  test.each([
    ['def f(x=np.random.rand()):\n    return x', '0.7151893663724195'],
    ['g = (np.random.rand() for _ in range(2))', '0.5488135039273248'],
    ['class V:\n    def __add__(self, o):\n        return np.random.rand()\nv = V()\nw = v + v', '0.7151893663724195'],
  ])('%s: followed', (lines, text) => expect(last(`np.random.seed(0)\n${lines}\nnp.random.rand()`)).toBe(text));
});
