import { NONE, tuple, type Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import type { Operations } from '../autograd/node';
import { given } from '../tensor';
import { type Composed, composed } from './composed';
import { isLayer, layersIn } from './modules';

/** Recurrent networks, attention with several heads, and the layers of transformers, step by step. */

const v = (x: Value | undefined): Value => x ?? NONE;
const shapeOf = (x: Value | undefined): readonly number[] => toArray(v(x)).shape;
const flag = (x: Value | undefined): boolean => given(x) && isTrue(x);
const itemsOf = (x: Value | undefined): readonly Value[] =>
  x?.kind === 'tuple' || x?.kind === 'list' ? x.items : unknown('torch takes a tuple of tensors here');
const like = (x: Value, shape: readonly number[], t: Operations): Value =>
  t('zeros', [...shape], { named: { dtype: { kind: 'dtype', dtype: toArray(x).dtype, library: 'torch' } } });
const linear = (x: Value, w: Value, b: Value, t: Operations): Value => t('nn.functional.linear', x, w, b);

/** What one step makes of its input and of what it kept. */
type Cell = (x: Value, kept: readonly Value[], w: readonly Value[], t: Operations) => readonly Value[];

const CELLS: Readonly<Record<string, Cell>> = {
  lstm: (x, [h, c], [wi, wh, bi, bh], t) => {
    const gates = t('add', linear(x, wi, bi, t), linear(h, wh, bh, t));
    const [i, f, g, o] = itemsOf(t('chunk', gates, 4, 1));
    const next = t('add', t('mul', t('sigmoid', f), c), t('mul', t('sigmoid', i), t('tanh', g)));
    return [t('mul', t('sigmoid', o), t('tanh', next)), next];
  },
  gru: (x, [h], [wi, wh, bi, bh], t) => {
    const [r, z, n] = itemsOf(t('chunk', linear(x, wi, bi, t), 3, 1));
    const [hr, hz, hn] = itemsOf(t('chunk', linear(h, wh, bh, t), 3, 1));
    const reset = t('sigmoid', t('add', hr, r));
    const input = t('sigmoid', t('add', hz, z));
    const made = t('tanh', t('add', n, t('mul', hn, reset)));
    return [t('add', t('mul', t('sub', h, made), input), made)];
  },
  rnn_tanh: (x, [h], [wi, wh, bi, bh], t) => [t('tanh', t('add', linear(x, wi, bi, t), linear(h, wh, bh, t)))],
  rnn_relu: (x, [h], [wi, wh, bi, bh], t) => [t('relu', t('add', linear(x, wi, bi, t), linear(h, wh, bh, t)))],
};

/** The weights of one direction of one layer. */
function weightsOf(x: Bound, suffix: string): readonly Value[] {
  const all = x.weights?.kind === 'dict' ? x.weights.entries : [];
  const named = (name: string): Value =>
    all.find(([k]) => k.kind === 'string' && k.value === `${name}${suffix}`)?.[1] ?? NONE;
  return [named('weight_ih'), named('weight_hh'), named('bias_ih'), named('bias_hh')];
}

const recurrent =
  (kind: 'lstm' | 'gru' | 'rnn') =>
  (x: Bound, t: Operations): Value => {
    const cell =
      CELLS[kind === 'rnn' ? (x.nonlinearity?.kind === 'string' ? `rnn_${x.nonlinearity.value}` : 'rnn_tanh') : kind];
    const layers = needInteger(v(x.num_layers));
    const two = flag(x.bidirectional);
    if (real(x.dropout, 0) !== 0 && layers > 1 && flag(x.training))
      return unknown('dropout: random, known only when the code runs');
    const sequence = v(x.input);
    const single = shapeOf(sequence).length === 2;
    const first = flag(x.batch_first) && !single;
    let input = single ? t('unsqueeze', sequence, 1) : first ? t('transpose', sequence, 0, 1) : sequence;
    if (shapeOf(input).length !== 3) return unknown('a recurrent network takes sequences');
    const [, batch, features] = shapeOf(input);
    const wanted = shapeOf(weightsOf(x, '_l0')[0])[1];
    if (features !== wanted)
      return fail(`RuntimeError: input.size(-1) must be equal to input_size. Expected ${wanted}, got ${features}`);
    const hidden = shapeOf(weightsOf(x, '_l0')[1])[1];
    const states = kind === 'lstm' ? 2 : 1;
    const hx = given(x.hx) ? (states === 2 ? itemsOf(x.hx) : [x.hx]) : undefined;
    const began = (k: number, at: number): Value => {
      if (!hx) return like(input, [batch, hidden], t);
      return t('select', single ? t('unsqueeze', hx[k], 1) : hx[k], 0, at);
    };
    const ends: Value[][] = [];
    for (let layer = 0; layer < layers; layer++) {
      const directions = (two ? ['', '_reverse'] : ['']).map((side, d) => {
        const w = weightsOf(x, `_l${layer}${side}`);
        const steps = itemsOf(t('unbind', input, 0));
        let kept: readonly Value[] = Array.from({ length: states }, (_, k) => began(k, layer * (two ? 2 : 1) + d));
        const out = (d === 0 ? steps : steps.toReversed()).map(step => {
          kept = cell(step, kept, w, t);
          return kept[0];
        });
        ends.push([...kept]);
        return t('stack', tuple(d === 0 ? out : out.toReversed()), 0);
      });
      input = two ? t('cat', tuple(directions), 2) : directions[0];
    }
    const last = Array.from({ length: states }, (_, k) => {
      const all = t('stack', tuple(ends.map(e => e[k])), 0);
      return single ? t('squeeze', all, 1) : all;
    });
    const output = single ? t('squeeze', input, 1) : first ? t('transpose', input, 0, 1) : input;
    return tuple([output, states === 2 ? tuple(last) : last[0]]);
  };

const oneStep =
  (kind: 'lstm' | 'gru' | 'rnn') =>
  (x: Bound, t: Operations): Value => {
    const cell =
      CELLS[kind === 'rnn' ? (x.nonlinearity?.kind === 'string' ? `rnn_${x.nonlinearity.value}` : 'rnn_tanh') : kind];
    const w = weightsOf(x, '');
    const single = shapeOf(x.input).length === 1;
    const input = single ? t('unsqueeze', v(x.input), 0) : v(x.input);
    const states = kind === 'lstm' ? 2 : 1;
    const hx = given(x.hx) ? (states === 2 ? itemsOf(x.hx) : [x.hx]) : undefined;
    const kept = Array.from({ length: states }, (_, k) =>
      hx ? (single ? t('unsqueeze', hx[k], 0) : hx[k]) : like(input, [shapeOf(input)[0], shapeOf(w[1])[1]], t),
    );
    const made = cell(input, kept, w, t).map(e => (single ? t('squeeze', e, 0) : e));
    return states === 2 ? tuple(made) : made[0];
  };

/** A mask as numbers to add: true and what is −∞ leave out. */
function added(mask: Value, dtype: Value, t: Operations): Value {
  if (toArray(mask).dtype !== 'bool') return t('to', mask, dtype);
  const zeros = t('zeros', [...shapeOf(mask)], { named: { dtype } });
  return t('masked_fill', zeros, mask, {
    kind: 'scalar',
    dtype: 'float64',
    value: Number.NEGATIVE_INFINITY,
    weak: true,
  });
}

/** Attention with several heads: what it gives, and the weights by which each place looks at the others. */
function attention(x: Bound, t: Operations): Value {
  if (real(x.dropout, 0) !== 0 && flag(x.training)) return unknown('dropout: random, known only when the code runs');
  const heads = needInteger(v(x.num_heads));
  const single = shapeOf(x.query).length === 2;
  const first = flag(x.batch_first) && !single;
  const turned = (e: Value): Value => (single ? t('unsqueeze', e, 1) : first ? t('transpose', e, 1, 0) : e);
  const [q, k, w] = [x.query, x.key, x.value].map(e => turned(v(e)));
  const [length, batch, size] = shapeOf(q);
  const [source] = shapeOf(k);
  const [weight, bias] = [v(x.in_proj_weight), v(x.in_proj_bias)];
  const part = (e: Value, i: number): Value => (e.kind === 'none' ? e : t('narrow', e, 0, i * size, size));
  const [own, keys, values] = [q, k, w].map((e, i) => linear(e, part(weight, i), part(bias, i), t));
  const each = size / heads;
  const split = (e: Value, n: number): Value => t('transpose', t('reshape', e, [n, batch * heads, each]), 0, 1);
  const scaled = t('div', split(own, length), Math.sqrt(each));
  let scores = t('bmm', scaled, t('transpose', split(keys, source), -2, -1));
  const dtype: Value = { kind: 'dtype', dtype: toArray(q).dtype, library: 'torch' };
  if (given(x.attn_mask)) scores = t('add', scores, added(x.attn_mask, dtype, t));
  if (given(x.key_padding_mask)) {
    const mask = single ? t('unsqueeze', x.key_padding_mask, 0) : x.key_padding_mask;
    const wide = t('broadcast_to', t('reshape', added(mask, dtype, t), [batch, 1, 1, source]), [
      batch,
      heads,
      1,
      source,
    ]);
    scores = t('add', scores, t('reshape', wide, [batch * heads, 1, source]));
  }
  const weights = t('softmax', scores, -1);
  const mixed = t('reshape', t('transpose', t('bmm', weights, split(values, source)), 0, 1), [length * batch, size]);
  const out = t('reshape', linear(mixed, v(x.out_proj_weight), v(x.out_proj_bias), t), [length, batch, size]);
  const back = single ? t('squeeze', out, 1) : first ? t('transpose', out, 1, 0) : out;
  if (x.need_weights !== undefined && !isTrue(x.need_weights)) return tuple([back, NONE]);
  const perHead = t('reshape', weights, [batch, heads, length, source]);
  const shared =
    x.average_attn_weights !== undefined && !isTrue(x.average_attn_weights)
      ? perHead
      : t('div', t('sum', perHead, 1), heads);
  return tuple([back, single ? t('squeeze', shared, 0) : shared]);
}

/** One layer of a transformer: attention, then two linear layers, each beside what goes around it. */
function encoderLayer(x: Bound, t: Operations, c: Context): Value {
  const call = (layer: Value | undefined, input: Value): Value => c.call(v(layer), [input]);
  const attend = (input: Value): Value => {
    const masks = (
      [
        ['attn_mask', x.src_mask],
        ['key_padding_mask', x.src_key_padding_mask],
      ] as const
    ).flatMap(([name, value]) => (given(value) ? [{ name, value }] : []));
    const no: Value = { kind: 'scalar', dtype: 'bool', value: false, weak: true };
    const args = [...[input, input, input].map(value => ({ value })), ...masks, { name: 'need_weights', value: no }];
    const found = c.callNamed?.(v(x.self_attn), args) ?? unknown('attention is not followed here');
    return call(x.dropout1, itemsOf(found)[0]);
  };
  const activate = (input: Value): Value => {
    const f = v(x.activation);
    return f.kind === 'string' ? t(`nn.functional.${f.value}`, input) : c.call(f, [input]);
  };
  const widen = (input: Value): Value =>
    call(x.dropout2, call(x.linear2, call(x.dropout, activate(call(x.linear1, input)))));
  const source = v(x.src);
  if (flag(x.norm_first)) {
    const mixed = t('add', source, attend(call(x.norm1, source)));
    return t('add', mixed, widen(call(x.norm2, mixed)));
  }
  const mixed = call(x.norm1, t('add', source, attend(source)));
  return call(x.norm2, t('add', mixed, widen(mixed)));
}

function encoder(x: Bound, _: Operations, c: Context): Value {
  const layers = isLayer(x.layers) ? layersIn(x.layers) : unknown('an encoder without layers');
  const masks = (
    [
      ['src_mask', x.mask],
      ['src_key_padding_mask', x.src_key_padding_mask],
    ] as const
  ).flatMap(([name, value]) => (given(value) ? [{ name, value }] : []));
  const out = layers.reduce<Value>(
    (e, layer) => c.callNamed?.(layer, [{ value: e }, ...masks]) ?? unknown('an encoder is not followed here'),
    v(x.src),
  );
  return isLayer(x.norm) ? c.call(x.norm, [out]) : out;
}

const WEIGHTS = '**weights';
const f = (name: string): string => `nn.functional.${name}`;
const SEQUENCE = `input, hx=None, *, num_layers=, bidirectional=, batch_first=, dropout=, nonlinearity=, training=, ${WEIGHTS}`;

export const COMPOSED_NETWORKS: readonly Composed[] = [
  ...(['lstm', 'gru', 'rnn'] as const).flatMap(kind => [
    ...composed(f(kind), SEQUENCE, recurrent(kind)),
    ...composed(f(`${kind}_cell`), `input, hx=None, *, nonlinearity=, ${WEIGHTS}`, oneStep(kind)),
  ]),
  ...composed(
    f('multihead_attention'),
    'query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, *, num_heads=, dropout=, batch_first=, training=, in_proj_weight=, in_proj_bias=, out_proj_weight=, out_proj_bias=',
    attention,
  ),
  ...composed(
    f('transformer_encoder_layer'),
    'src, src_mask=None, src_key_padding_mask=None, *, self_attn=, linear1=, dropout=, linear2=, norm1=, norm2=, dropout1=, dropout2=, activation=, norm_first=',
    encoderLayer,
  ),
  ...composed(f('transformer_encoder'), 'src, mask=None, src_key_padding_mask=None, *, layers=, norm=', encoder),
];
