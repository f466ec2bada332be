import type { Span } from '../text/span';
import { stringValue, type Value } from '../values/value';
import type { CallArgument } from './dialect';
import type { Closure, Frame } from './frame';
import { Stop, unknown } from './stop';

/** Gives a function's parameters their values in its frame; stops with Python's words where the arguments do not fit. */
export function bindParameters(
  f: Pick<Closure, 'name' | 'parameters' | 'defaults'>,
  args: readonly CallArgument[],
  frame: Frame,
  span?: Span,
): void {
  const plain = f.parameters.filter(p => p.collects === undefined);
  const positional = args.filter(a => a.name === undefined);
  const rest = f.parameters.find(p => p.collects === 'sequence');
  const wrong = (message: string): never => {
    throw new Stop('error', `TypeError: ${f.name === 'lambda' ? '<lambda>' : f.name}() ${message}`, span);
  };
  const named = f.parameters.find(p => p.collects === 'mapping');
  const before = rest ? f.parameters.indexOf(rest) : plain.length;
  if (positional.length > before && !rest?.name) {
    const takes = `${before} positional argument${before === 1 ? '' : 's'}`;
    const least = plain.slice(0, before).filter(p => !f.defaults.has(p.name)).length;
    if (rest && args.length > positional.length) unknown(`${f.name}: more arguments than it takes are given`, span);
    wrong(
      `takes ${least < before ? `from ${least} to ` : ''}${takes} but ${positional.length} ${positional.length === 1 ? 'was' : 'were'} given`,
    );
  }
  positional.slice(0, before).forEach((a, i) => {
    frame.set(plain[i].name, a.value);
  });
  if (rest?.name) frame.set(rest.name, { kind: 'tuple', items: positional.slice(before).map(a => a.value) });
  const extra: (readonly [Value, Value])[] = [];
  for (const a of args) {
    if (a.name === undefined) continue;
    if (named && !plain.some(p => p.name === a.name)) {
      if (extra.some(([k]) => k.kind === 'string' && k.value === a.name))
        throw new Stop(
          'error',
          `TypeError: __main__.${f.name}() got multiple values for keyword argument '${a.name}'`,
          span,
        );
      extra.push([stringValue(a.name), a.value]);
      continue;
    }
    if (!plain.some(p => p.name === a.name)) wrong(`got an unexpected keyword argument '${a.name}'`);
    if (frame.names.has(a.name)) wrong(`got multiple values for argument '${a.name}'`);
    frame.set(a.name, a.value);
  }
  if (named) frame.set(named.name, { kind: 'dict', entries: extra });
  const missing = plain.map((p, i) => ({ ...p, byName: i >= before })).filter(p => !frame.names.has(p.name));
  for (const p of missing) {
    const value = f.defaults.get(p.name);
    if (value) frame.set(p.name, value);
  }
  const absent = missing.filter(p => !f.defaults.has(p.name));
  if (absent.length === 0) return;
  const kind = absent.some(p => !p.byName) ? 'positional' : 'keyword-only';
  const names = absent.filter(p => p.byName === (kind === 'keyword-only')).map(p => `'${p.name}'`);
  const list = names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
  wrong(`missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${list}`);
}
