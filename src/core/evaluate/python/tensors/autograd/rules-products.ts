import { sizeOf } from '../../../../values/ndarray';
import { NONE, type Value } from '../../../../values/value';
import { given } from '../tensor';
import type { Operations } from './node';
import { each, type Gradient, type Recorded, type Rule, rule } from './rules';
import { shapeOf } from './rules-reductions';

/** Products of matrices and vectors, and what is solved with them. */

const v = (x: Value | undefined): Value => x ?? NONE;
const turned = (m: Value, t: Operations): Value => t('transpose', m, -1, -2);

/** The node of `a @ b`, which depends on their dimensions. */
function productNode(x: Recorded): string | undefined {
  const [p, q] = [shapeOf(x.input), shapeOf(x.other ?? x.mat2 ?? x.tensor)];
  if (p.length === 1 && q.length === 1) return 'DotBackward0';
  if (p.length === 2 && q.length === 1) return 'MvBackward0';
  if (p.length === 2 && q.length === 2) return 'MmBackward0';
  return p.length > 2 ? 'UnsafeViewBackward0' : undefined;
}

/** The gradient of the left side of a product: g bᵀ, with vectors as the rows and columns that they stand for. */
function leftGradient(g: Value, a: Value, b: Value, t: Operations): Value {
  const [p, q] = [shapeOf(a), shapeOf(b)];
  if (p.length === 1 && q.length === 1) return t('mul', b, g);
  if (q.length === 1) {
    const whole = t('mul', t('unsqueeze', g, -1), b);
    return whole;
  }
  if (p.length === 1) return t('reshape', rows(t('matmul', t('unsqueeze', g, -2), turned(b, t)), p, t), p);
  if (p.length > 2 && q.length === 2) {
    const [n, m] = [sizeOf(p.slice(0, -1)), q[1]];
    return t('reshape', t('mm', t('reshape', g, [n, m]), turned(b, t)), p);
  }
  return t('matmul', g, turned(b, t));
}

/** Sums over the leading dimensions that a vector was repeated along. */
const rows = (g: Value, shape: readonly number[], t: Operations): Value => {
  const n = shape[shape.length - 1];
  const all = shapeOf(g);
  return sizeOf(all) === n ? g : t('sum', t('reshape', g, [sizeOf(all) / n, n]), 0);
};

function rightGradient(g: Value, a: Value, b: Value, t: Operations): Value {
  const [p, q] = [shapeOf(a), shapeOf(b)];
  if (p.length === 1 && q.length === 1) return t('mul', a, g);
  if (q.length === 1) {
    const n = sizeOf(p.slice(0, -1));
    return t('mv', turned(t('reshape', a, [n, q[0]]), t), t('reshape', g, [n]));
  }
  if (p.length === 1) return t('mul', t('unsqueeze', a, -1), t('unsqueeze', g, -2));
  if (p.length > 2 && q.length === 2) {
    const n = sizeOf(p.slice(0, -1));
    return t('mm', turned(t('reshape', a, [n, q[0]]), t), t('reshape', g, [n, q[1]]));
  }
  return t('matmul', turned(a, t), g);
}

const product = (name: Rule['name'], second: string): Rule =>
  rule(name, {
    input: [second, (g, x, t) => leftGradient(g, v(x.input), v(x[second]), t)],
    [second]: ['input', (g, x, t) => rightGradient(g, v(x.input), v(x[second]), t)],
  });

/** The node of `x Wᵀ + b`. */
function linearNode(x: Recorded): string | undefined {
  const n = shapeOf(x.input).length;
  const biased = x.bias !== undefined && x.bias.kind !== 'none';
  if (n === 1) return biased ? 'AddBackward0' : undefined;
  if (n === 2) return biased ? 'AddmmBackward0' : 'MmBackward0';
  return biased ? 'ViewBackward0' : 'UnsafeViewBackward0';
}

const flat = (x: Value, t: Operations): Value => {
  const shape = shapeOf(x);
  return t('reshape', x, [sizeOf(shape.slice(0, -1)), shape[shape.length - 1]]);
};

/** The letters of each operand and of the result of an einsum; undefined for one with dots or letters twice. */
function lettersOf(x: Recorded): { readonly from: readonly string[]; readonly to: string } | undefined {
  const equation = x.equation?.kind === 'string' ? x.equation.value.replaceAll(' ', '') : '.';
  if (equation.includes('.')) return undefined;
  const [left, right] = equation.split('->');
  const from = left.split(',');
  if (from.some(letters => new Set(letters).size < letters.length)) return undefined;
  const all = [...left.replaceAll(',', '')];
  const once = [...new Set(all)].filter(c => all.filter(o => o === c).length === 1).sort();
  return { from, to: right ?? once.join('') };
}

