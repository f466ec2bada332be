import type { Expression, Name } from '../../expression/expression';
import type { Assignment, Statement } from '../../expression/program';
import { namesIn } from '../../expression/walk';
import type { Span } from '../../text/span';
import { isComplex } from '../../values/dtype';
import { elements, type NDArray } from '../../values/ndarray';
import type { Language } from '../language';
import { CASES } from './environment';
import { type Formula, readFormulas } from './formula';
import { mathRegions } from './regions';

/** What the formulas before define: names, and among them functions of one argument. */
export interface Defined {
  readonly names: Set<string>;
  readonly functions: Set<string>;
}

export const nothingDefined = (): Defined => ({ names: new Set(), functions: new Set() });

/** Statements of the formulas within stretches of mathematics; adds what they define. */
export function formulaStatements(text: string, regions: readonly Span[], defined = nothingDefined()): Statement[] {
  return regions.flatMap(r =>
    readFormulas(text, r.start, r.end, defined.functions).flatMap(f => {
      const statements = statementOf(f, text, defined);
      for (const s of statements) if (s.kind === 'assign') define(s, defined);
      return statements;
    }),
  );
}

function define({ targets: [target], parameters }: Assignment, { names, functions }: Defined): void {
  if (target.kind !== 'name') return;
  names.add(target.name);
  if (parameters?.length === 1) functions.add(target.name);
  else functions.delete(target.name);
}

/** Reads the mathematics of a LaTeX document. */
export function parseLatex(text: string, regions: readonly Span[] = [{ start: 0, end: text.length }]): Statement[] {
  return formulaStatements(
    text,
    regions.flatMap(r => mathRegions(text, r, false)),
  );
}

/**
 * A lone name on the left of `=` is defined by what follows; `d(a, b) = …` defines a function where a, b are names and
 * d is not a matrix expression. Everything else that relates is a stated equality.
 */
function statementOf(f: Formula, text: string, defined: Defined): Statement[] {
  const [first] = f.parts;
  const base = { dialect: 'latex', span: f.span } as const;
  if (f.parts.length === 1)
    return (isBare(first) && !isEntry(first, defined)) || isProse(first, text, defined)
      ? []
      : [{ ...base, kind: 'expression', expression: first }];
  const cases = f.parts.find(p => p.kind === 'unreadable' && p.message === CASES);
  if (cases && first.kind !== 'name') return [{ ...base, kind: 'expression', expression: cases }];
  const rest = f.parts.slice(1);
  const value = chain(rest, f.relations.slice(1), f.span);
  if (f.relations[0] === 'equal' && first.kind === 'name')
    return [{ ...base, kind: 'assign', targets: [first], value }];
  const simple =
    rest.length === 1 && f.relations[0] === 'equal' ? functionOf(first, rest[0], text, defined) : undefined;
  if (simple) return [{ ...base, kind: 'assign', targets: [simple.name], value, parameters: [simple.parameter] }];
  const parameters = first.kind === 'call' ? parametersOf(first) : undefined;
  if (
    f.relations[0] === 'equal' &&
    first.kind === 'call' &&
    first.callee.kind === 'name' &&
    parameters &&
    !/\d/.test(JSON.stringify(rest.map(shape)))
  ) {
    return [{ ...base, kind: 'assign', targets: [first.callee], value, parameters }];
  }
  // `\\operatorname{proj}_v u = …` defines the result of an operator that nothing else does.
  if (f.relations[0] === 'equal' && isOperation(first, text, defined))
    return [{ ...base, kind: 'expression', expression: value }];
  // `d(a, b) = √8 ≈ 2.83` states what d gives; what follows can be checked without it.
  const expression = chain(f.parts, f.relations, f.span);
  return [{ ...base, kind: 'expression', expression }];
}

/** `f(x) = …` where neither letter means anything yet and the right side is in x; the reader sees a product there. */
function functionOf(
  left: Expression,
  right: Expression,
  text: string,
  { names, functions }: Defined,
): { readonly name: Name; readonly parameter: string } | undefined {
  const found =
    left.kind === 'call' && left.arguments.length === 1 ? [left.callee, left.arguments[0].value] : product(left);
  const [name, argument] = found ?? [];
  if (name?.kind !== 'name' || argument?.kind !== 'name' || text[name.span.end] !== '(') return undefined;
  const free = (n: string): boolean => !names.has(n) || functions.has(n);
  if (!free(name.name) || names.has(argument.name) || !namesIn(right).includes(argument.name)) return undefined;
  return { name, parameter: argument.name };
}

