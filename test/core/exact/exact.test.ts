import { describe, expect, test } from 'vitest';
import { determinant, eliminate, nullSpace, surdNullSpace } from '../../../src/core/exact/elimination';
import { characteristicPolynomial, factorsOf, rootsOf, valueAt } from '../../../src/core/exact/polynomial';
import { isZero, rational, rationalLatex, rationalOf, toNumber } from '../../../src/core/exact/rational';
import { identity, multiply, rationalMatrix } from '../../../src/core/exact/rational-matrix';
import {
  integerRoot,
  isNothing,
  negative,
  plus,
  rootOf,
  surd,
  surdLatex,
  surdNumber,
  times,
} from '../../../src/core/exact/surd';
import { random } from '../../support/random';

const matrix = (rows: readonly (readonly number[])[]) => {
  const m = rationalMatrix(rows.length, rows[0].length, (i, j) => rows[i][j]);
  if (!m) throw new Error('not exact');
  return m;
};
const numbers = (m: readonly (readonly { valueOf(): number }[])[]) => m.map(row => row.map(x => x.valueOf()));

describe('numbers', () => {
  test('decimals are what was written, rounded ones are refused', () => {
    expect(rationalOf(0.1)?.toFraction()).toBe('1/10');
    expect(rationalOf(-2.75)?.toFraction()).toBe('-11/4');
    expect(rationalOf(1 / 3)).toBeUndefined();
    expect(rationalOf(Number.NaN)).toBeUndefined();
    expect(rationalOf(2n ** 70n)?.n).toBe(2n ** 70n);
  });

  test.each([
    [rational(8), '2\\sqrt{2}'],
    [rational(9), '3'],
    [rational(1, 2), '\\frac{\\sqrt{2}}{2}'],
    [rational(-4), '2i'],
    [rational(-3), '\\sqrt{3}i'],
    [rational(0), '0'],
    [rational(50, 9), '\\frac{5\\sqrt{2}}{3}'],
  ])('roots are simplified: %s', (r, latex) => expect(surdLatex(rootOf(r))).toBe(latex));

  test('a root squared is the number', () => {
    const next = random(2);
    for (let k = 0; k < 300; k++) {
      const r = rational(Math.floor(next() * 10_000), 1 + Math.floor(next() * 50));
      expect(surdNumber(rootOf(r)).re ** 2).toBeCloseTo(toNumber(r), 6);
    }
  });

  test('fractions are typeset with their sign in front', () =>
    expect(rationalLatex(rational(-3, 6))).toBe('-\\frac{1}{2}'));
});

describe('elimination', () => {
  test('to reduced form, with every operation', () => {
    const found = eliminate(
      matrix([
        [1, 2, 3],
        [2, 4, 7],
        [1, 1, 1],
      ]),
      3,
      true,
    );
    expect(numbers(found.result)).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(found.pivots).toEqual([0, 1, 2]);
    expect(found.swaps).toBe(1);
    expect(found.steps.at(-1)?.after).toBe(found.result);
  });

  test('inverses, determinants and null spaces of seeded matrices', () => {
    const next = random(4);
    for (let k = 0; k < 200; k++) {
      const n = 2 + Math.floor(next() * 3);
      const m = matrix(Array.from({ length: n }, () => Array.from({ length: n }, () => Math.floor(next() * 11) - 5)));
      const det = determinant(m);
      const { result, pivots } = eliminate(
        m.map((row, i) => [...row, ...identity(n)[i]]),
        n,
        true,
      );
      expect(pivots.length === n).toBe(!isZero(det));
      if (pivots.length === n)
        expect(
          numbers(
            multiply(
              m,
              result.map(row => row.slice(n)),
            ),
          ),
        ).toEqual(numbers(identity(n)));
      const basis = nullSpace(m);
      expect(basis).toHaveLength(n - pivots.length);
      for (const v of basis)
        expect(
          numbers(
            multiply(
              m,
              v.map(x => [x]),
            ),
          )
            .flat()
            .every(x => x === 0),
        ).toBe(true);
    }
  });
});

