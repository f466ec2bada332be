import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/core/index';
import { frobenius, matrix, multiply, subtract } from '../../../src/core/linalg/index';
import { sceneOf } from '../../../src/core/scene/index';
import { movedByLayer } from '../../../src/core/scene/layer';
import type { Picture, PictureOf } from '../../../src/core/scene/picture';
import { brief } from '../../../src/core/scene/plane';
import { components } from '../../../src/core/scene/projection';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
import { cosines, neighbours } from '../../../src/core/scene/similarity';
import { entropy, probabilities } from '../../../src/core/scene/softmax';
import { generate } from '../../../src/core/values/ndarray';
import { random } from '../../support/random';

const next = random(7);
const drawn = (picture: Picture, settings = {}): Scene => sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, settings });

/** The pictures of the last place where `at` stands. */
function picturesOf(text: string, at: string): readonly Picture[] {
  const source = `import numpy as np\n${text}`;
  const start = source.lastIndexOf(at);
  const found = inspect(source, 'python', { start, end: start + at.length }, { limits: 'large' });
  return found?.pictures ?? [];
}

const ofKind = <K extends Picture['kind']>(pictures: readonly Picture[], kind: K): PictureOf<K> | undefined =>
  pictures.find((p): p is PictureOf<K> => p.kind === kind);

const QKV = `Q = np.arange(12.).reshape(4, 3) / 9
K = np.arange(12.)[::-1].reshape(4, 3) / 7
V = np.arange(8.).reshape(4, 2)
`;
const SOFTMAX = `def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
`;

describe('attention', () => {
  it('is found in one line and through a function of the document', () => {
    const found = picturesOf(`${QKV}${SOFTMAX}out = softmax(Q @ K.T / np.sqrt(3)) @ V`, 'out')[0];
    if (found?.kind !== 'attention') throw new Error('no attention');
    expect(found.scale).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(found.masked).toBeUndefined();
    expect([found.queries, found.keys, found.width, found.label]).toEqual([4, 4, 2, 'V']);
    const { weights, values, output } = found;
    const product = multiply(matrix(4, 4, weights), matrix(4, 2, values));
    expect(frobenius(subtract(product, matrix(4, 2, output)))).toBeLessThan(1e-12);
  });

  it('is found over several lines, with its mask', () => {
    const found = picturesOf(
      `${QKV}scores = Q @ K.T * 0.5
mask = np.tril(np.ones((4, 4)))
scores = np.where(mask == 0, -np.inf, scores)
e = np.exp(scores)
weights = e / e.sum(axis=1, keepdims=True)
out = weights @ V`,
      'out',
    )[0];
    if (found?.kind !== 'attention') throw new Error('no attention');
    expect(found.scale).toBe(0.5);
    expect(found.masked?.filter(x => x === Number.NEGATIVE_INFINITY)).toHaveLength(6);
    const scene = drawn(found, { row: 0 });
    expect(scene.caption).toBe('Query 0 looks at key 0 (100 %), key 1 (0 %), key 2 (0 %)');
    expect(scene.description).toContain('masked at 6 places');
  });

  it("is seen in a library's own function, of a batch the first, masked or not", () => {
    const text = `import torch
import torch.nn.functional as F
q = torch.tensor([[[1., 0.], [0., 1.], [1., 1.]]])
k = torch.tensor([[[1., 2.], [0., 1.], [3., 1.]]])
one = F.scaled_dot_product_attention(q, k, q)
two = F.scaled_dot_product_attention(q, k, q, is_causal=True)`;
    const [one, two] = ['one', 'two'].map(name => ofKind(picturesOf(text, name), 'attention'));
    expect([one?.queries, one?.masked, one?.label]).toEqual([3, undefined, 'q']);
    expect(two?.masked?.filter(x => x === Number.NEGATIVE_INFINITY)).toHaveLength(3);
    expect(two?.weights[0]).toBe(1);
  });

  it('is not seen in a product that has none', () => {
    const average = `${QKV}W = np.ones((4, 4)) / 4\nout = W @ V`;
    expect(picturesOf(average, 'out').some(p => p.kind === 'attention')).toBe(false);
    expect(picturesOf(`${QKV}out = Q @ K.T`, 'out').some(p => p.kind === 'attention')).toBe(false);
  });
});

