import type { Value } from '../values/value';
import type { CallArgument, Context } from './dialect';
import { fail, unknown } from './stop';

/**
 * One library function. The signature is stated once, as the library documents it:
 * `'a, axis=None, *, keepdims=False'`. `/` ends positional-only, `*` begins keyword-only, `*name` collects the rest.
 * Defaults are not parsed into values: a parameter that is not given is absent from `args`, and `evaluate` knows its default.
 */
export interface LibraryFunction {
  /** Canonical path: `numpy.linalg.norm`, `ndarray.sum`, `builtins.print`, `octave.zeros`. */
  readonly path: string;
  readonly signature: string;
  readonly evaluate: (args: Bound, context: Context) => Value;
}

/** Arguments by parameter name; the collecting parameter holds a tuple. */
export interface Bound {
  readonly [parameter: string]: Value | undefined;
}

interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly kind: 'positional-only' | 'either' | 'keyword-only' | 'collect' | 'collect-keywords';
}

const parsed = new Map<string, readonly Parameter[]>();

/** Splits at commas outside brackets, so that a default such as `(0, 1)` stays whole. */
function splitParameters(signature: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of signature) {
    if (c === '(' || c === '[') depth++;
    if (c === ')' || c === ']') depth--;
    if (c === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += c;
  }
  if (part.trim() !== '') parts.push(part.trim());
  return parts;
}

export function parametersOf(signature: string): readonly Parameter[] {
  const known = parsed.get(signature);
  if (known) return known;
  const out: Parameter[] = [];
  let keywordOnly = false;
  for (const part of splitParameters(signature)) {
    if (part === '/') {
      for (let i = 0; i < out.length; i++) out[i] = { ...out[i], kind: 'positional-only' };
    } else if (part === '*') keywordOnly = true;
    else if (part.startsWith('**')) out.push({ name: part.slice(2), required: false, kind: 'collect-keywords' });
    else if (part.startsWith('*')) {
      out.push({ name: part.slice(1), required: false, kind: 'collect' });
      keywordOnly = true;
    } else {
      const [name, defaultText] = part.split('=').map(s => s.trim());
      out.push({ name, required: defaultText === undefined, kind: keywordOnly ? 'keyword-only' : 'either' });
    }
  }
  parsed.set(signature, out);
  return out;
}

/** Functions of NumPy's compiled code, whose errors about arguments are in other words than Python's. */
const COMPILED = new Set(
  'array asarray asanyarray ascontiguousarray asfortranarray zeros empty'.split(' ').map(n => `numpy.${n}`),
);

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** Binds call arguments to parameters; stops with Python's TypeError where they do not fit. */
export function bind(entry: LibraryFunction, args: readonly CallArgument[]): Bound {
  const parameters = parametersOf(entry.signature);
  const name = entry.path.slice(entry.path.lastIndexOf('.') + 1);
  const bound: Record<string, Value> = {};
  const positional = parameters.filter(p => p.kind === 'positional-only' || p.kind === 'either');
  const collect = parameters.find(p => p.kind === 'collect');
  const given = args.filter(a => a.name === undefined);
  // Built-in functions state their whole signature; of a library's, parameters may be missing here.
  const whole = entry.path.startsWith('builtins.') || entry.path.startsWith('math.');
  if (given.length > positional.length && !collect) {
    if (!whole) unknown(`this many arguments of ${name} are not covered yet`);
    fail(
      `TypeError: ${name}() takes ${plural(positional.length, 'positional argument')} but ${given.length} were given`,
    );
  }
  given.slice(0, positional.length).forEach((a, i) => {
    bound[positional[i].name] = a.value;
  });
  if (collect) bound[collect.name] = { kind: 'tuple', items: given.slice(positional.length).map(a => a.value) };
  const rest = parameters.find(p => p.kind === 'collect-keywords');
  const named: (readonly [Value, Value])[] = [];
  for (const a of args) {
    if (a.name === undefined) continue;
    const p = parameters.find(q => q.name === a.name && (q.kind === 'either' || q.kind === 'keyword-only'));
    if (!p && rest) {
      named.push([{ kind: 'string', value: a.name }, a.value]);
      continue;
    }
    if (!p) {
      if (!whole) unknown(`the argument ${a.name} of ${name} is not covered yet`);
      fail(`TypeError: ${name}() got an unexpected keyword argument '${a.name}'`);
    }
    if (bound[p.name] !== undefined) fail(`TypeError: ${name}() got multiple values for argument '${a.name}'`);
    bound[p.name] = a.value;
  }
  if (rest && named.length > 0) bound[rest.name] = { kind: 'dict', entries: named };
  const missing = parameters.filter(p => p.required && bound[p.name] === undefined);
  if (missing.length > 0) {
    if (COMPILED.has(entry.path))
      fail(
        `TypeError: ${name}() missing required argument '${missing[0].name}' (pos ${parameters.indexOf(missing[0])})`,
      );
    const quoted = missing.map(p => `'${p.name}'`);
    const list =
      quoted.length === 1
        ? quoted[0]
        : `${quoted.slice(0, -1).join(', ')}${quoted.length > 2 ? ',' : ''} and ${quoted[quoted.length - 1]}`;
    fail(`TypeError: ${name}() missing ${plural(missing.length, 'required positional argument')}: ${list}`);
  }
  return bound;
}

/** A lookup table by path; a path stated twice is a bug. */
export function catalogue(...lists: readonly (readonly LibraryFunction[])[]): ReadonlyMap<string, LibraryFunction> {
  const map = new Map<string, LibraryFunction>();
  for (const entry of lists.flat()) {
    if (map.has(entry.path)) throw new Error(`catalogue: ${entry.path} is stated twice`);
    map.set(entry.path, entry);
  }
  return map;
}
