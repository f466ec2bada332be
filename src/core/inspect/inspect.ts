import type { Outcome } from '../evaluate/evaluate';
import { type Place, placeOf } from '../evaluate/place';
import type { Trace } from '../evaluate/trace';
import type { Site } from '../evaluate/versions';
import type { EntryPlaces } from '../explain/operands';
import { stepsOf } from '../explain/steps';
import { whyNot } from '../explain/why-not';
import type { Expression } from '../expression/expression';
import type { DialectId } from '../expression/program';
import { depthWithin } from '../expression/walk';
import { expressionLatex } from '../format/expression-latex';
import { valueLatex } from '../format/latex';
import { latexText } from '../format/latex-text';
import { pythonText } from '../format/numpy';
import { hidesText, octaveText } from '../format/octave';
import { LONG, type NumberStyle, SHORT } from '../format/octave-numbers';
import { rText } from '../format/r';
import type { Picture } from '../scene/picture';
import { numberSpans } from '../text/number-spans';
import type { Span } from '../text/span';
import { sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import { factsOf } from './array-facts';
import { assignmentOf, definitionIn, MAX_TYPESET_DEPTH, sourceBehind } from './definition';
import { formatAt, shownAt } from './display';
import type { LimitName, SourceDocument } from './document';
import { linksOf, linksSentence } from './equality';
import { flat, inlineText } from './inline';
import type { Editable, EqualityLink, Inspection } from './inspection';
import { itemNames, itemSummary } from './item-names';
import { type Located, type LocatedExpression, literalOf, locateRange, wholeStatement } from './locate';
import { notesOf } from './notes';
import { passesAt, whenRun } from './passes';
import { picturesOf } from './pictures';
import { columnsFirst, rLiteral, type WrittenNumbers } from './r-literal';
import { realOf } from './real-numbers';
import { shapeHint } from './shape-hint';

export interface InspectOptions {
  /** 'small' for the thread that the user waits on; 'large' in a worker. */
  readonly limits?: LimitName;
  /** Where nothing is meant at the place itself, take the statement that it stands in. */
  readonly orStatement?: boolean;
  /** Which time that a function or a loop comes by is shown, from 1; the last where none is given. */
  readonly pass?: number;
}

/** Longest text of a value that is kept. */
const MAX_TEXT = 20_000;

/** Entries of literals whose places the steps know. */
const MAX_PLACES = 144;

/**
 * Everything about the expression, name or literal that `range` means (empty: the one at the offset).
 * Undefined on ordinary text: there is nothing to say.
 */
export function inspect(document: SourceDocument, range: Span, options: InspectOptions = {}): Inspection | undefined {
  const found = locateRange(document, range);
  const near = found && inspectLocated(document, found.located, options);
  if (near || !options.orStatement) return near;
  const site = document.siteAt(range.start);
  const statement = site && wholeStatement(document, site);
  // A text that stands alone is a sentence.
  if (!statement || expressionOf(statement)?.kind === 'string') return undefined;
  return inspectLocated(document, statement, options);
}

export function inspectLocated(
  document: SourceDocument,
  located: Located,
  options: InspectOptions = {},
): Inspection | undefined {
  const near = located.kind !== 'target' && located.inner && inspectLocated(document, located.inner, options);
  if (near) return near;
  const limits = options.limits ?? 'small';
  const evaluator = document.evaluator(limits);
  const place = placeOf(located.site);
  const repeated = located.kind !== 'target' && located.repeated === true;
  const expression = expressionOf(located);
  let outcome: Outcome;
  let traced = located;
  if (repeated) {
    outcome = { status: 'unknown', message: '', span: located.span, needsMore: false };
  } else if (located.kind === 'target') {
    outcome = evaluator.valueOf(located.version);
    const source = located.version.source;
    // The trace of a definition explains the name.
    if (outcome.status === 'ok' && source.kind === 'expression') {
      const whole = evaluator.evaluate(source.expression, place, true);
      if (whole.status === 'ok') outcome = { ...whole, value: outcome.value };
    }
  } else {
    outcome = evaluator.evaluate(located.expression, place, true);
    if (outcome.status === 'ok' && outcome.value.kind === 'module') {
      const whole = wholeStatement(document, located.site);
      if (!whole || whole.kind === 'target' || whole.expression === located.expression) return undefined;
      traced = whole;
      outcome = evaluator.evaluate(whole.expression, place, true);
    }
  }
  const passed = passesAt(document, evaluator, traced, shortLabel(traced), outcome, options);
  if (passed) outcome = passed.outcome;
  if (repeated && !passed?.pass) return undefined;
  if (
    outcome.status === 'ok' &&
    (outcome.value.kind === 'function' ||
      outcome.value.kind === 'module' ||
      outcome.value.kind === 'dtype' ||
      outcome.value.kind === 'string-type' ||
      outcome.value.kind === 'generator' ||
      outcome.value.kind === 'ellipsis' ||
      outcome.value.kind === 'slice')
  )
    return undefined;
  const base = {
    languageId: document.languageId,
    dialect: place.dialect,
    span: traced.span,
    source: traced.source,
    name: traced.name,
    ...(passed?.pass ? { pass: passed.pass } : {}),
    // Names of a comprehension's own may stand elsewhere too.
    definition: repeated ? undefined : assignmentOf(document, evaluator, traced, place),
    sourceLatex: traced === located ? typesetSource(expression) : typesetSource(expressionOf(traced)),
  };
  if (outcome.status !== 'ok') {
    return {
      ...base,
      status: outcome.status,
      message: outcome.message,
      messageSpan: outcome.span,
      hint: outcome.status === 'error' ? hintAt(document, traced, place, outcome.span, limits) : undefined,
      needsMore: limits === 'small' && outcome.needsMore,
      summary: [],
      facts: [],
      notes: [],
      steps: outcome.failed ? whyNot(outcome.failed) : [],
      pictures: [],
      links: [],
      editable: [],
    };
  }
  const links = equalityLinks(document, traced, place, limits);
  const editable: Editable[] = [];
  const operandOf = (role: string, e: Expression | undefined, shape: readonly number[]): string | undefined => {
    const literal = e && !repeated ? literalBehind(document, e, place, limits) : undefined;
    if (!literal || sizeOf(literal.shape) !== sizeOf(shape) || (literal.byColumns && shape.length > 2))
      return undefined;
    if (!editable.some(known => known.operand === role))
      editable.push({
        operand: role,
        span: literal.span,
        shape: literal.byColumns ? shape : literal.shape,
        ...(literal.byColumns && shape.length === 2 ? { byColumns: true } : {}),
      });
    return role;
  };
  const { value, trace } = outcome;
  // A call that prints and gives a value is shown by its value.
  const printed = value.kind === 'none' ? outcome.printed : '';
  const shown = printed !== '' && trace ? printedSubject(trace) : { value, trace };
  const prompt = printed === '' ? shownAt(shown.value, evaluator, place) : undefined;
  const style = place.dialect === 'matlab' ? numbersAt(document, place, shown.value, printed) : undefined;
  const format = typeof style === 'string' ? style : prompt?.reason;
  const { summary, facts } = factsOf(shown.value, place.dialect, limits === 'large');
  const label = shortLabel(traced);
  const names = itemNames(shown.value, expressionOf(traced), located.site.statement, shown.trace);
  const definition = definitionIn(evaluator, place);
  // A name is explained by what it was made of.
  const within = (e: Expression, site: Site): Outcome | undefined =>
    whenRun(document, evaluator, { kind: 'expression', expression: e }, site, options.pass);
  const made =
    located.kind === 'name' && shown.trace ? definitionIn(evaluator, place, within)(shown.trace, place) : undefined;
  const explained = made?.trace ?? shown.trace;
  return {
    ...base,
    status: 'ok',
    message: links.length > 0 ? linksSentence(links) : format,
    needsMore: false,
    value: shown.value,
    text:
      format !== undefined
        ? undefined
        : cutText(
            printed !== ''
              ? printed.replace(/\n$/, '')
              : (prompt?.text ??
                  textOf(shown.value, place.dialect, traced, typeof style === 'string' ? undefined : style, names)),
          ),
    inline: printed !== '' ? flat(printed) : inlineText(shown.value, place.dialect),
    itemNames: names,
    latex: isWritten(shown.value) ? valueLatex(shown.value, { maxRows: 12, maxColumns: 12 }) : undefined,
    summary: names ? itemSummary(shown.value, names) : summary,
    facts,
    notes: shown.trace ? notesOf(shown.trace, place.dialect, sourceBehind(document, evaluator, place)) : [],
    steps:
      explained && depthWithin(explained.expression, MAX_TYPESET_DEPTH) <= MAX_TYPESET_DEPTH
        ? stepsOf(explained, entryPlaces(document, made?.place ?? place, limits))
        : [],
    pictures: withPasses(
      picturesOf(shown.value, shown.trace, label, operandOf, e => document.slice(e.span), definition),
      passed?.picture,
      shown.value,
    ),
    links,
    editable,
  };
}

/** Passes from which how it goes on says more of a vector than one of them. */
const MANY_PASSES = 5;

/** A number is told by how it goes on, and so is a vector that a loop changes. */
function withPasses(pictures: readonly Picture[], passes: Picture | undefined, value: Value): Picture[] {
  if (!passes) return [...pictures];
  const first = value.kind === 'scalar' || (passes.kind === 'passes' && passes.count >= MANY_PASSES) ? 0 : 1;
  return [...pictures.slice(0, first), passes, ...pictures.slice(first)];
}

/** Whether mathematics has a way to write a value: collections by name and objects it has not. */
const isWritten = ({ kind }: Value): boolean => !['dict', 'set', 'object', 'cell', 'struct'].includes(kind);

/** An error of shapes at a span of an expression in plain words. */
export function hintAt(
  document: SourceDocument,
  at: Located,
  place: Place,
  span: Span,
  limits: LimitName,
): string | undefined {
  const e = expressionOf(at);
  if (!e) return undefined;
  const valueAt = (part: Expression): Value | undefined => {
    const outcome = document.evaluator(limits).evaluate(part, place);
    return outcome.status === 'ok' ? outcome.value : undefined;
  };
  return shapeHint(e, span, { valueAt, textOf: part => document.slice(part.span), dialect: place.dialect });
}

const expressionOf = (l: Located): Expression | undefined => {
  if (l.kind !== 'target') return l.expression;
  return l.version.source.kind === 'expression' ? l.version.source.expression : undefined;
};

const typesetSource = (e: Expression | undefined): string | undefined =>
  e && depthWithin(e, MAX_TYPESET_DEPTH) <= MAX_TYPESET_DEPTH ? expressionLatex(e) : undefined;

function shortLabel(l: Located): string {
  const text = (l.name ?? l.source).replace(/\s+/g, ' ');
  return text.length <= 16 ? text : '';
}

/** What `print("W @ a:", W @ a)` is about: its last argument that is an array or a number that was computed. */
export function printedSubject(trace: Trace): { value: Value; trace: Trace | undefined } {
  const candidates = trace.children.filter(
    c =>
      c.result.kind === 'array' ||
      c.result.kind === 'strings' ||
      c.result.kind === 'list' ||
      (c.result.kind === 'scalar' && c.expression.kind !== 'number'),
  );
  const last = candidates[candidates.length - 1];
  return last ? { value: last.result, trace: last } : { value: trace.result, trace };
}

/** How Octave prints numbers at a place, or why that is not known; what `disp` prints is made in the short format. */
export function numbersAt(document: SourceDocument, place: Place, value: Value, printed: string): NumberStyle | string {
  if (hidesText(value)) return 'what quotes a text deep in this structure has is not known';
  const style = formatAt(document, place.order);
  const doubt = value.kind === 'array' || value.kind === 'scalar' ? value.doubt : undefined;
  // What is printed asks for the format itself.
  if (printed !== '' && value.kind === 'none') return SHORT;
  if (doubt && printed === '' && (doubt.from === 'short' || style === LONG)) return doubt.reason;
  if (style !== LONG) return style;
  const dtype = value.kind === 'array' ? value.array.dtype : value.kind === 'scalar' ? value.dtype : undefined;
  return dtype === 'float32' ? 'the long format of single precision is not covered' : style;
}

/** What the language's own prompt shows for the value. */
export function textOf(
  value: Value,
  dialect: DialectId,
  located?: Located,
  style?: NumberStyle,
  names?: readonly string[],
): string {
  switch (dialect) {
    case 'python':
      return pythonText(value);
    case 'matlab':
      // Several results print one after the other, each with its name.
      if (value.kind === 'tuple' && names)
        return value.items
          .map((item, k) => octaveText(item, names[k], style))
          .reduce((all, text) => `${all}${all.includes('\n') ? '\n' : ''}\n${text}`);
      return octaveText(value, located?.name ?? 'ans', style);
    case 'r': {
      const found = rText(value);
      return 'text' in found ? found.text.replace(/\n$/, '') : '';
    }
    case 'latex':
      return latexText(value);
  }
}

const cutText = (text: string): string =>
  text.length <= MAX_TEXT
    ? text
    : `${text.slice(0, MAX_TEXT)}\n… (${(text.length - MAX_TEXT).toLocaleString('en-US')} more characters)`;

export function equalityLinks(
  document: SourceDocument,
  located: Located,
  place: Place,
  limits: LimitName,
): EqualityLink[] {
  const e = expressionOf(located);
  return e?.kind === 'equality' ? linksOf(e, document.evaluator(limits), place, document.text) : [];
}

/** The number literal behind an expression: written there, or where the name it is was assigned. */
function literalBehind(
  document: SourceDocument,
  e: Expression,
  place: Place,
  limits: LimitName,
): WrittenNumbers | undefined {
  if (e.kind === 'name') {
    const version = document.evaluator(limits).lookup(e.name, place);
    if (!version || !('source' in version) || version.source.kind !== 'expression' || version.source.path.length > 0)
      return undefined;
    const source =
      version.source.expression.kind === 'equality' ? version.source.expression.parts[0] : version.source.expression;
    return source.kind === 'name' ? undefined : literalBehind(document, source, placeOf(version.site), limits);
  }
  if (place.dialect === 'r') return rLiteral(e);
  const literal = literalOf(e);
  if (!literal) return undefined;
  // An edit goes row by row.
  if (literal.kind === 'dense') return literal.byColumns ? undefined : { span: literal.span, shape: literal.shape };
  const outcome = isPlain(literal) ? document.evaluator(limits).evaluate(literal, place) : undefined;
  const real = outcome?.status === 'ok' ? realOf(outcome.value) : undefined;
  return real && { span: literal.span, shape: real.shape };
}

/** Where the numbers of a computed value are written out, for the steps: only what the text says is what it holds. */
const entryPlaces =
  (document: SourceDocument, place: Place, limits: LimitName): EntryPlaces =>
  ({ expression, result }) => {
    const literal = literalBehind(document, expression, place, limits);
    const values = literal && realOf(result)?.data;
    const found = values && values.length <= MAX_PLACES ? numberSpans(document.text, literal.span) : undefined;
    const shape = literal?.byColumns ? realOf(result)?.shape : undefined;
    const [rows, columns] = shape?.length === 2 ? shape : [1, 1];
    // The text goes column by column, the entries row by row.
    const places = found && shape ? columnsFirst(found, [columns, rows]) : found;
    const same = places?.every((p, k) => Number(document.slice(p).replace(/\s+/g, '')) === values?.[k]);
    return same && places?.length === values?.length ? places : undefined;
  };

/** Whether a literal holds only numbers, so that each has its own place in the text. */
export function isPlain(e: Expression): boolean {
  switch (e.kind) {
    case 'number':
      return !e.imaginary;
    case 'unary':
      return (e.operator === 'negate' || e.operator === 'plus') && e.operand.kind === 'number';
    case 'sequence':
      return e.items.every(isPlain);
    case 'matrix':
      return e.rows.every(row => row.every(isPlain));
    default:
      return false;
  }
}

export type { LocatedExpression };
