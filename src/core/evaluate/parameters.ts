import type { Span } from '../text/span';
import type { CallArgument } from './dialect';
import type { Closure, Frame } from './machine';
import { Stop, unknown } from './stop';

/** Gives a function's parameters their values in its frame; stops with Python's words where the arguments do not fit. */
export function bindParameters(f: Closure, args: readonly CallArgument[], frame: Frame, span?: Span): void {
  const plain = f.parameters.filter(p => p.collects === undefined);
  const positional = args.filter(a => a.name === undefined);
  const rest = f.parameters.find(p => p.collects === 'sequence');
  const wrong = (message: string): never => {
    throw new Stop('error', `TypeError: ${f.name === 'lambda' ? '<lambda>' : f.name}() ${message}`, span);
  };
  if (f.parameters.some(p => p.collects === 'mapping')) unknown(`${f.name}: ** parameters are not followed`, span);
  const before = rest ? f.parameters.indexOf(rest) : plain.length;
  if (positional.length > before && !rest) {
    const takes = `${plain.length} positional argument${plain.length === 1 ? '' : 's'}`;
    const least = plain.length - f.defaults.size;
    wrong(
      `takes ${least < plain.length ? `from ${least} to ` : ''}${takes} but ${positional.length} ${positional.length === 1 ? 'was' : 'were'} given`,
    );
  }
  positional.slice(0, before).forEach((a, i) => {
    frame.set(plain[i].name, a.value);
  });
  if (rest) frame.set(rest.name, { kind: 'tuple', items: positional.slice(before).map(a => a.value) });
  for (const a of args) {
    if (a.name === undefined) continue;
    if (!plain.some(p => p.name === a.name)) wrong(`got an unexpected keyword argument '${a.name}'`);
    if (frame.names.has(a.name)) wrong(`got multiple values for argument '${a.name}'`);
    frame.set(a.name, a.value);
  }
  const missing: string[] = [];
  for (const p of plain) {
    if (frame.names.has(p.name)) continue;
    const value = f.defaults.get(p.name);
    if (value) frame.set(p.name, value);
    else missing.push(`'${p.name}'`);
  }
  if (missing.length > 0) {
    const list =
      missing.length < 3
        ? missing.join(' and ')
        : `${missing.slice(0, -1).join(', ')}, and ${missing[missing.length - 1]}`;
    wrong(`missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${list}`);
  }
}
