import type { ArrayValue, FunctionValue, GeneratorValue, Value } from '../../../values/value';
import { type Bound, bind } from '../../catalogue';
import type { CallArgument, Context } from '../../dialect';
import { KEPT } from '../../draw-marks';
import { fail, Stop, unknown } from '../../stop';
import { isTensor, type Tensor, tensor } from '../tensors/tensor';
import { drawing, isNone, type RandomMethod } from './drawing';
import type { MersenneState } from './source';
import { CONSTANT_INIT, constantInit, TORCH_INIT } from './torch-init';
import { TORCH_LAYERS } from './torch-networks';
import { seedTorch, TORCH } from './torch-random';

/** torch's generators and what draws from them, as the dialect calls them. */

const METHODS_OF_TENSORS: ReadonlySet<string> = new Set(['bernoulli', 'multinomial']);
const isFilling = (name: string): boolean => name.endsWith('_') && TORCH.has(name);

const INIT = 'torch.nn.init.';

/** The seed of a `torch.Generator()` that is given none. */
const FIRST_SEED = 67280421310721n;

/** What is evaluated of them, with the parameters. */
export const TORCH_RANDOM_FUNCTIONS: readonly { readonly path: string; readonly signature: string }[] = [
  { path: 'torch.manual_seed', signature: 'seed' },
  { path: 'torch.Generator', signature: 'device=cpu' },
  ...[...TORCH.values()].map(({ name, signature }) => ({
    path: isFilling(name) ? `torch.Tensor.${name}` : `torch.${name}`,
    signature: `${signature}${/\*[^*]|\*$/.test(signature) ? '' : ', *'}, generator=None`,
  })),
  ...Object.entries(CONSTANT_INIT).map(([name, signature]) => ({ path: INIT + name, signature })),
  ...[...TORCH_INIT.values()].map(({ name, signature }) => ({ path: INIT + name, signature })),
  ...[...TORCH_LAYERS.values()].map(({ name, signature }) => ({ path: `torch.nn.${name}`, signature })),
  ...[...METHODS_OF_TENSORS].map(name => ({
    path: `torch.Tensor.${name}`,
    signature: TORCH.get(name)?.signature ?? '',
  })),
];

const torchGenerator = (state: MersenneState): GeneratorValue => ({ kind: 'generator', form: 'torch', state });

/** torch's own generator as a value: what it holds stands with the others that libraries keep. */
const DEFAULT: GeneratorValue = { ...torchGenerator(seedTorch(0n)), kept: true };

/** `torch.rand`, `torch.Generator`; undefined for what has nothing to do with them. */
export function torchRandomAttribute(path: string, name: string): Value | undefined {
  if (path === 'torch.random' && name !== 'manual_seed') return unknown(`torch.random.${name} is not followed`);
  if (path === 'torch.nn.init')
    return TORCH_INIT.has(name) || name in CONSTANT_INIT
      ? { kind: 'function', path: INIT + name }
      : unknown(`nn.init.${name} is not covered yet`);
  if (path !== 'torch' && path !== 'torch.random') return undefined;
  if (path === 'torch' && name === 'default_generator') return DEFAULT;
  const own = name === 'manual_seed' || name === 'Generator' || (TORCH.has(name) && !isFilling(name));
  return own ? { kind: 'function', path: `torch.${name}` } : undefined;
}

/** `tensor.uniform_`, `tensor.bernoulli`. */
export const drawsAsMethod = (name: string): boolean => METHODS_OF_TENSORS.has(name) || isFilling(name);

/** A method of torch's generator, bound to it. */
export const torchGeneratorMember = (self: GeneratorValue, name: string): Value =>
  name === 'manual_seed'
    ? { kind: 'function', path: 'torch.Generator.manual_seed', self }
    : unknown(`${name} of a generator is not followed`);

/** Whether a function is one of these. */
export const isTorchDraw = (f: FunctionValue): boolean =>
  f.path === 'torch.Generator.manual_seed' ||
  (f.path.startsWith(INIT) && f.self === undefined) ||
  (f.path.startsWith('torch.nn.') && TORCH_LAYERS.has(f.path.slice('torch.nn.'.length))) ||
  ((f.path === 'torch.manual_seed' || f.path === 'torch.Generator') && f.self === undefined) ||
  (/^torch\.(Tensor\.)?\w+$/.test(f.path) &&
    TORCH.has(f.path.slice(f.path.lastIndexOf('.') + 1)) &&
    (f.self === undefined) !== f.path.startsWith('torch.Tensor.'));

const followed = (context: Context) => context.generators ?? unknown('random numbers are not followed here');

function seedOf(v: Value | undefined): bigint {
  if (v?.kind !== 'scalar' || !/^(u?int|bool)/.test(v.dtype)) return unknown('a seed of this kind is not followed');
  const seed = BigInt(v.value as number | bigint | boolean);
  return seed >= -(2n ** 63n) && seed < 2n ** 64n ? seed : unknown('a seed of more than 64 bits is refused');
}

