import { rationalLatex } from '../exact/rational';
import { multiply, type RationalMatrix } from '../exact/rational-matrix';
import * as complex from '../values/complex';
import type { Element } from '../values/dtype';
import { rationalDiagonalForm } from './eigen';
import { agrees, exactLatex } from './exact-notation';
import { agreesWith, allNumbers, entry, gridFrom, isReal, isScalar, onGrids, transposed } from './grids';
import { exactly, GROWN, isSquare, type Method, readable } from './method';
import { bracket, factor, type Grid, provenance, relation, rowsLatex, sum, typeset, written } from './notation';
import type { Step } from './step';

const shapeText = (g: Grid): string => (g.columns === 1 ? `${g.rows}-vector` : `${g.rows}×${g.columns} matrix`);

/** Larger products are not checked entry by entry. */
const MAX_CHECKED = 4096;

/** Entry by entry, product of rows and columns. */
export const product: Method = onGrids(([a, b], result, node) => {
  if (!b) return undefined;
  // NumPy's vector @ matrix: the 1-D left operand stands as a row.
  const left = a.columns !== b.rows && a.rows === b.rows && a.columns === 1 ? transposed(a) : a;
  if (left.columns !== b.rows || left.columns === 0) return undefined;
  const [rows, columns] = [left.rows, b.columns];
  if (rows * columns === 0) return undefined;
  if (node.result.kind === 'scalar' || (rows === 1 && columns === 1)) return dot(node);
  const shown = rows === result.rows ? result : transposed(result);
  // Narrow integers run over.
  const real = isReal(left) && isReal(b);
  const worked = (i: number, j: number): number =>
    Array.from({ length: left.columns }, (_, k) => Number(left.at(i, k)) * Number(b.at(k, j))).reduce(
      (s, x) => s + x,
      0,
    );
  if (real && rows * columns * left.columns <= MAX_CHECKED && !agreesWith(shown, worked)) return undefined;
  const term = (i: number, j: number) =>
    sum(left.columns, k => `${factor(left.at(i, k))} \\cdot ${factor(b.at(k, j))}`);
  const views = real ? viewsOf(left, b, shown) : [];
  return {
    sentence: sentenceOf(left, b),
    latex: `${typeset(left)} ${typeset(b)} = ${bracket(rows, columns, term)} ${relation(result)} ${typeset(shown)}`,
    ...provenance('products', shown, [left, 'row'], [b, 'column']),
    ...(views.length > 0 ? { method: 'Entries', alternatives: views } : {}),
  };
});

function sentenceOf(a: Grid, b: Grid): string {
  if (isStochastic(a) && b.columns === 1 && isDistribution(allNumbers(b)))
    return 'Markov step: the columns of the matrix are probabilities, and entry i adds up all ways to come to state i.';
  if (a.rows === 1 && isDistribution(allNumbers(a)) && isStochastic(transposed(b)))
    return 'Markov step: the rows of the matrix are probabilities, and entry j adds up all ways to come to state j.';
  return b.columns === 1 && a.rows > 1
    ? `Matrix times vector: entry i is row i of the ${shapeText(a)} times the ${shapeText(b)}.`
    : `Matrix product, ${a.rows}×${a.columns} by ${b.rows}×${b.columns} gives ${a.rows}×${b.columns}: entry (i, j) is row i times column j.`;
}

const isDistribution = (x: readonly number[]): boolean =>
  x.every(y => y >= 0 && y <= 1) && Math.abs(x.reduce((s, y) => s + y, 0) - 1) < 1e-9;

/** Whether every column is a distribution; a matrix of zeros and ones alone is more likely a permutation. */
function isStochastic(m: Grid): boolean {
  if (m.rows !== m.columns || m.rows < 2 || !isReal(m)) return false;
  const numbers = allNumbers(m);
  return (
    numbers.some(x => x > 0 && x < 1) &&
    Array.from({ length: m.columns }, (_, j) => numbers.filter((_, k) => k % m.columns === j)).every(isDistribution)
  );
}

/** Longer sides are not told column by column. */
const MAX_VIEW = 6;
const MAX_OUTER = 4;

