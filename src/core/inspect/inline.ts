import type { DialectId } from '../expression/program';
import { latexText } from '../format/latex-text';
import { pythonStr } from '../format/numpy';
import { stringType } from '../format/numpy-arrays';
import { octaveText } from '../format/octave';
import { rText } from '../format/r';
import { typeName } from '../format/type-name';
import { type NDArray, sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';

/** Larger arrays are named by their shape. */
const MAX_SIZE = 100;

/** The value on one line, as it reads behind the code: `[11 17]`, `[[5 -2] [2 2]]`, `[11; 25]`. Not cut to a length. */
export function inlineText(value: Value, dialect: DialectId): string {
  if (value.kind === 'array' && sizeOf(value.array.shape) > MAX_SIZE) return shapeName(value.array, dialect);
  if (value.kind === 'strings' && sizeOf(value.array.shape) > MAX_SIZE)
    return `${value.array.shape.join('×')} ${stringType(value.width)}`;
  switch (dialect) {
    case 'python':
      return flat(pythonStr(value));
    case 'matlab':
      return octaveLine(value);
    case 'r':
      return rLine(value);
    case 'latex':
      return flat(latexText(value));
  }
}

/** R's text with the rows of a matrix between semicolons, without labels; the size alone where its columns are split into blocks. */
function rLine(value: Value): string {
  const matrix = value.kind === 'array' && value.array.shape.length === 2 ? value : undefined;
  const found = rText(matrix ? { ...matrix, attributes: undefined } : value);
  const text = 'text' in found ? found.text : '';
  if (value.kind === 'list' || (value.kind === 'array' && !matrix && value.attributes)) return flat(text);
  const lines = text.split('\n').filter(line => line !== '');
  const isHead = (line: string): boolean => /^ *\[,\d+\]/.test(line);
  if (!lines.some(isHead)) return flat(lines.map(line => line.replace(/^ *\[\d+\] /, ' ')).join(''));
  const body = lines.filter(line => !isHead(line));
  if (body.length !== lines.length - 1 || !isHead(lines[0])) return matrix ? shapeName(matrix.array, 'r') : flat(text);
  return `[${body.map(line => flat(line.replace(/^ *\[\d+,\]/, ''))).join('; ')}]`;
}

/** A value of MATLAB's as it could be written. */
function octaveLine(value: Value): string {
  if (value.kind === 'cell') {
    const [height, width] = value.shape;
    if (value.items.length > MAX_SIZE) return `${height}×${width} cell`;
    const line = (i: number): string =>
      Array.from({ length: width }, (_, j) => octaveLine(value.items[j * height + i])).join(', ');
    return `{${Array.from({ length: height }, (_, i) => line(i)).join('; ')}}`;
  }
  if (value.kind === 'struct') {
    const [element] = value.elements;
    if (value.elements.length !== 1) return `${value.shape.join('×')} struct`;
    return value.names.map((name, k) => `${name} = ${octaveLine(element[k])}`).join(', ');
  }
  return value.kind === 'string' ? value.value : rows(value);
}

/** Line breaks and columns taken out of a text. */
export const flat = (text: string): string =>
  text.replace(/\s+/g, ' ').replaceAll('[ ', '[').replaceAll(' ]', ']').trim();

const shapeName = (a: NDArray, dialect: DialectId): string =>
  [a.shape.join('×'), typeName(a.dtype, dialect) ?? ''].join(' ').trim();

/** Octave's text of a matrix with its rows between semicolons; the size alone where its columns are split into blocks. */
function rows(value: Value): string {
  const lines = octaveText(value, 'ans')
    .replace(/^ans =?/, '')
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(line => line !== '');
  if (value.kind !== 'array' || lines.length === 0) return lines.join(' ');
  if (lines.some(line => /^Columns? \d/.test(line))) return shapeName(value.array, 'matlab');
  const scale = lines[0].endsWith('*') ? `${lines[0]} ` : '';
  const body = scale === '' ? lines : lines.slice(1);
  // An empty matrix is written as `[](0x3)`.
  return body[0]?.startsWith('[]') ? body[0] : `${scale}[${body.join('; ')}]`;
}
