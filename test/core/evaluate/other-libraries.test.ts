import { describe, expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

/** The last statement's answer. */
const answer = (source: string) => evaluateSource(source, 'python').at(-1);
const text = (source: string): string | undefined => {
  const found = answer(source);
  return found?.status === 'ok' ? found.text : found?.message;
};

/** The texts are those of the manuals; no interpreter of these libraries stands behind them. */
describe('jax', () => {
  const jax = (source: string) => text(`import jax\nimport jax.numpy as jnp\n${source}`);

  test('arrays keep 32 bits and say so', () => {
    expect(jax('jnp.array([0, 1, 2, 3])')).toBe('Array([0, 1, 2, 3], dtype=int32)');
    expect(jax('jnp.array([[1., 2.], [3., 4.]]) @ jnp.eye(2)')).toBe(
      'Array([[1., 2.],\n       [3., 4.]], dtype=float32)',
    );
    expect(jax('print(jnp.arange(3) + 1)')).toBe('[1 2 3]');
    expect(jax('jnp.arange(6).reshape(2, 3).sum(axis=0)')).toBe('Array([3, 5, 7], dtype=int32)');
    expect(jax('jnp.sum(jnp.ones((2, 2)))')).toBe('Array(4., dtype=float32)');
    expect(jax('jnp.zeros((0, 2))')).toBe('Array([], shape=(0, 2), dtype=float32)');
  });

  test('jax.nn has defaults of its own', () => {
    // The form with the hyperbolic tangent.
    expect(jax('jax.nn.gelu(jnp.array([1.0]))')).toMatch(/^Array\(\[0\.841192/);
    expect(jax('jax.nn.relu(jnp.array([-1., 2.]))')).toBe('Array([0., 2.], dtype=float32)');
  });

  const half =
    'x = jnp.array([1.5, 2, 3.14159], dtype=jnp.bfloat16)\nm = jnp.array([[1., 2.], [3., 4.5]], dtype="bfloat16")\n';

  // The texts are those of JAX 0.10.
  test.each([
    ['x', 'Array([1.5, 2, 3.14062], dtype=bfloat16)'],
    ['m', 'Array([[1, 2],\n       [3, 4.5]], dtype=bfloat16)'],
    ['print(m)', '[[1 2]\n [3 4.5]]'],
    ['x.dtype', 'dtype(bfloat16)'],
    ['x * 0.1', 'Array([0.150391, 0.200195, 0.314453], dtype=bfloat16)'],
    ['1 / x', 'Array([0.667969, 0.5, 0.318359], dtype=bfloat16)'],
    ['x ** 2', 'Array([2.25, 4, 9.875], dtype=bfloat16)'],
    ['x > 2', 'Array([False, False,  True], dtype=bool)'],
    ['x.sum()', 'Array(6.625, dtype=bfloat16)'],
    ['jnp.mean(x)', 'Array(2.21875, dtype=bfloat16)'],
    ['jnp.exp(x)', 'Array([4.46875, 7.375, 23.125], dtype=bfloat16)'],
    ['m @ m', 'Array([[7, 11],\n       [16.5, 26.25]], dtype=bfloat16)'],
    ['x.astype(jnp.float32)', 'Array([1.5     , 2.      , 3.140625], dtype=float32)'],
    [
      'jnp.array([1e-8, 1234567, jnp.nan, -0.0], dtype=jnp.bfloat16)',
      'Array([1.00117e-08, 1.23699e+06, nan, -0], dtype=bfloat16)',
    ],
    ['jnp.concatenate([x, x[:1]])', 'Array([1.5, 2, 3.14062, 1.5], dtype=bfloat16)'],
    ['x.tolist()', '[1.5, 2.0, 3.140625]'],
  ])('in bfloat16 %s', (source, wanted) => {
    expect(jax(`${half}${source}`)).toBe(wanted);
  });

  test('what JAX rounds on the way in bfloat16, and refuses, is unknown', () => {
    for (const source of ['jnp.cumsum(x)', 'x ** 0.5', 'x + jnp.ones(3)', 'x[[0, 1]]', 'jnp.tril(x)'])
      expect(answer(`import jax\nimport jax.numpy as jnp\n${half}${source}`)?.status, source).toBe('unknown');
  });

  test('what is weakly typed, random or changed in place is unknown', () => {
    for (const source of [
      'jnp.array(2.0)',
      'jnp.array([1, 2]) * 2.5',
      'jax.random.normal(jax.random.PRNGKey(0), (2,))',
      'x = jnp.zeros(2)\nx[0] = 1\nx',
      'x = jnp.zeros(2)\ny = x\nx += 1\ny',
    ])
      expect(answer(`import jax\nimport jax.numpy as jnp\n${source}`)?.status, source).toBe('unknown');
  });
});

describe('tensorflow', () => {
  const tf = (source: string) => text(`import tensorflow as tf\n${source}`);
  const c = 'c = tf.constant([[1.0, 2.0], [3.0, 4.0]])\nd = tf.constant([[1.0, 1.0], [0.0, 1.0]])\n';

  test('the example of the manual', () => {
    expect(tf(`${c}print(tf.matmul(c, d))`)).toBe('tf.Tensor(\n[[1. 3.]\n [3. 7.]], shape=(2, 2), dtype=float32)');
    expect(tf(`${c}tf.matmul(c, d, transpose_b=True)`)).toBe(
      '<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[3., 2.],\n       [7., 4.]], dtype=float32)>',
    );
    expect(tf(`${c}tf.reduce_sum(c)`)).toBe('<tf.Tensor: shape=(), dtype=float32, numpy=10.0>');
    expect(tf('tf.constant([1, 2, 3])')).toBe(
      '<tf.Tensor: shape=(3,), dtype=int32, numpy=array([1, 2, 3], dtype=int32)>',
    );
    expect(tf('tf.constant([1.5, 0.1], dtype=tf.bfloat16) * 2')).toBe(
      '<tf.Tensor: shape=(2,), dtype=bfloat16, numpy=array([3, 0.200195], dtype=bfloat16)>',
    );
    expect(tf(`${c}c.shape`)).toBe('TensorShape([2, 2])');
    expect(tf(`${c}c.numpy()`)).toBe('array([[1., 2.],\n       [3., 4.]], dtype=float32)');
  });

  test('types do not mix', () => {
    expect(answer('import tensorflow as tf\ntf.constant([1, 2]) + tf.constant([1.5, 2.5])')?.status).toBe('unknown');
    expect(answer('import tensorflow as tf\ntf.constant([1, 2]) / 2')?.status).toBe('unknown');
  });
});

describe('cupy', () => {
  const cp = (source: string) => text(`import cupy as cp\n${source}`);

  test('is like NumPy, but numbers stay arrays', () => {
    expect(cp('cp.arange(3) * 0.5')).toBe('array([0. , 0.5, 1. ])');
    expect(cp('cp.array([1, 2, 3]).sum()')).toBe('array(6)');
    expect(cp('cp.linalg.norm(cp.array([3., 4.]))')).toBe('array(5.)');
    expect(cp('cp.asnumpy(cp.ones(2))')).toBe('array([1., 1.])');
  });

  test('does not mix with NumPy', () => {
    expect(answer('import cupy as cp\nimport numpy as np\ncp.ones(2) + np.ones(2)')?.status).toBe('unknown');
  });
});
