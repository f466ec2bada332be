/** A real number for people: integers in full, others to `digits` significant digits without trailing zeros. */
export function numberText(x: number, digits = 15): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x + 0);
  return String(Number(x.toPrecision(digits)));
}