describe('eigenvalues', () => {
  const latex = (rows: readonly (readonly number[])[]) =>
    rootsOf(characteristicPolynomial(matrix(rows)))?.map(surdLatex);

  test('rational, irrational and complex ones', () => {
    expect(
      latex([
        [1, 2],
        [3, 4],
      ]),
    ).toEqual(['\\frac{5 + \\sqrt{33}}{2}', '\\frac{5 - \\sqrt{33}}{2}']);
    expect(
      latex([
        [0, -1],
        [1, 0],
      ]),
    ).toEqual(['i', '-i']);
    expect(
      latex([
        [2, 0],
        [0, 3],
      ])?.toSorted(),
    ).toEqual(['2', '3']);
    expect(
      latex([
        [2, 1, 0],
        [0, 2, 0],
        [0, 0, 5],
      ])?.toSorted(),
    ).toEqual(['2', '2', '5']);
    expect(
      latex([
        [0, 0, 2],
        [1, 0, 0],
        [0, 1, 0],
      ]),
    ).toBeUndefined();
  });

  test('they are roots of det(λI − A), whose constant term is ± the determinant', () => {
    const next = random(9);
    for (let k = 0; k < 200; k++) {
      const n = 2 + Math.floor(next() * 3);
      const m = matrix(Array.from({ length: n }, () => Array.from({ length: n }, () => Math.floor(next() * 9) - 4)));
      const p = characteristicPolynomial(m);
      expect(p[0].mul((-1) ** n).equals(determinant(m))).toBe(true);
      for (const root of rootsOf(p) ?? []) if (isZero(root.b)) expect(isZero(valueAt(p, root.a))).toBe(true);
    }
  });
});

describe('factors over the rationals', () => {
  const of = (...roots: readonly (readonly number[])[]) => {
    // The product of monic parts, from their lower coefficients.
    let p = [rational(1)];
    for (const lower of roots) {
      const f = [...lower.map(c => rational(c)), rational(1)];
      const out = Array.from({ length: p.length + f.length - 1 }, () => rational(0));
      p.forEach((x, i) =>
        f.forEach((y, j) => {
          out[i + j] = out[i + j].add(x.mul(y));
        }),
      );
      p = out;
    }
    return p;
  };
  const text = (p: ReturnType<typeof of>) =>
    factorsOf(p)?.map(f => `${f.polynomial.map(c => c.toFraction()).join(' ')} ^${f.times}`);

  test.each([
    [
      [
        [-2, 0],
        [-3, 0],
      ],
      ['-3 0 1 ^1', '-2 0 1 ^1'],
    ],
    [
      [[1, 1], [1, 1], [5]],
      ['5 1 ^1', '1 1 1 ^2'],
    ],
    [
      [[0], [0], [0], [-7], [-7]],
      ['-7 1 ^2', '0 1 ^3'],
    ],
    [
      [
        [1, 0],
        [4, 0],
        [9, 0],
      ],
      ['1 0 1 ^1', '4 0 1 ^1', '9 0 1 ^1'],
    ],
    [
      [[-1e6], [-1e6], [-1e6], [-1e6 - 1]],
      ['-1000000 1 ^3', '-1000001 1 ^1'],
    ],
  ] as const)('%j', (parts, expected) => expect(text(of(...parts))?.toSorted()).toEqual([...expected].toSorted()));

  test('fractions', () =>
    expect(text([rational(1, 6), rational(-5, 6), rational(1)])).toEqual(['-1/3 1 ^1', '-1/2 1 ^1']));
  test('what has no such parts', () => expect(text(of([-2, 0, 0]))).toBeUndefined());

  test('seeded products of parts split again', () => {
    const next = random(12);
    const whole = () => Math.floor(next() * 41) - 20;
    for (let k = 0; k < 300; k++) {
      const parts = Array.from({ length: 1 + Math.floor(next() * 3) }, () =>
        next() < 0.5 ? [whole()] : [whole(), whole()],
      );
      const p = of(...parts);
      const found = factorsOf(p);
      expect(found?.reduce((n, f) => n + f.times * (f.polynomial.length - 1), 0)).toBe(p.length - 1);
      const again = of(
        ...(found ?? []).flatMap(f => Array.from({ length: f.times }, () => f.polynomial.slice(0, -1).map(Number))),
      );
      expect(again.map(String)).toEqual(p.map(String));
    }
  });
});

test('roots of large numbers are found at once', () => {
  const n = 10n ** 75n + 12345678901234567890n;
  expect(integerRoot(n * n)).toBe(n);
  expect(integerRoot(n * n - 1n)).toBe(n - 1n);
});

test('null spaces over a quadratic field', () => {
  const next = random(5);
  let met = 0;
  for (let k = 0; k < 120; k++) {
    const m = matrix(Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => Math.floor(next() * 7) - 3)));
    for (const root of rootsOf(characteristicPolynomial(m)) ?? []) {
      const shifted = m.map((row, i) => row.map((x, j) => (i === j ? plus(surd(x), negative(root)) : surd(x))));
      const basis = surdNullSpace(shifted);
      expect(basis.length).toBeGreaterThan(0);
      for (const v of basis)
        for (const row of shifted) expect(isNothing(row.map((x, j) => times(x, v[j])).reduce(plus))).toBe(true);
      met++;
    }
  }
  expect(met).toBeGreaterThan(60);
});
