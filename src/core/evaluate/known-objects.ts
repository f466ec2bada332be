import type { Call, Expression } from '../expression/expression';
import type { Branching, Statement } from '../expression/program';
import { callsIn, expressionsIn } from '../expression/walk';
import { outerShared, worksInPlace } from './changed-names';
import { changedDefaults, changesModule, mayShare, READING_BUILTINS, readsOnly } from './memory';
import { ownCall } from './own-marks';
import { outerVersion, type Site, type Version, versionAt } from './versions';

const GENERATORS = /^(numpy\.random\.(default_rng|RandomState)|random\.Random)$/;

/** What kind of object an expression gives, told from the text: a part of a library, a layer, data, or who knows what. */

/** The version of a name that a statement sees, in its own scope or in those around it. */
export const seenFrom = (site: Site, name: string): Version | undefined =>
  versionAt(site.scope, name, site.block, site.order) ?? outerVersion(site, name);

/** The path in its library of what an expression names, `numpy.linalg.norm`; undefined for all else. */
export function libraryPath(e: Expression, site: Site): string | undefined {
  if (e.kind === 'name') {
    const v = seenFrom(site, e.name);
    return v?.source.kind === 'import' ? v.source.path : undefined;
  }
  if (e.kind !== 'member') return undefined;
  const object = libraryPath(e.object, site);
  return object === undefined ? undefined : `${object}.${e.name}`;
}

/** What stands on the right side where a name was last assigned as a whole. */
function assignedTo({ name, source }: Version): Expression | undefined {
  if (source.kind === 'expression') return source.expression;
  const s = source.kind === 'run' ? source.statement : undefined;
  return s?.kind === 'assign' &&
    s.targets.every(t => t.kind === 'name') &&
    s.targets.some(t => 'name' in t && t.name === name)
    ? s.value
    : undefined;
}

/** `nn.ReLU()`, whose calls read what they are given unless it works in place; also by its name, or as one of several. */
export function isLayer(e: Expression, site: Site, depth = 0): boolean {
  if (depth > 20) return false;
  if (e.kind === 'index') return isLayer(e.object, site, depth + 1);
  if (e.kind === 'name') {
    const v = seenFrom(site, e.name);
    const made = v && assignedTo(v);
    return v !== undefined && made !== undefined && isLayer(made, v.site, depth + 1);
  }
  if (e.kind !== 'call' || worksInPlace(e)) return false;
  const path = libraryPath(e.callee, site) ?? '';
  return path === 'torch.nn.Sequential'
    ? e.arguments.every(a => isLayer(a.value, site, depth + 1))
    : /^torch\.nn\.[A-Z]/.test(path);
}

/** `nn.ReLU()` or a polynomial, whose calls read what they are given; a layer may also work in place. */
export function readsWhenCalled(e: Expression, site: Site): boolean {
  return isLayer(e, site) || isVectorized(e, site) || isPolynomial(e, site);
}

/** `np.vectorize(f)`: what it is called with f gets one element after another. */
const isVectorized = (e: Expression, site: Site): boolean =>
  e.kind === 'call' &&
  e.arguments.every(a => a.name === undefined || a.name === 'otypes') &&
  libraryPath(e.callee, site) === 'numpy.vectorize';

const OF_POLYNOMIALS = new Set('deriv integ convert copy trim'.split(' '));

/** `np.poly1d([1, 2])`, `Polynomial.fit(x, y, 1)`, and what is computed from such. */
function isPolynomial(e: Expression, site: Site, depth = 0): boolean {
  if (depth > 20) return false;
  switch (e.kind) {
    case 'name': {
      const v = seenFrom(site, e.name);
      return (
        v?.source.kind === 'expression' &&
        v.source.path.length === 0 &&
        isPolynomial(v.source.expression, v.site, depth + 1)
      );
    }
    case 'binary':
      return isPolynomial(e.left, site, depth + 1) || isPolynomial(e.right, site, depth + 1);
    case 'call': {
      const path = libraryPath(e.callee, site);
      if (path !== undefined) return /^numpy\.(poly1d$|polynomial(\.polynomial)?\.Polynomial(\.\w+)?$)/.test(path);
      return (
        e.callee.kind === 'member' &&
        OF_POLYNOMIALS.has(e.callee.name) &&
        isPolynomial(e.callee.object, site, depth + 1)
      );
    }
    default:
      return false;
  }
}

