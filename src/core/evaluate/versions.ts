import type { BinaryOperator, Expression, Subscript } from '../expression/expression';
import type { DialectId, Scope as ScopeStatement, Statement } from '../expression/program';
import type { Span } from '../text/span';

/**
 * The assignment index of a document: for every name the versions it takes, in the order in which statements run.
 * Nothing is evaluated here; a version says what its value is made of.
 */
export interface Bindings {
  readonly scopes: readonly NameScope[];
  /** Every statement with the place it runs at, in source order, inner ones behind the one that holds them. */
  readonly sites: readonly Site[];
  /** Expressions that are statements of their own and change what names hold, with how. */
  readonly changing: ReadonlyMap<Expression, RunSource>;
  /** Statements in which calls change objects or draw random numbers, by their order. */
  readonly running: ReadonlyMap<number, RunSource>;
}

/** A statement at its place: lookups from here see versions of earlier `order` in blocks that enclose `block`. */
export interface Site {
  readonly statement: Statement;
  readonly scope: NameScope;
  readonly block: Block;
  readonly order: number;
}

export interface NameScope {
  readonly form: 'module' | 'function' | 'class';
  readonly parent?: Site;
  readonly versions: Map<string, Version[]>;
  /** The names that a function owns; others that it changes in part are its surroundings'. */
  readonly own: ReadonlySet<string>;
  /** Names that a function below writes from inside, with the reason why they are unknown. */
  readonly written: Map<string, { readonly order: number; readonly reason: string }>;
  /** Star imports: the library if known, and the order. */
  readonly stars: { readonly path: string; readonly order: number; readonly line: number }[];
}

/** A run of statements under one condition; versions made in it are seen only from inside. */
export interface Block {
  readonly parent?: Block;
}

export interface Version {
  readonly name: string;
  readonly order: number;
  readonly block: Block;
  readonly dialect: DialectId;
  readonly site: Site;
  /** Where the name stands in the source. */
  readonly span: Span;
  readonly source: Source;
  /** Identities of the memory that the value may live in. */
  readonly memory: readonly number[];
}

/** Positions through nested tuple targets; `star` is the place of a starred target among its siblings. */
export type TargetPath = readonly { readonly index: number; readonly count: number; readonly star?: number }[];

/** What a version's value is made of. */
export type Source =
  | {
      readonly kind: 'expression';
      readonly expression: Expression /** Positions through nested tuple targets. */;
      readonly path: TargetPath;
    }
  | {
      readonly kind: 'item';
      readonly subscripts: readonly (readonly Subscript[])[];
      readonly value: Expression;
      readonly path: TargetPath;
      readonly operator?: BinaryOperator;
      readonly changed: string;
    }
  | {
      readonly kind: 'augment';
      readonly operator: BinaryOperator;
      readonly value: Expression;
      readonly changed: string;
    }
  | { readonly kind: 'import'; readonly path: string }
  /** A function of the document, to be called by name. */
  | { readonly kind: 'definition'; readonly statement: ScopeStatement }
  | RunSource
  /** What the name was, where evaluating the expressions is followed in all that they do. */
  | {
      readonly kind: 'undisturbed';
      readonly expressions: readonly Expression[];
      /** The version whose value is that of the expressions. */
      readonly told?: Version;
      readonly line: number;
    }
  | { readonly kind: 'function'; readonly parameters: readonly string[]; readonly body: Expression }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What running the statement from its site leaves in the name; `names` are all that it may change the objects of. */
export interface RunSource {
  readonly kind: 'run';
  readonly statement: Statement;
  readonly from: Site;
  readonly names: readonly string[];
}

/** The version of `name` seen from a site: the last one of earlier order in an enclosing block. `including` also sees the site's own. */
export function versionAt(
  scope: NameScope,
  name: string,
  block: Block,
  order: number,
  including = false,
): Version | undefined {
  const list = scope.versions.get(name);
  if (!list) return undefined;
  for (let i = list.length - 1; i >= 0; i--) {
    const v = list[i];
    if ((including ? v.order <= order : v.order < order) && encloses(v.block, block)) return v;
  }
  return undefined;
}

/** Gives a name that is seen at a site a version there, where statements behind it have been read already. */
export function begin(name: string, source: Source, site: Site): void {
  const before = versionAt(site.scope, name, site.block, site.order, true);
  const list = site.scope.versions.get(name);
  if (!before || !list || before.order === site.order) return;
  const { order, block } = site;
  const at = list.findIndex(v => v.order > order);
  list.splice(at < 0 ? list.length : at, 0, { ...before, order, block, site, source });
}

function encloses(outer: Block, inner: Block): boolean {
  for (let b: Block | undefined = inner; b; b = b.parent) if (b === outer) return true;
  return false;
}

/** The version of a name in the scopes around a site. */
export function outerVersion(site: Site, name: string): Version | undefined {
  for (let parent = site.scope.parent; parent; parent = parent.scope.parent) {
    const v = versionAt(parent.scope, name, parent.block, parent.order);
    if (v) return v;
  }
  return undefined;
}
