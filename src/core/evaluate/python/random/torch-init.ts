import { isFloatType } from '../../../values/dtype';
import { fromReal, sizeOf } from '../../../values/ndarray';
import type { Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { unknown } from '../../stop';
import { float, real } from '../coerce';
import { arrayOf, tensor } from '../tensors/tensor';
import type { Drawing, RandomMethod } from './drawing';
import { TORCH } from './torch-random';

/** The functions of `torch.nn.init`: what the tensor that they are given holds then. */

const filled = (name: string, drawing: Drawing, tensor: Value | undefined, args: Bound): Value => {
  const method = TORCH.get(name) ?? unknown(`${name} is not covered yet`);
  return method.run(drawing, { self: tensor, ...args });
};

const between = (drawing: Drawing, tensor: Value | undefined, bound: number): Value =>
  filled('uniform_', drawing, tensor, { from: float(-bound), to: float(bound) });
const around = (drawing: Drawing, tensor: Value | undefined, std: number): Value =>
  filled('normal_', drawing, tensor, { mean: float(0), std: float(std) });

/** How many inputs one output has, and outputs one input: of a matrix of weights, or of a convolution's. */
function fans(tensor: Value | undefined): readonly [inputs: number, outputs: number] {
  const { shape } = arrayOf(tensor);
  if (shape.length < 2) return unknown('this takes a tensor of two dimensions or more');
  const field = sizeOf(shape.slice(2));
  return [shape[1] * field, shape[0] * field];
}

function gainOf(nonlinearity: Value | undefined, slope: Value | undefined): number {
  const name = nonlinearity?.kind === 'string' ? nonlinearity.value : 'leaky_relu';
  switch (name) {
    case 'leaky_relu':
      return Math.sqrt(2 / (1 + real(slope, 0) ** 2));
    case 'relu':
      return Math.sqrt(2);
    case 'tanh':
      return 5 / 3;
    case 'linear':
    case 'sigmoid':
      return 1;
    default:
      return unknown(`the gain of ${name} is not covered yet`);
  }
}

/** The deviation that Glorot's method asks for. */
const xavier = ({ tensor, gain }: Bound): number => {
  const [inputs, outputs] = fans(tensor);
  return real(gain, 1) * Math.sqrt(2 / (inputs + outputs));
};

/** The deviation that He's method asks for. */
const kaiming = ({ tensor, a, mode, nonlinearity }: Bound): number => {
  const [inputs, outputs] = fans(tensor);
  const fan = mode?.kind === 'string' && mode.value === 'fan_out' ? outputs : inputs;
  return gainOf(nonlinearity, a) / Math.sqrt(fan);
};

const KAIMING = 'tensor, a=0, mode=fan_in, nonlinearity=leaky_relu';

/** What a tensor holds after one of the functions that draw nothing; undefined of the others. */
export function constantInit(name: string, { tensor: given, val }: Bound): Value | undefined {
  const value = name === 'zeros_' ? 0 : name === 'ones_' ? 1 : name === 'constant_' ? real(val, 0) : undefined;
  if (value === undefined) return undefined;
  const { dtype, shape } = arrayOf(given);
  if (!isFloatType(dtype)) return unknown(`${name} of ${dtype} is not covered`);
  return tensor(fromReal(dtype, shape, new Float64Array(sizeOf(shape)).fill(value)), 'torch');
}

/** The signatures of those. */
export const CONSTANT_INIT: Readonly<Record<string, string>> = {
  zeros_: 'tensor',
  ones_: 'tensor',
  constant_: 'tensor, val',
};

/** Those that draw. */
export const TORCH_INIT: ReadonlyMap<string, RandomMethod> = new Map(
  (
    [
      ['uniform_', 'tensor, a=0.0, b=1.0', (d, x) => filled('uniform_', d, x.tensor, { from: x.a, to: x.b })],
      ['normal_', 'tensor, mean=0.0, std=1.0', (d, x) => filled('normal_', d, x.tensor, { mean: x.mean, std: x.std })],
      ['xavier_uniform_', 'tensor, gain=1.0', (d, x) => between(d, x.tensor, Math.sqrt(3) * xavier(x))],
      ['xavier_normal_', 'tensor, gain=1.0', (d, x) => around(d, x.tensor, xavier(x))],
      ['kaiming_uniform_', KAIMING, (d, x) => between(d, x.tensor, Math.sqrt(3) * kaiming(x))],
      ['kaiming_normal_', KAIMING, (d, x) => around(d, x.tensor, kaiming(x))],
    ] as const satisfies readonly (readonly [string, string, (drawing: Drawing, args: Bound) => Value])[]
  ).map(([name, signature, run]): readonly [string, RandomMethod] => [name, { name, signature, run }]),
);
