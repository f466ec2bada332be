import { isMainGuard } from '../evaluate/changed-names';
import type { Evaluator } from '../evaluate/evaluate';
import { type Place, placeOf } from '../evaluate/place';
import type { Site } from '../evaluate/versions';
import type { Expression } from '../expression/expression';
import type { Assignment, Branching, Statement } from '../expression/program';
import { callsIn, expressionsIn, namesIn } from '../expression/walk';
import { valueLatex } from '../format/latex';
import { lineAt } from '../text/line-index';
import type { Span } from '../text/span';
import { NONE, type Value } from '../values/value';
import { sourceBehind } from './definition';
import { shownAt } from './display';
import type { LimitName, SourceDocument } from './document';
import { linksSentence } from './equality';
import { flat, inlineText } from './inline';
import { equalityLinks, hintAt, isPlain, numbersAt, printedSubject, textOf } from './inspect';
import type { EqualityLink } from './inspection';
import { itemNames } from './item-names';
import { type Located, literalOf, locatedValue, targetsOf, wholeStatement } from './locate';
import { type Note, notesOf } from './notes';
import { journalOf } from './passes';

/** One evaluated statement of a document, as the command line and Evaluate File show it. */
export interface Evaluated {
  /** 0-based line on which the statement begins. */
  readonly line: number;
  readonly span: Span;
  readonly source: string;
  readonly status: 'ok' | 'error' | 'unknown';
  readonly text?: string;
  /** The text on one line, for the place behind the code. */
  readonly inline?: string;
  /** Whether `text` is what the statement writes, not a value. */
  readonly printed?: boolean;
  readonly latex?: string;
  readonly value?: Value;
  readonly message?: string;
  /** What the message is about. */
  readonly messageSpan?: Span;
  /** An error of shapes in plain words. */
  readonly hint?: string;
  readonly links?: readonly EqualityLink[];
  readonly notes?: readonly Note[];
  /** The name, for an assignment. */
  readonly name?: string;
  readonly needsMore?: boolean;
  /** Of a statement in a function or a loop: how often it runs. */
  readonly passes?: number;
  /** Whether the value is written out in the statement, as in `A = [1 2; 3 4]`. */
  readonly written?: boolean;
}

export interface StatementOptions {
  readonly limits?: LimitName;
  /** Also give the values of assignments that the language itself would not print. */
  readonly assignments?: boolean;
  /** Also give what statements of functions and loops leave, the last time that they run. */
  readonly inside?: boolean;
  /** Also note what is rarely meant. */
  readonly notes?: boolean;
}

/** Evaluates every top-level expression statement in order; in MATLAB also the assignments that print. */
export function evaluateStatements(document: SourceDocument, options: StatementOptions = {}): Evaluated[] {
  const limits = options.limits ?? 'large';
  const module = document.bindings.scopes[0];
  const journal = options.inside ? journalOf(document, document.evaluator(limits)) : undefined;
  return document.bindings.sites.flatMap((site): Evaluated[] => {
    const s = site.statement;
    if (site.scope !== module || site.block.parent !== undefined) {
      const left = journal?.get(s);
      return left ? [leftBehind(document, site, left.value, left.count, limits)] : [];
    }
    if (s.kind === 'branching' && isBlock(s)) return blockOutput(document, site, limits);
    const prints =
      s.kind === 'expression'
        ? !(s.silent && !options.assignments) || isPrinting(s.expression) || callsPrinting(document, s.expression)
        : s.kind === 'assign' &&
          (options.assignments || (s.dialect !== 'python' && s.silent === false) || callsPrinting(document, s.value));
    if (!prints && !(s.kind === 'augment' && options.assignments)) return [];
    const located = parenthesised(s, options) ? locatedValue(document, s.value, site) : wholeStatement(document, site);
    if (!located) return [];
    const all = s.dialect === 'matlab' ? targetsOf(document, site) : [];
    // Of `a = b = 3` Octave shows the first.
    const targets = s.kind === 'assign' && s.targets.length > 1 ? all.slice(0, 1) : all;
    const told = targets.length > 1 ? together(document, targets, limits) : evaluated(document, located, limits);
    return [options.notes ? { ...told, notes: notesIn(document, site, limits) } : told];
  });
}

/** `(x[1] <- 5)`, which R's prompt shows by the value that is assigned. */
const parenthesised = (s: Statement, { assignments }: StatementOptions): s is Assignment =>
  s.kind === 'assign' && s.dialect === 'r' && s.silent === false && !assignments;

/** A statement in a function or a loop, with what it leaves the last time. */
function leftBehind(document: SourceDocument, site: Site, value: Value, passes: number, limits: LimitName): Evaluated {
  const { statement } = site;
  const target = statement.kind === 'assign' ? statement.targets[0] : statement.kind === 'augment' && statement.target;
  const head = {
    line: lineAt(document.lines, statement.span.start),
    span: statement.span,
    source: document.slice(statement.span),
    ...(target && target.kind === 'name' ? { name: target.name } : {}),
    ...(statement.kind === 'assign' && isWritten(statement.value) ? { written: true } : {}),
    passes,
  };
  const place = placeOf(site);
  const prompt = shownAt(value, document.evaluator(limits), place);
  if (prompt?.reason !== undefined) return { ...head, status: 'unknown', message: prompt.reason };
  const text = prompt?.text ?? textOf(value, place.dialect);
  return { ...head, status: 'ok', value, text, inline: inlineText(value, place.dialect), latex: valueLatex(value) };
}