const columnAt = (g: Grid, j: number): Grid => ({ rows: g.rows, columns: 1, at: i => g.at(i, j) });
const rowAt = (g: Grid, i: number): Grid => ({ rows: 1, columns: g.columns, at: (_, j) => g.at(i, j) });

/** `5 [1; 3] + 7 [2; 4]` */
const combination = (n: number, weight: (k: number) => Element, part: (k: number) => Grid): string =>
  sum(n, k => `${factor(weight(k))} ${typeset(part(k))}`);

/** The same product by columns, by rows, and as a sum of outer products. */
function viewsOf(a: Grid, b: Grid, result: Grid): Step[] {
  if (Math.max(a.rows, a.columns, b.columns) > MAX_VIEW) return [];
  const end = `${relation(result)} ${typeset(result)}`;
  const n = a.columns;
  const columnLine = (j: number): string =>
    `${combination(
      n,
      k => b.at(k, j),
      k => columnAt(a, k),
    )} ${relation(columnAt(result, j))} ${typeset(columnAt(result, j))}`;
  const rowLine = (i: number): string =>
    `${combination(
      n,
      k => a.at(i, k),
      k => rowAt(b, k),
    )} ${relation(rowAt(result, i))} ${typeset(rowAt(result, i))}`;
  const views: Step[] = [];
  if (b.columns === 1)
    views.push({
      sentence: 'By columns: the entries of the vector weigh the columns of the matrix.',
      latex: columnLine(0),
      method: 'Columns',
    });
  else if (a.rows > 1)
    views.push({
      sentence: 'By columns: column j of the product is the left matrix times column j, a combination of its columns.',
      latex: `${sides(b.columns, j => `A b_{${j + 1}}`)} ${end}`,
      method: 'Columns',
      children: Array.from({ length: b.columns }, (_, j) => ({
        sentence: `Column ${j + 1} weighs the columns of the left matrix.`,
        latex: `A b_{${j + 1}} = ${columnLine(j)}`,
      })),
    });
  if (a.rows === 1)
    views.push({
      sentence: 'By rows: the entries of the vector weigh the rows of the matrix.',
      latex: rowLine(0),
      method: 'Rows',
    });
  else if (b.columns > 1) {
    views.push({
      sentence: 'By rows: row i of the product is row i times the right matrix, a combination of its rows.',
      latex: `\\begin{bmatrix} ${Array.from({ length: a.rows }, (_, i) => `a_{${i + 1}}^T B`).join(' \\\\ ')} \\end{bmatrix} ${end}`,
      method: 'Rows',
      children: Array.from({ length: a.rows }, (_, i) => ({
        sentence: `Row ${i + 1} weighs the rows of the right matrix.`,
        latex: `a_{${i + 1}}^T B = ${rowLine(i)}`,
      })),
    });
    if (n > 1 && Math.max(a.rows, n, b.columns) <= MAX_OUTER) views.push(outerView(a, b, end));
  }
  return views;
}

const sides = (n: number, part: (j: number) => string): string =>
  `\\begin{bmatrix} ${Array.from({ length: n }, (_, j) => part(j)).join(' & ')} \\end{bmatrix}`;

/** The product as a sum of columns times rows. */
function outerView(a: Grid, b: Grid, end: string): Step {
  const terms = Array.from({ length: a.columns }, (_, k) =>
    gridFrom(a.rows, b.columns, (i, j) => Number(a.at(i, k)) * Number(b.at(k, j))),
  );
  return {
    sentence: 'As a sum of outer products: column k of the left times row k of the right, for every k.',
    latex: `${terms.map(typeset).join(' + ')} ${end}`,
    method: 'Outer products',
    children: terms.map((t, k) => ({
      sentence: `Column ${k + 1} times row ${k + 1}.`,
      latex: `${typeset(columnAt(a, k))} ${typeset(rowAt(b, k))} ${relation(t)} ${typeset(t)}`,
    })),
  };
}

