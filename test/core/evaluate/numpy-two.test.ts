import { describe, expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

const PRELUDE = `import numpy as np
a = np.array([250, 3], dtype=np.uint8)
b = np.array([-6, 3], dtype=np.int8)
f = np.array([1.5], dtype=np.float32)
c = np.array([1, 2, 3])
m = np.array([[1, 2], [3, 4]])
t = np.array(['a', 'catdog'])
`;

/** What differs between NumPy 1.24, from which the golden data come, and NumPy 2, whose rules are followed here: 2.4's answers. */
describe('as NumPy 2.4 shows it', () => {
  test.each([
    // Python's integers wrap in np.where, and as the default of np.select.
    ['np.where(a > 5, a, -2)', 'array([250, 254], dtype=uint8)'],
    ['np.where(a > 5, a, 2**63)', 'array([250,   0], dtype=uint8)'],
    ['np.where(a > 5, a, 2**64)', 'OverflowError: Python int too large to convert to C long'],
    ['np.where(f > 5, f, 10**20)', 'array([1.e+20], dtype=float32)'],
    ['np.where(True, 2000, np.int8(3))', 'array(-48, dtype=int8)'],
    [
      'np.select([a > 1, a < 0], [a, -1], 9)',
      "TypeError: Cannot cast array data from dtype('int64') to dtype('uint8') according to the rule 'same_kind'",
    ],
    [
      'np.select([f > 1, f < 0], [np.uint8(2), 3], 5)',
      "TypeError: Cannot cast scalar from dtype('int64') to dtype('uint8') according to the rule 'same_kind'",
    ],
    ['np.select([b > 1, b < 0], [b, -1000], 9)', 'array([24,  3], dtype=int8)'],
    // Bounds beyond the type are none, others must fit it; a nan is a bound.
    ['np.clip(a, -2, 300)', 'array([250,   3], dtype=uint8)'],
    ['np.clip(a, None, -300)', 'OverflowError: Python integer -300 out of bounds for uint8'],
    ['np.clip(b, -300, -200)', 'OverflowError: Python integer -200 out of bounds for int8'],
    ['np.clip(a, 2**63, None)', 'OverflowError: Python int too large to convert to C long'],
    ['np.clip(a, -2, 3.5)', 'array([3.5, 3. ])'],
    ['np.clip(-5, a, a)', 'array([250,   3])'],
    ['np.arange(4.).clip(min=np.nan)', 'array([nan, nan, nan, nan])'],
    ['a + 2**64', 'OverflowError: Python int too large to convert to C long'],
    // Arrays that do not broadcast do not compare.
    ['m == c', 'ValueError: operands could not be broadcast together with shapes (2,2) (3,) '],
    ['[1, 2] != c', 'ValueError: operands could not be broadcast together with shapes (3,) (2,) '],
    ["t == ['a', 'b', 'c']", 'ValueError: operands could not be broadcast together with shapes (2,) (3,) '],
    [
      "np.char.add(t, np.array(['x', 'y', 'z']))",
      'ValueError: operands could not be broadcast together with shapes (2,) (3,) ',
    ],
    // Texts that are longer than the width stay as they are.
    ['np.char.ljust(t, 4)', "array(['a   ', 'catdog'], dtype='<U6')"],
    ["np.char.center(t, 3, '*')", "array(['*a*', 'catdog'], dtype='<U6')"],
    ['np.char.zfill(t, 3)', "array(['00a', 'catdog'], dtype='<U6')"],
    [
      'np.trim_zeros(np.array([[0, 0, 2, 3, 0], [0, 1, 0, 3, 0], [0, 0, 0, 0, 0]]))',
      'array([[0, 2, 3],\n       [1, 0, 3]])',
    ],
    ['np.trim_zeros(np.array([[0, 0, 2], [0, 1, 0]]), axis=1)', 'array([[0, 2],\n       [1, 0]])'],
    ['np.trim_zeros([[0, 0], [1, 2]])', 'TypeError: list indices must be integers or slices, not tuple'],
    ['np.trim_zeros(5)', '5'],
    // One number of Python's as the place does not widen.
    ['np.percentile(f, 30).dtype', "dtype('float32')"],
    ['np.percentile(f, np.float64(30)).dtype', "dtype('float64')"],
    ['np.mgrid[0.1:0.3:np.complex64(3j),]', 'array([[0.1, 0.2, 0.3]], dtype=float32)'],
    ['np.mgrid[np.float32(0):2, 0:1.0].dtype', "dtype('float32')"],
    ['np.pad(c, {0: (1, 2)})', 'array([0, 1, 2, 3, 0, 0])'],
    ['np.pad(m, {-1: 1})', 'array([[0, 1, 2, 0],\n       [0, 3, 4, 0]])'],
    ['np.bincount(a[1:].astype(np.uint64))', 'array([0, 0, 0, 1])'],
    [
      'np.histogram([1, 1 + 2e-16], bins=5)',
      'ValueError: Too many bins for data range. Cannot create 5 finite-sized bins.',
    ],
    [
      "np.histogram_bin_edges([1, 2, 2, 3], bins='sturges')",
      'the number of these bins differs between versions of NumPy',
    ],
    ['np.quantile(np.array([1j, 2]), 0.5)', 'TypeError: a must be an array of real numbers'],
    ['np.average(np.arange(6).reshape(2, 3), axis=(1, 0), weights=np.arange(6).reshape(3, 2))', '3.3333333333333335'],
    [
      'np.average(np.arange(24).reshape(2, 3, 4), axis=(0, 2), weights=np.arange(8).reshape(2, 4))',
      'array([11.28571429, 15.28571429, 19.28571429])',
    ],
    [
      'np.average(np.ones((2, 3)), axis=(0, 1), weights=np.ones((3, 2)))',
      'ValueError: Shape of weights must be consistent with shape of a along specified axis.',
    ],
  ])('%s', (expression, expected) => {
    const found = evaluateSource(PRELUDE + expression, 'python');
    const answer = found[found.length - 1];
    expect(answer.status === 'ok' ? answer.text : answer.message).toBe(expected);
  });
});
