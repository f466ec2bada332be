import type { Binary, Expression, Subscript } from '../expression/expression';
import type { Span } from '../text/span';
import type { Value } from '../values/value';
import type { Dialect, SubscriptValue } from './dialect';
import { relaid } from './heap';
import type { Run } from './run';
import { naming, unknown } from './stop';
import type { TargetPath } from './versions';

type Operator = Binary['operator'];

/** The value of a name after `name += value`. */
export function augmented(
  run: Run,
  dialect: Dialect,
  name: string,
  operator: Operator,
  value: Expression,
  span: Span,
): Value {
  run.enterMode(value);
  const left = run.read(name, span);
  const right = run.value(value);
  const { augment } = dialect;
  return augment
    ? relaid(left, augment.call(dialect, operator, left, right, run))
    : dialect.binary(operator, left, right, run);
}

/** A place within the object of a name: `name[s₁][s₂]`. */
export interface Item {
  readonly changed: string;
  readonly subscripts: readonly (readonly Subscript[])[];
  readonly value: Expression;
  readonly path: TargetPath;
  readonly operator?: Operator;
}

/** The object of the name after `name[s₁][s₂] = value`: replaced from the outside in and back again. */
export function assigned(run: Run, dialect: Dialect, item: Item, span: Span): Value {
  const { changed: name, subscripts, operator } = item;
  run.enterMode(item.value);
  const fresh = dialect.id === 'matlab' && !run.isBound(name);
  const root = fresh ? dialect.matrix([], { kind: 'matrix', span, rows: [] }, run) : run.read(name, span);
  let right = run.part(run.value(item.value), item.path, item.value);
  const chain: { object: Value; at: SubscriptValue[] }[] = [];
  let object = root;
  subscripts.forEach((list, i) => {
    const at = run.subscripts(list, object);
    chain.push({ object, at });
    if (i + 1 < subscripts.length) {
      if (at.some(s => s.kind === 'at' && s.value.kind !== 'scalar'))
        unknown('an assignment through a copy is not followed', span);
      object = dialect.index(object, at, run);
    }
  });
  if (operator) {
    const last = chain[chain.length - 1];
    right = dialect.binary(operator, dialect.index(last.object, last.at, run), right, run);
  }
  for (let i = chain.length - 1; i >= 0; i--) {
    const changed = right;
    right = naming(name, () => dialect.assign(chain[i].object, chain[i].at, changed, run));
  }
  return dialect.id === 'python' ? relaid(root, right) : right;
}

/** What an import binds a name to: a library, a part of one, or something in it. */
export function imported(dialect: Dialect, path: string, name: string): Value {
  const module = dialect.module(path);
  if (module) return module;
  const dot = path.lastIndexOf('.');
  if (dot > 0 && dialect.module(path.slice(0, dot))) return dialect.attribute(path.slice(0, dot), path.slice(dot + 1));
  return unknown(`${name}: from ${path}, which is not read`);
}
