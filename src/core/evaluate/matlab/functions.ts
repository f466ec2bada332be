import type { Lambda } from '../../expression/expression';
import { namesIn } from '../../expression/walk';
import type { Span } from '../../text/span';
import { type FunctionValue, scalar, type Value } from '../../values/value';
import type { CallArgument } from '../dialect';
import { type Closure, Frame } from '../frame';
import { Stop, unknown } from '../stop';
import { rowCell } from './cells';
import type { MatlabRun } from './run';

/** The value of `@name`, or of `@(x) …` with what its names hold here. */
export function handleOf(e: Lambda, run: MatlabRun): FunctionValue {
  const handle = e.handle ?? '@';
  if (e.parameters.length === 0 && e.body.kind === 'name' && handle === `@${e.body.name}`) {
    const found = run.functionNamed(e.body.name) ?? { kind: 'function', path: `octave.${e.body.name}` };
    return { ...found, handle };
  }
  const frame = new Frame('function', [], new Set());
  frame.sealed = true;
  const parameters = new Set(e.parameters.map(p => p.name));
  for (const name of new Set(namesIn(e.body))) {
    const value = parameters.has(name) ? undefined : run.variable(name, e.span);
    if (value) frame.set(name, value);
  }
  return { ...run.keep({ name: '', parameters: e.parameters, body: e.body, frame }), handle };
}

/** Gives the parameters their values: fewer than there are may be given. */
export function bindArguments(
  f: Closure,
  args: readonly CallArgument[],
  frame: Frame,
  outputs: number,
  span: Span | undefined,
): void {
  const name = f.name === '' ? '@<anonymous>' : f.name;
  const last = f.parameters[f.parameters.length - 1];
  const open = last?.name === 'varargin';
  const fixed = open ? f.parameters.slice(0, -1) : f.parameters;
  if (args.length > fixed.length && !open)
    throw new Stop('error', `${name}: function called with too many inputs`, span);
  const results = f.outputs;
  if (results && outputs > results.length && results[results.length - 1] !== 'varargout')
    throw new Stop('error', `${name}: function called with too many outputs`, span);
  fixed.forEach((p, i) => {
    if (i < args.length && p.name !== '~') frame.set(p.name, args[i].value);
  });
  if (open) frame.set('varargin', rowCell(args.slice(fixed.length).map(a => a.value)));
  if (f.name === '') return;
  frame.set('nargin', scalar('float64', args.length));
  frame.set('nargout', scalar('float64', outputs));
}

/** What a function leaves in the names of its results, as many as are asked for. */
export function resultsOf(f: Closure, frame: Frame, outputs: number, span?: Span): Value {
  const names = f.outputs ?? [];
  const items: Value[] = [];
  for (const name of names) {
    const value = frame.names.get(name);
    if (name === 'varargout' && name === names[names.length - 1]) {
      if (value?.kind === 'cell') items.push(...value.items);
      break;
    }
    if (items.length >= Math.max(1, outputs)) break;
    if (!value) {
      if (outputs === 0) return { kind: 'none' };
      throw new Stop('error', `'${name}' undefined`, span);
    }
    items.push(value);
  }
  if (items.length < outputs) unknown('more results are asked for than are given', span);
  if (outputs > 1) return { kind: 'tuple', items: items.slice(0, outputs) };
  return items[0] ?? { kind: 'none' };
}
