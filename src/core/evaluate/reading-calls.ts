import type { Call } from '../expression/expression';
import type { Scope, Statement } from '../expression/program';
import { callsIn, expressionsIn } from '../expression/walk';
import { byName, changedBy, type Libraries, localNames, mutatesArguments } from './changed-names';
import { holdsData, isKnownObject, libraryPath, readsWhenCalled, seenFrom } from './known-objects';
import { CHANGING_FUNCTIONS, mayShare, READING_BUILTINS, readsOnly } from './memory';
import { ownCall } from './own-marks';
import { type Site, versionAt } from './versions';

/** Which calls may change what they are given, told from the text. */
export class ReadingCalls {
  /** Functions at the top level by name, wherever they stand. */
  private readonly definitions = new Map<string, Scope>();

  constructor(
    program: readonly Statement[],
    private readonly libraries: Libraries,
  ) {
    for (const s of program) if (s.kind === 'scope' && s.form === 'function') this.definitions.set(s.name, s);
  }

  /** Whether a call of a function of the document may change what it is given, itself or through others that it calls. */
  mutates(s: Scope, call: Call, site: Site, depth = 0): boolean {
    if (depth > 8) return true;
    const parameters = new Set(s.parameters.map(p => p.name));
    const given = (): boolean =>
      call.arguments.some(({ value }) => {
        if (value.kind === 'lambda') return changedBy(value, this.libraries).length > 0;
        if (value.kind !== 'name') return false;
        const v = seenFrom(site, value.name);
        return v?.source.kind === 'definition' && this.mutates(v.source.statement, call, site, depth + 1);
      });
    return mutatesArguments(s, this.libraries, inner => {
      if (ownCall(inner)?.makes) return false;
      if (inner.callee.kind !== 'name')
        return libraryPath(inner.callee, site) === undefined && inner.callee.kind !== 'member';
      const { name } = inner.callee;
      if (parameters.has(name)) return given();
      const v = seenFrom(site, name);
      if (!v) {
        const local = s.body.find(b => b.kind === 'scope' && b.name === name);
        if (local?.kind === 'scope') return this.mutates(local, inner, site, depth + 1);
        // A function that is defined further down, or a name of Python's.
        const later = this.definitions.get(name);
        return later ? later !== s && this.mutates(later, inner, site, depth + 1) : !READING_BUILTINS.has(name);
      }
      if (v.source.kind === 'definition')
        return v.source.statement !== s && this.mutates(v.source.statement, inner, site, depth + 1);
      return v.source.kind !== 'import' && !(v.source.kind === 'expression' && v.source.expression.kind === 'lambda');
    });
  }

  /** Names around a function that its body gives to calls which may change them. */
  handedOn(s: Scope, site: Site): string[] {
    const own = localNames(s);
    const names: string[] = [];
    const visit = (list: readonly Statement[]): void => {
      for (const t of list) {
        if (t.kind === 'scope') names.push(...this.handedOn(t, site));
        if (t.kind === 'branching') t.bodies.forEach(visit);
        for (const call of expressionsIn(t).flatMap(callsIn)) {
          const given = call.arguments.flatMap(a => mayShare(a.value)).filter(n => !own.has(n));
          if (given.length > 0 && !this.onlyReads(call, site)) names.push(...given);
        }
      }
    };
    visit(s.body);
    return names.filter(n => !own.has(n) && !this.libraries.has(n));
  }

  /** Names whose objects a function changes that a call is handed, `map(lambda x: x.sort(), lists)`, or that is fetched by its name. */
  changedThrough(call: Call, site: Site): string[] {
    const changing = call.arguments.filter(({ value: f }) => {
      if (f.kind === 'lambda') {
        const changed = changedBy(f.body, this.libraries);
        return f.parameters.some(p => changed.includes(p.name));
      }
      const v = f.kind === 'name' ? seenFrom(site, f.name) : undefined;
      return v?.source.kind === 'definition' && this.mutates(v.source.statement, call, site);
    });
    const given = changing.length === 0 ? [] : call.arguments.filter(a => !changing.includes(a));
    return [...byName(call, this.libraries), ...given.flatMap(a => mayShare(a.value))];
  }

  /** Whether a call changes nothing that it is given. */
  onlyReads(call: Call, site: Site): boolean {
    const { callee } = call;
    const path = libraryPath(callee, site);
    if (path !== undefined) return readsOnly(path);
    if (readsWhenCalled(callee, site)) return true;
    if (callee.kind === 'name') {
      const v = seenFrom(site, callee.name);
      if (v?.source.kind === 'definition') return !this.mutates(v.source.statement, call, site);
      if (v?.source.kind === 'expression' && v.source.expression.kind === 'lambda')
        return changedBy(v.source.expression, this.libraries).length === 0;
    }
    if (callee.kind === 'name') {
      if (versionAt(site.scope, callee.name, site.block, site.order)) return false;
      // `solve(A, b)` behind `from numpy.linalg import *`.
      const star = site.scope.stars.some(t => readsOnly(`${t.path}.${callee.name}`));
      return READING_BUILTINS.has(callee.name) || star;
    }
    // A method of an array or list reads its arguments; a changing one is handled apart.
    return (
      callee.kind === 'member' &&
      !CHANGING_FUNCTIONS.has(callee.name) &&
      mayShare(callee.object).every(n => holdsData(n, site)) &&
      isKnownObject(callee.object, site)
    );
  }
}