/** Notes on the expressions of a statement. */
function notesIn(document: SourceDocument, site: Site, limits: LimitName): readonly Note[] {
  const evaluator = document.evaluator(limits);
  const place = placeOf(site);
  return expressionsIn(site.statement).flatMap(e => {
    const outcome = evaluator.evaluate(e, place, true);
    return outcome.status === 'ok' && outcome.trace
      ? notesOf(outcome.trace, place.dialect, sourceBehind(document, evaluator, place))
      : [];
  });
}

/** Lines that a block may show. */
const MAX_LINES = 200;

/** Whether a statement is run as a whole; the statements of others stand for themselves. */
const isBlock = (s: Branching): boolean =>
  s.dialect === 'matlab' || s.dialect === 'r' || (s.dialect === 'python' && s.form !== 'with' && !isMainGuard(s));

/** What a block prints when it runs; one that prints nothing is passed over. */
function blockOutput(document: SourceDocument, site: Site, limits: LimitName): Evaluated[] {
  const { statement } = site;
  if (statement.dialect === 'python' && !document.text.includes('print')) return [];
  const outcome = document.evaluator(limits).outputOf(site);
  const head = {
    line: lineAt(document.lines, statement.span.start),
    span: statement.span,
    source: document.slice(statement.span),
  };
  if (outcome.status === 'unknown' && !mayPrint(document, statement)) return [];
  if (outcome.status !== 'ok')
    return [{ ...head, status: outcome.status, message: outcome.message, needsMore: outcome.needsMore }];
  if (outcome.printed === '') return [];
  if (statement.dialect === 'matlab') {
    const style = numbersAt(document, placeOf(site), NONE, outcome.printed);
    if (typeof style === 'string') return [{ ...head, status: 'unknown', message: style }];
  }
  const lines = outcome.printed.replace(/\n$/, '').split('\n');
  const rest = lines.length - MAX_LINES;
  const text = (rest > 0 ? [...lines.slice(0, MAX_LINES), `… ${rest} more lines`] : lines).join('\n');
  return [{ ...head, status: 'ok', text, inline: flat(outcome.printed), printed: true }];
}

/** Whether the expression calls a function of the document that may print. */
function callsPrinting(document: SourceDocument, e: Expression, depth = 0): boolean {
  if (e.kind === 'number' || e.kind === 'dense' || depth > 4) return false;
  return namesIn(e).some(name => {
    const definition = document.evaluator('small').definition(name)?.source;
    if (definition?.kind !== 'definition') return R_PRINTING.has(name) && languageOf(document) === 'r';
    if (definition.statement.dialect !== 'matlab' && definition.statement.dialect !== 'r') return false;
    return definition.statement.body.some(b => mayPrint(document, b, depth + 1));
  });
}

/** Whether a statement may print when it runs; of Python's those that say so themselves. */
function mayPrint(document: SourceDocument, s: Statement, depth = 0): boolean {
  if (s.dialect === 'python')
    return (
      expressionsIn(s).some(e => callsIn(e).some(c => c.callee.kind === 'name' && c.callee.name === 'print')) ||
      (s.kind === 'branching' && s.bodies.some(body => body.some(b => mayPrint(document, b))))
    );
  if (s.dialect === 'r' && s.kind !== 'branching') return expressionsIn(s).some(e => callsPrinting(document, e, depth));
  switch (s.kind) {
    case 'expression':
      return !s.silent || isPrinting(s.expression) || callsPrinting(document, s.expression, depth);
    case 'assign':
      return !s.silent || callsPrinting(document, s.value, depth);
    case 'branching':
      // R's prompt shows what a branch comes to.
      if (s.dialect === 'r' && s.form === 'if' && depth === 0) return true;
      return s.bodies.some(body => body.some(b => mayPrint(document, b, depth)));
    default:
      return false;
  }
}

/** Functions of R's that write. */
const R_PRINTING: ReadonlySet<string> = new Set(['print', 'cat', 'writeLines']);

const languageOf = (document: SourceDocument): string | undefined => document.program.statements[0]?.dialect;

/** A semicolon silences the value of a call, not what the call prints. */
const isPrinting = (e: Expression): boolean =>
  e.kind === 'call' &&
  e.callee.kind === 'name' &&
  ['disp', 'printf', 'fprintf', 'puts', 'fputs', 'fdisp'].includes(e.callee.name);

