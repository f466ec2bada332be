import { isComplexType } from '../../../values/dtype';
import { ravelled, sizeOf, toIntegers } from '../../../values/ndarray';
import { arrayValue, type FunctionValue, type GeneratorValue, NONE, type Value } from '../../../values/value';
import { type Bound, bind } from '../../catalogue';
import type { CallArgument, Context, SubscriptValue } from '../../dialect';
import { fail, unknown } from '../../stop';
import { axisOf, toArray } from '../coerce';
import { index } from '../indexing';
import { holdsOnlyText, toStrings } from '../string-arrays';
import { stringsIndex } from '../string-calls';
import { draw, isNone, type RandomMethod } from './drawing';
import { GENERATOR, seedGenerator } from './generator';
import { LEGACY, seedLegacy } from './legacy';
import { PYTHON, seedPython } from './python-random';
import { TORCH_RANDOM_FUNCTIONS, torchGeneratorMember } from './torch-library';

/**
 * `np.random`, its generators and Python's `random`, as the dialect calls them. Numbers are known where a seed is given and
 * every draw since is followed.
 */

type Form = Exclude<GeneratorValue['form'], 'torch'>;
type Own = GeneratorValue & { readonly form: Form };

const isOwn = (v: Value | undefined): v is Own => v?.kind === 'generator' && v.form !== 'torch';

const METHODS: Readonly<Record<Form, ReadonlyMap<string, RandomMethod>>> = {
  generator: GENERATOR,
  legacy: LEGACY,
  python: PYTHON,
};
/** The generator that each library keeps for its functions, and how it is drawn from. */
const LIBRARIES: Readonly<Record<string, { readonly kept: string; readonly form: Form; readonly written: string }>> = {
  'numpy.random': { kept: 'numpy.random', form: 'legacy', written: 'np.random' },
  random: { kept: 'python.random', form: 'python', written: 'random' },
};
const MAKERS: Readonly<Record<string, Form>> = {
  'numpy.random.default_rng': 'generator',
  'numpy.random.RandomState': 'legacy',
  'random.Random': 'python',
};

export const RANDOM_MODULES: readonly string[] = Object.keys(LIBRARIES);

/** What is evaluated of them, with the parameters: functions that make or seed generators, and their methods. */
export const RANDOM_FUNCTIONS: readonly { readonly path: string; readonly signature: string }[] = [
  ...[...Object.keys(MAKERS), 'numpy.random.seed', 'random.seed'].map(path => ({ path, signature: 'seed' })),
  ...(['legacy', 'python', 'generator'] as const).flatMap(form =>
    [...METHODS[form].values()].map(({ name, signature }) => ({
      path: `${{ legacy: 'numpy.random', python: 'random', generator: 'Generator' }[form]}.${name}`,
      signature,
    })),
  ),
  ...TORCH_RANDOM_FUNCTIONS,
];

const unseeded = (library: string): never =>
  unknown(`${LIBRARIES[library].written}: random, known only when the code runs`);

/** `np.random.randn`, `random.seed`: undefined for other modules. */
export function randomAttribute(path: string, name: string): Value | undefined {
  const library = LIBRARIES[path];
  if (!library) return undefined;
  const full = `${path}.${name}`;
  if (full in MAKERS || name === 'seed' || METHODS[library.form].has(name)) return { kind: 'function', path: full };
  return unseeded(path);
}

/** A method of a generator, bound to it. */
export function generatorMember(self: GeneratorValue, name: string): Value {
  if (!isOwn(self)) return torchGeneratorMember(self, name);
  if (METHODS[self.form].has(name) || (name === 'seed' && self.form !== 'generator'))
    return { kind: 'function', path: `${self.form}.${name}`, self };
  return unknown(`${name} of a generator is not covered yet`);
}

/** A seed as whole numbers; a list of them where one is given. */
function seedOf(v: Value | undefined, library: string): bigint | readonly bigint[] {
  if (isNone(v)) return unseeded(library);
  if (v.kind !== 'scalar' && v.kind !== 'list' && v.kind !== 'tuple' && v.kind !== 'array')
    return unknown('a seed of this kind is not followed');
  const a = toArray(v);
  if (!/^u?int|^bool/.test(a.dtype) || isComplexType(a.dtype)) return unknown('a seed of this kind is not followed');
  const numbers = toIntegers(a);
  return a.shape.length === 0 ? numbers[0] : numbers;
}

function seeded(form: Form, v: Value | undefined, library: string): Own {
  if (form === 'generator' && isOwn(v) && v.form === 'generator') return v;
  const seed = seedOf(v, library);
  switch (form) {
    case 'generator':
      return { kind: 'generator', form, state: seedGenerator(seed) };
    case 'legacy':
      return { kind: 'generator', form, state: seedLegacy(seed) };
    case 'python':
      return typeof seed === 'bigint'
        ? { kind: 'generator', form, state: seedPython(seed) }
        : unknown('a seed of this kind is not followed');
  }
}

const entry = (path: string, signature: string): Parameters<typeof bind>[0] => ({
  path,
  signature,
  evaluate: () => NONE,
});

