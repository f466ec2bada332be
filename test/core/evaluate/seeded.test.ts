import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect } from '../../../src/core/index';

/** Numbers are those of NumPy 1.24.2 and Python 3.11. */

const answers = (source: string): string[] =>
  evaluateSource(`import random\nimport numpy as np\n${source}`, 'python').map(a =>
    a.status === 'ok' ? (a.text ?? '') : `${a.status}: ${a.message}`,
  );

/** What is said of the place marked by `|`. */
function at(marked: string): string {
  const offset = marked.indexOf('|');
  const found = inspect(marked.replace('|', ''), 'python', { start: offset, end: offset });
  return found ? `${found.source}: ${found.text ?? found.message}` : 'nothing';
}

describe('without a seed nothing is known', () => {
  test.each([
    'np.random.rand(2)',
    'random.random()',
    'np.random.default_rng().normal()',
    'np.random.seed(None)\nnp.random.rand()',
    'np.random.RandomState().rand()',
  ])('%s', source => expect(answers(source).at(-1)).toMatch(/^unknown: .*random/));
});

describe('what may draw meanwhile makes the rest unknown', () => {
  test.each([
    'from shop import train\nnp.random.seed(0)\ntrain()\nnp.random.rand()',
    'from shop import Model\nnp.random.seed(0)\nm = Model()\nm.fit(3)\nnp.random.rand()',
    'np.random.seed(0)\nif input():\n    np.random.rand()\nnp.random.rand()',
  ])('%s', source => expect(answers(source).at(-1)).toMatch(/^unknown: /));

  test.each(['print(3)', 'np.dot([1], [2])', 'def f():\n    return 3\nf()', 'x = [1]\nx.append(2)'])(
    'not %s',
    between => expect(answers(`np.random.seed(0)\n${between}\nnp.random.rand()`).at(-1)).toBe('0.5488135039273248'),
  );
});

describe('a draw within an expression is the one that stands there', () => {
  const source = 'import numpy as np\nnp.random.seed(0)\nx = np.random.rand() + 2 * np.random.rand()\n';

  test('the first and the second', () => {
    expect(at(source.replace('rand() +', '|rand() +'))).toBe('np.random.rand(): 0.5488135039273248');
    expect(at(source.replace('* np.random.rand', '* np.random.|rand'))).toBe('np.random.rand(): 0.7151893663724195');
  });

  test('and the name has the sum', () => expect(at(source.replace('x =', '|x ='))).toBe('x: 1.9791922366721637'));

  test('in a function it depends on when that is called', () => {
    expect(at('import numpy as np\nnp.random.seed(0)\ndef f():\n    return np.random.|rand()')).toContain('depends on');
  });
});

test('one generator under two names, in a list and in an object gives its numbers once', () => {
  expect(
    answers(
      'g = np.random.default_rng(42)\nh = g\nall = [g]\nclass A:\n    def __init__(self, g):\n        self.g = g\n' +
        'a = A(g)\n[g.random(), h.random(), all[0].random(), a.g.random()]\nnp.random.default_rng(42).random(4)',
    ).slice(-2),
  ).toEqual([
    '[0.7739560485559633, 0.4388784397520523, 0.8585979199113825, 0.6973680290593639]',
    'array([0.77395605, 0.43887844, 0.85859792, 0.69736803])',
  ]);
});

test('a generator that an expression still holds goes on with its numbers', () => {
  expect(answers('g = np.random.default_rng(1)\npair = [g, g.random()]\npair[0].random()').at(-1)).toBe(
    '0.9504636963259353',
  );
});

test('the body of a class draws where it stands', () => {
  expect(answers('np.random.seed(0)\nclass A:\n    w = np.random.rand()\nnp.random.rand()').at(-1)).toBe(
    '0.7151893663724195',
  );
});

test('nan is only itself', () => {
  expect(answers('x = float("nan")\nx in [x]\nnp.nan in [1.0, 2.0]\nnp.nan in [np.nan]')).toEqual([
    'True',
    'False',
    expect.stringMatching(/^unknown: whether two nan/),
  ]);
});