describe('softmax', () => {
  it('is found by its numbers and turned by its temperature', () => {
    const found = picturesOf(`${SOFTMAX}x = np.array([1., 2., 4.])\nprob = np.exp(x) / np.sum(np.exp(x))`, 'prob')[0];
    if (found?.kind !== 'softmax') throw new Error('no softmax');
    expect(Array.from(found.scores)).toEqual([1, 2, 4]);
    expect(found.label).toBe('scores');
    expect(drawn(found, { heat: 4 }).caption).toMatch(/^Temperature 16: entry 2 has 36.9 %/);
  });

  it('neither overflows nor loses a score of minus infinity', () => {
    expect(Array.from(probabilities([1000, 1000, Number.NEGATIVE_INFINITY]))).toEqual([0.5, 0.5, 0]);
    expect(entropy(probabilities([0, 0, 0, 0]))).toBe(2);
    expect(entropy(probabilities([0, Number.NEGATIVE_INFINITY]))).toBe(0);
  });
});

describe('rows compared', () => {
  const table = { rows: 4, columns: 5, values: generate(20, () => next() - 0.5) };
  table.values.copyWithin(15, 0, 5);
  for (let j = 10; j < 15; j++) table.values[j] = 0;

  it('have the cosines of their angles, none for a row of zeros', () => {
    const all = cosines(table);
    const [a, b] = [table.values.subarray(0, 5), table.values.subarray(5, 10)];
    const dot = a.reduce((sum, x, k) => sum + x * b[k], 0);
    expect(all[1]).toBeCloseTo(dot / Math.hypot(...a) / Math.hypot(...b), 12);
    expect(all[3]).toBeCloseTo(1, 12);
    expect(all[2]).toBeNaN();
    expect(neighbours(all, 4, 0)).toEqual([3, 1]);
    const scene = drawn({ kind: 'similarity', label: 'E', ...table });
    expect(scene.caption).toContain('Nearest to row 0: row 3 (1)');
    const fromOne = sceneOf({ kind: 'similarity', label: 'E', ...table }, { ...DEFAULT_SCENE_OPTIONS, base: 1 });
    expect(fromOne.caption).toContain('Nearest to row 1: row 4 (1)');
    expect(fromOne.controls?.[0]).toMatchObject({ name: 'row', value: 0, text: '1' });
  });
});

