import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

/** What stands behind the statements of functions and loops, with how often they run. */
const inside = (source: string, language = 'python'): string[] =>
  evaluateSource(source, language, { limits: 'small', assignments: true, inside: true }).flatMap(e =>
    e.passes === undefined ? [] : [`${e.source} → ${e.inline ?? e.message} (${e.passes})`],
  );

describe('statements of functions and loops', () => {
  it('have what they leave the last time', () => {
    expect(
      inside(
        'import numpy as np\ndef f(v, *rest):\n    n = v @ v\n    n += 1\n    return n / 2\nfor k in range(4):\n    x = f(np.ones(2) * k)\n    y = np.eye(2)\nif x > 100:\n    z = x\n',
      ),
    ).toEqual([
      'n = v @ v → 18.0 (4)',
      'n += 1 → 19.0 (4)',
      'return n / 2 → 9.5 (4)',
      'x = f(np.ones(2) * k) → 9.5 (4)',
      'y = np.eye(2) → [[1. 0.] [0. 1.]] (4)',
    ]);
  });

  it('also in MATLAB', () => {
    expect(
      inside('function y = f(x)\n  t = x * 2;\n  y = t + 1;\nend\nfor k = 1:3\n  z = f([k; 1]);\nend\n', 'matlab'),
    ).toEqual(['t = x * 2 → [6; 2] (3)', 'y = t + 1 → [7; 3] (3)', 'z = f([k; 1]) → [7; 3] (3)']);
  });

  it('keep what they left when it is changed afterwards', () => {
    const source = 'import numpy as np\nfor k in range(2):\n    a = np.zeros(2)\n    b = a\n    a[0] = 5\n';
    expect(inside(source)).toEqual(['a = np.zeros(2) → [0. 0.] (2)', 'b = a → [0. 0.] (2)']);
  });

  it('are not told of where the program is too long for the budget, or not asked for', () => {
    const long = 'import numpy as np\nA = np.eye(60)\nfor k in range(3000):\n    A = A @ A\n';
    expect(inside(long)).toEqual([]);
    expect(evaluateSource(long, 'python', { assignments: true }).some(e => e.passes !== undefined)).toBe(false);
  });

  it('of the network are those of the last epoch, as torch has them', () => {
    const source = readFileSync(new URL('../../../samples/network.py', import.meta.url), 'utf8');
    const shown = evaluateSource(source, 'python').map(e => e.text ?? e.message);
    // torch 1.13 with OpenBLAS's kernels for Haswell.
    expect(shown.slice(-4)).toEqual([
      'tensor(0.0004, grad_fn=<BinaryCrossEntropyBackward0>)',
      'tensor([[2.9841e-04],\n        [9.9966e-01],\n        [9.9953e-01],\n        [6.0579e-04]], grad_fn=<SigmoidBackward0>)',
      'Parameter containing:\ntensor([[-2.1156,  2.0184,  5.5076, -3.0965, -2.0082,  1.3099, -8.0455,  3.1864]],\n       requires_grad=True)',
      'tensor([[ 1.0791e-04, -4.0961e-05, -1.8116e-04,  9.5753e-05,  1.2452e-04,\n         -2.9019e-05,  1.2152e-04, -1.4612e-04]])',
    ]);
    expect(inside(source).filter(t => t.startsWith('loss ='))).toEqual([
      expect.stringMatching(/^loss = loss_fn\(prediction, y\) → .*0\.0004.* \(60\)$/),
    ]);
  });

  it('of the sample descend', () => {
    const found = inside(readFileSync(new URL('../../../samples/descent.py', import.meta.url), 'utf8'));
    expect(found).toHaveLength(10);
    expect(found.find(t => t.startsWith('loss ='))).toMatch(/→ 0\.02\d+ \(60\)/);
  });
});