/** Whether an expression gives a value of a kind that is known here, rather than an object of somebody's class. */
export function isKnownObject(e: Expression, site: Site, depth = 0): boolean {
  if (depth > 20) return false;
  switch (e.kind) {
    case 'name': {
      const v = seenFrom(site, e.name);
      if (v?.source.kind === 'unknown') return false;
      return v?.source.kind !== 'expression' || isKnownObject(v.source.expression, v.site, depth + 1);
    }
    case 'call': {
      const path = libraryPath(e.callee, site);
      if (path !== undefined) return readsOnly(path) && (!path.includes('.random') || GENERATORS.test(path));
      if (e.callee.kind === 'member') return isKnownObject(e.callee.object, site, depth + 1);
      if (e.callee.kind !== 'name') return false;
      const v = seenFrom(site, e.callee.name);
      return v ? v.source.kind === 'definition' : READING_BUILTINS.has(e.callee.name);
    }
    case 'member':
    case 'index':
      return isKnownObject(e.object, site, depth + 1);
    default:
      return true;
  }
}

/** What `as` names in `with np.nditer(x) as it:`, which is what the call gives; undefined for other heads. */
export function namedByWith(s: Branching, site: Site): Pick<Version, 'name' | 'span' | 'source'> | undefined {
  const [head, name] = [s.heads[0], s.bound[0]];
  return head?.kind === 'call' && name?.kind === 'name' && libraryPath(head.callee, site) === 'numpy.nditer'
    ? { name: name.name, span: name.span, source: { kind: 'expression', expression: head, path: [] } }
    : undefined;
}

/** Names that are bound to a library or to a part of it. */
function importsOf(library: string, site: Site): string[] {
  return [...site.scope.versions.keys()].filter(name => {
    const v = versionAt(site.scope, name, site.block, site.order);
    return v?.source.kind === 'import' && v.source.path.split('.')[0] === library;
  });
}

/** Whether the name holds something that a call could change: not a library, function or number literal. */
export function holdsData(name: string, site: Site): boolean {
  const v = versionAt(site.scope, name, site.block, site.order);
  if (!v) return false;
  if (v.source.kind === 'import' || v.source.kind === 'unknown' || v.source.kind === 'definition') return false;
  if (v.source.kind === 'expression' && v.source.expression.kind === 'lambda') return false;
  return !(
    v.source.kind === 'expression' &&
    (v.source.expression.kind === 'number' || v.source.expression.kind === 'string')
  );
}

/** Whether a call may change a layer of torch's, or a module of the document's own, by a method that both inherit. */
export function changesLayer({ callee }: Call, site: Site): boolean {
  if (callee.kind !== 'member' || !changesModule(callee.name)) return false;
  const s = site.statement;
  // A result that nobody takes is none of a tensor.
  const alone = s.kind === 'expression' && s.expression.kind === 'call' && s.expression.callee === callee;
  return mayShare(callee.object).some(name => holdsLayer(name, site, alone, new Set()));
}

/** Whether a name may have been given a layer, or a module; where that is not known, `otherwise`. */
function holdsLayer(name: string, site: Site, otherwise: boolean, seen: Set<string>): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  return (site.scope.versions.get(name) ?? []).some(v => {
    if (v.source.kind === 'unknown') return otherwise;
    if (v.source.kind !== 'expression' && v.source.kind !== 'run') return false;
    const whole = v.source.kind === 'run' ? everyExpression(v.source.statement) : [v.source.expression];
    return (
      whole
        .flatMap(callsIn)
        .some(c => ownCall(c)?.makes || /^torch\.nn\.[A-Z]/.test(libraryPath(c.callee, v.site) ?? '')) ||
      whole.flatMap(mayShare).some(other => holdsLayer(other, site, otherwise, seen))
    );
  });
}

