import { describe, expect, it } from 'vitest';
import { picturesIn } from '../../support/pictures';

const NUMPY = 'import numpy as np\n';
/** The kinds of the pictures of the last expression of a text. */
const kinds = (text: string, languageId = 'python'): readonly string[] => {
  const lines = text.split('\n');
  const prefix = languageId === 'python' ? NUMPY : '';
  return picturesIn(`${prefix}${text}\n`, lines[lines.length - 1], languageId).map(p => p.kind);
};

const SCORES = 'S = np.array([[1.0, 2, 0], [0, 1, 1], [2, 0, 1]])\n';
/** What a person who works with the value wants to see first. */
const TABLE: readonly (readonly [what: string, text: string, first: string])[] = [
  ['attention weights', `${SCORES}np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)`, 'heatmap'],
  ['attention weights of two', 'np.array([[0.9, 0.1], [0.3, 0.7]])', 'heatmap'],
  ['a softmax of a library', `from scipy.special import softmax\n${SCORES}softmax(S, axis=1)`, 'heatmap'],
  ['transitions by columns', 'np.array([[0.9, 0.3, 0.2], [0.1, 0.5, 0.2], [0, 0.2, 0.6]])', 'heatmap'],
  ['one hot labels', 'np.array([[1, 0, 0], [0, 0, 1], [0, 0, 1], [0, 1, 0]])', 'heatmap'],
  ['a covariance', 'np.cov(np.array([[1.0, 2, 4], [0, 1, 5], [2, 1, 0]]))', 'heatmap'],
  ['a covariance of two', 'np.cov(np.array([[1.0, 2, 4], [0, 1, 5]]))', 'heatmap'],
  ['a correlation', 'np.corrcoef(np.array([[1.0, 2, 4], [0, 1, 5], [2, 1, 0]]))', 'heatmap'],
  ['a correlation as literal', 'np.array([[1, 0.5, 0.2], [0.5, 1, 0.1], [0.2, 0.1, 1]])', 'heatmap'],
  ['a graph', 'np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]])', 'heatmap'],
  ['the Laplacian of a graph', 'np.array([[2, -1, -1], [-1, 1, 0], [-1, 0, 1]])', 'heatmap'],
  ['a graph by name', 'adj = np.array([[0, 1], [1, 0]])\nadj', 'heatmap'],
  ['a causal mask', 'np.tril(np.ones((3, 3)))', 'heatmap'],
  ['a filter of edges', 'np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])', 'heatmap'],
  ['a filter of changes', 'np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])', 'heatmap'],
  ['a blur', 'np.ones((3, 3)) / 9', 'heatmap'],
  ['a filter by name', 'edge_kernel = np.array([[1, 2], [0, -1]])\nedge_kernel', 'heatmap'],
  ['an image', 'np.arange(64).reshape(8, 8) * 4', 'heatmap'],
  ['a large matrix', 'np.arange(90000).reshape(300, 300)', 'array-heatmap'],
  ['weights of a layer', 'weights = np.array([[0.5, -1], [1, 2]])\nweights', 'linear-map'],
  ['a matrix of the plane', 'np.array([[1, 2], [3, 4]])', 'linear-map'],
  ['a turn', 'np.array([[0, -1], [1, 0]])', 'linear-map'],
  ['the identity', 'np.eye(2)', 'linear-map'],
  ['a projection', 'np.array([[0.5, 0.5], [0.5, 0.5]])', 'linear-map'],
  ['a permutation of space', 'np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]])', 'space-map'],
  ['a matrix of space', 'np.array([[2, 1, 0], [0, 1, 1], [1, 0, 1]])', 'space-map'],
  ['stretching of axes', 'np.diag([1, 2, 3])', 'space-map'],
  ['a frame', 'np.array([[0, -1, 3], [1, 0, 1], [0, 0, 1]])', 'affine-map'],
  ['a pose by name', 'T01 = np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]])\nT01', 'affine-map'],
  [
    'what a function gives, not what it works out on its way',
    'def frame(a, b):\n    d = a - b\n    return np.array([[d[0], -1, 3], [1, d[1], 1], [0, 0, 1]])\nframe(np.array([3, 4]), np.array([1, 1]))',
    'affine-map',
  ],
  [
    'a product in a function',
    'def apply(W, x):\n    return W @ x\napply(np.array([[1, 2], [3, 4]]), np.array([1, 1]))',
    'matrix-vector',
  ],
  ['few columns', 'np.array([[1, 0], [1, 1], [1, 2]])', 'space-map'],
  ['points of the plane', 'np.stack([np.cos(np.arange(12)), np.sin(np.arange(12))], axis=1)', 'projection'],
  ['points of space', 'np.sin(np.arange(60)).reshape(20, 3)', 'projection'],
  ['embeddings by name', 'emb = np.sin(np.arange(60)).reshape(10, 6)\nemb', 'projection'],
  ['a table of numbers', 'np.sin(np.arange(60)).reshape(10, 6)', 'heatmap'],
  ['a vector of the plane', 'np.array([3, 4])', 'vectors'],
  ['a longer vector', 'np.array([3.0, 1, 4, 1, 5])', 'series'],
  ['a signal', 'np.sin(np.arange(500) / 20)', 'series'],
  ['probabilities', `${SCORES}z = S[0]\nnp.exp(z) / np.exp(z).sum()`, 'softmax'],
  ['heads of attention', 'np.sin(np.arange(72)).reshape(2, 6, 6)', 'multiples'],
  ['an image in colours', 'np.arange(60 * 40 * 3).reshape(60, 40, 3)', 'array-heatmap'],
  ['truths', 'np.arange(9).reshape(3, 3) > 4', 'array-heatmap'],
  ['a product', 'np.array([[1, 2], [3, 4]]) @ np.array([[0, 1], [1, 1]])', 'matrix-product'],
  ['a product with a vector', 'np.array([[1, 2], [3, 4]]) @ np.array([1, 1])', 'matrix-vector'],
  ['a layer', 'W = np.array([[1, 2], [3, 4]])\nnp.maximum(0, W @ np.array([1, -1]) + np.array([1, 0]))', 'composition'],
  ['eigenvalues', 'np.linalg.eigvals(np.array([[2, 1], [1, 3]]))', 'linear-map'],
  ['singular values', 'np.linalg.svd(np.array([[2, 1], [1, 3]]))', 'singular-map'],
  ['a system', 'np.linalg.solve(np.array([[2, 1], [1, 3]]), np.array([1, 2]))', 'linear-system'],
];

describe('the first picture', () => {
  it.each(TABLE)('of %s', (_, text, first) => {
    expect(kinds(text)[0]).toBe(first);
  });

  it('is no loss: the others stay in their order', () => {
    const all = kinds('np.array([[0.9, 0.1], [0.3, 0.7]])');
    expect(all.slice(0, 3)).toEqual(['heatmap', 'linear-map', 'singular-map']);
    expect(new Set(all).size).toBe(all.length);
  });

  it('of a named vector carries its name', () => {
    const [picture] = picturesIn(`${NUMPY}v = np.array([3.0, 1, 4, 1, 5])\n`, 'v ');
    expect(picture).toMatchObject({ kind: 'series', label: 'v' });
  });

  it('is told by the same numbers in other languages', () => {
    expect(kinds('[0.9 0.1; 0.3 0.7]', 'matlab')[0]).toBe('heatmap');
    expect(kinds('[1 0 -1; 2 0 -2; 1 0 -1]', 'matlab')[0]).toBe('heatmap');
    expect(kinds('[1 2; 3 4]', 'matlab')[0]).toBe('linear-map');
  });
});
