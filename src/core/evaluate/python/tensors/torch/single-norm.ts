/**
 * Layer normalisation of float32 numbers in the order and with the roundings of torch's kernels on a processor with vectors
 * of eight: moments by Welford's method, what is left over from a vector first.
 */

const round = Math.fround;
const fused = (a: number, b: number, c: number): number => round(a * b + c);
const LANES = 8;

/** The mean and the mean squared distance from it. */
function moments(x: Float64Array): readonly [mean: number, spread: number] {
  const n = x.length;
  if (n >= 2 * LANES) {
    const mean = x.reduce((s, e) => s + e, 0) / n;
    return [round(mean), round(x.reduce((s, e) => s + (e - mean) ** 2, 0) / n)];
  }
  const whole = n - (n % LANES);
  let [count, mean, squares] = [0, 0, 0];
  for (let i = whole; i < n; i++) {
    const d = round(x[i] - mean);
    mean = round(mean + round(d / ++count));
    squares = round(squares + round(d * round(x[i] - mean)));
  }
  for (let i = 0; i < whole; i++) {
    const share = round(1 / (count + 1));
    const d = round(x[i] - mean);
    mean = round(mean + round(share * d));
    squares = round(squares + round(round(round(d * d) * share) * count++));
  }
  return [mean, round(squares / n)];
}

interface Standard {
  readonly mean: number;
  /** One over the standard deviation. */
  readonly scale: number;
}

function standardOf(x: Float64Array, eps: number): Standard {
  const [mean, spread] = moments(x);
  return { mean, scale: round(1 / round(Math.sqrt(round(spread + round(eps))))) };
}

/** What a lane is normalised to, times and plus what the layer has learnt. */
export function normalisedSingle(
  x: Float64Array,
  eps: number,
  weight?: Float64Array,
  bias?: Float64Array,
): Float64Array {
  const { mean, scale } = standardOf(x, eps);
  const shift = round(-scale * mean);
  return x.map((e, i) => {
    const hat = fused(e, scale, shift);
    return weight || bias ? fused(hat, weight?.[i] ?? 1, bias?.[i] ?? 0) : hat;
  });
}

/** Σ p q in vectors of eight, whose lanes are added in halves; of fewer numbers one after the other. */
function productSum(p: Float64Array, q: Float64Array): number {
  if (p.length < LANES) return p.reduce((s, e, k) => round(s + round(e * q[k])), 0);
  let lanes = Float64Array.from({ length: LANES }, (_, k) => round(p[k] * q[k]));
  for (let k = LANES; k < p.length; k++) lanes[k % LANES] = fused(p[k], q[k], lanes[k % LANES]);
  for (const step of [4, 2, 1]) lanes = lanes.map((e, k) => round(e + lanes[k ^ step]));
  return lanes[0];
}

/** The gradient of what is normalised: a g w + b x + c. */
export function normGradient(x: Float64Array, g: Float64Array, eps: number, weight?: Float64Array): Float64Array {
  const { mean, scale } = standardOf(x, eps);
  const one = new Float64Array(x.length).fill(1);
  const share = round(1 / x.length);
  const products = x.map((e, i) => round(e * g[i]));
  const [ds, db] = weight
    ? [productSum(products, weight), productSum(g, weight)]
    : [productSum(g, x), productSum(g, one)];
  const b = round(round(round(round(fused(db, mean, -ds) * scale) * scale) * scale) * share);
  const c = fused(-b, mean, -round(round(db * scale) * share));
  return x.map((e, i) => {
    const direct = round(scale * g[i]);
    return round(fused(b, e, weight ? round(direct * weight[i]) : direct) + c);
  });
}

/** The gradient of the weight: Σ g (x − mean)/deviation over lanes. */
export function normWeightGradient(x: Float64Array, g: Float64Array, n: number, eps: number): Float64Array {
  const out = new Float64Array(n);
  for (let k = 0; k < x.length; k += n) {
    const { mean, scale } = standardOf(x.subarray(k, k + n), eps);
    const shift = round(-scale * mean);
    for (let i = 0; i < n; i++) out[i] = fused(g[k + i], fused(scale, x[k + i], shift), out[i]);
  }
  return out;
}

/** The gradient of the bias: Σ g over lanes. */
export function normBiasGradient(g: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n);
  g.forEach((e, k) => {
    out[k % n] = round(out[k % n] + e);
  });
  return out;
}
