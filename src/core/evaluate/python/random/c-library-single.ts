/**
 * log(1 + x) in single precision for −1 < x ≤ 0, as the GNU C library up to version 2.40 rounds it (after fdlibm); later versions
 * give the nearest number.
 */

const round = Math.fround;
const number = new Float32Array(1);
const words = new Int32Array(number.buffer);

const LN2_HIGH = round(0.69313812256);
const LN2_LOW = round(9.0580006145e-6);
const TERMS = Float32Array.of(
  0.1479819864,
  0.15313838422,
  0.1818357259,
  0.22222198546,
  0.28571429849,
  0.40000000596,
  0.66666668653,
);

export function log1pSingle(x: number): number {
  if (x > -(2 ** -29)) return round(x - round(round(x * x) * 0.5));
  number[0] = x;
  if (words[0] <= (0xbe95f61f | 0)) {
    const half = round(round(0.5 * x) * x);
    return round(x - round(half - quotient(x, half)));
  }
  const u = round(1 + x);
  number[0] = u;
  let exponent = (words[0] >> 23) - 127;
  const correction = round(round(x - round(u - 1)) / u);
  const mantissa = words[0] & 0x007fffff;
  const lower = mantissa < 0x3504f7;
  words[0] = mantissa | (lower ? 0x3f800000 : 0x3f000000);
  if (!lower) exponent += 1;
  const f = round(number[0] - 1);
  const half = round(round(0.5 * f) * f);
  const base = round(exponent * LN2_HIGH);
  const rest = round(round(exponent * LN2_LOW) + correction);
  if ((lower ? mantissa : (0x00800000 - mantissa) >> 2) === 0) {
    if (f === 0) return exponent === 0 ? 0 : round(base + rest);
    const short = round(half * round(1 - round(round(2 / 3) * f)));
    return exponent === 0 ? round(f - short) : round(base - round(round(short - rest) - f));
  }
  const series = quotient(f, half);
  if (exponent === 0) return round(f - round(half - series));
  return round(base - round(round(half - round(series + rest)) - f));
}

/** s · (f²/2 + R(s²)) with s = f / (2 + f). */
function quotient(f: number, half: number): number {
  const s = round(f / round(2 + f));
  const z = round(s * s);
  let sum = TERMS[0];
  for (let k = 1; k < TERMS.length; k++) sum = round(TERMS[k] + round(z * sum));
  return round(s * round(half + round(z * sum)));
}
