import { FUNCTIONS } from '../../src/core/evaluate/matlab/catalogue';
import { LIBRARY } from '../../src/core/evaluate/python/dialect';
import { METHODS } from '../../src/core/evaluate/python/methods';
import { RANDOM_FUNCTIONS } from '../../src/core/evaluate/python/random/library';
import { STRING_METHODS } from '../../src/core/evaluate/python/strings';
import { FUNCTIONS as R_FUNCTIONS } from '../../src/core/evaluate/r/catalogue';

interface Row {
  readonly path: string;
  readonly signature: string;
}

/** Every function that is evaluated, with the parameters that its catalogue entry states. */
function rows(): Row[] {
  const methods = METHODS.map(({ path, signature }): Row => {
    const name = path.slice('ndarray.'.length);
    const whole = signature ?? LIBRARY.get(`numpy.${name}`)?.signature ?? '';
    return { path, signature: signature ?? whole.replace(/^[^,]*(, )?(\/, )?/, '') };
  });
  const strings = Object.entries(STRING_METHODS).map(([name, [signature]]) => ({ path: `str.${name}`, signature }));
  return [
    ...LIBRARY.values(),
    ...methods,
    ...strings,
    ...RANDOM_FUNCTIONS,
    ...FUNCTIONS.values(),
    ...R_FUNCTIONS.values(),
  ];
}

/** The library that a path belongs to: all of it but the last part. */
const libraryOf = (path: string): string => (path.startsWith('r.') ? 'r' : path.slice(0, path.lastIndexOf('.')));

const TITLES: Readonly<Record<string, string>> = {
  builtins: 'Python',
  math: 'Python: math',
  random: 'Python: random, and methods of Random',
  'numpy.random': 'numpy.random, and methods of RandomState',
  Generator: 'numpy.random: methods of Generator',
  str: 'Python: methods of strings',
  ndarray: 'numpy: methods of arrays',
  octave: 'MATLAB and Octave',
  r: 'R',
};

/** A table as the formatter lays it out. */
function table(name: string, list: readonly Row[]): string[] {
  const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('|', '\\|').trim()}\``);
  const cells = [
    ['function', 'parameters'],
    ...list
      .toSorted((p, q) => (p.path < q.path ? -1 : 1))
      .map(({ path, signature }) => [code(path.slice(name.length + 1)), code(signature.trim())]),
  ];
  const widths = [0, 1].map(k => Math.max(...cells.map(row => row[k].length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, k) => cell.padEnd(widths[k])).join(' | ')} |`;
  return [line(cells[0]), line(widths.map(w => '-'.repeat(w))), ...cells.slice(1).map(line)];
}

/** docs/functions.md: a table by library. */
export function functionsTable(): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows()) {
    const name = libraryOf(row.path);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const order = [...groups].sort(([a], [b]) => ((TITLES[a] ?? a) < (TITLES[b] ?? b) ? -1 : 1));
  const lines = [
    '# Functions',
    '',
    'The functions that are evaluated, by library. `npm run docs` writes this page from the catalogues.',
  ];
  for (const [name, list] of order) {
    lines.push('', `## ${TITLES[name] ?? name}`, '', `${list.length} functions.`, '', ...table(name, list));
  }
  return `${lines.join('\n')}\n`;
}