const everyExpression = (s: Statement): readonly Expression[] =>
  s.kind === 'branching' ? [...expressionsIn(s), ...s.bodies.flat().flatMap(everyExpression)] : expressionsIn(s);

export const holdsDataAt =
  (site: Site) =>
  (name: string): boolean =>
    holdsData(name, site);

/** Whether what an expression names has been made of objects of the document's own classes. */
export function holdsOwn(e: Expression, site: Site): boolean {
  if (e.kind === 'call') return ownCall(e)?.makes ?? holdsOwn(e.callee, site);
  if (e.kind === 'member' || e.kind === 'index') return holdsOwn(e.object, site);
  if (e.kind !== 'name') return false;
  const versions = site.scope.versions.get(e.name) ?? [];
  return versions.some(v => {
    const made = assignedTo(v);
    return made !== undefined && callsIn(made).some(c => ownCall(c)?.makes);
  });
}

/** The memory that a name may live in; a library is nobody's to change. */
export function memoryBehind(name: string, site: Site): readonly number[] {
  const v = versionAt(site.scope, name, site.block, site.order);
  return v && v.source.kind !== 'import' ? v.memory : [];
}

/** Outer names that functions of the document, called in the expression, may give back. */
export function seenByCalls(e: Expression, site: Site): string[] {
  const out: string[] = [];
  for (const top of callsIn(e)) {
    out.push(...(ownCall(top)?.methods ?? []).flatMap(outerShared));
    if (top.callee.kind !== 'name') continue;
    const v = versionAt(site.scope, top.callee.name, site.block, site.order);
    if (v?.source.kind === 'definition') out.push(...outerShared(v.source.statement));
    else if (v?.source.kind === 'expression' && v.source.expression.kind === 'lambda')
      out.push(...mayShare(v.source.expression.body));
  }
  return out;
}

/** Built-ins that call what they are given. */
const CALLING = new Set('map filter sorted min max reduce accumulate'.split(' '));

/** Whether a call may reach a function that another one has made: of a name that holds a value, of a part, of a result. */
export function mayBeClosure({ callee }: Call, site: Site): boolean {
  if (callee.kind === 'member') return libraryPath(callee, site) === undefined && !isKnownObject(callee.object, site);
  if (callee.kind !== 'name') return true;
  const v = seenFrom(site, callee.name);
  return v ? v.source.kind !== 'definition' && v.source.kind !== 'import' : CALLING.has(callee.name);
}

/** What a call changes of how a library works: the names that hang on it. */
export function changedSettings(
  call: Call,
  path: string | undefined,
  site: Site,
): { readonly names: readonly string[]; readonly what: string } | undefined {
  const library = changedDefaults(path);
  if (library) return { names: importsOf(library, site), what: `the default types of ${library} are changed` };
  if (call.callee.kind !== 'member' || call.callee.name !== 'set_numeric_ops') return undefined;
  const data = [...site.scope.versions.keys()].filter(n => holdsData(n, site));
  return { names: [...mayShare(call.callee.object), ...data], what: 'arithmetic itself is changed' };
}

/** The paths of members of libraries that statements set, as in `np.pi = 3`. */
export function overwrittenIn(sites: readonly Site[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const site of sites) {
    const s = site.statement;
    for (const t of s.kind === 'assign' ? s.targets : s.kind === 'augment' ? [s.target] : []) {
      const path = t.kind === 'member' ? libraryPath(t.object, site) : undefined;
      if (t.kind === 'member' && path !== undefined) found.add(`${path}.${t.name}`);
    }
  }
  return found;
}
