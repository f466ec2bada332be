import type { Statement } from '../../expression/program';
import { lineIndex } from '../../text/line-index';
import type { Span } from '../../text/span';
import { bracketed } from '../../values/bracketed';
import { type DType, type Element, isComplex, isFloatType } from '../../values/dtype';
import { elements, type NDArray } from '../../values/ndarray';
import type { Language } from '../language';
import { Lexer, type Token } from './lexer';
import { withMagics } from './magics';
import { StatementParser } from './statements';

/** Reads Python from the given regions of a text (the whole of it by default); spans stay offsets into the text. */
export function parsePython(text: string, regions: readonly Span[] = [{ start: 0, end: text.length }]): Statement[] {
  const tokens: Token[] = [];
  const parser = new StatementParser(tokens, lineIndex(text));
  const statements: Statement[] = [];
  for (const region of regions) {
    const lexer = new Lexer(text, region, tokens);
    while (lexer.piece()) parser.read(statements);
  }
  return text.includes('%') ? withMagics(text, statements, regions) : statements;
}

export const python: Language = {
  ids: ['python'],
  extensions: ['.py', '.pyi', '.pyw'],
  parse: text => ({ statements: parsePython(text) }),
  print: array => `np.array(${bracketed(array.shape, numbersOf(array))}${typeOf(array)})`,
};

/** The element types that NumPy gives an array of such numbers by itself; bfloat16 is none of NumPy's. */
const OWN: ReadonlySet<DType> = new Set<DType>(['bool', 'int64', 'float64', 'complex128', 'bfloat16']);

const typeOf = ({ dtype }: NDArray): string => (OWN.has(dtype) ? '' : `, dtype=np.${dtype}`);

const numbersOf = (array: NDArray): string[] => elements(array).map(e => pythonNumber(e, isFloatType(array.dtype)));

function pythonNumber(e: Element, float: boolean): string {
  if (isComplex(e))
    return `${floatText(e.re)}${e.im < 0 || Object.is(e.im, -0) ? '-' : '+'}${floatText(Math.abs(e.im))}j`;
  if (typeof e === 'boolean') return e ? 'True' : 'False';
  if (typeof e === 'bigint') return e.toString();
  return float && Number.isInteger(e) && Math.abs(e) < 1e21 ? `${Object.is(e, -0) ? '-0' : e}.0` : floatText(e);
}

const floatText = (x: number): string =>
  Number.isNaN(x) ? 'np.nan' : Number.isFinite(x) ? String(x) : x > 0 ? 'np.inf' : '-np.inf';
