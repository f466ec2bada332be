import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

const PRELUDE = 'import numpy as np\nimport torch\nimport torch.nn.functional as F\nfrom torch import nn\n';
const last = (source: string) => evaluateSource(PRELUDE + source, 'python').at(-1);

test.each([
  ['random numbers', 'torch.rand(2)'],
  ['a layer with weights', 'nn.Linear(2, 1)(torch.ones(2))'],
  ['dropout', 'F.dropout(torch.ones(3))'],
  ['another default type', 'torch.set_default_dtype(torch.float64)\ntorch.tensor([0.1])'],
  ['a graphics card', "torch.ones(2, device='cuda')"],
  ['moved to a device', 'torch.ones(2).cuda()'],
  ['initialisation in place', 'w = torch.zeros(2, 2)\nnn.init.orthogonal_(w)\nw'],
  ['NumPy beside a tensor', 'np.ones(2) + torch.ones(2)'],
  ['a function of NumPy on a tensor', 'np.exp(torch.ones(2))'],
  [
    'what the rounding of single precision decides',
    'torch.linalg.eig(torch.tensor([[1.0, 0.1, 0.1, 0.1], [0.1, 3.0, 0.2, 0.3], [0.1, 0.2, 5.0, 0.5], [0.1, 0.3, 0.5, 9.0]]))',
  ],
  ['ties', 'torch.topk(torch.tensor([1.0, 1.0]), 1)'],
])('%s: unknown, not guessed', (_, source) => {
  expect(last(source)?.status).toBe('unknown');
});

test.each([
  ['x = torch.zeros(2)\nx.add_(1)\nx.mul_(3)\nx', 'tensor([3., 3.])'],
  ['x = torch.zeros(2)\nx.add_(1)', 'tensor([1., 1.])'],
  ['x = torch.zeros(2)\nx.add_(1) + x', 'tensor([2., 2.])'],
  ['def f(x):\n    y = x.add_(1)\n    return x + y\nf(torch.zeros(2))', 'tensor([2., 2.])'],
  ['x = torch.zeros(2)\ny = x.add_(1)\nx[0] = 5\ny', 'tensor([5., 1.])'],
  ['x = torch.zeros(2)\nx.add_(1).mul_(3)\nx', 'tensor([3., 3.])'],
  ['x = torch.zeros(4)\ny = x.view(2, 2)\nx.add_(1)\ny', 'tensor([[1., 1.],\n        [1., 1.]])'],
  ['x = torch.tensor([3.0, 1.0])\nvalues, places = x.sort()\nx', 'tensor([3., 1.])'],
  ['act = nn.ReLU()\nx = torch.tensor([-1.0, 2.0])\ny = act(x)\nx', 'tensor([-1.,  2.])'],
  ['def f(x):\n    with torch.no_grad():\n        return x * 2\nf(torch.ones(2))', 'tensor([2., 2.])'],
  ["torch.ones(2, device='cpu')", 'tensor([1., 1.])'],
  ['torch.tensor([1.0, 2.0]) / np.sqrt(4)', 'tensor([0.5000, 1.0000])'],
  ['f"{torch.tensor(2.5):.2f}"', "'2.50'"],
])('followed: %s', (source, text) => {
  expect(last(source)).toMatchObject({ status: 'ok', text });
});

test('eigenvectors of a symmetric matrix have the signs of single precision', () => {
  const A = 'torch.tensor([[-0.8, -0.15, 0.25], [-0.15, -1.1, -0.6], [0.25, -0.6, -0.1]])';
  expect(last(`torch.linalg.eigh(${A})[1]`)?.text).toBe(
    'tensor([[ 0.0562,  0.9629, -0.2639],\n        [ 0.9085,  0.0603,  0.4134],\n        [ 0.4140, -0.2631, -0.8714]])',
  );
});

test.each([
  ['torch.tensor([torch.tensor([1.0]), torch.tensor([[2.0]])])', 'tensor([1., 2.])'],
  ['torch.tensor([torch.tensor([1.0]), 3])', 'tensor([1., 3.])'],
  ['torch.tensor([[torch.tensor([1]), torch.tensor(2)]])', 'tensor([[1, 2]])'],
])('tensors of one element within lists are numbers: %s', (source, text) => {
  expect(last(source)?.text).toBe(text);
});

test('longer tensors within lists are refused', () => {
  expect(last('torch.tensor([torch.tensor([1.0, 2.0])])')?.message).toBe(
    'ValueError: only one element tensors can be converted to Python scalars',
  );
});
