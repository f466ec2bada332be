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