describe('the projection of rows', () => {
  it('has the variance that its axes say', () => {
    const [rows, columns] = [30, 6];
    const values = generate(rows * columns, k => next() * (k % columns === 2 ? 10 : 1));
    const found = components({ rows, columns, values });
    if (!found) throw new Error('no components');
    const means = Array.from(
      { length: columns },
      (_, j) => values.filter((_, k) => k % columns === j).reduce((a, b) => a + b) / rows,
    );
    const total = values.reduce((sum, x, k) => sum + (x - means[k % columns]) ** 2, 0);
    const k = found.shares.length;
    const first = found.scores.filter((_, at) => at % k === 0).reduce((sum, x) => sum + x * x, 0);
    expect(first / total).toBeCloseTo(found.shares[0], 10);
    expect(found.shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const scene = drawn({ kind: 'projection', label: 'E', rows, columns, values });
    expect(scene.description).toContain('of the variance');
  });

  it('is not drawn where all rows are equal', () => {
    expect(components({ rows: 3, columns: 2, values: Float64Array.of(1, 2, 1, 2, 1, 2) })).toBeUndefined();
  });
});

describe('a low-rank update', () => {
  it('is found with its factors, a number before them in the first', () => {
    const text = `W = np.eye(4) * 3\nB = np.arange(8.).reshape(4, 2)\nA = np.ones((2, 4))\nW2 = W + 0.5 * (B @ A)`;
    const found = ofKind(picturesOf(text, 'W2'), 'low-rank-sum');
    if (!found) throw new Error('no update');
    expect([found.tall.columns, found.tall.label, found.wide.label]).toEqual([2, '0.5·B', 'A']);
    expect(found.tall.values[7]).toBe(3.5);
    expect(drawn(found, { terms: 0 }).caption).toBe('0 of 2 terms added: the update has norm 0');
  });

  it('is none where the factors are not thin', () => {
    const text = 'W = np.eye(3)\nC = W + W @ W';
    expect(ofKind(picturesOf(text, 'C'), 'low-rank-sum')).toBeUndefined();
  });
});

describe('a layer of the plane', () => {
  const X = 'X = np.array([[1., 0.], [0., 1.], [-1., -2.], [2., 1.]])\nW = np.array([[1., 2.], [-1., 0.5]])\n';

  it('is found with a point a row, and ends where the code says', () => {
    const found = ofKind(picturesOf(`${X}H = np.maximum(X @ W + np.array([0.5, -1.]), 0)`, 'H'), 'layer');
    if (!found) throw new Error('no layer');
    expect([found.cut, found.bias, found.label]).toEqual([true, [0.5, -1], 'W']);
    expect(movedByLayer(found, [2, 1], 1)).toEqual([1.5, 3.5]);
    expect(movedByLayer(found, [-1, -2], 1)[1]).toBe(0);
    expect(movedByLayer(found, [-1, -2], 0)).toEqual([-1, -2]);
    expect(drawn(found).description).toContain('4 points through W, shifted by (0.5, −1), then ReLU');
  });

  it('is found with a point a column, and without a cut', () => {
    const found = ofKind(picturesOf(`${X}h = W @ X.T + np.array([[3.], [0.]])`, 'h'), 'layer');
    expect([found?.cut, found?.bias, found?.entries]).toEqual([false, [3, 0], [1, 2, -1, 0.5]]);
  });

  it('is found as torch writes it', () => {
    const torch =
      'import torch\nimport torch.nn.functional as F\nX = torch.tensor([[1., 0.], [0., 1.], [-1., -2.], [2., 1.]])\nW = torch.tensor([[1., 2.], [-1., 0.5]])\nb = torch.tensor([0.5, 1.])\n';
    for (const [layer, cut] of [
      ['F.linear(X, W, b)', false],
      ['X @ W.T + b', false],
      ['F.relu(F.linear(X, W, b))', true],
    ] as const) {
      const found = ofKind(picturesOf(`${torch}H = ${layer}`, 'H'), 'layer');
      expect([found?.cut, found?.bias, found?.entries]).toEqual([cut, [0.5, 1], [1, 2, -1, 0.5]]);
    }
  });
});

describe('a large product', () => {
  it('tells any entry', () => {
    const found = ofKind(picturesOf('A = np.arange(200.).reshape(10, 20)\nC = A @ A.T', 'C'), 'product-entry');
    if (!found) throw new Error('no product');
    const scene = drawn(found, { row: 1, column: 2 });
    const expected = Array.from({ length: 20 }, (_, p) => (20 + p) * (40 + p)).reduce((a, b) => a + b);
    expect(scene.caption).toContain(`Row 1 · column 2 = ${expected},`);
    // Near the entry: five rows, the five largest terms, five columns, in numbers.
    const near = drawn(found, { row: 1, column: 2, see: 'near' });
    const numbers = near.marks.flatMap(m => (m.kind === 'label' && m.inCell ? [m.text] : []));
    expect(numbers).toHaveLength(75);
    expect(numbers.slice(5, 10)).toEqual(['35', '36', '37', '38', '39']);
    expect(numbers[50 + 5 + 2]).toBe(brief(expected));
  });
});
