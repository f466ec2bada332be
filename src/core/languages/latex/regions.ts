import type { Span } from '../../text/span';

/** Environments whose whole body is mathematics. */
const DISPLAYS = 'equation|align|gather|multline|displaymath|math|eqnarray|aligned';

/**
 * The stretches of mathematics in LaTeX or Markdown prose within a region: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` (in
 * Markdown also with doubled backslashes) and display environments. Comments and verbatim text are passed over, and
 * mathematics does not run past a blank line. A dollar sign of Markdown's prose opens nothing: there mathematics neither
 * begins with a space nor ends behind one.
 */
export function mathRegions(text: string, region: Span, markdown: boolean): Span[] {
  const out: Span[] = [];
  let i = region.start;
  const find = (what: string, from: number): number => {
    const at = text.indexOf(what, from);
    return at < 0 || at + what.length > region.end ? -1 : at;
  };
  while (i < region.end) {
    const c = text[i];
    if (c === '\\') {
      const rest = text.slice(i, i + 24);
      const open = /^\\{1,2}([([])/.exec(rest);
      const display = new RegExp(`^\\\\begin\\{(${DISPLAYS})(\\*?)\\}`).exec(rest);
      const verbatim = /^\\begin\{(verbatim|lstlisting|minted)\}/.exec(rest);
      if (open && (open[0].length === 2 || markdown)) {
        const close = open[0].slice(0, -1) + (open[1] === '(' ? ')' : ']');
        const end = find(close, i + open[0].length);
        if (end < 0) {
          i += open[0].length;
          continue;
        }
        out.push({ start: i + open[0].length, end });
        i = end + close.length;
      } else if (display || verbatim) {
        const name = display ? display[1] + display[2] : (verbatim?.[1] ?? '');
        const close = `\\end{${name}}`;
        const start = i + (display?.[0] ?? verbatim?.[0] ?? '').length;
        const end = find(close, start);
        if (end < 0) {
          i = start;
          continue;
        }
        if (display) out.push({ start, end });
        i = end + close.length;
      } else i += 2;
    } else if (c === '%' && !markdown) {
      while (i < region.end && text[i] !== '\n') i++;
    } else if (c === '`' && markdown) {
      const ticks = /^`+/.exec(text.slice(i, i + 10))?.[0] ?? '`';
      const end = find(ticks, i + ticks.length);
      i = end < 0 ? i + ticks.length : end + ticks.length;
    } else if (c === '$') {
      const double = text[i + 1] === '$';
      const start = i + (double ? 2 : 1);
      const end = double ? find('$$', start) : closingDollar(text, start, region.end, markdown);
      if (end < 0) {
        i = start;
        continue;
      }
      out.push({ start, end });
      i = end + (double ? 2 : 1);
    } else i++;
  }
  return out;
}

function closingDollar(text: string, start: number, limit: number, markdown: boolean): number {
  if (markdown && /\s/.test(text[start] ?? ' ')) return -1;
  for (let i = start; i < limit; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '\n' && /^\n\s*\n/.test(text.slice(i, i + 80))) return -1;
    else if (text[i] === '$') return markdown && (/\s/.test(text[i - 1]) || /\d/.test(text[i + 1] ?? '')) ? -1 : i;
  }
  return -1;
}