/** An operator by a name of its own, without a meaning so far, applied to what follows it. */
function isOperation(e: Expression, text: string, { names }: Defined): boolean {
  const [head] = product(e) ?? [];
  return head?.kind === 'name' && text.startsWith('\\operatorname', head.span.start) && !names.has(head.name);
}

const product = (e: Expression): readonly Expression[] | undefined =>
  e.kind === 'binary' && e.operator === 'juxtapose' ? [e.left, e.right] : undefined;

/** `n \\times n` of letters without a meaning, and spaces such as `\\mathbb{R}^{n}`, are words of a sentence. */
function isProse(e: Expression, text: string, { names }: Defined): boolean {
  if (e.kind !== 'binary') return false;
  if (e.operator === 'power') return text.startsWith('\\mathbb', e.span.start);
  if (isShape(e)) return isAmongWords(e.span, text);
  return (
    e.operator === 'cross' &&
    [e.left, e.right].every(side => side.kind === 'name' || side.kind === 'number') &&
    namesIn(e).some(n => !names.has(n))
  );
}

/** `2 \times 2`, whole numbers with crosses between them. */
const isShape = (e: Expression): boolean =>
  e.kind === 'binary' &&
  e.operator === 'cross' &&
  e.right.kind === 'number' &&
  e.right.integer !== undefined &&
  ((e.left.kind === 'number' && e.left.integer !== undefined) || isShape(e.left));

/** Whether a formula stands within a sentence: in single dollars or `\(…\)`, with a word before or behind. */
function isAmongWords({ start, end }: Span, text: string): boolean {
  const before = /(\$\$?|\\\(|\\\[)\s*$/.exec(text.slice(Math.max(0, start - 10), start));
  const behind = /^\s*(\$\$?|\\\))/.exec(text.slice(end, end + 10));
  if (!before || !behind || before[1] === '$$' || before[1] === '\\[') return false;
  const left = text.slice(Math.max(0, start - 80), start - before[0].length);
  const right = text.slice(end + behind[0].length, end + 80);
  const word = /[A-Za-z]{2,}|\b[aA]\b/;
  return word.test(left.slice(left.search(/[^$]*$/))) || word.test(right.slice(0, right.search(/\$|$/)));
}

/** Whether a definition's body is made of names only: with numbers in it, it states a result instead. */
function shape(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return e.value === 2 || e.value === 1 ? '' : '0';
    case 'binary':
      return shape(e.left) + (e.operator === 'power' ? '' : shape(e.right));
    case 'call':
      return e.arguments
        .slice(0, 1)
        .map(a => shape(a.value))
        .join('');
    case 'unary':
      return shape(e.operand);
    case 'dense':
      return '0';
    default:
      return '';
  }
}

function parametersOf(e: Extract<Expression, { kind: 'call' }>): string[] | undefined {
  const names = e.arguments.map(a => a.value);
  return e.callee.span.start < e.callee.span.end && names.every((n): n is Name => n.kind === 'name')
    ? names.map(n => n.name)
    : undefined;
}

/** A single letter in prose is no statement worth an answer. */
const isBare = (e: Expression): boolean =>
  e.kind === 'name' || e.kind === 'number' || (e.kind === 'unreadable' && e.status === 'unknown');

/** `I_2`, and `A_{1,2}` of a matrix that is defined, say something on their own. */
function isEntry(e: Expression, { names }: Defined): boolean {
  const [, letter] = (e.kind === 'name' && /^(.+)_[\d,]+$/.exec(e.name)) || [];
  return letter !== undefined && (letter === 'I' || names.has(letter));
}

function chain(parts: readonly Expression[], relations: Formula['relations'], span: Span): Expression {
  return parts.length === 1
    ? parts[0]
    : { kind: 'equality', parts, relations, span: { start: parts[0].span.start, end: span.end } };
}

/** `\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}`. */
export function printLatex(array: NDArray): string {
  const items = elements(array).map(e =>
    isComplex(e) ? `${e.re} ${e.im < 0 ? '-' : '+'} ${Math.abs(e.im)}i` : String(e),
  );
  const columns = array.shape.length === 2 ? array.shape[1] : 1;
  const rows = Array.from({ length: columns === 0 ? 0 : items.length / columns }, (_, i) =>
    items.slice(i * columns, (i + 1) * columns).join(' & '),
  );
  return `\\begin{bmatrix} ${rows.join(' \\\\ ')} \\end{bmatrix}`;
}

export const latex: Language = {
  ids: ['latex', 'tex'],
  extensions: ['.tex'],
  parse: text => ({ statements: parseLatex(text) }),
  print: printLatex,
};