/** One draw: what it gives, as the method's value or as the places that it puts in order, and the generator behind it. */
function drawn(
  generator: Own,
  method: RandomMethod,
  args: readonly CallArgument[],
  context: Context,
): { readonly value: Value; readonly bound: Bound; readonly after: Own } {
  const bound = bind(entry(`random.${method.name}`, method.signature), args);
  const { value, state } = draw(generator.state, method, bound, work => context.budget.spend(20 * work));
  return { value, bound, after: { ...generator, state } };
}

/** The parts of a list or of an array at places along an axis. */
function partsAt(from: Value, places: Value, axis: Value | undefined, context: Context): Value {
  if (holdsOnlyText(from)) {
    const texts = toStrings(from, undefined, context);
    if (!isNone(axis) && axisOf(axis, texts.array.shape.length) !== 0)
      return unknown('texts along this axis are not covered');
    return stringsIndex(texts, [{ kind: 'at', value: places }], context);
  }
  const array = toArray(from);
  const k = isNone(axis) ? 0 : axisOf(axis, array.shape.length);
  const whole: SubscriptValue = { kind: 'slice' };
  return index(arrayValue(array), [...Array<SubscriptValue>(k).fill(whole), { kind: 'at', value: places }], context);
}

const isCount = (v: Value | undefined): boolean =>
  v?.kind === 'scalar' || (v?.kind === 'array' && v.array.shape.length === 0);

/** What a NumPy method gives, out of the places that it draws. */
function taken(name: string, places: Value, { a, x, axis }: Bound, context: Context): Value {
  switch (name) {
    case 'choice':
      return a && !isCount(a) ? partsAt(a, places, axis, context) : places;
    case 'permutation':
      return x && !isCount(x) ? partsAt(x, places, axis, context) : places;
    case 'permuted':
      return x ? partsAt(arrayValue(ravelled(toArray(x))), places, undefined, context) : places;
    default:
      return places;
  }
}

/** The generator and the method of a call, and how the generator behind a draw is put in its place. */
function drawerOf(
  f: FunctionValue,
  context: Context,
): {
  readonly generator: Own;
  readonly method: RandomMethod;
  readonly put: (after: Own) => void;
} {
  const name = f.path.slice(f.path.lastIndexOf('.') + 1);
  const following = context.generators ?? unknown('random numbers are not followed here');
  if (isOwn(f.self)) {
    const { self } = f;
    const method = METHODS[self.form].get(name) ?? unknown(`${name} of a generator is not covered yet`);
    return { generator: self, method, put: after => following.replace(self, after) };
  }
  const path = f.path.slice(0, f.path.lastIndexOf('.'));
  const { kept, form } = LIBRARIES[path];
  const method = METHODS[form].get(name) ?? unseeded(path);
  const generator = following.kept(kept);
  return {
    generator: isOwn(generator) ? generator : unseeded(path),
    method,
    put: after => following.keep(kept, after),
  };
}

/** Whether a function is one of these. */
export const isRandomCall = (f: FunctionValue): boolean =>
  isOwn(f.self) || (f.self === undefined && f.path.slice(0, f.path.lastIndexOf('.')) in LIBRARIES);

/** Calls a function of `np.random` or `random`, or a method of a generator. */
export function callRandom(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const name = f.path.slice(f.path.lastIndexOf('.') + 1);
  const library = f.path.startsWith('numpy.') || f.self?.kind === 'generator' ? 'numpy.random' : 'random';
  if (f.path in MAKERS) return seeded(MAKERS[f.path], bind(entry(f.path, 'seed=None'), args).seed, library);
  if (name === 'seed') {
    const { seed } = bind(entry(f.path, 'seed=None'), args);
    const following = context.generators ?? unknown('random numbers are not followed here');
    if (isOwn(f.self)) following.replace(f.self, seeded(f.self.form, seed, library));
    else following.keep(LIBRARIES[library].kept, seeded(LIBRARIES[library].form, seed, library));
    return NONE;
  }
  if (name === 'shuffle') return unknown('shuffle within an expression is not followed');
  const { generator, method, put } = drawerOf(f, context);
  const { value, bound, after } = drawn(generator, method, args, context);
  const result = generator.form === 'python' ? value : taken(name, value, bound, context);
  put(after);
  return result;
}

/** The list or array behind `shuffle`. */
export function shuffledArgument(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const { generator, method, put } = drawerOf(f, context);
  const { value: places, bound, after } = drawn(generator, method, args, context);
  const x = bound.x ?? fail("TypeError: shuffle() missing 1 required positional argument: 'x'");
  put(after);
  const order = toIntegers(toArray(places)).map(Number);
  if (x.kind === 'list' && x.lazy === undefined) return { kind: 'list', items: order.map(k => x.items[k]) };
  if (x.kind === 'strings' || (x.kind === 'array' && sizeOf(x.array.shape) >= 0))
    return partsAt(x, places, bound.axis, context);
  return unknown('a shuffle of this is not followed');
}