/** `[q, r] = qr(A)` shows every target in turn. */
function together(document: SourceDocument, targets: readonly Located[], limits: LimitName): Evaluated {
  const parts = targets.map(t => evaluated(document, t, limits));
  const failed = parts.find(p => p.status !== 'ok');
  if (failed) return { ...failed, name: undefined };
  const value: Value = { kind: 'tuple', items: parts.flatMap(p => p.value ?? []) };
  const text = parts.map((p, i) => `${p.text}${i + 1 < parts.length && p.text?.includes('\n') ? '\n' : ''}`).join('\n');
  const inline = targets.map((t, i) => `${t.source} = ${parts[i].inline}`).join(', ');
  return { ...parts[0], name: undefined, value, text, inline, latex: valueLatex(value) };
}

/** The value on one line; what `q, r = qr(A)` unpacks stands under its names. */
function inlineOf(value: Value, located: Located): string {
  const { statement } = located.site;
  const names =
    statement.dialect === 'python' && located.kind !== 'target'
      ? itemNames(value, located.expression, statement, undefined)
      : undefined;
  return names && value.kind === 'tuple'
    ? value.items.map((item, k) => `${names[k]} = ${inlineText(item, 'python')}`).join(', ')
    : inlineText(value, statement.dialect);
}

function evaluated(document: SourceDocument, located: Located, limits: LimitName): Evaluated {
  const evaluator = document.evaluator(limits);
  const place = placeOf(located.site);
  const outcome =
    located.kind === 'target' ? evaluator.valueOf(located.version) : evaluator.evaluate(located.expression, place);
  const statement = located.site.statement;
  const span = statement.kind === 'assign' ? statement.span : located.span;
  const head = {
    line: lineAt(document.lines, span.start),
    span,
    source: document.slice(span),
    name: located.kind === 'target' ? located.name : undefined,
    ...(statement.kind === 'assign' && isWritten(statement.value) ? { written: true } : {}),
  };
  if (statement.kind === 'assign' && statement.dialect === 'matlab' && located.kind !== 'target')
    return { ...head, status: 'unknown', message: 'what this assigns to is not followed' };
  if (outcome.status !== 'ok')
    return {
      ...head,
      status: outcome.status,
      message: outcome.message,
      messageSpan: outcome.span,
      hint: outcome.status === 'error' ? hintAt(document, located, place, outcome.span, limits) : undefined,
      needsMore: outcome.needsMore,
    };
  const { value } = outcome;
  // A function of a MATLAB file may print before it gives a value.
  const before = place.dialect === 'matlab' && value.kind !== 'none' ? outcome.printed : '';
  const printed = before === '' ? outcome.printed : '';
  const style = place.dialect === 'matlab' ? numbersAt(document, place, value, outcome.printed) : undefined;
  if (typeof style === 'string') return { ...head, status: 'unknown', message: style };
  // A call such as `clc` gives nothing, and the prompt shows nothing.
  if (printed === '' && value.kind === 'none' && place.dialect === 'matlab')
    return { ...head, status: 'ok', text: '', value };
  const silent = outcome.silent === true || (statement.kind === 'assign' && silentStatement(statement));
  if (place.dialect === 'r' && silent && (printed !== '' || statement.kind !== 'assign'))
    return { ...head, status: 'ok', text: printed.replace(/\n$/, ''), inline: flat(printed), printed: true, value };
  const prompt = shownAt(value, evaluator, place);
  if (prompt?.reason !== undefined) return { ...head, status: 'unknown', message: prompt.reason };
  // A call that prints and gives a value shows both.
  if (printed !== '' && prompt && (value.kind !== 'none' || place.dialect === 'r'))
    return {
      ...head,
      status: 'ok',
      text: `${printed}${prompt.text}`,
      inline: flat(prompt.text),
      value,
      latex: valueLatex(value),
    };
  if (printed !== '')
    return {
      ...head,
      status: 'ok',
      text: printed.replace(/\n$/, ''),
      inline: flat(printed),
      printed: true,
      value,
      latex: printedLatex(evaluator, located, place, value),
    };
  const links = equalityLinks(document, located, place, limits);
  const broken = links.some(l => l.holds === false);
  const unchecked = !broken && links.some(l => l.holds === undefined);
  const shown = {
    ...head,
    value,
    text: `${before}${silentStatement(statement) && before !== '' ? '' : (prompt?.text ?? textOf(value, place.dialect, located, style))}`,
    inline: inlineOf(value, located),
    latex: valueLatex(value),
    ...(links.length > 0 ? { links, message: linksSentence(links) } : {}),
  };
  return { ...shown, status: broken ? 'error' : unchecked ? 'unknown' : 'ok' };
}

const silentStatement = (s: Statement): boolean =>
  (s.kind === 'assign' || s.kind === 'expression') && s.silent === true;

/** What a statement that prints is about, typeset. */
function printedLatex(evaluator: Evaluator, located: Located, place: Place, value: Value): string {
  if (located.kind === 'target') return valueLatex(value);
  const outcome = evaluator.evaluate(located.expression, place, true);
  return valueLatex(outcome.status === 'ok' && outcome.trace ? printedSubject(outcome.trace).value : value);
}

function isWritten(e: Expression): boolean {
  const literal = literalOf(e) ?? e;
  return literal.kind === 'dense' || literal.kind === 'string' || isPlain(literal);
}
