import { NULL } from '../../values/r-vector';
import type { FunctionValue, Value } from '../../values/value';
import type { CallArgument, Context } from '../dialect';
import { unknown } from '../stop';
import { reject } from './errors';
import { flag, number, string } from './vectors';

/** What R's functions may use beside what all languages' functions may. */
export interface RContext extends Context {
  /** Whether what has been evaluated shows itself at the prompt. */
  echoes: boolean;
  /** Why it is not known how numbers print here. */
  readonly settings: string | undefined;
  /** A function that is given as one or by its name. */
  matched(value: Value): FunctionValue;
  apply(f: FunctionValue, args: readonly CallArgument[]): Value;
}

/** One function of R's, by its parameters: `x, ..., na.rm = FALSE`. What stands behind `=` is for the reader. */
export interface RFunction {
  readonly path: string;
  readonly signature: string;
  readonly evaluate: (args: Arguments, context: RContext) => Value;
  /** Whether the prompt does not show the result. */
  readonly silent?: boolean;
}

export const define = (name: string, signature: string, evaluate: RFunction['evaluate']): RFunction => ({
  path: `r.${name}`,
  signature,
  evaluate,
});

export const silently = (f: RFunction): RFunction => ({ ...f, silent: true });

export const nameOf = (f: { readonly path: string }): string => f.path.slice('r.'.length);

/** An evaluated argument; `symbol` is the name that is written there, where it is nothing else. */
export interface RArgument extends CallArgument {
  readonly symbol?: string;
}

interface Parameter {
  readonly name: string;
  readonly required: boolean;
}

const parsed = new Map<string, readonly Parameter[]>();

export function parametersOf(signature: string): readonly Parameter[] {
  let found = parsed.get(signature);
  if (!found) {
    found = signature
      .split(/,\s*(?![^()]*\))/)
      .filter(part => part.trim() !== '')
      .map(part => {
        const [name, otherwise] = part.split('=');
        return { name: name.trim(), required: otherwise === undefined };
      });
    parsed.set(signature, found);
  }
  return found;
}

/** Arguments by the names of parameters, and those that `...` collects. */
export class Arguments {
  constructor(
    private readonly bound: ReadonlyMap<string, Value>,
    readonly dots: readonly RArgument[],
  ) {}

  has(name: string): boolean {
    return this.bound.has(name);
  }

  /** The argument, where it is given. */
  get(name: string): Value | undefined {
    return this.bound.get(name);
  }

  /** An argument that must be given. */
  at(name: string): Value {
    return this.bound.get(name) ?? reject(`argument "${name}" is missing, with no default`);
  }

  flag(name: string, otherwise: boolean): boolean {
    return flag(this.bound.get(name), otherwise);
  }

  number(name: string, otherwise: number): number {
    const v = this.bound.get(name);
    return v === undefined || v === NULL ? otherwise : number(v, name);
  }

  string(name: string, otherwise: string): string {
    return string(this.bound.get(name), otherwise);
  }

  /** Stops where one of the parameters is given, which are not followed. */
  without(...names: readonly string[]): void {
    const given = names.find(n => this.bound.has(n));
    if (given !== undefined) unknown(`the argument ${given} is not followed here`);
  }
}

/** Where each argument goes: exact names first, then the beginnings of names, then places. */
export function matchArguments<A extends { readonly name?: string }>(
  names: readonly string[],
  args: readonly A[],
): { readonly bound: Map<string, A>; readonly dots: readonly A[] } {
  const bound = new Map<string, A>();
  const left = new Set(args);
  const dotsAt = names.indexOf('...');
  for (const a of args) {
    if (!a.name || a.name === '...' || !names.includes(a.name)) continue;
    if (bound.has(a.name)) reject(`formal argument "${a.name}" matched by multiple actual arguments`);
    bound.set(a.name, a);
    left.delete(a);
  }
  const before = dotsAt < 0 ? names : names.slice(0, dotsAt);
  for (const a of left) {
    if (!a.name) continue;
    const fitting = before.filter(n => !bound.has(n) && n.startsWith(a.name ?? ''));
    if (fitting.length > 1) reject(`argument ${args.indexOf(a) + 1} matches multiple formal arguments`);
    if (fitting.length === 1) {
      bound.set(fitting[0], a);
      left.delete(a);
    }
  }
  const free = before.filter(n => !bound.has(n));
  for (const a of left) {
    if (a.name) continue;
    const next = free.shift();
    if (next === undefined) break;
    bound.set(next, a);
    left.delete(a);
  }
  return { bound, dots: [...left] };
}

/** Calls a function of R's with evaluated arguments. */
export function called(f: RFunction, args: readonly CallArgument[], context: RContext): Value {
  const parameters = parametersOf(f.signature);
  const names = parameters.map(p => p.name);
  const { bound, dots } = matchArguments(names, args);
  if (dots.length > 0 && !names.includes('...')) {
    const [first] = dots;
    unknown(
      first.name
        ? `the argument ${first.name} of ${nameOf(f)} is not followed`
        : `this many arguments of ${nameOf(f)} are not followed`,
    );
  }
  const values = new Map([...bound].map(([name, a]) => [name, a.value] as const));
  const result = f.evaluate(new Arguments(values, dots), context);
  context.echoes = f.silent !== true;
  return result;
}
