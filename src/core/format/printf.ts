/** Numbers as C's printf sets them: correctly rounded, halves to even. */

/** `%.{decimals}f` of a finite number below 10^21. */
export function fixedText(x: number, decimals: number): string {
  const away = x.toFixed(decimals);
  // A number that lies halfway between two decimals is a multiple of 2^-(decimals + 1); toFixed takes the larger one.
  if (!Number.isInteger(x * 2 ** (decimals + 1))) return away;
  const exact = x.toFixed(decimals + 1);
  if (!exact.endsWith('5')) return away;
  const towards = decimals === 0 ? exact.slice(0, -2) : exact.slice(0, -1);
  return '02468'.includes(towards[towards.length - 1]) ? towards : away;
}

/** `%.{digits}e` of a finite number: at least two digits in the exponent. */
export function exponentText(x: number, digits: number): string {
  let [mantissa, exponent] = x.toExponential(digits).split('e');
  const longer = x.toExponential(digits + 1).split('e');
  if (
    longer[0].endsWith('5') &&
    /^0*$/.test(
      x
        .toExponential(digits + 40)
        .split('e')[0]
        .slice(longer[0].length),
    )
  ) {
    const towards = digits === 0 ? longer[0].slice(0, -2) : longer[0].slice(0, -1);
    if ('02468'.includes(towards[towards.length - 1])) [mantissa, exponent] = [towards, longer[1]];
  }
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

/** `%.{precision}g` of a finite number. */
export function generalText(x: number, precision: number): string {
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  const p = Math.max(precision, 1);
  const scientific = exponentText(x, p - 1);
  const at = scientific.indexOf('e');
  const exponent = Number(scientific.slice(at + 1));
  const trim = (s: string): string => (s.includes('.') ? s.replace(/\.?0+$/, '') : s);
  if (exponent < -4 || exponent >= p) return `${trim(scientific.slice(0, at))}${scientific.slice(at)}`;
  return trim(fixedText(x, p - 1 - exponent));
}
