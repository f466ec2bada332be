/** Plane rotations and the 2×2 problems of the QR iterations, with the sign conventions of LAPACK 3.10 and later. */

export const withSign = (magnitude: number, of: number): number =>
  of < 0 || Object.is(of, -0) ? -Math.abs(magnitude) : Math.abs(magnitude);

/** √(x² + y²) without needless overflow (dlapy2). */
export function length2(x: number, y: number): number {
  const w = Math.max(Math.abs(x), Math.abs(y));
  const z = Math.min(Math.abs(x), Math.abs(y));
  return z === 0 ? w : w * Math.sqrt(1 + (z / w) ** 2);
}

/** Where `rotation` leaves its result: cosine, sine, and the length r with the sign of f. One object saves the garbage. */
export const made = { c: 1, s: 0, r: 0 };

/** c f + s g = r, c g − s f = 0, c ≥ 0 (dlartg); the answer stands in `made`. */
export function rotation(f: number, g: number): void {
  if (g === 0) {
    made.c = 1;
    made.s = 0;
    made.r = f;
    return;
  }
  if (f === 0) {
    made.c = 0;
    made.s = withSign(1, g);
    made.r = Math.abs(g);
    return;
  }
  let d = Math.sqrt(f * f + g * g);
  if (!(d > 1e-145 && d < 1e145)) d = length2(f, g);
  made.c = Math.abs(f) / d;
  made.r = withSign(d, f);
  made.s = g / made.r;
}

/** Rows `i` and `j` exchanged. */
export function swapRows(rows: Float64Array, stride: number, width: number, i: number, j: number): void {
  for (let k = 0, p = i * stride, q = j * stride; k < width; k++, p++, q++) {
    const t = rows[p];
    rows[p] = rows[q];
    rows[q] = t;
  }
}

/** Eigenvalues of [[a, b], [b, c]], |rt1| ≥ |rt2|, and the unit vector (cs, sn) of rt1 (dlaev2). */
export function symmetric2(a: number, b: number, c: number): { rt1: number; rt2: number; cs: number; sn: number } {
  const sm = a + c;
  const df = a - c;
  const adf = Math.abs(df);
  const tb = b + b;
  const ab = Math.abs(tb);
  const [big, small] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  let rt = ab * Math.SQRT2;
  if (adf > ab) rt = adf * Math.sqrt(1 + (ab / adf) ** 2);
  else if (adf < ab) rt = ab * Math.sqrt(1 + (adf / ab) ** 2);
  let rt1 = 0.5 * rt;
  let rt2 = -0.5 * rt;
  const sign1 = sm < 0 ? -1 : 1;
  if (sm !== 0) {
    rt1 = 0.5 * (sm + sign1 * rt);
    rt2 = (big / rt1) * small - (b / rt1) * b;
  }
  const sign2 = df >= 0 ? 1 : -1;
  const cs = df + sign2 * rt;
  let c1 = 1;
  let s1 = 0;
  if (Math.abs(cs) > ab) {
    const ct = -tb / cs;
    s1 = 1 / Math.sqrt(1 + ct * ct);
    c1 = ct * s1;
  } else if (ab !== 0) {
    const tn = -cs / tb;
    c1 = 1 / Math.sqrt(1 + tn * tn);
    s1 = tn * c1;
  }
  return sign1 === sign2 ? { rt1, rt2, cs: -s1, sn: c1 } : { rt1, rt2, cs: c1, sn: s1 };
}

/** The smaller and the larger singular value of [[f, g], [0, h]] (dlas2). */
export function singular2(f: number, g: number, h: number): readonly [number, number] {
  const fa = Math.abs(f);
  const ga = Math.abs(g);
  const ha = Math.abs(h);
  const low = Math.min(fa, ha);
  const high = Math.max(fa, ha);
  if (low === 0) return [0, high === 0 ? ga : length2(high, ga)];
  if (ga < high) {
    const as = 1 + low / high;
    const at = (high - low) / high;
    const au = (ga / high) ** 2;
    const c = 2 / (Math.sqrt(as * as + au) + Math.sqrt(at * at + au));
    return [low * c, high / c];
  }
  const au = high / ga;
  if (au === 0) return [(low * high) / ga, ga];
  const as = 1 + low / high;
  const at = (high - low) / high;
  const c = 1 / (Math.sqrt(1 + (as * au) ** 2) + Math.sqrt(1 + (at * au) ** 2));
  return [2 * (low * c * au), ga / (c + c)];
}

/** The singular value decomposition of [[f, g], [0, h]]: left rotation (cl, sl), right rotation (cr, sr), |max| ≥ |min| (dlasv2). */
export function triangular2(
  f: number,
  g: number,
  h: number,
): { min: number; max: number; sr: number; cr: number; sl: number; cl: number } {
  let ft = f;
  let fa = Math.abs(ft);
  let ht = h;
  let ha = Math.abs(h);
  let pmax = 1;
  const swap = ha > fa;
  if (swap) {
    pmax = 3;
    [ft, ht] = [ht, ft];
    [fa, ha] = [ha, fa];
  }
  const ga = Math.abs(g);
  let min = ha;
  let max = fa;
  let clt = 1;
  let crt = 1;
  let slt = 0;
  let srt = 0;
  if (ga !== 0) {
    let ordinary = true;
    if (ga > fa) {
      pmax = 2;
      if (fa / ga < 2 ** -53) {
        ordinary = false;
        max = ga;
        min = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
        clt = 1;
        slt = ht / g;
        srt = 1;
        crt = ft / g;
      }
    }
    if (ordinary) {
      const d = fa - ha;
      let l = d === fa ? 1 : d / fa;
      const m = g / ft;
      let t = 2 - l;
      const mm = m * m;
      const s = Math.sqrt(t * t + mm);
      const r = l === 0 ? Math.abs(m) : Math.sqrt(l * l + mm);
      const a = 0.5 * (s + r);
      min = ha / a;
      max = fa * a;
      if (mm === 0) t = l === 0 ? withSign(2, ft) * withSign(1, g) : g / withSign(d, ft) + m / t;
      else t = (m / (s + t) + m / (r + l)) * (1 + a);
      l = Math.sqrt(t * t + 4);
      crt = 2 / l;
      srt = t / l;
      clt = (crt + srt * m) / a;
      slt = ((ht / ft) * srt) / a;
    }
  }
  const [cl, sl, cr, sr] = swap ? [srt, crt, slt, clt] : [clt, slt, crt, srt];
  const sign =
    pmax === 1
      ? withSign(1, cr) * withSign(1, cl) * withSign(1, f)
      : pmax === 2
        ? withSign(1, sr) * withSign(1, cl) * withSign(1, g)
        : withSign(1, sr) * withSign(1, sl) * withSign(1, h);
  return {
    max: withSign(max, sign),
    min: withSign(min, sign * withSign(1, f) * withSign(1, h)),
    sr,
    cr,
    sl,
    cl,
  };
}
