import type { Fact } from '../../src/core/inspect/facts';
import type { Inspection, Picture } from '../../src/core/panel';
import type { Complex, DType } from '../../src/core/values/dtype';
import { fromElements, ndarray } from '../../src/core/values/ndarray';
import { arrayValue, scalar, stringValue, tuple, type Value } from '../../src/core/values/value';
import type { Subject, ToPanel } from '../../src/protocol/panel';

const SUBJECT: Subject = { uri: 'file:///samples/layers.py', version: 7, label: 'layers.py:12' };

const ints = (shape: readonly number[], items: readonly number[], dtype: DType = 'int64'): Value =>
  arrayValue(fromElements(dtype, shape, items));

function sample(source: string, parts: Partial<Inspection>): Inspection {
  return {
    languageId: 'python',
    dialect: 'python',
    span: { start: 120, end: 120 + source.length },
    source,
    status: 'ok',
    needsMore: false,
    summary: [],
    facts: [],
    notes: [],
    steps: [],
    pictures: [],
    links: [],
    editable: [],
    ...parts,
  };
}

function heat(label: string, rows: number, columns: number): Extract<Picture, { kind: 'heatmap' }> {
  const values = Float64Array.from({ length: rows * columns }, (_, k) => {
    const [i, j] = [Math.floor(k / columns), k % columns];
    return Math.sin(i / 3) * Math.cos(j / 4) * 2.5;
  });
  values[3] = Number.NaN;
  values[columns + 5] = Number.POSITIVE_INFINITY;
  return { kind: 'heatmap', label, rows, columns, values };
}

const passes = sample('x @ A @ x', {
  pass: { number: 7, count: 12, text: 'Pass 7 of 12, called from line 3' },
  value: scalar('float64', 3.6),
  text: '3.6',
  summary: ['float64'],
  pictures: [
    {
      kind: 'passes',
      label: 'x @ A @ x',
      number: 7,
      count: 12,
      stride: 1,
      width: 1,
      values: Float64Array.from({ length: 12 }, (_, k) => 3.62 - 0.6 ** k),
    },
  ],
});

const matrixFacts: readonly Fact[] = [
  { label: 'shape', text: '2×2' },
  { label: 'dtype', text: 'int64' },
  { label: 'rank', text: '2' },
  { label: 'determinant', text: '-2' },
  { label: 'trace', text: '5' },
  { label: 'condition number', text: '14.933', detail: 'Largest singular value over the smallest.' },
  { label: 'eigenvalues', text: '-0.372281, 5.37228', latex: '\\tfrac{5 \\pm \\sqrt{33}}{2}', residual: 2.22e-16 },
  { label: 'singular values', text: '5.46499, 0.365966', residual: 1.1e-16 },
];

const matrix = sample('W = np.array([[1, 2], [3, 4]])', {
  name: 'W',
  value: ints([2, 2], [1, 2, 3, 4]),
  text: 'array([[1, 2],\n       [3, 4]])',
  latex: '\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}',
  sourceLatex: 'W = \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}',
  summary: ['2×2 int64', 'rank 2', 'det -2', 'κ 14.9'],
  facts: matrixFacts,
  pictures: [
    { kind: 'linear-map', matrix: { label: 'W', entries: [1, 2, 3, 4], operand: 'matrix' } },
    { ...heat('W', 2, 2), values: Float64Array.of(1, 2, 3, 4) },
  ],
  editable: [{ operand: 'matrix', span: { start: 133, end: 149 }, shape: [2, 2] }],
});

const product = sample('W @ x', {
  value: ints([2], [11, 25]),
  text: 'array([11, 25])',
  latex: '\\begin{bmatrix} 11 \\\\ 25 \\end{bmatrix}',
  sourceLatex: 'W\\mathbf{x}',
  summary: ['2 int64', 'norm 27.31'],
  facts: [
    { label: 'shape', text: '2' },
    { label: 'norm', text: '27.313000567495326', latex: '\\sqrt{746}', detail: 'Euclidean length' },
  ],
  steps: [
    {
      sentence: 'Each entry is the dot product of a row of W with x.',
      latex:
        '\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} \\begin{bmatrix} 3 \\\\ 4 \\end{bmatrix} = \\begin{bmatrix} 1\\cdot3+2\\cdot4 \\\\ 3\\cdot3+4\\cdot4 \\end{bmatrix}',
      span: { start: 120, end: 125 },
      operands: [
        { start: 120, end: 121 },
        { start: 124, end: 125 },
      ],
      children: [
        { sentence: 'Row 0 with x', latex: '1\\cdot3+2\\cdot4 = 3 + 8 = 11' },
        { sentence: 'Row 1 with x', latex: '3\\cdot3+4\\cdot4 = 9 + 16 = 25' },
      ],
    },
    {
      sentence: 'Add the products.',
      latex: '\\begin{bmatrix} 3+8 \\\\ 9+16 \\end{bmatrix} = \\begin{bmatrix} 11 \\\\ 25 \\end{bmatrix}',
      span: { start: 120, end: 125 },
    },
  ],
  pictures: [
    {
      kind: 'matrix-vector',
      matrix: { label: 'W', entries: [1, 2, 3, 4], operand: 'matrix' },
      vector: { label: 'x', components: [3, 4], operand: 'vector' },
    },
  ],
  editable: [
    { operand: 'matrix', span: { start: 10, end: 26 }, shape: [2, 2] },
    { operand: 'vector', span: { start: 40, end: 46 }, shape: [2] },
  ],
});

