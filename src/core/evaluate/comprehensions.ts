import type { Comprehension, Expression } from '../expression/expression';
import type { Value } from '../values/value';
import type { Dialect } from './dialect';
import { eachItem, generatorExpression } from './iterators';
import type { Run } from './run';
import { checkItems } from './sizes';
import { unknown } from './stop';

/** The value of a comprehension: a list, or what its form makes of the items. */
export function comprehended(run: Run, dialect: Dialect, e: Comprehension): Value {
  if (e.form === 'generator' && run.frame) return generatorExpression(run, dialect, e);
  const out: Value[] = [];
  const outer = run.locals;
  // One scope for all items: a function made in it sees the last.
  const names = new Map(outer);
  const { pending, scopes } = run.around;
  const [depth, scoped] = [pending.length, scopes.length];
  const clause = (k: number): void => {
    if (k === e.clauses.length) {
      run.budget.spend(20);
      checkItems(out.length);
      out.push(run.value(e.element));
      if (e.value) out.push(run.value(e.value));
      run.waiting.length = mark;
      return;
    }
    const { target, iterable, conditions } = e.clauses[k];
    const over = run.value(iterable);
    run.locals = names;
    // The iterable itself has been used.
    run.waiting.length = mark;
    eachItem(run, dialect, over, item => {
      run.budget.spend(20);
      bindTarget(run, target, item, names);
      if (conditions.every(c => dialect.truth(run.value(c), run))) clause(k + 1);
      return true;
    });
  };
  const mark = run.waiting.length;
  pending.push(out);
  scopes.push(names);
  try {
    run.generators.later(e.form === 'generator' && !run.generators.atOnce(e), () => clause(0));
  } finally {
    pending.length = depth;
    scopes.length = scoped;
    run.locals = outer;
  }
  switch (e.form) {
    case 'dict':
      return (
        dialect.mapping?.(
          Array.from({ length: out.length / 2 }, (_, k) => [out[2 * k], out[2 * k + 1]] as const),
          run,
        ) ?? unknown('a mapping is not read here')
      );
    case 'set':
      return dialect.set?.(out, run) ?? unknown('a set is not read here');
    case 'list':
      return { kind: 'list', items: out };
    case 'generator':
      return { kind: 'list', items: out, lazy: '' };
  }
}

/** Gives the names of a comprehension's target their values. */
export function bindTarget(
  run: Run,
  target: Expression,
  value: Value,
  names: { set(name: string, value: Value): unknown },
): void {
  if (target.kind === 'name') names.set(target.name, value);
  else if (target.kind === 'sequence') {
    const whole = run.unpacked(value);
    const star = target.items.findIndex(i => i.kind === 'starred');
    target.items.forEach((item, index) => {
      const at = { index, count: target.items.length, ...(star >= 0 ? { star } : {}) };
      bindTarget(run, item.kind === 'starred' ? item.value : item, run.partAt(whole, at, target.span), names);
    });
  } else unknown('this target is not followed', target.span);
}

/** The entries that `**value` gives. */
export const mappingEntries = (v: Value): readonly (readonly [Value, Value])[] =>
  v.kind === 'dict' ? v.entries : unknown('** of what is no dict is not followed');
