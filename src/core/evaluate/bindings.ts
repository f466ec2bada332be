import type { BinaryOperator, Call, Expression, Subscript } from '../expression/expression';
import type { Program, Scope as ScopeStatement, Statement, Target } from '../expression/program';
import { callsIn, expressionsIn } from '../expression/walk';
import { assignedInside } from '../languages/r/outer-names';
import { type LineIndex, lineAt } from '../text/line-index';
import type { Span } from '../text/span';
import {
  assignedNames,
  changedAlone,
  changedBehind,
  changedBy,
  changedInPlace,
  changesAround,
  isMainGuard,
  type Libraries,
  librariesOf,
  localNames,
  namesOfTarget,
  rootsOf,
  sharedIn,
  standFor,
  worksInPlace,
  writtenFromInside,
} from './changed-names';
import { drawnBy, draws, isKept, onlyDrawsFrom } from './draw-marks';
import { markDraws } from './draws';
import { markGradientModes } from './gradient-modes';
import {
  changedSettings,
  changesLayer,
  holdsData,
  holdsDataAt,
  holdsOwn,
  isKnownObject,
  libraryPath,
  mayBeClosure,
  memoryBehind,
  namedByWith,
  seenByCalls,
} from './known-objects';
import { laterChanges } from './later-changes';
import { changesReceiver, mayShare, writtenBy } from './memory';
import { markOwnCalls } from './own-calls';
import { changesOwn, ownCall } from './own-marks';
import { Quiet } from './quiet';
import { ReadingCalls } from './reading-calls';
import {
  type Bindings,
  type Block,
  begin,
  type NameScope,
  type RunSource,
  type Site,
  type Source,
  type TargetPath,
  type Version,
  versionAt,
} from './versions';

/** The index of a program; `random` says whether anything in its text may draw random numbers. */
export function bindingsOf(program: Program, lines: LineIndex, random: boolean): Bindings {
  return new Indexer(lines).index(program, random);
}

class Indexer {
  private readonly scopes: NameScope[] = [];
  private readonly sites: Site[] = [];
  /** Every version in the order of making. */
  private readonly bound: Version[] = [];
  /** Names by the memory that a version of theirs may live in. */
  private readonly inhabitants = new Map<number, Set<string>>();
  private readonly changing = new Map<Expression, RunSource>();
  private readonly running = new Map<number, RunSource>();
  private order = 0;
  private memoryId = 0;
  private libraries: Libraries = new Set();
  private hasClasses = false;
  private hasDraws = false;
  private calls = new ReadingCalls([], this.libraries);
  private quiet = new Quiet([]);
  private closuresChange = false;

  constructor(private readonly lines: LineIndex) {}

  index(program: Program, random: boolean): Bindings {
    this.libraries = librariesOf(program.statements);
    this.closuresChange = changesAround(program.statements, this.libraries);
    markGradientModes(program.statements);
    this.hasClasses = markOwnCalls(program.statements, this.libraries);
    this.hasDraws = random && markDraws(program.statements, this.libraries);
    if (this.hasDraws) this.quiet = new Quiet(program.statements);
    const module = this.scope('module', new Set());
    this.calls = new ReadingCalls(program.statements, this.libraries);
    this.run(program.statements, module, {});
    return { scopes: this.scopes, sites: this.sites, changing: this.changing, running: this.running };
  }

  private scope(form: NameScope['form'], own: ReadonlySet<string>, parent?: Site): NameScope {
    const scope: NameScope = { form, parent, versions: new Map(), own, written: new Map(), stars: [] };
    this.scopes.push(scope);
    return scope;
  }

  private line(at: Span): number {
    return lineAt(this.lines, at.start) + 1;
  }

  private unfollowed(at: Span): string {
    return `it changes on line ${this.line(at)} in a way that is not followed`;
  }

  private run(statements: readonly Statement[], scope: NameScope, block: Block): void {
    for (const statement of statements) {
      const site: Site = { statement, scope, block, order: ++this.order };
      this.sites.push(site);
      const start = this.bound.length;
      this.statement(statement, site);
      if (this.hasDraws && statement.dialect === 'python') this.follow(statement, site, start);
    }
  }

