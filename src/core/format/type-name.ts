import type { DialectId } from '../expression/program';
import type { DType } from '../values/dtype';

const MATLAB: Readonly<Partial<Record<DType, string>>> = {
  bool: 'logical',
  float32: 'single',
  float64: 'double',
  // Whole numbers of the source are kept as int64 and count as doubles.
  int64: 'double',
  complex64: 'complex single',
  complex128: 'complex double',
};

const R: Readonly<Partial<Record<DType, string>>> = {
  bool: 'logical',
  int32: 'integer',
  float64: 'double',
  complex128: 'complex',
};

/** What readers of a dialect call a type of elements: NumPy's dtype, MATLAB's class, R's type; mathematics has no word for it. */
export function typeName(dtype: DType, dialect: DialectId): string | undefined {
  switch (dialect) {
    case 'python':
      return dtype;
    case 'matlab':
      return MATLAB[dtype] ?? dtype;
    case 'r':
      return R[dtype] ?? dtype;
    case 'latex':
      return undefined;
  }
}
