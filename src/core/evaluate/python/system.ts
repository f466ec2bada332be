import type { Value } from '../../values/value';
import { float, int } from './coerce';

const FLOAT_INFO: Readonly<Record<string, Value>> = {
  max: float(Number.MAX_VALUE),
  min: float(2 ** -1022),
  epsilon: float(Number.EPSILON),
  dig: int(15),
  mant_dig: int(53),
  max_exp: int(1024),
  min_exp: int(-1021),
  max_10_exp: int(308),
  min_10_exp: int(-307),
  radix: int(2),
  rounds: int(1),
};

/** What of Python's `sys` is the same on every 64-bit machine. */
export function systemFact(path: string, name: string): Value | undefined {
  if (path === 'sys' && name === 'maxsize') return int(2n ** 63n - 1n);
  if (path === 'sys' && name === 'float_info') return { kind: 'module', path: 'sys.float_info' };
  return path === 'sys.float_info' ? FLOAT_INFO[name] : undefined;
}