  private statement(s: Statement, site: Site): void {
    const inside = s.dialect === 'r' ? assignedInside(s) : undefined;
    if (inside) {
      this.bindRun(s, inside.names, [], site);
      this.write(inside.later, `line ${this.line(s.span)}`, site);
      return;
    }
    switch (s.kind) {
      case 'expression': {
        const changed = s.dialect === 'python' ? this.changedByCall(s.expression, site) : [];
        if (changed.length > 0) {
          this.inner(s.expression, site);
          this.bindRun(s, [], changed, site);
          return;
        }
        this.effects(s.expression, site);
        if (s.dialect === 'matlab' && s.expression.kind !== 'name') {
          this.bind('ans', s.expression.span, { kind: 'expression', expression: s.expression, path: [] }, site);
        }
        return;
      }
      case 'assign': {
        const changed = s.dialect === 'python' ? this.changedByCall(s.value, site) : [];
        if (changed.length > 0) {
          this.inner(s.value, site);
          this.bindRun(s, s.targets.flatMap(namesOfTarget), [...changed, ...changedInPlace(s, this.libraries)], site);
          return;
        }
        this.effects(s.value, site);
        if (s.parameters) {
          for (const t of s.targets)
            if (t.kind === 'name')
              this.bind(t.name, t.span, { kind: 'function', parameters: s.parameters, body: s.value }, site);
          return;
        }
        // A tuple of places takes its values all at once: `a[0], b = b, a[0]`.
        const several = s.targets.length > 1 || s.targets.some(t => t.kind === 'tuple');
        if (s.dialect === 'python' && several && changedInPlace(s, this.libraries).length > 0) {
          this.bindRun(s, s.targets.flatMap(namesOfTarget), changedInPlace(s, this.libraries), site);
          return;
        }
        for (const t of s.targets) this.target(t, s.value, [], site);
        return;
      }
      case 'augment':
        if (s.dialect === 'python' && (this.changesWithin(s.value) || s.target.kind === 'member')) {
          this.inner(s.value, site);
          this.bindRun(s, namesOfTarget(s.target), changedInPlace(s, this.libraries), site);
          return;
        }
        this.effects(s.value, site);
        if (s.target.kind === 'name') {
          this.change(
            s.target.name,
            s.target.span,
            { kind: 'augment', operator: s.operator, value: s.value, changed: s.target.name },
            site,
          );
        } else if (s.target.kind === 'item') this.item(s.target, s.value, [], site, s.operator);
        else this.forget(rootsOf(s.target), this.unfollowed(s.span), site);
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
        if (s.keyword === 'del' && s.expressions.length > 0)
          this.bindRun(s, [], changedInPlace(s, this.libraries), site);
        this.forget(s.binds, s.reason, site);
        return;
    }
  }

  /** Whether evaluating the expression changes objects or generators, which running it tells. */
  private changesWithin(e: Expression): boolean {
    return (this.hasClasses && changesOwn(e)) || (this.hasDraws && draws(e));
  }

