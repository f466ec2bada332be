import { expect, test } from 'vitest';
import { addProduct } from '../../../src/core/kernels/product';
import { inRoom, plainly, reach, type Take } from '../../../src/core/kernels/wasm';
import { randomFrom } from '../linalg/gallery';

/** What `work` leaves in its array, in compiled kernels and in TypeScript. */
function bothWays(work: (take: Take) => Float64Array): readonly [Float64Array, Float64Array] {
  const run = (): Float64Array => inRoom(1e6, take => work(take).slice());
  return [run(), plainly(run)];
}

test('the kernels are compiled here, and can be forbidden', () => {
  expect(inRoom(1e5, take => reach(take(9)) !== undefined)).toBe(true);
  expect(plainly(() => inRoom(1e5, take => reach(take(9)) !== undefined))).toBe(false);
});

test('rooms nest, give their space back and survive what is thrown', () => {
  const place = (): number => inRoom(1e5, take => take(5).byteOffset);
  const first = place();
  inRoom(1e5, outer => {
    const mine = outer(10).fill(7);
    expect(place()).toBeGreaterThan(mine.byteOffset + 79);
    expect(() =>
      inRoom(1e4, take => {
        take(10).fill(1);
        throw new Error('stopped');
      }),
    ).toThrow('stopped');
    expect(mine.every(x => x === 7)).toBe(true);
  });
  expect(place()).toBe(first);
  inRoom(1e7, take => expect(take(1e7)[1e7 - 1]).toBe(0));
});

test.each([
  [1, 1, 1],
  [4, 4, 4],
  [5, 3, 7],
  [33, 65, 17],
  [100, 130, 300],
  [3, 1030, 5],
])('product %d×%d over %d: the same bits both ways, transposes too', (m, n, k) => {
  const next = randomFrom(m * n * k);
  const [a, b, c] = [m * k, k * n, m * (n + 2)].map(size => Float64Array.from({ length: size }, next));
  for (const [ars, acs] of [
    [k, 1],
    [1, m],
  ]) {
    for (const [brs, bcs] of [
      [n, 1],
      [1, k],
    ]) {
      const [x, y] = bothWays(take => {
        const [p, q, r] = [a, b, c].map(from => {
          const to = take(from.length);
          to.set(from);
          return to;
        });
        addProduct(m, n, k, -0.75, p, 0, ars, acs, q, 0, brs, bcs, r, 1, n + 2);
        return r;
      });
      expect(x).toEqual(y);
      const [i, j] = [m - 1, n - 1];
      let exact = c[1 + i * (n + 2) + j];
      for (let t = 0; t < k; t++) exact -= 0.75 * a[i * ars + t * acs] * b[t * brs + j * bcs];
      expect(x[1 + i * (n + 2) + j]).toBeCloseTo(exact, 10);
      expect(x[0]).toBe(c[0]);
    }
  }
});
