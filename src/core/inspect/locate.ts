import type { Site, Version } from '../evaluate/versions';
import type { Expression } from '../expression/expression';
import type { Target } from '../expression/program';
import { allChildren, covering, expressionsIn, pathAt } from '../expression/walk';
import { contains, type Span, touches } from '../text/span';
import type { SourceDocument } from './document';

/** What is meant at a place: an expression in a statement, or the name that a statement assigns. */
export type Located = LocatedExpression | LocatedTarget;

export interface LocatedExpression {
  readonly kind: 'literal' | 'name' | 'operator' | 'call' | 'other';
  readonly span: Span;
  readonly source: string;
  readonly name?: string;
  readonly expression: Expression;
  readonly site: Site;
  /** Whether it stands in a comprehension or a lambda, whose own names have a value each time that they run. */
  readonly repeated?: true;
  /** What is meant there, where this is the comprehension or lambda around it. */
  readonly inner?: LocatedExpression;
}

export interface LocatedTarget {
  readonly kind: 'target';
  readonly span: Span;
  readonly source: string;
  readonly name: string;
  readonly version: Version;
  readonly site: Site;
}

/** The array, name, operator or call at an offset, or undefined on ordinary text. */
export function locate(document: SourceDocument, offset: number): Located | undefined {
  const site = document.siteAt(offset);
  if (!site) return undefined;
  const target = targetAt(document, site, t => touches(t.span, offset));
  if (target) return target;
  for (const root of expressionsIn(site.statement)) {
    const path = pathAt(root, offset);
    if (path.length > 0) {
      const picked = pick(path);
      const inner = repeated(document, pathAt(root, offset, allChildren), path.length, site);
      return picked ? { ...located(document, picked, site), ...(inner ? { inner } : {}) } : inner;
    }
  }
  return undefined;
}

/** The expression that a selection means: the one it spells exactly, or the smallest that covers it when it spells none. */
export function locateRange(
  document: SourceDocument,
  range: Span,
): { readonly located: Located; readonly exact: boolean } | undefined {
  const trimmed = trim(document.text, range);
  if (trimmed.start >= trimmed.end) {
    const at = locate(document, range.start);
    return at && { located: at, exact: true };
  }
  const inside = document.bindings.sites.filter(
    s => contains(trimmed, s.statement.span) && (s.statement.kind === 'expression' || s.statement.kind === 'assign'),
  );
  const last = inside[inside.length - 1];
  if (last) {
    const whole = wholeStatement(document, last);
    if (whole) return { located: whole, exact: true };
  }
  const site = document.siteAt(trimmed.start);
  if (!site) return undefined;
  const target = targetAt(document, site, t => t.span.start === trimmed.start && t.span.end === trimmed.end);
  if (target) return { located: target, exact: true };
  for (const root of expressionsIn(site.statement)) {
    const found = covering(root, trimmed);
    if (!found) continue;
    const deep = covering(root, trimmed, allChildren);
    const within = deep && deep !== found && same(deep.span, trimmed) ? deep : undefined;
    const inner: Inner = within ? { inner: { ...located(document, within, site), repeated: true } } : {};
    const bare = trimBrackets(document.text, trimmed);
    // The parentheses around an expression are part of its span, but a selection may leave them out.
    if (same(trimmed, trimBrackets(document.text, found.span)))
      return { located: { ...located(document, { ...found, span: trimmed }, site), ...inner }, exact: true };
    const exact = [trimmed, bare].some(s => same(s, found.span));
    const nearest = exact ? found : (covering(found, bare) ?? found);
    return {
      located: { ...located(document, nearest, site), ...inner },
      exact: exact || same(bare, nearest.span) || within !== undefined,
    };
  }
  return undefined;
}

type Inner = Pick<LocatedExpression, 'inner'>;