  /** The effects of what stands within an expression whose own effect running it tells. */
  private inner(e: Expression, site: Site): void {
    if (this.changesWithin(e)) this.effects(e, site, true);
    else if (e.kind === 'call') for (const a of e.arguments) this.effects(a.value, site);
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
      s.untold === undefined || (s.form === 'class' && s.decorators)
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
    const fromInside = (): string[] => [
      ...writtenFromInside(s.body, own, this.libraries).filter(n => !onlyDrawsFrom(s, n)),
      ...(s.form === 'function' ? this.calls.handedOn(s, entry) : []),
    ];
    this.write([...s.outer, ...(s.dialect === 'python' ? fromInside() : [])], `${s.name} (line ${line})`, site);
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
            this.memoryOf(s.heads.flatMap(mayShare), site),
          );
    };
    if (s.form === 'with' || isMainGuard(s)) {
      const given = namedByWith(s, site);
      if (given) this.bind(given.name, given.span, given.source, site, this.memoryOf(s.heads.flatMap(mayShare), site));
      else bindHead(site);
      for (const body of s.bodies) this.run(body, site.scope, site.block);
      return;
    }
    const loop = s.form === 'for' || s.form === 'while';
    const assigned = new Set([
      ...s.bound.flatMap(namesOfTarget),
      ...s.bodies.flatMap(body => [...assignedNames(body, this.libraries)]),
    ]);
    const matlab = s.dialect === 'matlab' || s.dialect === 'r';
    // A change in MATLAB or R is seen through no other name.
    const reached = matlab ? [] : [...changedBehind([s], this.libraries)];
    const start = this.bound.length;
    for (const body of s.bodies) {
      const block: Block = { parent: site.block };
      const entry: Site = { ...site, block, order: ++this.order };
      const changes = (name: string): string =>
        `${name}: changes in the ${s.form} on line ${line}, known only when the code runs`;
      if (loop || s.form === 'try') this.forget([...assigned], changes, entry);
      bindHead(entry);
      const within = this.bound.length;
      this.run(body, site.scope, block);
      // What statements of the body change through other names is told only now; the next time it is so from the beginning.
      const more = this.bound.slice(within).filter(v => v.site.scope === site.scope);
      if (loop)
        for (const name of [...reached, ...more.map(v => v.name)])
          begin(name, { kind: 'unknown', reason: changes(name) }, entry);
    }
    const exit: Site = { ...site, order: ++this.order };
    for (const v of this.bound.slice(start)) if (v.site.scope === site.scope) assigned.add(v.name);
    // Whether a library is installed is not in the text.
    const tried = s.form === 'try' && !s.bodies[0].some(b => b.kind === 'import');
    if (matlab || (s.dialect === 'python' && (loop || s.form === 'if' || tried))) {
      const behind = matlab ? [] : [...reached, ...assigned];
      const changed = behind.filter(n => versionAt(site.scope, n, site.block, site.order));
      this.bindRun(s, assigned, changed, site, exit);
      return;
    }
    this.forget(
      [...assigned],
      name => `${name}: assigned under the ${s.form} on line ${line}, known only when the code runs`,
      exit,
    );
  }

  /**
   * New versions of the names that a statement assigns, and of all that may see the objects it changes in place: what
   * running it leaves. Imports and functions are nobody's to change.
   */
  private bindRun(
    s: Statement,
    assigned: Iterable<string>,
    changed: readonly string[],
    site: Site,
    after: Site = { ...site, order: site.order + 0.5 },
  ): void {
    const group = this.sharingAll(changed, site);
    const names = new Set([...assigned, ...changed.filter(isKept), ...group.keys()]);
    const drawn = this.hasDraws
      ? expressionsIn(s)
          .flatMap(callsIn)
          .flatMap(c => drawnBy(c) ?? [])
      : [];
    // What is drawn does not share memory with the generator.
    const apart = drawn.length > 0 && changed.every(n => drawn.includes(n));
    const memory = this.memoryOf(apart ? sharedIn([s]) : [...names, ...sharedIn([s])], site);
    const source: RunSource = { kind: 'run', statement: s, from: site, names: [...group.keys()] };
    if (s.kind === 'expression') this.changing.set(s.expression, source);
    const owns = this.hasClasses && expressionsIn(s).some(changesOwn);
    if (s.kind !== 'branching' && (owns || drawn.length > 0)) this.running.set(site.order, source);
    for (const name of names) {
      const own = isKept(name) ? [] : apart ? group.get(name)?.memory : undefined;
      this.bind(name, group.get(name)?.span ?? s.span, source, after, own ?? memory);
    }
  }

  /** New memory beside that of names. */
  private memoryOf(names: readonly string[], site: Site): number[] {
    const memory = new Set([++this.memoryId]);
    for (const name of names) for (const id of memoryBehind(name, site)) memory.add(id);
    return [...memory];
  }

  /** The versions of names and of all others that may see one of their objects. */
  private sharingAll(names: readonly string[], site: Site): Map<string, Version> {
    const group = new Map<string, Version>();
    const open = [...names];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const v = group.has(name) ? undefined : versionAt(site.scope, name, site.block, site.order);
      // What is not known may see an object all the same.
      if (!v || !(v.source.kind === 'unknown' || holdsData(name, site))) continue;
      group.set(name, v);
      open.push(...this.sharing(v, site).map(o => o.name));
    }
    return group;
  }

  /** Names whose objects a call that is a whole expression changes, where running it tells how. */
  private changedByCall(e: Expression, site: Site): readonly string[] {
    const known = (names: readonly string[]): readonly string[] => names.filter(n => isKept(n) || holdsData(n, site));
    if (this.changesWithin(e)) return known(changedBy(e, this.libraries));
    if (e.kind !== 'call') return [];
    const alone = changedAlone(e, this.libraries);
    if (alone) return known(alone);
    if (e.callee.kind !== 'name') return [];
    const v = versionAt(site.scope, e.callee.name, site.block, site.order);
    return v?.source.kind === 'definition' && this.calls.mutates(v.source.statement, e, site)
      ? known(e.arguments.flatMap(a => mayShare(a.value)))
      : [];
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
        this.forget(rootsOf(t.target), this.unfollowed(t.span), site);
        return;
      case 'item':
        this.item(t, value, path, site);
        return;
      case 'member':
        if (site.statement.dialect === 'python' && path.length === 0) {
          this.bindRun(site.statement, [], mayShare(t.object), site);
          return;
        }
        this.forget(rootsOf(t), this.unfollowed(t.span), site);
        return;
      case 'other':
        if (t.place && path.length === 0) this.bindRun(site.statement, rootsOf(t), [], site);
        else this.forget(rootsOf(t), this.unfollowed(t.span), site);
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
    const statement = site.statement;
    if (statement.dialect === 'python' && (object.kind !== 'name' || subscripts.length > 1)) {
      if (path.length === 0) this.bindRun(statement, [], mayShare(t.object), site);
      else this.disturb(mayShare(t.object), this.unfollowed(t.span), site);
      return;
    }
    if (object.kind !== 'name') return;
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
      const behind =
        source.kind === 'expression' && site.statement.dialect === 'python' ? seenByCalls(source.expression, site) : [];
      const ids = [...new Set([...shared, ...behind].flatMap(other => memoryBehind(other, site)))];
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
    this.bound.push(version);
    for (const id of own) {
      const names = this.inhabitants.get(id);
      if (names) names.add(name);
      else this.inhabitants.set(id, new Set([name]));
    }
    // A function that changes the name's object now changes what shares it.
    const written = site.scope.written.get(name);
    if (written)
      for (const o of this.sharing(version, site))
        if (!site.scope.written.has(o.name))
          site.scope.written.set(o.name, {
            order: site.order,
            reason: `${o.name}: shares memory with ${written.reason}`,
          });
    const list = site.scope.versions.get(name);
    if (list) list.push(version);
    else site.scope.versions.set(name, [version]);
  }

  /**
   * An in-place change: the name gets a new version. Where others may see its object, running the statement tells what it
   * leaves in them.
   */
  private change(name: string, at: Span, source: Source, site: Site): void {
    const before = versionAt(site.scope, name, site.block, site.order);
    const run = source.kind === 'item' && (source.operator !== undefined || mayShare(source.value).length > 0);
    if (before && site.statement.dialect === 'python' && (run || this.sharing(before, site).length > 0)) {
      this.bindRun(site.statement, [name], [name], site);
      return;
    }
    this.bind(name, at, source, site, before?.memory);
  }

  private sharing(version: Version, site: Site): Version[] {
    const out: Version[] = [];
    const own = new Set(version.memory);
    // Of much memory, all names are fewer than those that have ever lived in it.
    const { versions } = site.scope;
    const lived = (): string[] => version.memory.flatMap(id => [...(this.inhabitants.get(id) ?? [])]);
    const names = 8 * own.size > versions.size ? versions.keys() : new Set(lived());
    for (const name of names) {
      if (name === version.name) continue;
      const other = versionAt(site.scope, name, site.block, site.order);
      if (other && (other.memory === version.memory || other.memory.some(id => own.has(id)))) out.push(other);
    }
    return out;
  }

  private forget(names: readonly string[], reason: string | ((name: string) => string), site: Site): void {
    for (const name of new Set(names)) {
      const text = typeof reason === 'string' ? `${name}: ${reason}` : reason(name);
      const before = versionAt(site.scope, name, site.block, site.order);
      this.bind(name, before?.span ?? site.statement.span, { kind: 'unknown', reason: text }, site, before?.memory);
      for (const { name: other, span, memory } of before ? this.sharing(before, site) : [])
        this.bind(other, span, { kind: 'unknown', reason: `${other}: shares memory with ${text}` }, site, memory);
    }
  }

  /** Data that may change: of names, and of what shares memory with names that are not known. */
  private disturb(names: readonly string[], reason: string, site: Site): void {
    for (const name of new Set(names)) {
      const v = versionAt(site.scope, name, site.block, site.order);
      const open = v?.source.kind === 'unknown' ? this.sharing(v, site).map(o => o.name) : [name];
      this.forget(open.filter(holdsDataAt(site)), reason, site);
    }
  }

  /** Names that may change at any time from now on, with all that may share memory with them. */
  private write(names: readonly string[], by: string, site: Site): void {
    const reason = `changed from inside ${by}, known only when the code runs`;
    for (const name of names) {
      const v = versionAt(site.scope, name, site.block, site.order);
      for (const n of v ? [name, ...this.sharing(v, site).map(o => o.name)] : [name])
        if (!site.scope.written.has(n)) site.scope.written.set(n, { order: site.order, reason: `${n}: ${reason}` });
    }
  }

  /** What evaluating the expression may change: receivers of changing methods, arguments of unknown calls, `out=`. */
  private effects(e: Expression, site: Site, run = false): void {
    if (site.statement.dialect !== 'python') return;
    const changing: [Call, readonly string[]][] = [];
    const reached = (x: Expression): string[] => standFor(mayShare(x), e);
    for (const top of callsIn(e)) {
      const callee = top.callee;
      const own = ownCall(top);
      const given = top.arguments.flatMap(a => reached(a.value));
      const on = `on line ${this.line(top.span)}`;
      if (own?.changes && !run) this.disturb(reached(top), `changed ${on} by a method of the document's own`, site);
      if (this.closuresChange && mayBeClosure(top, site))
        this.disturb([...reached(callee), ...given], `changed ${on} by an inner function`, site);
      this.disturb(standFor(this.calls.changedThrough(top, site), e), `may be changed ${on} by a function`, site);
      if (own && (own.sure || holdsOwn(callee, site))) continue;
      const drawn = drawnBy(top);
      if (drawn && !run) this.forget(drawn, `drawn from ${on}`, site);
      const path = libraryPath(callee, site);
      if (callee.kind === 'member' && changesLayer(top, site))
        this.forget(reached(callee.object), `may be changed by ${callee.name} ${on}`, site);
      if (drawn && run && !path && callee.kind === 'member' && isKnownObject(callee.object, site)) continue;
      if (callee.kind === 'member' && changesReceiver(callee.name)) {
        if (callee.name === 'sort' && this.sorts(top, site)) continue;
        changing.push([top, mayShare(callee.object)]);
        this.disturb(reached(callee.object), `changed by ${callee.name} ${on}`, site);
      }
      const settings = changedSettings(top, path, site);
      if (settings) this.forget(settings.names, `${settings.what} ${on}`, site);
      for (const out of writtenBy(path, top)) this.forget(reached(out), `written to ${on}`, site);
      if (!this.calls.onlyReads(top, site) || worksInPlace(top)) {
        changing.push([top, given]);
        this.disturb(given, `passed ${on} to a function that may change it`, site);
      }
    }
    for (const c of laterChanges(e, changing, this.libraries))
      this.write(c.names, `${c.by} on line ${this.line(c.span)}`, site);
  }

  /**
   * The libraries' own generators behind a statement whose text does not tell that it leaves them alone: what it comes to
   * tells. What is unknown may have drawn.
   */
  private follow(s: Statement, site: Site, start: number): void {
    const made = this.bound.slice(start).filter(v => v.site.scope === site.scope);
    const line = this.line(s.span);
    for (const { name, source } of this.quiet.behind(s, site, made, line)) {
      if (source) this.bind(name, s.span, source, { ...site, order: site.order + 0.5 });
      else this.forget([name], `may be drawn from on line ${line}`, { ...site, order: ++this.order });
    }
  }

  /** `x.sort()` whose result is taken: run for what it does to x, which a list changes and a tensor does not. */
  private sorts(call: Call, site: Site): boolean {
    const name = call.callee.kind === 'member' && call.callee.object.kind === 'name' ? call.callee.object.name : '';
    if (!holdsData(name, site)) return false;
    const statement: Statement = { kind: 'expression', expression: call, span: call.span, dialect: 'python' };
    this.bindRun(statement, [name], [name], site);
    this.changing.delete(call);
    return true;
  }
}