const dot = sample('np.dot(a, b)', {
  value: scalar('int64', 11),
  text: '11',
  latex: '11',
  sourceLatex: '\\mathbf{a} \\cdot \\mathbf{b}',
  summary: ['int64'],
  facts: [{ label: 'type', text: 'int64' }],
  steps: [{ sentence: 'Multiply entry by entry and add.', latex: '1\\cdot3 + 2\\cdot4 = 3 + 8 = 11' }],
  pictures: [
    {
      kind: 'dot-product',
      a: { label: 'a', components: [1, 2], operand: 'a' },
      b: { label: 'b', components: [3, 4], operand: 'b' },
    },
  ],
  editable: [
    { operand: 'a', span: { start: 10, end: 16 }, shape: [2] },
    { operand: 'b', span: { start: 30, end: 36 }, shape: [2] },
  ],
});

const distance = sample('np.linalg.norm(a - b)', {
  value: scalar('float64', Math.hypot(2, 2)),
  text: '2.8284271247461903',
  latex: '\\sqrt{8} \\approx 2.83',
  sourceLatex: '\\lVert \\mathbf{a} - \\mathbf{b} \\rVert',
  summary: ['float64'],
  facts: [{ label: 'norm', text: '2.82843', latex: '\\sqrt{8}', detail: 'Euclidean length' }],
  steps: [{ sentence: 'The root of the sum of squares.', latex: '\\sqrt{(1-3)^2+(2-4)^2} = \\sqrt{8} \\approx 2.83' }],
  pictures: [
    {
      kind: 'vector-difference',
      a: { label: 'a', components: [1, 2], operand: 'a' },
      b: { label: 'b', components: [3, 4], operand: 'b' },
    },
  ],
  editable: [{ operand: 'a', span: { start: 10, end: 16 }, shape: [2] }],
});

const heatmap = heat('K', 20, 30);
const kernel = sample('np.outer(np.sin(u), np.cos(v)) * 2.5', {
  name: 'K',
  value: arrayValue(ndarray('float64', [20, 30], heatmap.values)),
  text: 'array([[ 0. ,  0. ,  0. , ..., ]])',
  latex: 'K \\in \\mathbb{R}^{20 \\times 30}',
  summary: ['20×30 float64', 'rank 1'],
  facts: [
    { label: 'shape', text: '20×30' },
    { label: 'range', text: '-2.49 to 2.5' },
  ],
  pictures: [heatmap],
});

const large = sample('big', {
  value: arrayValue(
    ndarray(
      'float64',
      [1000, 1000],
      Float64Array.from({ length: 1e6 }, (_, k) => Math.round(Math.sin(k) * 1e6) / 1e3),
    ),
  ),
  summary: ['1000×1000 float64'],
  facts: [{ label: 'shape', text: '1000×1000' }],
});

const complexes = (items: readonly Complex[], shape: readonly number[]): Value =>
  arrayValue(fromElements('complex128', shape, items));
const eigen = sample('np.linalg.eig(R)', {
  value: tuple([
    complexes(
      [
        { re: 0, im: 1 },
        { re: 0, im: -1 },
      ],
      [2],
    ),
    complexes(
      [
        { re: Math.SQRT1_2, im: 0 },
        { re: Math.SQRT1_2, im: -0 },
        { re: 0, im: -Math.SQRT1_2 },
        { re: 0, im: Math.SQRT1_2 },
      ],
      [2, 2],
    ),
    stringValue('a string of the tuple'),
    scalar('bool', true),
  ]),
  text: '(array([0.+1.j, 0.-1.j]), …)',
  summary: ['tuple of 4'],
  facts: [{ label: 'residual', text: 'A v = λ v', residual: 2.2e-16 }],
});