/** What is meant within a comprehension or a lambda, behind the first expressions of a path. */
function repeated(
  document: SourceDocument,
  path: readonly Expression[],
  from: number,
  site: Site,
): LocatedExpression | undefined {
  const outer = path.slice(from - 1, -1).some(e => e.kind === 'comprehension' || e.kind === 'lambda');
  const picked = outer ? pick(path) : undefined;
  return picked && picked !== path[from - 1] ? { ...located(document, picked, site), repeated: true } : undefined;
}

/** The value that a whole statement shows: its expression, or the name it assigns. */
export function wholeStatement(document: SourceDocument, site: Site): Located | undefined {
  const s = site.statement;
  if (s.kind === 'expression') return located(document, s.expression, site);
  if (s.kind === 'assign' && s.dialect === 'python' && s.targets.some(t => t.kind === 'tuple'))
    return located(document, s.value, site);
  if (s.kind === 'assign' || s.kind === 'augment')
    return targetsOf(document, site)[0] ?? (s.kind === 'assign' ? located(document, s.value, site) : undefined);
  return undefined;
}

const targetAt = (
  document: SourceDocument,
  site: Site,
  wanted: (t: { readonly span: Span }) => boolean,
): LocatedTarget | undefined => targetsOf(document, site).find(wanted);

/** The names that a statement assigns, in the order they stand in. */
export function targetsOf(document: SourceDocument, site: Site): LocatedTarget[] {
  const s = site.statement;
  if (s.kind === 'scope') return parametersOf(document, site);
  const loop = s.kind === 'branching' && s.form === 'for';
  const targets = s.kind === 'assign' ? s.targets : s.kind === 'augment' ? [s.target] : loop ? s.bound : [];
  const flat = (t: Target): readonly Target[] =>
    t.kind === 'tuple' ? t.items.flatMap(flat) : t.kind === 'star' ? flat(t.target) : [t];
  return targets.flatMap(flat).flatMap((t): LocatedTarget[] => {
    const name =
      t.kind === 'name'
        ? t.name
        : t.kind === 'item' && t.object.kind === 'name'
          ? t.object.name
          : t.kind === 'other' && t.place
            ? t.root
            : undefined;
    const span = t.kind === 'item' ? t.object.span : t.span;
    if (name === undefined) return [];
    const versions = site.scope.versions.get(name);
    // Within a loop its names change each time.
    const version = loop
      ? versions?.find(v => v.site.statement === s && v.block.parent === site.block)
      : versions?.find(
          v => v.site === site || v.order === site.order || (v.source.kind === 'run' && v.source.statement === s),
        );
    const at = loop && version ? version.site : site;
    return version ? [{ kind: 'target', span, source: document.slice(span), name, version, site: at }] : [];
  });
}

/** The parameters of a function, as the names that a call gives their values. */
function parametersOf(document: SourceDocument, site: Site): LocatedTarget[] {
  const s = site.statement;
  const scope = document.bindings.scopes.find(inner => inner.parent === site);
  if (s.kind !== 'scope' || s.form !== 'function' || !scope) return [];
  return s.parameters.flatMap(({ name, span }): LocatedTarget[] => {
    const version = scope.versions.get(name)?.find(v => v.site.statement === s);
    return version ? [{ kind: 'target', span, source: document.slice(span), name, version, site: version.site }] : [];
  });
}

/** An expression of a statement as what is meant. */
export const locatedValue = (document: SourceDocument, value: Expression, site: Site): LocatedExpression =>
  located(document, value, site);

function located(document: SourceDocument, expression: Expression, site: Site): LocatedExpression {
  return {
    kind: kindOf(expression),
    span: expression.span,
    source: document.slice(expression.span),
    name: expression.kind === 'name' ? expression.name : nameGiven(expression, site),
    expression,
    site,
  };
}

/** The name that a statement gives to a literal alone. */
function nameGiven(e: Expression, { statement }: Site): string | undefined {
  if (statement.kind !== 'assign' || !same(statement.value.span, e.span) || literalOf(e) === undefined)
    return undefined;
  const [target, ...more] = statement.targets;
  return more.length === 0 && target.kind === 'name' ? target.name : undefined;
}