/** Two vectors of one length. */
export const dot: Method = onGrids(([a, b], result) => {
  if (!b) return undefined;
  const n = a.rows * a.columns;
  if (n !== b.rows * b.columns || n === 0 || !isScalar(result)) return undefined;
  const terms = Array.from({ length: n }, (_, k) =>
    complex.multiply(complex.toComplex(entry(a, k)), complex.toComplex(entry(b, k))),
  );
  const off = complex.subtract(terms.reduce(complex.add), complex.toComplex(result.at(0, 0)));
  // Some products of complex vectors conjugate one of them, and narrow integers run over.
  if (!(complex.abs(off) <= 1e-6 * terms.reduce((s, x) => s + complex.abs(x), 0))) return undefined;
  const work = sum(n, k => `${factor(entry(a, k))} \\cdot ${factor(entry(b, k))}`);
  return {
    sentence: 'Dot product: multiply entry by entry and add.',
    latex: `${work} ${relation(result)} ${typeset(result)}`,
    ...provenance('products', result, [a, 'all'], [b, 'all']),
  };
});

/** The cross product of two vectors of three entries. */
export const cross: Method = onGrids(([a, b], result) => {
  if (!b || [a, b, result].some(g => g.rows * g.columns !== 3)) return undefined;
  const line = (i: number, j: number): string =>
    `${factor(entry(a, i))} \\cdot ${factor(entry(b, j))} - ${factor(entry(a, j))} \\cdot ${factor(entry(b, i))}`;
  const work = [line(1, 2), line(2, 0), line(0, 1)].join(' \\\\ ');
  const row = (g: Grid): string => [0, 1, 2].map(k => written(entry(g, k)).latex).join(' & ');
  const column = result.columns === 1 ? result : transposed(result);
  const end = `\\begin{bmatrix} ${work} \\end{bmatrix} ${relation(result)} ${typeset(column)}`;
  return {
    sentence: 'Cross product: each entry is a 2×2 determinant of the other two rows.',
    latex: end,
    method: 'Entries',
    alternatives: [
      {
        sentence: 'As a determinant with the unit vectors in its first row.',
        latex: `\\begin{vmatrix} e_1 & e_2 & e_3 \\\\ ${row(a)} \\\\ ${row(b)} \\end{vmatrix} = ${end}`,
        method: 'Determinant',
      },
    ],
  };
});

/** Every entry of one vector times every entry of the other. */
export const outer: Method = onGrids(([a, b], result) => {
  if (!b || result.rows !== a.rows * a.columns || result.columns !== b.rows * b.columns) return undefined;
  const work = bracket(result.rows, result.columns, (i, j) => `${factor(entry(a, i))} \\cdot ${factor(entry(b, j))}`);
  const left: Grid = { rows: result.rows, columns: 1, at: i => entry(a, i) };
  const right: Grid = { rows: 1, columns: result.columns, at: (_, j) => entry(b, j) };
  return {
    sentence: 'Outer product: entry (i, j) is entry i of the first times entry j of the second.',
    latex: `${typeset(left)} ${typeset(right)} = ${work} ${relation(result)} ${typeset(result)}`,
    ...provenance('products', result, [left, 'row'], [right, 'column']),
  };
});

/** Rows become columns. */
export const transpose: Method = onGrids(([a], result, node) => {
  const [value] = node.operands;
  if (!a || result.rows !== a.columns || a.rows * a.columns === 0) return undefined;
  // A 1-D array is its own transpose.
  if (value?.kind !== 'array' || value.array.shape.length !== 2) return undefined;
  return {
    sentence: 'Transpose: row i becomes column i.',
    latex: `${typeset(a)}^T = ${typeset(result)}`,
    ...provenance('move', result, [a, 'mirrored']),
  };
});

/** The sum of the diagonal. */
export const trace: Method = onGrids(([a, ...others], result) => {
  if (!a || a.rows !== a.columns || a.rows === 0 || others.length > 0) return undefined;
  const total = Array.from({ length: a.rows }, (_, k) => Number(a.at(k, k))).reduce((s, x) => s + x, 0);
  // Another diagonal may be meant.
  if (Math.abs(total - Number(result.at(0, 0))) > 1e-9 * Math.max(1, Math.abs(total))) return undefined;
  return {
    sentence: 'Trace: the sum of the diagonal.',
    latex: `${sum(a.rows, k => factor(a.at(k, k)))} ${relation(result)} ${typeset(result)}`,
  };
});

/** Highest power that is multiplied out. */
const MAX_POWER = 6;
/** Highest power by diagonalisation. */
const MAX_DIAGONAL_POWER = 40;