/** Each operand's gradient: the sum of the others and the incoming one over the letters that it has not. */
const einsum: Gradient = (g, x, t) => {
  const letters = lettersOf(x);
  const operands = x.operands?.kind === 'tuple' ? x.operands.items : [];
  if (!letters || operands.length !== letters.from.length) return undefined;
  return operands.map((own, k) => {
    const mine = letters.from[k];
    const others = operands.filter((_, i) => i !== k);
    const there = [letters.to, ...letters.from.filter((_, i) => i !== k)];
    const kept = [...mine].filter(c => there.some(s => s.includes(c))).join('');
    const equation: Value = { kind: 'string', value: `${there.join(',')}->${kept}` };
    const found = t('einsum', equation, g, ...others);
    // What is summed in this operand alone counts everywhere along it.
    const wide = [...mine].reduce((e, c, axis) => (kept.includes(c) ? e : t('unsqueeze', e, axis)), found);
    return t('broadcast_to', wide, shapeOf(own));
  });
};

export const PRODUCT_RULES: readonly (readonly [string, Rule])[] = [
  ['einsum', rule(undefined, { operands: ['operands', einsum] })],
  ['matmul', product(productNode, 'other')],
  ['mm', product('MmBackward0', 'mat2')],
  ['mv', product('MvBackward0', 'mat2')],
  ['bmm', product('BmmBackward0', 'mat2')],
  ['dot', product('DotBackward0', 'tensor')],
  [
    'linear',
    rule(linearNode, {
      input: ['weight', (g, x, t) => t('reshape', t('mm', flat(g, t), v(x.weight)), shapeOf(x.input))],
      weight: ['input', (g, x, t) => t('mm', turned(flat(g, t), t), flat(v(x.input), t))],
      bias: (g, _, t) => (shapeOf(g).length === 1 ? g : t('sum', flat(g, t), 0)),
    }),
  ],
  [
    'addmm',
    rule('AddmmBackward0', {
      input: (g, x, t) => (x.beta ? t('mul', g, x.beta) : g),
      mat1: ['mat2', (g, x, t) => (x.alpha ? undefined : t('mm', g, turned(v(x.mat2), t)))],
      mat2: ['mat1', (g, x, t) => (x.alpha ? undefined : t('mm', turned(v(x.mat1), t), g))],
    }),
  ],
  ...each(
    'outer ger',
    rule('MulBackward0', {
      input: ['vec2', (g, x, t) => t('mv', g, v(x.vec2))],
      vec2: ['input', (g, x, t) => t('mv', turned(g, t), v(x.input))],
    }),
  ),
  ...each(
    'inverse linalg.inv',
    rule(
      undefined,
      Object.fromEntries(
        ['input', 'A'].map(name => [
          name,
          [
            'result',
            (g: Value, x: Recorded, t: Operations) =>
              t('neg', t('matmul', turned(x.result, t), t('matmul', g, turned(x.result, t)))),
          ] as const,
        ]),
      ),
    ),
  ),
  ...each(
    'det linalg.det',
    rule(
      'LinalgDetBackward0',
      Object.fromEntries(
        ['input', 'A'].map(name => [
          name,
          [
            `${name} result`,
            (g: Value, x: Recorded, t: Operations) =>
              t(
                'mul',
                t('unsqueeze', t('unsqueeze', t('mul', g, x.result), -1), -1),
                turned(t('inverse', v(x[name])), t),
              ),
          ] as const,
        ]),
      ),
    ),
  ),
  [
    'cross',
    rule(undefined, {
      input: ['other dim', (g, x, t) => (given(x.dim) ? t('cross', v(x.other), g, x.dim) : t('cross', v(x.other), g))],
      other: ['input dim', (g, x, t) => (given(x.dim) ? t('cross', g, v(x.input), x.dim) : t('cross', g, v(x.input)))],
    }),
  ],
  [
    'linalg.solve',
    rule(undefined, {
      A: [
        'A result',
        (g, x, t) => {
          const b = t('linalg.solve', turned(v(x.A), t), g);
          const vector = shapeOf(x.result).length === 1;
          const column = (m: Value): Value => (vector ? t('unsqueeze', m, -1) : m);
          return t('neg', t('matmul', column(b), turned(column(x.result), t)));
        },
      ],
      B: ['A', (g, x, t) => t('linalg.solve', turned(v(x.A), t), g)],
    }),
  ],
];
