/** Element types, by NumPy's names; `bfloat16` is torch's. MATLAB's double, single and logical are float64, float32 and bool. */
export type DType =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128';

/** The typed array that stores a dtype; see NDArray. */
export type ArrayData = Uint8Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array;

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** One element: a boolean for bool, a bigint for an integer beyond 2^53, a Complex for complex types, a number else. */
export type Element = number | bigint | boolean | Complex;

export const MAX_SAFE_INTEGER = 2 ** 53;

export const isComplex = (e: Element): e is Complex => typeof e === 'object';

/** What kind of number a dtype holds, and its size in bits. */
interface Facts {
  readonly kind: 'bool' | 'signed' | 'unsigned' | 'float' | 'complex';
  readonly bits: number;
}

const FACTS: Readonly<Record<DType, Facts>> = {
  bool: { kind: 'bool', bits: 8 },
  int8: { kind: 'signed', bits: 8 },
  int16: { kind: 'signed', bits: 16 },
  int32: { kind: 'signed', bits: 32 },
  int64: { kind: 'signed', bits: 64 },
  uint8: { kind: 'unsigned', bits: 8 },
  uint16: { kind: 'unsigned', bits: 16 },
  uint32: { kind: 'unsigned', bits: 32 },
  uint64: { kind: 'unsigned', bits: 64 },
  float16: { kind: 'float', bits: 16 },
  bfloat16: { kind: 'float', bits: 16 },
  float32: { kind: 'float', bits: 32 },
  float64: { kind: 'float', bits: 64 },
  complex64: { kind: 'complex', bits: 64 },
  complex128: { kind: 'complex', bits: 128 },
};

export const kindOf = (d: DType): Facts['kind'] => FACTS[d].kind;
export const bytesOf = (d: DType): number => FACTS[d].bits / 8;
export const isComplexType = (d: DType): d is 'complex64' | 'complex128' => d === 'complex64' || d === 'complex128';
export type FloatType = 'float16' | 'bfloat16' | 'float32' | 'float64';
export const isFloatType = (d: DType): d is FloatType => FACTS[d].kind === 'float';
/** Integers, booleans not among them. */
export const isIntegerType = (d: DType): boolean => FACTS[d].kind === 'signed' || FACTS[d].kind === 'unsigned';

/** The type of a complex type's parts; other types are their own. */
export const partType = (d: DType): DType => (d === 'complex64' ? 'float32' : d === 'complex128' ? 'float64' : d);

/** The smallest and largest integer of an integer type. */
export function integerRange(d: DType): readonly [bigint, bigint] {
  const { kind, bits } = FACTS[d];
  const n = BigInt(bits);
  return kind === 'unsigned' ? [0n, (1n << n) - 1n] : [-(1n << (n - 1n)), (1n << (n - 1n)) - 1n];
}

/** An exact integer as an integer type holds it: modulo 2^bits. */
export const wrapInteger = (d: DType, x: bigint): bigint =>
  FACTS[d].kind === 'unsigned' ? BigInt.asUintN(FACTS[d].bits, x) : BigInt.asIntN(FACTS[d].bits, x);

const SIGNED: readonly DType[] = ['int8', 'int16', 'int32', 'int64'];
const byBits = (bits: number): DType => SIGNED.find(d => FACTS[d].bits >= bits) ?? 'float64';

/** The dtype of a result of array operands, as NumPy's `promote_types`: int64 with float32 gives float64. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const [x, y] = [FACTS[a], FACTS[b]];
  if (x.kind === 'bool') return b;
  if (y.kind === 'bool') return a;
  if (x.kind === 'complex' || y.kind === 'complex')
    return promote(partType(a), partType(b)) === 'float64' ? 'complex128' : 'complex64';
  if (x.kind === 'float' || y.kind === 'float') {
    const float = (f: DType, facts: Facts): DType =>
      facts.kind === 'float' ? f : facts.bits === 8 ? 'float16' : facts.bits === 16 ? 'float32' : 'float64';
    const [p, q] = [float(a, x), float(b, y)];
    if (p !== q && FACTS[p].bits === 16 && FACTS[q].bits === 16) return 'float32';
    return FACTS[p].bits >= FACTS[q].bits ? p : q;
  }
  if (x.kind === y.kind) return x.bits >= y.bits ? a : b;
  const [signed, unsigned] = x.kind === 'signed' ? [a, b] : [b, a];
  return FACTS[signed].bits > FACTS[unsigned].bits ? signed : byBits(2 * FACTS[unsigned].bits);
}

const HEIGHT: Readonly<Record<ReturnType<typeof kindOf>, number>> = {
  complex: 0,
  float: 1,
  signed: 2,
  unsigned: 2,
  bool: 3,
};

/** The type of several together: each one beside those of the highest kind, so that small floats do not meet what integers make together. */
export const promoteAll = (types: readonly DType[]): DType =>
  types.toSorted((a, b) => HEIGHT[kindOf(a)] - HEIGHT[kindOf(b)]).reduce(promote);

/** The nearest half-precision number, ties to even; beyond 65520 infinite. */
export function roundHalf(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude === 0 || !Number.isFinite(x)) return x;
  if (magnitude >= 65520) return x > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const quantum = 2 ** (Math.max(Math.floor(Math.log2(magnitude)), -14) - 10);
  const steps = magnitude / quantum;
  const below = Math.floor(steps);
  const rest = steps - below;
  const rounded = rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
  return x < 0 ? -rounded * quantum : rounded * quantum;
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The nearest number with eight significant bits and float32's exponents (bfloat16) to a number rounded to float32, ties to even. */
export function roundBrain(x: number): number {
  single[0] = x;
  if (Number.isNaN(x)) return x;
  bits[0] = (bits[0] + 0x7fff + ((bits[0] >>> 16) & 1)) & 0xffff0000;
  return single[0];
}

/** How numbers of a 16-bit type are rounded, which are stored wider; undefined for the other types. */
export const narrowing = (d: DType): ((x: number) => number) | undefined =>
  d === 'float16' ? roundHalf : d === 'bfloat16' ? roundBrain : undefined;
