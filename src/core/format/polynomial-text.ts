import { type Element, isComplex } from '../values/dtype';
import { elements, ndarray } from '../values/ndarray';
import type { PolynomialValue } from '../values/value';
import { positional, scientific } from './digits';
import { arrayRepr } from './numpy-arrays';
import { type PolynomialStyle, type PrintOptions, precisionOf } from './numpy-print';
import { generalText } from './printf';

/** Polynomials as NumPy writes them. */

const UNIT = ndarray('int64', [2], Float64Array.of(-1, 1));

/** `repr` of a polynomial. */
export function polynomialRepr(v: PolynomialValue, options: PrintOptions): string {
  const list = (a: PolynomialValue['coefficients']): string => arrayRepr(a, options).slice('array('.length, -1);
  if (v.form === 'poly1d') return `poly1d(${list(v.coefficients)})`;
  const [domain, window] = [v.domain ?? UNIT, v.window ?? UNIT].map(list);
  return `Polynomial(${list(v.coefficients)}, domain=${domain}, window=${window}, symbol='${v.variable}')`;
}

/** `str` of a polynomial. */
export const polynomialStr = (v: PolynomialValue, options: PrintOptions): string =>
  v.form === 'poly1d' ? raised(terms(v)) : seriesText(v, options.polynomials ?? 'unicode', options);

const general = (x: number): string =>
  Number.isFinite(x) ? generalText(x, 4) : Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';

const coefficient = (e: Element): string => {
  if (!isComplex(e)) return general(Number(e));
  if (e.im === 0) return general(e.re);
  return e.re === 0 ? `${general(e.im)}j` : `(${general(e.re)} + ${general(e.im)}j)`;
};

/** `1 x**2 - 3 x + 2`. */
function terms(v: PolynomialValue): string {
  const all = elements(v.coefficients).map(coefficient);
  const first = all.findIndex(t => t !== '0');
  const shown = first < 0 ? [] : all.slice(first);
  let out = shown.length === 0 ? '0' : '';
  shown.forEach((text, k) => {
    const power = shown.length - 1 - k;
    if (text === '0') return;
    const term = power === 0 ? text : `${text} ${v.variable}${power === 1 ? '' : `**${power}`}`;
    out += k === 0 ? term : term.startsWith('-') ? ` - ${term.slice(1)}` : ` + ${term}`;
  });
  return out;
}

const WRAP = 70;

/** The exponents in a line of their own above the text. */
function raised(text: string): string {
  let [above, below, out, from] = ['', '', ' ', 0];
  for (const found of text.matchAll(/\*\*(\d*)/g)) {
    const part = text.slice(from, found.index);
    const power = found[1];
    from = found.index + found[0].length;
    const [up, down] = [' '.repeat(part.length - 1) + power, part + ' '.repeat(power.length - 1)];
    if (below.length + down.length > WRAP || above.length + up.length > WRAP) {
      out += `${above}\n${below}\n `;
      [above, below] = [up, down];
    } else [above, below] = [above + up, below + down];
  }
  return `${out}${above}\n${below}${text.slice(from)}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `1.0 + 2.0·x + 3.0·x²`, or in ASCII `1.0 + 2.0 x + 3.0 x**2`. */
export function seriesText(v: PolynomialValue, style: PolynomialStyle, options: PrintOptions): string {
  const all = elements(v.coefficients);
  const type = precisionOf(v.coefficients.dtype);
  const number = (x: number, parens: boolean): string => {
    if (Number.isNaN(x)) return options.nanstr;
    if (!Number.isFinite(x)) return options.infstr;
    const size = Math.abs(x);
    if (x === 0 || (size < 1e8 && size >= 10 ** Math.min(0, Math.floor(-(options.precision - 1) / 2)))) {
      const text = positional(x, type, options.precision);
      return text.endsWith('.') ? `${text}0` : text;
    }
    const { mantissa, exponent } = scientific(x, type, options.precision);
    const digits = mantissa.endsWith('.') ? `${mantissa}0` : mantissa;
    const text = `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
    return parens ? `(${text})` : text;
  };
  let out = number(Number(all[0] as number), false);
  all.slice(1).forEach((e, i) => {
    const x = Number(e as number);
    const raised = style === 'ascii' ? `**${i + 1}` : Array.from(String(i + 1), d => SUPERSCRIPTS[Number(d)]).join('');
    const sign = style === 'ascii' ? ' ' : '·';
    let term = `${x >= 0 ? '+' : '-'} ${number(x >= 0 ? x : -x, true)}${sign}${v.variable}${i === 0 ? '' : raised}`;
    const line = out.length + 1 - (`${out} `.lastIndexOf('\n') + 1) + term.length + (i < all.length - 2 ? 2 : 0);
    if (line >= options.linewidth) term = term.replace(' ', '\n');
    out += ` ${term}`;
  });
  return out;
}
