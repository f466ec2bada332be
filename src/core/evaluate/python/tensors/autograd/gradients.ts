import { isFloatType } from '../../../../values/dtype';
import { contiguous } from '../../../../values/ndarray';
import { NONE, ORIGIN, type Origin, tuple, type Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { resizes } from '../../../heap';
import { fail, unknown } from '../../../stop';
import { bool, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { given, isTensor, type Tensor, tensor } from '../tensor';
import { type Found, gradientsOf } from './backward';
import { asLeaf, Leaf, type Operations, Output, originOf } from './node';

/** `tensor.backward()`, `torch.autograd.grad` and what is read of and written to `tensor.grad`, while a program runs. */

const ONLY_WHOLE = 'gradients are followed only where the whole program is';
const needProgram = (context: Context): void => {
  if (!context.program) unknown(ONLY_WHOLE);
};

/** Others than the text can see: what a statement has changed does not come undone. */
const touched = (context: Context): void => {
  context.touch?.();
};

/** The tensors in a value or a list of them. */
const tensors = (v: Value | undefined): readonly Tensor[] =>
  (v?.kind === 'list' || v?.kind === 'tuple' ? v.items : v ? [v] : []).map(item =>
    isTensor(item) ? item : unknown('torch takes tensors here'),
  );

const NO_ORIGIN = 'RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn';

/** What a way back begins with: ones for a single number, or the gradient that is given. */
function beginning(v: Tensor, g: Value | undefined, t: Operations): Value {
  if (!v.gradient) return fail(NO_ORIGIN);
  const from = originOf(v);
  if (typeof from === 'string') return unknown(from);
  if (g === undefined || g.kind === 'none') {
    if (toArray(v).shape.reduce((n, k) => n * k, 1) !== 1)
      return fail('RuntimeError: grad can be implicitly created only for scalar outputs');
    return t('ones_like', tensor(v.array, 'torch'));
  }
  if (!isTensor(g)) return unknown('this gradient is not followed');
  const written = (x: Tensor): string => `torch.Size([${x.array.shape.join(', ')}])`;
  if (g.array.shape.join() !== v.array.shape.join())
    return fail(
      `RuntimeError: Mismatch in shape: grad_output[0] has a shape of ${written(g)} and output[0] has a shape of ${written(v)}.`,
    );
  return g.array.dtype === v.array.dtype ? g : unknown('a gradient of another type is not followed');
}

/** Adds a gradient to what a leaf has, in place, so that whoever holds it sees it too. */
function accumulate(origin: Origin, g: Found, create: boolean, t: Operations, context: Context): void {
  if (!(origin instanceof Leaf) && !(origin instanceof Output)) return;
  if (typeof g === 'string' || origin.lost !== undefined) {
    origin.lost = typeof g === 'string' ? g : origin.lost;
    origin.grad = undefined;
    return;
  }
  const own = create ? g : bareCopy(g);
  if (origin.grad && isTensor(origin.grad)) {
    const sum = t('add', origin.grad, own);
    if (create) origin.grad = sum;
    else context.change?.(origin.grad, isTensor(sum) ? { ...origin.grad, array: sum.array } : sum);
  } else origin.grad = own;
  if (origin instanceof Leaf) origin.cleared = false;
}

/** A gradient with memory of its own, which a change of it may fill. */
const bareCopy = (g: Value): Value => {
  const a = contiguous(toArray(g));
  return tensor({ ...a, data: a.data.slice() as typeof a.data }, 'torch');
};

/** `y.backward()`: adds up the gradients of all leaves that `y` was computed from. */
export function backward(x: Bound, t: Operations, context: Context): Value {
  needProgram(context);
  const from = tensors(x.input);
  const create = isTrue(x.create_graph);
  if (given(x.inputs)) return unknown('inputs= of a way back is not followed');
  const settled = (found: ReadonlyMap<Origin, Found>): void => {
    for (const [origin, g] of found) accumulate(origin, g, create, t, context);
  };
  const way = {
    settled,
    from: from.map(value => ({ value, gradient: beginning(value, x.gradient, t) })),
    retain: given(x.retain_graph) ? isTrue(x.retain_graph) : create,
  };
  touched(context);
  settled(gradientsOf(way, t, context));
  return NONE;
}

/** `torch.autograd.grad(y, x)`: the gradients themselves. */
export function gradientsAsked(x: Bound, t: Operations, context: Context): Value {
  needProgram(context);
  const [outputs, inputs] = [tensors(x.outputs), tensors(x.inputs)];
  const create = isTrue(x.create_graph);
  if (inputs.some(v => !v.gradient)) {
    if (outputs.every(v => v.gradient))
      return fail('RuntimeError: One of the differentiated Tensors does not require grad');
    return fail(NO_ORIGIN);
  }
  const seeds = given(x.grad_outputs) ? tensors(x.grad_outputs) : [];
  const origins = inputs.map(v => v[ORIGIN] ?? {});
  touched(context);
  const found = gradientsOf(
    {
      from: outputs.map((value, k) => ({ value, gradient: beginning(value, seeds[k], t) })),
      retain: given(x.retain_graph) ? isTrue(x.retain_graph) : create,
      only: new Set(origins),
    },
    t,
    context,
  );
  return tuple(
    origins.map(o => {
      const g = found.get(o);
      if (typeof g === 'string') return unknown(g);
      if (g) return create ? g : bareCopy(g);
      return isTrue(x.allow_unused)
        ? NONE
        : fail(
            'RuntimeError: One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.',
          );
    }),
  );
}

/** The attributes of a tensor that are about its gradient; undefined for all others. */
export function gradientMember(v: Tensor, name: string, context: Context): Value | undefined {
  const origin = v.gradient || v[ORIGIN] ? originOf(v) : undefined;
  switch (name) {
    case 'grad': {
      if (origin === undefined) return context.program ? NONE : unknown(ONLY_WHOLE);
      needProgram(context);
      if (typeof origin === 'string') return unknown(origin);
      if (origin.lost !== undefined) return unknown(`the gradient is not known: ${origin.lost}`);
      if (origin instanceof Leaf && origin.cleared)
        return unknown('whether the gradient is zeros or None after this depends on the version of torch');
      return origin.grad ?? NONE;
    }
    case 'is_leaf':
      return v.gradient === 'computed' && typeof origin === 'string'
        ? unknown(origin)
        : bool(v.gradient !== 'computed');
    case 'grad_fn':
      return v.gradient === 'computed' ? unknown('grad_fn prints its address, known only when the code runs') : NONE;
    case 'retains_grad':
      return bool(origin instanceof Output && origin.retains);
    default:
      return undefined;
  }
}

/** `tensor.retain_grad()`. */
export function retained(v: Value | undefined, context: Context): Value {
  needProgram(context);
  if (!isTensor(v)) return unknown('no tensor');
  if (!v.gradient) return fail("RuntimeError: can't retain_grad on Tensor that has requires_grad=False");
  const origin = originOf(v);
  touched(context);
  if (origin instanceof Output) origin.retains = true;
  return typeof origin === 'string' ? unknown(origin) : NONE;
}

/** `tensor.register_hook(f)`: the gradient goes through a function on its way. */
export function hooked(v: Value | undefined, hook: Value | undefined, context: Context): Value {
  needProgram(context);
  if (!isTensor(v) || !hook) return unknown('no tensor');
  if (!v.gradient) return fail("RuntimeError: cannot register a hook on a tensor that doesn't require gradient");
  const origin = originOf(v);
  if (typeof origin === 'string') return unknown(origin);
  touched(context);
  origin.hooks.push(hook);
  return { kind: 'function', path: 'torch.hook' };
}

const FLAGS =
  "RuntimeError: you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().";

/** A tensor whose `requires_grad` is set. */
export function flagged(v: Tensor, on: boolean): Value {
  if (v.gradient === 'computed') return on ? v : fail(FLAGS);
  if (on === (v.gradient !== undefined)) return v;
  if (on && !isFloatType(v.array.dtype))
    return fail('RuntimeError: only Tensors of floating point dtype can require gradients');
  // A leaf that records no more keeps the gradient that it has.
  if (on) return v[ORIGIN] instanceof Leaf ? { ...v, gradient: 'leaf' } : asLeaf(v);
  const { gradient: _, ...rest } = v;
  return rest;
}

/** The tensor after an assignment to its `grad`, `data` or `requires_grad`; undefined for other attributes. */
export function setTensorMember(v: Tensor, name: string, value: Value, context: Context): Value | undefined {
  switch (name) {
    case 'requires_grad':
      return flagged(v, isTrue(value));
    case 'grad': {
      needProgram(context);
      const origin = v.gradient ? originOf(v) : unknown('a gradient of a tensor that records nothing is not followed');
      if (typeof origin === 'string') return unknown(origin);
      if (value.kind !== 'none' && !isTensor(value)) return unknown('this is no gradient');
      if (value.kind === 'array' && value.array.shape.join() !== v.array.shape.join())
        return fail('RuntimeError: assigned grad has data of a different size');
      touched(context);
      origin.grad = value.kind === 'none' ? undefined : value;
      origin.lost = undefined;
      if (origin instanceof Leaf) origin.cleared = false;
      return v;
    }
    case 'data': {
      // The tensor's own memory is another one then; its views keep the old one.
      if (!isTensor(value) || value.array.dtype !== v.array.dtype)
        return unknown('this assignment to data is not followed');
      const array = { ...value.array };
      resizes.set(array, 'any');
      return { ...v, array };
    }
    default:
      return undefined;
  }
}
