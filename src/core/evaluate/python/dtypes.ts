import type { DType } from '../../values/dtype';
import type { DTypeValue, Value } from '../../values/value';
import { unknown } from '../stop';

/** Scalar types by the names that numpy's namespace gives them. */
export const TYPE_NAMES: Readonly<Record<string, DType>> = {
  bool_: 'bool',
  bool8: 'bool',
  int8: 'int8',
  byte: 'int8',
  int16: 'int16',
  short: 'int16',
  int32: 'int32',
  intc: 'int32',
  int64: 'int64',
  int_: 'int64',
  intp: 'int64',
  uint8: 'uint8',
  ubyte: 'uint8',
  uint16: 'uint16',
  ushort: 'uint16',
  uint32: 'uint32',
  uintc: 'uint32',
  uint64: 'uint64',
  uint: 'uint64',
  uintp: 'uint64',
  float16: 'float16',
  half: 'float16',
  float32: 'float32',
  single: 'float32',
  float64: 'float64',
  double: 'float64',
  float_: 'float64',
  complex64: 'complex64',
  csingle: 'complex64',
  singlecomplex: 'complex64',
  complex128: 'complex128',
  cdouble: 'complex128',
  cfloat: 'complex128',
  complex_: 'complex128',
};

/** What a string may say for a dtype beside the names above: kind and bytes, or a one-letter code. */
const CODES: Readonly<Record<string, DType>> = {
  bool: 'bool',
  int: 'int64',
  float: 'float64',
  complex: 'complex128',
  '?': 'bool',
  b1: 'bool',
  b: 'int8',
  i1: 'int8',
  h: 'int16',
  i2: 'int16',
  i: 'int32',
  i4: 'int32',
  l: 'int64',
  p: 'int64',
  i8: 'int64',
  B: 'uint8',
  u1: 'uint8',
  H: 'uint16',
  u2: 'uint16',
  I: 'uint32',
  u4: 'uint32',
  L: 'uint64',
  P: 'uint64',
  u8: 'uint64',
  e: 'float16',
  f2: 'float16',
  f: 'float32',
  f4: 'float32',
  d: 'float64',
  f8: 'float64',
  F: 'complex64',
  c8: 'complex64',
  D: 'complex128',
  c16: 'complex128',
};

const BUILTINS: Readonly<Record<string, DType>> = {
  'builtins.int': 'int64',
  'builtins.float': 'float64',
  'builtins.bool': 'bool',
  'builtins.complex': 'complex128',
};

/** The dtype that a value names, or undefined where it names none that is read. */
export function namedDtype(v: Value): DType | undefined {
  switch (v.kind) {
    case 'dtype':
      return v.dtype;
    case 'string': {
      const bare = v.value.replace(/^[<=|]/, '');
      return CODES[bare] ?? TYPE_NAMES[bare];
    }
    case 'function':
      return BUILTINS[v.path];
    default:
      return undefined;
  }
}

/** The dtype that an argument names: `np.float32`, `float`, `'float64'`, `'<i4'`. */
export function dtypeOf(v: Value | undefined): DType | undefined {
  if (v === undefined || v.kind === 'none') return undefined;
  return (
    namedDtype(v) ??
    unknown(v.kind === 'string' ? `the dtype ${v.value} is not covered yet` : 'this dtype is not covered yet')
  );
}

/** The one-letter code of `dtype.char`. */
export const charOf = (d: DType): string =>
  ({
    bool: '?',
    int8: 'b',
    int16: 'h',
    int32: 'i',
    int64: 'l',
    uint8: 'B',
    uint16: 'H',
    uint32: 'I',
    uint64: 'L',
    float16: 'e',
    bfloat16: 'E',
    float32: 'f',
    float64: 'd',
    complex64: 'F',
    complex128: 'D',
  })[d];

export const dtypeValue = (dtype: DType): DTypeValue => ({ kind: 'dtype', dtype });
