/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/**
 * Reads unsigned decimal numbers out of a text without allocating. After `read`, `end` is the offset behind the number
 * (`start` when there is none) and `integer` tells whether it had neither point nor exponent.
 *
 * Method: up to 15 digits with a power of ten up to 22 need one exact operation (Clinger 1990, the fast path);
 * everything else is left to the runtime's own correctly rounded conversion.
 */
export class NumberReader {
  end = 0;
  integer = false;

  /** The correctly rounded double, or NaN when no number begins at `start`. */
  read(text: string, start: number, limit: number = text.length): number {
    let i = start;
    let c = text.charCodeAt(i);
    let mantissa = 0;
    let digits = 0;
    let exponent = 0;
    let any = false;
    this.integer = true;
    while (i < limit && c >= 48 && c <= 57) {
      any = true;
      if (digits > 0 || c !== 48) digits++;
      mantissa = mantissa * 10 + (c - 48);
      c = text.charCodeAt(++i);
    }
    if (i < limit && c === 46) {
      const point = i;
      c = text.charCodeAt(++i);
      while (i < limit && c >= 48 && c <= 57) {
        any = true;
        if (digits > 0 || c !== 48) digits++;
        mantissa = mantissa * 10 + (c - 48);
        exponent--;
        c = text.charCodeAt(++i);
      }
      if (!any) i = point;
      else this.integer = false;
    }
    if (!any) {
      this.end = start;
      return Number.NaN;
    }
    if (i < limit && (c | 32) === 101) {
      let j = i + 1;
      const sign = text.charCodeAt(j);
      if (sign === 43 || sign === 45) j++;
      let d = text.charCodeAt(j);
      if (j < limit && d >= 48 && d <= 57) {
        let e = 0;
        while (j < limit && d >= 48 && d <= 57) {
          if (e < 10000) e = e * 10 + (d - 48);
          d = text.charCodeAt(++j);
        }
        exponent += sign === 45 ? -e : e;
        i = j;
        this.integer = false;
      }
    }
    this.end = i;
    if (digits <= 15 && exponent <= 22 && exponent >= -22) {
      return exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    }
    return Number(text.slice(start, i));
  }
}