/** Where torch's arguments do not fit it says so in words of its own. */
function refused<T>(run: () => T): T {
  try {
    return run();
  } catch (stop) {
    if (stop instanceof Stop && stop.status === 'error' && !stop.message.startsWith('RuntimeError'))
      return unknown('this call fails, or is not covered yet');
    throw stop;
  }
}

interface Given {
  readonly bound: Bound;
  readonly generator: Value | undefined;
  readonly gradient: ArrayValue['gradient'];
}

/** The arguments of a draw, those about generators, devices and gradients apart. */
function argumentsOf(method: RandomMethod, args: readonly CallArgument[]): Given {
  let generator: Value | undefined;
  let gradient: ArrayValue['gradient'];
  const rest = args.flatMap((a): CallArgument[] => {
    switch (a.name) {
      case 'generator':
        generator = a.value;
        return [];
      case 'requires_grad':
        if (a.value.kind !== 'scalar') return unknown('requires_grad= of this is not followed');
        gradient = a.value.value ? 'leaf' : undefined;
        return [];
      case 'device':
        onProcessor(a.value);
        return [];
      case 'layout':
      case 'pin_memory':
        return [];
      case 'size':
        return method.signature.startsWith('*size') ? [{ value: a.value }] : [a];
      default:
        return [a];
    }
  });
  const entry = { path: `torch.${method.name}`, signature: method.signature, evaluate: () => fail('not called') };
  return { bound: refused(() => bind(entry, rest)), generator, gradient };
}

function onProcessor(v: Value): void {
  if (v.kind === 'none' || (v.kind === 'string' && v.value === 'cpu')) return;
  unknown('a device other than the processor is known only when the code runs');
}

const unseeded = (name: string): string =>
  TORCH_LAYERS.has(name)
    ? `nn.${name}: its weights are random, known only when the code runs`
    : `torch.${name}: random, known only when the code runs`;

/** Carries out one draw, from the generator that is given or from torch's own. */
function drawn(method: RandomMethod, args: readonly CallArgument[], context: Context): Value {
  const following = followed(context);
  const { bound, generator: from, gradient } = argumentsOf(method, args);
  // Alone, the upper bound is not called low.
  if (args.some(a => a.name === 'low') && isNone(bound.high)) return unknown('this call fails, or is not covered yet');
  if (!isNone(from) && !(from.kind === 'generator' && from.form === 'torch'))
    return unknown('this generator is not followed');
  const own = isNone(from) || from.kept ? undefined : from;
  const generator = own ?? following.kept(KEPT.torch) ?? unknown(unseeded(method.name));
  const { value, state } = refused(() =>
    drawing(
      generator.state,
      work => context.budget.spend(20 * work),
      under => method.run(under, bound),
    ),
  );
  const after: GeneratorValue = { ...generator, state };
  if (own) following.replace(own, after);
  else following.keep(KEPT.torch, after);
  return gradient && isTensor(value) ? tensor(value.array, 'torch', gradient) : value;
}

/** What a tensor holds after `tensor.uniform_()`; undefined where the method is none of these. */
export function filledTensor(
  self: Tensor,
  name: string,
  args: readonly CallArgument[],
  context: Context,
): Value | undefined {
  const method = isFilling(name) ? TORCH.get(name) : undefined;
  return method && drawn(method, [{ value: self }, ...args], context);
}

/** What a tensor holds after `nn.init.normal_(tensor)`; undefined where the path is of no such function. */
export function initialised(path: string, args: readonly CallArgument[], context: Context): Value | undefined {
  if (!path.startsWith(INIT)) return undefined;
  const name = path.slice(INIT.length);
  const method = TORCH_INIT.get(name);
  if (method) return drawn(method, args, context);
  const signature = CONSTANT_INIT[name] ?? unknown(`nn.init.${name} is not covered yet`);
  return constantInit(
    name,
    refused(() => bind({ path, signature, evaluate: () => DEFAULT }, args)),
  );
}

/** Calls a function of torch's that draws or seeds, or a method. */
export function callTorchDraw(f: FunctionValue, args: readonly CallArgument[], context: Context): Value {
  const name = f.path.slice(f.path.lastIndexOf('.') + 1);
  if (name === 'Generator') {
    for (const a of args) onProcessor(a.value);
    return torchGenerator(seedTorch(FIRST_SEED));
  }
  if (name === 'manual_seed') {
    const { seed } = bind({ path: f.path, signature: 'seed', evaluate: () => DEFAULT }, args);
    const after = torchGenerator(seedTorch(seedOf(seed)));
    const { self } = f;
    if (self?.kind === 'generator' && !self.kept) {
      followed(context).replace(self, after);
      return after;
    }
    followed(context).keep(KEPT.torch, after);
    return DEFAULT;
  }
  if (f.path.startsWith(INIT)) return unknown(`what ${name} changes in place is not followed here`);
  if (isFilling(name)) return unknown(`what ${name} changes in place is not followed here`);
  const layer = f.path.startsWith('torch.nn.') ? TORCH_LAYERS.get(name) : undefined;
  const method = layer ?? TORCH.get(name) ?? unknown(`${f.path} is not covered yet`);
  return drawn(method, f.self ? [{ value: f.self }, ...args] : args, context);
}
