import { exp, log1p } from './c-library';
import { log1pSingle } from './c-library-single';
import type { Source } from './source';
import {
  EXPONENTIAL_HEIGHT,
  EXPONENTIAL_HEIGHT_SINGLE,
  EXPONENTIAL_INSIDE,
  EXPONENTIAL_INSIDE_SINGLE,
  EXPONENTIAL_WIDTH,
  EXPONENTIAL_WIDTH_SINGLE,
  NORMAL_HEIGHT,
  NORMAL_HEIGHT_SINGLE,
  NORMAL_INSIDE,
  NORMAL_INSIDE_SINGLE,
  NORMAL_WIDTH,
  NORMAL_WIDTH_SINGLE,
} from './ziggurat-tables';

/** Normal and exponential numbers as NumPy's Generator draws them (Marsaglia and Tsang 2000). */

/** Where the tail begins. */
const NORMAL_TAIL = 3.654152885361009;
const NORMAL_TAIL_INVERSE = 0.27366123732975828;
const EXPONENTIAL_TAIL = 7.69711747013105;

export function standardNormal(source: Source): number {
  for (;;) {
    const bits = source.uint64();
    const low = Number(bits & 0xffffffffn);
    const layer = low & 0xff;
    const whole = (Number(bits >> 32n) & 0x1fffffff) * 2 ** 23 + (low >>> 9);
    const x = (low & 0x100 ? -1 : 1) * whole * NORMAL_WIDTH[layer];
    if (whole < NORMAL_INSIDE[layer]) return x;
    if (layer === 0) {
      const beyond = tail(() => -log1p(-source.double()));
      return Math.floor(whole / 256) % 2 === 1 ? -beyond : beyond;
    }
    const { [layer]: height, [layer - 1]: above } = NORMAL_HEIGHT;
    if ((above - height) * source.double() + height < exp(-0.5 * x * x)) return x;
  }
}

/** A normal number beyond where the layers end (Marsaglia 1964). */
function tail(exponential: () => number): number {
  for (;;) {
    const x = NORMAL_TAIL_INVERSE * exponential();
    const y = exponential();
    if (y + y > x * x) return NORMAL_TAIL + x;
  }
}

export function standardExponential(source: Source): number {
  for (;;) {
    const bits = source.uint64() >> 3n;
    const layer = Number(bits & 0xffn);
    const whole = Number(bits >> 8n);
    const x = whole * EXPONENTIAL_WIDTH[layer];
    if (whole < EXPONENTIAL_INSIDE[layer]) return x;
    if (layer === 0) return EXPONENTIAL_TAIL - log1p(-source.double());
    const { [layer]: height, [layer - 1]: above } = EXPONENTIAL_HEIGHT;
    if ((above - height) * source.double() + height < exp(-x)) return x;
  }
}

const round = Math.fround;
const singles = (numbers: readonly number[]): Float32Array => Float32Array.from(numbers);
const NORMAL = { width: singles(NORMAL_WIDTH_SINGLE), height: singles(NORMAL_HEIGHT_SINGLE) };
const EXPONENTIAL = { width: singles(EXPONENTIAL_WIDTH_SINGLE), height: singles(EXPONENTIAL_HEIGHT_SINGLE) };

/** A multiple of 2^−24 in [0, 1). */
export const single = (source: Source): number => (source.uint32() >>> 8) / 16777216;

export function standardNormalSingle(source: Source): number {
  for (;;) {
    const bits = source.uint32();
    const layer = bits & 0xff;
    const whole = bits >>> 9;
    const x = (bits & 0x100 ? -1 : 1) * round(whole * NORMAL.width[layer]);
    if (whole < NORMAL_INSIDE_SINGLE[layer]) return x;
    if (layer === 0) {
      const beyond = tailSingle(source);
      return (whole >> 8) & 1 ? -beyond : beyond;
    }
    const height = NORMAL.height[layer];
    const edge = round(round(round(NORMAL.height[layer - 1] - height) * single(source)) + height);
    if (edge < exp(-0.5 * x * x)) return x;
  }
}

function tailSingle(source: Source): number {
  for (;;) {
    const x = round(round(-NORMAL_TAIL_INVERSE) * log1pSingle(-single(source)));
    const y = -log1pSingle(-single(source));
    if (round(y + y) > round(x * x)) return round(round(NORMAL_TAIL) + x);
  }
}

export function standardExponentialSingle(source: Source): number {
  for (;;) {
    const bits = source.uint32() >>> 1;
    const layer = bits & 0xff;
    const whole = bits >>> 8;
    const x = round(whole * EXPONENTIAL.width[layer]);
    if (whole < EXPONENTIAL_INSIDE_SINGLE[layer]) return x;
    if (layer === 0) return round(round(EXPONENTIAL_TAIL) - log1pSingle(-single(source)));
    const height = EXPONENTIAL.height[layer];
    const edge = round(round(round(EXPONENTIAL.height[layer - 1] - height) * single(source)) + height);
    if (edge < round(exp(-x))) return x;
  }
}
