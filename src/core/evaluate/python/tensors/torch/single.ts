import { fusedSingle as fused } from '../../../../values/fused';
import { asType, type NDArray, ndarray, toFloat64 } from '../../../../values/ndarray';

/**
 * Functions of float32 numbers as torch computes them on a processor with vectors of eight: the exponential after SLEEF's
 * expf, the error function by Abramowitz and Stegun's 7.1.26, every step rounded once.
 */

const round = Math.fround;

const LOG2_E = round(Math.LOG2E);
const [LN2_HIGH, LN2_LOW] = [0.693145751953125, 0.00000142860676533018].map(round);
const SERIES = [
  0.00019852761761285365, 0.0013930435525253415, 0.008333360776305199, 0.041666485369205475, 0.1666666716337204, 0.5,
].map(round);

/** To the nearest whole number, halves to the even one. */
function nearest(x: number): number {
  const r = Math.round(x);
  return r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

/** e to the power of a float32 number, at most one unit in the last place off. */
export function expSingle(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 104) return Number.POSITIVE_INFINITY;
  if (x < -104) return 0;
  const power = nearest(round(x * LOG2_E));
  const s = fused(power, -LN2_LOW, fused(power, -LN2_HIGH, x));
  const u = SERIES.reduce((sum, c, k) => (k === 0 ? c : fused(sum, s, c)), 0);
  return round(round(1 + fused(round(s * s), u, s)) * 2 ** power);
}

const [P, ...ERF] = [0.3275911, 1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592].map(round);

/** The error function of a float32 number. */
function erfSingle(x: number): number {
  const size = Math.abs(x);
  const t = round(1 / fused(P, size, 1));
  const r = ERF.reduce((sum, c, k) => (k === 0 ? c : fused(sum, t, c)), 0);
  const tail = round(-expSingle(-round(x * x)) * t);
  return Math.sign(x) * fused(tail, r, 1);
}

/** Vectors that a loop goes through at once; what is left over is computed one by one. */
const TOGETHER = 16;

type Scalar = (x: number) => number;

/** A function of every float32 number: `vector` where a vector is full, `scalar` of what is left over. */
function eachSingle(a: NDArray, vector: Scalar, scalar: Scalar): NDArray {
  const x = toFloat64(a);
  const whole = Math.floor(x.length / TOGETHER) * TOGETHER;
  return asType(
    ndarray(
      'float64',
      a.shape,
      x.map((e, k) => (k < whole ? vector(e) : scalar(e))),
    ),
    'float32',
  );
}

const exact: Scalar = x => round(Math.exp(x));
const over =
  (top: (x: number) => number, exp: Scalar): Scalar =>
  x =>
    round(top(x) / round(1 + exp(-x)));

export const sigmoidSingle = (a: NDArray): NDArray =>
  eachSingle(
    a,
    over(() => 1, expSingle),
    over(() => 1, exact),
  );
export const siluSingle = (a: NDArray): NDArray =>
  eachSingle(
    a,
    over(x => x, expSingle),
    over(x => x, exact),
  );

/** x/2 (1 + erf(x/√2)) by an error function of its own for what is left over. */
export const geluSingle = (a: NDArray, erf: Scalar): NDArray => {
  const of =
    (f: Scalar): Scalar =>
    x =>
      round(round(x * 0.5) * round(1 + f(round(x * round(Math.SQRT1_2)))));
  return eachSingle(
    a,
    of(erfSingle),
    of(x => round(erf(x))),
  );
};

const LANES = 8;

/** A sum in vectors of eight, whose lanes are added in halves; of fewer numbers one after the other. */
function vectorSum(x: Float64Array): number {
  if (x.length < LANES) return x.reduce((s, e) => round(s + e), 0);
  let lanes = x.slice(0, LANES);
  for (let k = LANES; k < x.length; k++) lanes[k % LANES] = round(lanes[k % LANES] + x[k]);
  for (const step of [4, 2, 1]) lanes = lanes.map((e, k) => round(e + lanes[k ^ step]));
  return lanes[0];
}

const exponentials = (lane: Float64Array): { readonly most: number; readonly e: Float64Array } => {
  const most = lane.reduce((m, x) => Math.max(m, x), Number.NEGATIVE_INFINITY);
  return { most, e: lane.map(x => expSingle(round(x - most))) };
};

/** exp(x − max) over its sum. */
export function softmaxSingle(lane: Float64Array): Float64Array {
  const { e } = exponentials(lane);
  const share = round(1 / vectorSum(e));
  return e.map(x => round(x * share));
}

/** (x − max) − log Σ exp(x − max). */
export function logSoftmaxSingle(lane: Float64Array): Float64Array {
  const { most, e } = exponentials(lane);
  const log = round(Math.log(vectorSum(e)));
  return lane.map(x => round(x - most) - log);
}