const volume = sample('batch', {
  value: arrayValue(
    ndarray(
      'float32',
      [3, 2, 4, 5],
      Float32Array.from({ length: 120 }, (_, k) => k / 10),
    ),
  ),
  summary: ['3×2×4×5 float32'],
});

const unknown = sample('model(x)', {
  status: 'unknown',
  message: 'x: a parameter, known only when the code runs',
  messageSpan: { start: 6, end: 7 },
});

const error = sample('A @ B', {
  status: 'error',
  message:
    'ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)',
  messageSpan: { start: 120, end: 125 },
  sourceLatex: 'A B',
});

const equality = sample(
  'W\\mathbf{x} = \\begin{bmatrix} 1\\cdot3+2\\cdot4 \\\\ 3\\cdot3+4\\cdot4 \\end{bmatrix} = \\begin{bmatrix} 11 \\\\ 26 \\end{bmatrix} = \\mathbf{y}',
  {
    languageId: 'latex',
    dialect: 'latex',
    value: ints([2, 1], [11, 25]),
    latex: '\\begin{bmatrix} 11 \\\\ 25 \\end{bmatrix}',
    text: '[11; 25]',
    sourceLatex: 'W\\mathbf{x} = \\begin{bmatrix} 11 \\\\ 26 \\end{bmatrix} = \\mathbf{y}',
    summary: ['2×1'],
    links: [
      {
        source: 'W\\mathbf{x} = \\begin{bmatrix} 1\\cdot3+2\\cdot4 \\\\ … \\end{bmatrix}',
        span: { start: 120, end: 160 },
        holds: true,
      },
      {
        source: '… = \\begin{bmatrix} 11 \\\\ 26 \\end{bmatrix}',
        span: { start: 160, end: 190 },
        holds: false,
        reason: 'Row 2 is 25 on the left and 26 on the right.',
      },
      { source: '… = \\mathbf{y}', span: { start: 190, end: 200 }, reason: 'y has no definition in this document.' },
    ],
  },
);

const show = (inspection: Inspection): ToPanel => ({ type: 'inspection', inspection, subject: SUBJECT });

const past: ToPanel = {
  type: 'history',
  entries: [
    { id: 4, source: 'W @ x', summary: '2 int64', status: 'ok' },
    { id: 3, source: 'np.linalg.norm(a - b)', summary: '2.8284271247461903', status: 'ok' },
    { id: 2, source: 'A @ B', summary: '', status: 'error' },
    { id: 1, source: 'model(x)', summary: '', status: 'unknown' },
  ],
};

/** A derivation as deep and as long as they come, with ways to choose from. */
const derivation = sample('np.linalg.det(M)', {
  value: scalar('float64', -2),
  text: '-2.0',
  latex: '-2',
  summary: ['float64'],
  steps: [
    { sentence: 'A determinant of a product.', latex: '\\det(\\underbrace{M}_{3 \\times 3})', outline: true },
    {
      sentence: 'Determinant by cofactors of the first row.',
      latex: '\\det M = 1 \\cdot (-2) = -2',
      method: 'Cofactors',
      span: { start: 120, end: 136 },
      operands: [{ start: 134, end: 135 }],
      children: Array.from({ length: 20 }, (_, k) => ({
        sentence: `Minor ${k + 1}.`,
        latex: `m_{${k + 1}} = ${k}`,
        span: { start: 134, end: 135 },
        ...(k === 0 ? { children: [{ sentence: 'A 2×2 determinant.', latex: 'ad - bc' }] } : {}),
      })),
      alternatives: [
        {
          sentence: 'Determinant by elimination.',
          latex: '\\det M = 1 \\cdot 2 \\cdot (-1)',
          method: 'Elimination',
          children: [{ sentence: 'Clear the first column.', latex: 'R_2 \\leftarrow R_2 - 3R_1' }],
        },
      ],
    },
  ],
});

/** Messages that bring the panel into each of its states. */
export const SAMPLES: Readonly<Record<string, readonly ToPanel[]>> = {
  empty: [{ type: 'empty' }],
  matrix: [show(matrix), past],
  passes: [show(passes), past],
  product: [show(product), past],
  dot: [show(dot)],
  distance: [show(distance)],
  heat: [show(kernel)],
  large: [show(large)],
  eigen: [show(eigen)],
  volume: [show(volume)],
  derivation: [show(derivation)],
  unknown: [show(unknown), past],
  error: [show(error), past],
  equality: [show(equality)],
  busy: [show(product), { type: 'busy', busy: true, source: 'np.linalg.svd(big)' }],
};