function kindOf(e: Expression): LocatedExpression['kind'] {
  switch (e.kind) {
    case 'dense':
    case 'sequence':
    case 'matrix':
      return 'literal';
    case 'name':
      return 'name';
    case 'unary':
    case 'binary':
    case 'comparison':
    case 'equality':
    case 'range':
      return 'operator';
    case 'call':
    case 'index':
    case 'member':
      return 'call';
    default:
      return 'other';
  }
}

/** `np.linalg.norm`: a name, or members of one. */
const isName = (e: Expression): boolean => e.kind === 'name' || (e.kind === 'member' && isName(e.object));

/** Chooses, from the chain of expressions at the offset, the one that a reader means. */
function pick(path: readonly Expression[]): Expression | undefined {
  let i = path.length - 1;
  const here = path[i];
  // A string that stands alone is a sentence.
  if (i === 0 && here.kind === 'string') return undefined;
  switch (here.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'none':
    case 'ellipsis':
      // A number within a literal means the literal; elsewhere it explains itself.
      while (i > 0 && path[i].kind !== 'sequence' && path[i].kind !== 'matrix') {
        const parent = path[i - 1];
        if (
          parent.kind !== 'unary' &&
          parent.kind !== 'sequence' &&
          parent.kind !== 'matrix' &&
          parent.kind !== 'index'
        )
          return undefined;
        i--;
      }
      break;
    case 'binary':
    case 'unary':
    case 'logical':
      return here;
    case 'name': {
      const parent = path[i - 1];
      if (parent?.kind === 'call' && parent.callee === here) return parent;
      return here;
    }
    case 'member': {
      // Any part of `np.linalg.norm(a)` up to the bracket means the call.
      let k = i;
      while (path[k - 1]?.kind === 'member') k--;
      const parent = path[k - 1];
      return parent?.kind === 'call' && parent.callee === path[k] && (k === i || isName(path[k])) ? parent : here;
    }
    default:
      break;
  }
  // The outermost literal of nested ones, and the call that makes an array of it.
  while (i > 0 && isLiteral(path[i]) && isLiteral(path[i - 1])) i--;
  const parent = path[i - 1];
  // Bars around a matrix are its determinant.
  if (isLiteral(path[i]) && parent?.kind === 'call' && same(parent.span, path[i].span)) return parent;
  if (isLiteral(path[i]) && parent?.kind === 'call' && isArrayCall(parent) && parent.arguments[0]?.value === path[i])
    return parent;
  return path[i];
}

const isLiteral = (e: Expression): boolean => e.kind === 'sequence' || e.kind === 'dense' || e.kind === 'matrix';

const ARRAY_CALLS = new Set(['array', 'asarray', 'tensor']);
const isArrayCall = (e: Extract<Expression, { kind: 'call' }>): boolean =>
  (e.callee.kind === 'name' && e.callee.name === 'matrix') ||
  ((e.callee.kind === 'member' || e.callee.kind === 'name') && ARRAY_CALLS.has(e.callee.name));

/** The array literal behind an expression: itself, or the first argument of the call that makes an array of it. */
export function literalOf(e: Expression): Expression | undefined {
  if (isLiteral(e)) return e;
  if (e.kind === 'call' && isArrayCall(e) && e.arguments.length >= 1) return literalOf(e.arguments[0].value);
  return undefined;
}

const same = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

function trim(text: string, range: Span): Span {
  let { start, end } = range;
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /[\s;]/.test(text[end - 1])) end--;
  return { start, end };
}

function trimBrackets(text: string, range: Span): Span {
  if (text[range.start] !== '(' || text[range.end - 1] !== ')') return range;
  return trim(text, { start: range.start + 1, end: range.end - 1 });
}
