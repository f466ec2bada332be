import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

/** What torch 1.13 says of tensors that are computed where it records nothing. */

const last = (source: string): string => {
  const a = evaluateSource(
    `import torch\nfrom torch import nn\nw = torch.tensor([1.0, 2.0], requires_grad=True)\n${source}`,
    'python',
  ).at(-1);
  return a?.status === 'ok' ? (a.text ?? '') : `${a?.status}: ${a?.message}`;
};
const MODULE =
  'class N(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.w = nn.Parameter(torch.ones(2))\n';

test.each([
  ['with torch.no_grad():\n    y = w * 2\ny', 'tensor([2., 4.])'],
  ['with torch.no_grad():\n    print(w @ w)', 'tensor(5.)'],
  ['with torch.no_grad():\n    y = torch.exp(w)\ny.requires_grad', 'False'],
  ['with torch.no_grad():\n    y = w + 1\ny.numpy()', 'array([2., 3.], dtype=float32)'],
  ['def f(x):\n    return x * 3\nwith torch.no_grad():\n    y = f(w)\ny', 'tensor([3., 6.])'],
  ['def f(x):\n    with torch.no_grad():\n        y = x * 3\n    return y\nf(w)', 'tensor([3., 6.])'],
  ['with torch.no_grad():\n    with torch.enable_grad():\n        y = w * 2\ny.requires_grad', 'True'],
  ['with torch.no_grad():\n    y = w * 2\nz = w * 2\nz.requires_grad', 'True'],
  ['with torch.no_grad():\n    w.fill_(3.0)\nw', 'tensor([3., 3.], requires_grad=True)'],
  ['with torch.no_grad():\n    v = w[w > 1]\nv.requires_grad', 'False'],
  [`${MODULE}    @torch.no_grad()\n    def forward(self, x):\n        return self.w * x\nN()(2.0)`, 'tensor([2., 2.])'],
  ['y = w * 2\ny.requires_grad_()\ny.requires_grad', 'True'],
])('%s', (source, text) => expect(last(source)).toBe(text));

test('a change of what a view has been taken of is not followed', () => {
  expect(last('with torch.no_grad():\n    v = w[0]\n    w.fill_(3.0)\nv + 1')).toMatch(/^unknown: /);
});

test('an element, and a flattened tensor, are views', () => {
  expect(last('x = torch.zeros(2, 2)\ne = x[1, -1]\nf = x.flatten()\nc = x.clone()\nx.add_(1)\n(e, f, c.sum())')).toBe(
    '(tensor(1.), tensor([1., 1., 1., 1.]), tensor(0.))',
  );
});
