import { describe, expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

/** Expressions that NumPy's own test suite asserts something of, with what NumPy 1.24 shows for them. */
describe("NumPy's own tests", () => {
  test.each([
    ["np.einsum('ij,ij->j', np.ones((10, 2)), np.ones((1, 2)))", 'array([10., 10.])'],
    ["np.einsum('i,i', np.arange(5.), np.array([2.]))", '20.0'],
    ['np.arange(stop=3)', 'array([0, 1, 2])'],
    ['np.arange(0, 1, np.inf)', 'array([0.])'],
    ['np.concatenate(np.arange(1, 4), None)', 'array([1, 2, 3])'],
    ['dict(a=1, b=[2])', "{'a': 1, 'b': [2]}"],
    ['np.arange()', 'TypeError: arange() requires stop to be specified.'],
    ['np.correlate([1, 2, 3], [0, 1, 0.5], mode=2)', 'array([0.5, 2. , 3.5, 3. , 0. ])'],
    ['np.convolve([1, 2, 3], [0, 1], mode=0)', 'array([1, 2])'],
    ["np.convolve([1, 2, 3], [0, 1], mode='s')", 'array([0, 1, 2])'],
    ['np.unique([np.nan, 1, np.nan])', 'array([ 1., nan])'],
    ['np.unique([np.nan, 1, np.nan], equal_nan=False)', 'array([ 1., nan, nan])'],
    [
      'np.unique(np.array([2 - 1j, np.nan, 1 + 1j, complex(0, np.nan), complex(1, np.nan)]))',
      'array([1. +1.j, 2. -1.j, 0.+nanj])',
    ],
    ['np.power.reduce(3)', '3'],
    ["int('1_1')", '11'],
    ['np.percentile([1, 2, 3], [])', 'array([], dtype=float64)'],
    ['np.ones(2)[np.array(False)]', 'array([], shape=(0, 2), dtype=float64)'],
  ])('%s', (expression, expected) => {
    const [answer] = evaluateSource(`import numpy as np\n${expression}`, 'python');
    expect(answer.status === 'ok' ? answer.text : answer.message).toBe(expected);
  });
});
