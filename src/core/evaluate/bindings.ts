import type { BinaryOperator, Call, Expression, Subscript } from '../expression/expression';
import type { DialectId, Program, Scope as ScopeStatement, Statement, Target } from '../expression/program';
import { callsIn } from '../expression/walk';
import { type LineIndex, lineAt } from '../text/line-index';
import type { Span } from '../text/span';
import {
  assignedNames,
  changedAlone,
  changedBehind,
  changedBy,
  changedInPlace,
  isMainGuard,
  type Libraries,
  librariesOf,
  localNames,
  mutatesArguments,
  namesOfTarget,
  rootsOf,
  worksInPlace,
  writtenFromInside,
} from './changed-names';
import { changedDefaults, changesReceiver, mayShare, READING_BUILTINS, readsOnly, writtenBy } from './memory';

/**
 * The assignment index of a document: for every name the versions it takes, in the order in which statements run.
 * Nothing is evaluated here; a version says what its value is made of.
 */
export interface Bindings {
  readonly scopes: readonly NameScope[];
  /** Every statement with the place it runs at, in source order, inner ones behind the one that holds them. */
  readonly sites: readonly Site[];
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
  /** What running the statement from its site leaves in the name. */
  | { readonly kind: 'run'; readonly statement: Statement; readonly from: Site }
  | { readonly kind: 'function'; readonly parameters: readonly string[]; readonly body: Expression }
  | { readonly kind: 'unknown'; readonly reason: string };

export function bindingsOf(program: Program, lines: LineIndex): Bindings {
  return new Indexer(lines).index(program);
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

function encloses(outer: Block, inner: Block): boolean {
  for (let b: Block | undefined = inner; b; b = b.parent) if (b === outer) return true;
  return false;
}

class Indexer {
  private readonly scopes: NameScope[] = [];
  private readonly sites: Site[] = [];
  private order = 0;
  private memoryId = 0;

  private libraries: Libraries = new Set();

  constructor(private readonly lines: LineIndex) {}

  index(program: Program): Bindings {
    this.libraries = librariesOf(program.statements);
    const module = this.scope('module', new Set());
    this.run(program.statements, module, {});
    return { scopes: this.scopes, sites: this.sites };
  }

  private scope(form: NameScope['form'], own: ReadonlySet<string>, parent?: Site): NameScope {
    const scope: NameScope = { form, parent, versions: new Map(), own, written: new Map(), stars: [] };
    this.scopes.push(scope);
    return scope;
  }

  private line(at: Span): number {
    return lineAt(this.lines, at.start) + 1;
  }

  private run(statements: readonly Statement[], scope: NameScope, block: Block): void {
    for (const statement of statements) {
      const site: Site = { statement, scope, block, order: ++this.order };
      this.sites.push(site);
      this.statement(statement, site);
    }
  }

  private statement(s: Statement, site: Site): void {
    switch (s.kind) {
      case 'expression': {
        const own = s.dialect === 'python' ? changedAlone(s.expression, this.libraries) : undefined;
        if (own !== undefined && this.canRun(s, site)) {
          const v = versionAt(site.scope, own, site.block, site.order);
          if (v && v.source.kind !== 'import' && v.source.kind !== 'unknown') {
            const after: Site = { ...site, order: site.order + 0.5 };
            this.bind(own, s.span, { kind: 'run', statement: s, from: site }, after, v.memory);
            return;
          }
        }
        this.effects(s.expression, site);
        if (s.dialect === 'matlab' && s.expression.kind !== 'name') {
          this.bind('ans', s.expression.span, { kind: 'expression', expression: s.expression, path: [] }, site);
        }
        return;
      }
      case 'assign': {
        this.effects(s.value, site);
        if (s.parameters) {
          for (const t of s.targets)
            if (t.kind === 'name')
              this.bind(t.name, t.span, { kind: 'function', parameters: s.parameters, body: s.value }, site);
          return;
        }
        for (const t of s.targets) this.target(t, s.value, [], site);
        return;
      }
      case 'augment':
        this.effects(s.value, site);
        if (s.target.kind === 'name') {
          this.change(
            s.target.name,
            s.target.span,
            { kind: 'augment', operator: s.operator, value: s.value, changed: s.target.name },
            site,
          );
        } else if (s.target.kind === 'item') this.item(s.target, s.value, [], site, s.operator);
        else
          this.forget(rootsOf(s.target), `it changes on line ${this.line(s.span)} in a way that is not followed`, site);
        return;
      case 'import':
        for (const b of s.bindings) this.bind(b.name, b.span, { kind: 'import', path: b.path }, site);
        if (s.star !== undefined) site.scope.stars.push({ path: s.star, order: site.order, line: this.line(s.span) });
        return;
      case 'scope':
        this.body(s, site);
        return;
      case 'branching':
        this.branching(s, site);
        return;
      case 'opaque':
        for (const e of s.expressions) this.effects(e, site);
        this.forget(s.binds, s.reason, site);
        return;
    }
  }

  private body(s: ScopeStatement, site: Site): void {
    const own = localNames(s);
    const inner = this.scope(s.form, own, site);
    const block: Block = {};
    const entry: Site = { statement: s, scope: inner, block, order: ++this.order };
    for (const p of s.parameters)
      this.bind(
        p.name,
        p.span,
        { kind: 'unknown', reason: `${p.name}: a parameter, known only when the code runs` },
        entry,
      );
    this.run(s.body, inner, block);
    const line = this.line(s.span);
    this.bind(
      s.name,
      s.nameSpan,
      s.form === 'function' && s.dialect === 'python' && s.untold === undefined
        ? { kind: 'definition', statement: s }
        : {
            kind: 'unknown',
            reason:
              s.untold === undefined
                ? `${s.name}: a ${s.form} of this file, whose calls are not followed`
                : `${s.name}: a function that ${s.untold}, whose calls are not followed`,
          },
      site,
    );
    for (const name of [...s.outer, ...writtenFromInside(s.body, own, this.libraries)]) {
      if (!site.scope.written.has(name))
        site.scope.written.set(name, {
          order: site.order,
          reason: `${name}: changed from inside ${s.name} (line ${line}), known only when the code runs`,
        });
    }
  }

  private branching(s: Extract<Statement, { kind: 'branching' }>, site: Site): void {
    const line = this.line(s.span);
    for (const e of s.heads) this.effects(e, site);
    const bindHead = (at: Site): void => {
      for (const t of s.bound)
        for (const name of namesOfTarget(t))
          this.bind(
            name,
            t.span,
            { kind: 'unknown', reason: `${name}: set by the ${s.form} on line ${line}, known only when the code runs` },
            at,
          );
    };
    if (s.form === 'with' || isMainGuard(s)) {
      bindHead(site);
      for (const body of s.bodies) this.run(body, site.scope, site.block);
      return;
    }
    const loop = s.form === 'for' || s.form === 'while';
    const assigned = new Set([
      ...s.bound.flatMap(namesOfTarget),
      ...s.bodies.flatMap(body => [...assignedNames(body, this.libraries)]),
    ]);
    for (const body of s.bodies) {
      const block: Block = { parent: site.block };
      const entry: Site = { ...site, block, order: ++this.order };
      if (loop || s.form === 'try')
        this.forget(
          [...assigned],
          name => `${name}: changes in the ${s.form} on line ${line}, known only when the code runs`,
          entry,
        );
      bindHead(entry);
      this.run(body, site.scope, block);
    }
    const exit: Site = { ...site, order: ++this.order };
    // What a loop variable or a local name shares memory with changes along with it.
    const behind = [...changedBehind([s], this.libraries)].filter(name => !assigned.has(name));
    if (behind.length > 0)
      this.forget(
        behind,
        name => `${name}: may be changed under the ${s.form} on line ${line} through another name`,
        exit,
      );
    else if (s.dialect === 'python' && (loop || s.form === 'if') && this.canRun(s, site)) {
      for (const name of assigned) this.bind(name, s.span, { kind: 'run', statement: s, from: site }, exit);
      return;
    }
    this.forget(
      [...assigned],
      name => `${name}: assigned under the ${s.form} on line ${line}, known only when the code runs`,
      exit,
    );
  }

  /** Whether what a block changes in place is nobody else's, so that running it tells all there is to know. */
  private canRun(s: Statement, site: Site): boolean {
    return changedInPlace(s, this.libraries).every(name => {
      const before = versionAt(site.scope, name, site.block, site.order);
      return !before || this.sharing(before, site).length === 0;
    });
  }

  private target(t: Target, value: Expression, path: TargetPath, site: Site): void {
    switch (t.kind) {
      case 'name':
        this.bind(t.name, t.span, { kind: 'expression', expression: value, path }, site);
        return;
      case 'tuple': {
        const star = t.items.findIndex(i => i.kind === 'star');
        t.items.forEach((item, index) => {
          const at = { index, count: t.items.length, ...(star >= 0 ? { star } : {}) };
          this.target(item.kind === 'star' ? item.target : item, value, [...path, at], site);
        });
        return;
      }
      case 'star':
        this.forget(rootsOf(t.target), `it changes on line ${this.line(t.span)} in a way that is not followed`, site);
        return;
      case 'item':
        this.item(t, value, path, site);
        return;
      case 'other':
        this.forget(rootsOf(t), `it changes on line ${this.line(t.span)} in a way that is not followed`, site);
        return;
    }
  }

  /** `a[i][j] = value`: a new version of `a` where the object is a plain name under subscripts; otherwise its root is forgotten. */
  private item(
    t: Extract<Target, { kind: 'item' }>,
    value: Expression,
    path: TargetPath,
    site: Site,
    operator?: BinaryOperator,
  ): void {
    const subscripts: (readonly Subscript[])[] = [t.subscripts];
    let object = t.object;
    while (object.kind === 'index') {
      subscripts.unshift(object.subscripts);
      object = object.object;
    }
    if (object.kind !== 'name') {
      const names = mayShare(t.object).filter(n => this.holdsData(n, site));
      this.forget(names, `it changes on line ${this.line(t.span)} in a way that is not followed`, site);
      return;
    }
    this.change(
      object.name,
      object.span,
      { kind: 'item', subscripts, value, path, operator, changed: object.name },
      site,
    );
  }

  private bind(name: string, at: Span, source: Source, site: Site, memory?: readonly number[]): void {
    let own = memory;
    if (!own) {
      const shared =
        source.kind === 'expression' && site.statement.dialect === 'python' ? mayShare(source.expression) : [];
      const ids: number[] = [];
      for (const other of shared)
        for (const id of versionAt(site.scope, other, site.block, site.order)?.memory ?? [])
          if (!ids.includes(id)) ids.push(id);
      // `b = a` is the very same object: no identity of its own, so that a change through one is seen through the other.
      const alias = source.kind === 'expression' && source.expression.kind === 'name' && source.path.length === 0;
      own = alias && ids.length > 0 ? ids : ids.length > 0 ? [++this.memoryId, ...ids] : [++this.memoryId];
    }
    const version: Version = {
      name,
      order: site.order,
      block: site.block,
      dialect: site.statement.dialect,
      site,
      span: at,
      source,
      memory: own,
    };
    const list = site.scope.versions.get(name);
    if (list) list.push(version);
    else site.scope.versions.set(name, [version]);
  }

  /** An in-place change: the name gets a new version; so do other names of the same object; names that may share a part become unknown. */
  private change(name: string, at: Span, source: Source, site: Site): void {
    const before = versionAt(site.scope, name, site.block, site.order);
    this.bind(name, at, source, site, before?.memory);
    if (!before || site.statement.dialect !== 'python') return;
    for (const other of this.sharing(before, site)) {
      const same =
        other.memory.length === before.memory.length &&
        other.memory.every(id => before.memory.includes(id)) &&
        isAlias(other, before);
      const reason = `${other.name}: may share memory with ${name}, which changes on line ${this.line(site.statement.span)}`;
      this.bind(other.name, other.span, same ? source : { kind: 'unknown', reason }, site, other.memory);
    }
  }

  private sharing(version: Version, site: Site): Version[] {
    const out: Version[] = [];
    for (const name of site.scope.versions.keys()) {
      if (name === version.name) continue;
      const other = versionAt(site.scope, name, site.block, site.order);
      if (other?.memory.some(id => version.memory.includes(id))) out.push(other);
    }
    return out;
  }

  private forget(names: readonly string[], reason: string | ((name: string) => string), site: Site): void {
    if (names.length === 0) return;
    for (const name of new Set(names)) {
      const text = typeof reason === 'string' ? `${name}: ${reason}` : reason(name);
      const before = versionAt(site.scope, name, site.block, site.order);
      this.bind(name, before?.span ?? site.statement.span, { kind: 'unknown', reason: text }, site, before?.memory);
      if (before) {
        for (const other of this.sharing(before, site))
          this.bind(
            other.name,
            other.span,
            { kind: 'unknown', reason: `${other.name}: shares memory with ${text}` },
            site,
            other.memory,
          );
      }
    }
  }

  /** What evaluating the expression may change: receivers of changing methods, arguments of unknown calls, `out=`. */
  private effects(e: Expression, site: Site): void {
    if (site.statement.dialect !== 'python') return;
    for (const top of callsIn(e)) {
      const line = this.line(top.span);
      const callee = top.callee;
      if (callee.kind === 'member' && changesReceiver(callee.name)) {
        if (callee.name === 'sort' && this.sorts(top, site)) continue;
        this.forget(
          mayShare(callee.object).filter(n => this.holdsData(n, site)),
          `changed by ${callee.name} on line ${line}`,
          site,
        );
      }
      const library = changedDefaults(this.libraryPath(callee, site));
      if (library)
        this.forget(this.importsOf(library, site), `the default types of ${library} are changed on line ${line}`, site);
      for (const out of writtenBy(this.libraryPath(callee, site), top))
        this.forget(mayShare(out), `written to on line ${line}`, site);
      if (!this.onlyReads(callee, site) || worksInPlace(top)) {
        const names = top.arguments.flatMap(a => mayShare(a.value)).filter(n => this.holdsData(n, site));
        this.forget(names, `passed on line ${line} to a function that may change it`, site);
      }
    }
  }

  /** `x.sort()` whose result is taken: run for what it does to x, which a list changes and a tensor does not. */
  private sorts(call: Call, site: Site): boolean {
    const name = call.callee.kind === 'member' && call.callee.object.kind === 'name' ? call.callee.object.name : '';
    const before = versionAt(site.scope, name, site.block, site.order);
    const statement: Statement = { kind: 'expression', expression: call, span: call.span, dialect: 'python' };
    if (!before || !this.holdsData(name, site) || !this.canRun(statement, site)) return false;
    const after: Site = { ...site, order: site.order + 0.5 };
    this.bind(name, call.span, { kind: 'run', statement, from: site }, after, before.memory);
    return true;
  }

  /** Whether the name holds something that a call could change: not a library, function or number literal. */
  private holdsData(name: string, site: Site): boolean {
    const v = versionAt(site.scope, name, site.block, site.order);
    if (!v) return false;
    if (v.source.kind === 'import' || v.source.kind === 'unknown' || v.source.kind === 'definition') return false;
    if (v.source.kind === 'expression' && v.source.expression.kind === 'lambda') return false;
    return !(
      v.source.kind === 'expression' &&
      (v.source.expression.kind === 'number' || v.source.expression.kind === 'string')
    );
  }

  private onlyReads(callee: Expression, site: Site): boolean {
    const path = this.libraryPath(callee, site);
    if (path !== undefined) return readsOnly(path);
    if (this.isLayer(callee, site)) return true;
    if (callee.kind === 'name') {
      const v = versionAt(site.scope, callee.name, site.block, site.order) ?? outerVersion(site, callee.name);
      if (v?.source.kind === 'definition') return !mutatesArguments(v.source.statement, this.libraries);
      if (v?.source.kind === 'expression' && this.isLayer(v.source.expression, v.site)) return true;
      if (v?.source.kind === 'expression' && v.source.expression.kind === 'lambda')
        return changedBy(v.source.expression, this.libraries).length === 0;
    }
    if (callee.kind === 'name')
      return READING_BUILTINS.has(callee.name) && !versionAt(site.scope, callee.name, site.block, site.order);
    // A method of a known object reads its arguments; unless it is a changing one, which is handled apart.
    return callee.kind === 'member' && mayShare(callee.object).every(n => this.holdsData(n, site));
  }

  /** Names that are bound to a library or to a part of it. */
  private importsOf(library: string, site: Site): string[] {
    return [...site.scope.versions.keys()].filter(name => {
      const v = versionAt(site.scope, name, site.block, site.order);
      return v?.source.kind === 'import' && v.source.path.split('.')[0] === library;
    });
  }

  /** `nn.ReLU()`, whose calls read what they are given unless it works in place. */
  private isLayer(e: Expression, site: Site): boolean {
    return (
      e.kind === 'call' &&
      e.arguments.every(a => a.name !== 'inplace') &&
      /^torch\.nn\.[A-Z]/.test(this.libraryPath(e.callee, site) ?? '')
    );
  }

  private libraryPath(e: Expression, site: Site): string | undefined {
    if (e.kind === 'name') {
      const v = versionAt(site.scope, e.name, site.block, site.order) ?? outerVersion(site, e.name);
      return v?.source.kind === 'import' ? v.source.path : undefined;
    }
    if (e.kind !== 'member') return undefined;
    const object = this.libraryPath(e.object, site);
    return object === undefined ? undefined : `${object}.${e.name}`;
  }
}

function outerVersion(site: Site, name: string): Version | undefined {
  for (let parent = site.scope.parent; parent; parent = parent.scope.parent) {
    const v = versionAt(parent.scope, name, parent.block, parent.order);
    if (v) return v;
  }
  return undefined;
}

/** Whether one of the two is a plain `b = a` of the other, so that they are the same object. */
function isAlias(a: Version, b: Version): boolean {
  const names = (v: Version): string | undefined => {
    if (v.source.kind === 'expression' && v.source.expression.kind === 'name' && v.source.path.length === 0)
      return v.source.expression.name;
    return v.source.kind === 'item' || v.source.kind === 'augment' ? v.source.changed : undefined;
  };
  return names(a) === b.name || names(b) === a.name || (names(a) !== undefined && names(a) === names(b));
}