/** A whole power of a matrix: one product after the other, by squaring, or by its diagonal form. */
export const power: Method = node => {
  const exponent = node.operands[1]?.kind === 'scalar' ? Number(node.operands[1].value) : Number.NaN;
  if (!Number.isInteger(exponent) || exponent < 2 || node.operands[0]?.kind === 'scalar') return undefined;
  return exactly(1, (_, a) => {
    if (!isSquare(a) || a.length < 2 || exponent > MAX_DIAGONAL_POWER) return undefined;
    const powers = [a];
    for (let k = 2; k <= exponent; k++) {
      powers.push(multiply(powers[powers.length - 1], a));
      if (!readable(powers[k - 1])) return GROWN;
    }
    const result = powers[powers.length - 1];
    // In NumPy `**` raises every entry by itself.
    if (!agrees(result, node.result)) return undefined;
    const start = `${exactLatex(a)}^{${exponent}}`;
    const end = `${start} = ${exactLatex(result)}`;
    const repeated: Step = {
      sentence: `Power: ${exponent - 1} product${exponent > 2 ? 's' : ''} of the matrix with itself.`,
      latex: end,
      method: 'Products',
      children: powers.slice(1).map((next, k) => ({
        sentence: k === 0 ? 'Multiply the matrix by itself.' : 'Multiply by the matrix once more.',
        latex: `A^{${k + 2}} = ${exactLatex(powers[k])} ${exactLatex(a)} = ${exactLatex(next)}`,
      })),
    };
    const steps = [
      ...(exponent <= MAX_POWER ? [repeated] : []),
      ...(exponent > 3 ? [bySquaring(powers, exponent, end)] : []),
      ...[byDiagonal(a, exponent, end)].flatMap(s => s ?? []),
    ];
    const [first, ...others] = steps;
    return others.length > 0 ? { ...first, alternatives: others } : { ...first, method: undefined };
  })(node);
};

/** Squares, and one more factor wherever the exponent is odd. */
function bySquaring(powers: readonly RationalMatrix[], exponent: number, end: string): Step {
  const children: Step[] = [];
  let reached = 1;
  for (const bit of exponent.toString(2).slice(1)) {
    children.push({
      sentence: 'Square.',
      latex: `A^{${2 * reached}} = \\left(A^{${reached}}\\right)^2 = ${exactLatex(powers[2 * reached - 1])}`,
    });
    reached *= 2;
    if (bit === '1') {
      children.push({
        sentence: 'The exponent is odd here: multiply by A once.',
        latex: `A^{${reached + 1}} = A^{${reached}} A = ${exactLatex(powers[reached])}`,
      });
      reached++;
    }
  }
  return {
    sentence: `Power by squaring: ${children.length} products instead of ${exponent - 1}.`,
    latex: end,
    method: 'Squaring',
    children,
  };
}

/** A^k = P D^k P⁻¹, where the eigenvalues are rational and there are enough eigenvectors. */
function byDiagonal(a: RationalMatrix, exponent: number, end: string): Step | undefined {
  const form = rationalDiagonalForm(a);
  if (!form) return undefined;
  const diagonal = (entries: readonly string[]): string =>
    `\\begin{bmatrix} ${rowsLatex(entries.map((d, i) => entries.map((_, j) => (i === j ? d : '0')).join(' & ')))} \\end{bmatrix}`;
  const d = form.d.map(x =>
    x.d === 1n && x.s >= 0n ? `${rationalLatex(x)}^{${exponent}}` : `\\left(${rationalLatex(x)}\\right)^{${exponent}}`,
  );
  return {
    sentence: 'Power by diagonalisation: only the eigenvalues are raised, Aᵏ = P Dᵏ P⁻¹.',
    latex: end,
    method: 'Diagonalisation',
    children: [
      {
        sentence: 'A = P D P⁻¹ with the eigenvectors in P.',
        latex: `${exactLatex(a)} = ${exactLatex(form.p)} ${diagonal(form.d.map(rationalLatex))} ${exactLatex(form.inverse)}`,
      },
      {
        sentence: 'Raise the diagonal.',
        latex: `${exactLatex(form.p)} ${diagonal(d)} ${exactLatex(form.inverse)} = ${end.slice(end.lastIndexOf(' = ') + 3)}`,
      },
    ],
  };
}
