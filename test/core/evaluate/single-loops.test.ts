import { describe, expect, it } from 'vitest';
import { SINGLE_LOOPS } from '../../../src/core/evaluate/python/single-loops';
import { fusedSingle } from '../../../src/core/values/fused';
import { random } from '../../support/random';

/** What NumPy 1.24 and 2.4 give for float32 numbers, shortest digits of both. */
const GIVEN: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  exp: [
    [0.0012301534, 1.001231],
    [0.29874554, 1.3481666],
    [-0.27413785, 0.76022726],
    [-0.89059186, 0.4104128],
    [-0.4546708, 0.63465685],
    [-0.9916465, 0.37096536],
    [0.0601436, 1.061989],
    [1.3402152, 3.8198655],
    [-0.4922065, 0.6112761],
    [-0.6204749, 0.53768903],
    [0.48984206, 1.6320585],
    [0.356887, 1.4288743],
    [-52.08452, 2.3987282e-23],
    [-16.325655, 8.12565e-8],
    [-5.1449275, 0.0058288965],
    [4.0575023, 57.82969],
    [87.15405, 7.088007e37],
    [49.02044, 1.946732e21],
    [16.969696, 23433942.0],
    [85.92451, 2.0727136e37],
    [0.0, 1.0],
    [88.7, 3.325977e38],
    [-103.0, 1e-45],
  ],
  log: [
    [1.841735, 0.61070806],
    [0.23509113, -1.447782],
    [1.2674465, 0.23700425],
    [0.27126434, -1.3046615],
    [0.15675108, -1.8530962],
    [0.18693094, -1.677016],
    [2.5167596, 0.9229722],
    [0.5386929, -0.61860967],
    [0.048500944, -3.026172],
    [0.11330899, -2.1776369],
    [1.5301358, 0.42535648],
    [0.47775328, -0.7386608],
    [192.40215, 5.259588],
    [692.0321, 6.5396323],
    [200.60672, 5.3013463],
    [369.53632, 5.912249],
    [3.734242, 1.3175448],
    [830.0477, 6.721483],
    [154.46107, 5.0399423],
    [267.5993, 5.589491],
    [1e-40, -92.10341],
    [1.0, 0.0],
    [3e38, 88.59685],
  ],
  sin: [
    [0.11046414, 0.110239625],
    [0.063781776, 0.06373854],
    [-1.2250558, -0.94082475],
    [0.07614023, 0.07606669],
    [1.3588234, 0.97761774],
    [-1.5471447, -0.99972034],
    [0.8593827, 0.7574397],
    [0.119354025, 0.11907085],
    [-0.6414704, -0.5983742],
    [2.0004165, 0.909124],
    [0.7622597, 0.6905576],
    [-1.1992888, -0.9317812],
    [-202.26276, -0.93233824],
    [-318.53458, 0.9437251],
    [-629.6405, -0.9692027],
    [569.40857, -0.7034919],
    [-216.99689, 0.22504976],
    [861.7462, 0.81331587],
    [161.98505, -0.9814285],
    [189.10126, 0.5693361],
  ],
  cos: [
    [0.2031386, 0.9794382],
    [-0.4633076, 0.8945792],
    [0.12726842, 0.9919123],
    [-1.1871946, 0.37426287],
    [-0.5793016, 0.8368452],
    [-0.19619597, 0.98081523],
    [0.8987639, 0.6225777],
    [1.145222, 0.412844],
    [-1.3235278, 0.24475646],
    [-0.7946424, 0.70054],
    [0.6469034, 0.797954],
    [-1.9924198, -0.4092423],
    [291.98654, -0.9835605],
    [-663.09155, -0.976869],
    [621.1338, 0.6203901],
    [800.90674, -0.9801879],
    [727.05023, -0.22648498],
    [125.49447, 0.9857135],
    [-638.17206, -0.90948635],
    [-553.56573, 0.7988425],
  ],
};

describe("NumPy's loops of float32 numbers", () => {
  it.each(Object.entries(GIVEN))('%s is that of NumPy to the last bit', (name, pairs) => {
    const loop = SINGLE_LOOPS[name];
    expect(pairs.map(([x]) => loop(Math.fround(x)))).toEqual(pairs.map(([, y]) => Math.fround(y)));
  });

  it('end where float32 ends', () => {
    const { exp, log, sin, cos } = SINGLE_LOOPS;
    expect([exp(89), exp(-104), exp(Number.NaN), log(0), log(-1), log(Number.POSITIVE_INFINITY)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
    expect([sin(Number.POSITIVE_INFINITY), cos(Number.NaN), sin(-0)]).toEqual([Number.NaN, Number.NaN, -0]);
  });
});

describe('a fused multiply-add', () => {
  it('rounds once, as exact integers tell', () => {
    const next = random(5);
    const float = (): number => Math.fround((next() - 0.5) * 2 ** Math.floor(next() * 30));
    /** A finite float64 as a whole multiple of 2^-400. */
    const exact = (x: number): bigint => {
      let [m, e] = [x, 0];
      while (!Number.isInteger(m)) {
        m *= 2;
        e++;
      }
      return BigInt(m) << BigInt(400 - e);
    };
    for (let k = 0; k < 20000; k++) {
      const [a, b] = [float(), float()];
      // Sums that nearly meet a half are the hard ones.
      const c = k % 2 ? float() : Math.fround(Math.fround(a * b) * (next() < 0.5 ? 2 ** 24 : -1));
      const sum = ((exact(a) * exact(b)) >> 400n) + exact(c);
      const got = fusedSingle(a, b, c);
      const off = (x: number): bigint => {
        const d = exact(x) - sum;
        return d < 0n ? -d : d;
      };
      const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(got) || 2 ** -149)), -126) - 23);
      for (const other of [got + step, got - step].map(Math.fround)) expect(off(got) <= off(other)).toBe(true);
    }
  });
});
