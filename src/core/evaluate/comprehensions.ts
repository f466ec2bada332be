import type { Comprehension, Expression } from '../expression/expression';
import type { Value } from '../values/value';
import type { Dialect } from './dialect';
import type { Run } from './run';
import { checkItems } from './sizes';
import { unknown } from './stop';

/** The value of a comprehension: a list, or what its form makes of the items. */
export function comprehended(run: Run, dialect: Dialect, e: Comprehension): Value {
  const out: Value[] = [];
  const entries: (readonly [Value, Value])[] = [];
  const outer = run.locals;
  // What is still to come follows changes, except in a generator, which runs later than it stands.
  const frame = e.form === 'generator' ? undefined : run.frame;
  const clause = (k: number): void => {
    if (k === e.clauses.length) {
      run.budget.spend(20);
      checkItems(out.length);
      if (e.value) entries.push([run.value(e.element), run.value(e.value)]);
      else out.push(run.value(e.element));
      return;
    }
    const { target, iterable, conditions } = e.clauses[k];
    const items = [...(dialect.iterate?.(run.value(iterable), run) ?? unknown('this loop is not followed'))];
    const around = run.locals;
    // The iterable itself has been used.
    if (frame) run.waiting.pop();
    frame?.pending.push(items);
    for (let i = 0; i < items.length; i++) {
      run.budget.spend(20);
      const names = new Map(around);
      bindTarget(run, target, frame ? items[i] : run.hold(items[i]), names);
      run.locals = names;
      frame?.scopes.push(names);
      if (conditions.every(c => dialect.truth(run.value(c), run))) clause(k + 1);
      frame?.scopes.pop();
      run.locals = around;
    }
    frame?.pending.pop();
  };
  try {
    run.generators.later(e.form === 'generator' && !run.generators.atOnce(e), () => clause(0));
  } finally {
    run.locals = outer;
  }
  switch (e.form) {
    case 'dict':
      return dialect.mapping?.(entries, run) ?? unknown('a mapping is not read here');
    case 'set':
      return dialect.set?.(out, run) ?? unknown('a set is not read here');
    case 'list':
      return { kind: 'list', items: out };
    case 'generator':
      return { kind: 'list', items: out, lazy: '' };
  }
}

function bindTarget(run: Run, target: Expression, value: Value, names: Map<string, Value>): void {
  if (target.kind === 'name') names.set(target.name, value);
  else if (target.kind === 'sequence') {
    const star = target.items.findIndex(i => i.kind === 'starred');
    target.items.forEach((item, index) => {
      const at = { index, count: target.items.length, ...(star >= 0 ? { star } : {}) };
      bindTarget(run, item.kind === 'starred' ? item.value : item, run.partAt(value, at, target.span), names);
    });
  } else unknown('this target is not followed', target.span);
}

/** The entries that `**value` gives. */
export const mappingEntries = (v: Value): readonly (readonly [Value, Value])[] =>
  v.kind === 'dict' ? v.entries : unknown('** of what is no dict is not followed');
