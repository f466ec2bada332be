import { describe, expect, it } from 'vitest';
import { fromElements, transpose } from '../../src/core/values/ndarray';
import { type ListValue, scalar, type Value } from '../../src/core/values/value';
import { cellWidth, isTypeset, latexPlane, leadingAxes, listAsArray, planeOf } from '../../webview/planes';

const listOf = (items: readonly Value[]): ListValue => ({ kind: 'list', items });

const count = (shape: readonly number[]) =>
  fromElements(
    'int64',
    shape,
    Array.from({ length: shape.reduce((n, m) => n * m, 1) }, (_, k) => k),
  );

describe('planeOf', () => {
  it('reads a vector as one row', () => {
    const plane = planeOf(count([3]));
    expect([plane.rows, plane.columns, plane.vector]).toEqual([1, 3, true]);
    expect(plane.at(0, 2)).toBe(2);
  });

  it('follows the strides of a view', () => {
    const plane = planeOf(transpose(count([2, 3])));
    expect([plane.rows, plane.columns]).toEqual([3, 2]);
    expect(plane.at(2, 1)).toBe(5);
    expect(plane.at(0, 1)).toBe(3);
  });

  it('fixes leading axes and clamps their indices', () => {
    const a = count([2, 3, 2, 2]);
    expect(leadingAxes(a)).toEqual([2, 3]);
    expect(planeOf(a, [1, 2]).at(1, 1)).toBe(23);
    expect(planeOf(a, [9, -1]).at(0, 0)).toBe(12);
  });

  it('has no cells where a side is zero', () => {
    expect(planeOf(count([0, 3])).rows).toBe(0);
    expect(planeOf(count([0, 3, 3])).rows).toBe(0);
  });
});

describe('latexPlane', () => {
  it('writes rows and columns', () => {
    expect(latexPlane(planeOf(count([2, 2])), String)).toBe('\\begin{bmatrix} 0 & 1 \\\\ 2 & 3 \\end{bmatrix}');
  });

  it('is for small planes only', () => {
    expect(isTypeset(planeOf(count([12, 12])))).toBe(true);
    expect(isTypeset(planeOf(count([13])))).toBe(false);
  });
});

it('finds the widest cell of a small plane', () => {
  expect(cellWidth(planeOf(count([40, 40])), String)).toBe(4);
});

describe('listAsArray', () => {
  const int = (x: number) => scalar('int64', x, true);
  it('reads nested lists of numbers as a matrix of their common type', () => {
    const rows = listOf([listOf([int(1), int(2)]), listOf([int(3), scalar('float64', 4.5, true)])]);
    expect(listAsArray(rows)).toMatchObject({ dtype: 'float64', shape: [2, 2], data: Float64Array.of(1, 2, 3, 4.5) });
    expect(listAsArray(listOf([int(1), int(2)]))?.shape).toEqual([2]);
  });

  it('leaves ragged lists, tuples and other items alone', () => {
    expect(listAsArray(listOf([listOf([int(1), int(2)]), listOf([int(3)])]))).toBeUndefined();
    expect(listAsArray(listOf([int(1), listOf([int(3)])]))).toBeUndefined();
    expect(listAsArray({ kind: 'tuple', items: [int(1)] })).toBeUndefined();
    expect(listAsArray(listOf([]))).toBeUndefined();
  });
});
