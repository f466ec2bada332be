import type { Expression } from '../expression/expression';
import type { Statement } from '../expression/program';
import { callsIn, expressionsIn, lambdasIn, membersIn, namesIn } from '../expression/walk';
import type { Value } from '../values/value';
import { namesOfTarget, worksInPlace } from './changed-names';
import { KEPT } from './draw-marks';
import { CHANGING_FUNCTIONS, changedDefaults, changesReceiver, namedOut, READING_BUILTINS, readsOnly } from './memory';
import { isQuietImport, isQuietPath } from './quiet-paths';

const CALLING = new Set('map filter sorted min max iter next getattr reversed'.split(' '));
const OPENING = new Set(['open', 'input']);
const GENERATORS: readonly string[] = Object.values(KEPT);

/** Methods of tensors, layers and optimisers that change others than what they are called on. */
const REACHING = new Set('backward step zero_grad retain_grad register_hook train eval'.split(' '));

/** A name that is not known: why, and where it stands for data of a library's, the generators that using it may draw from. */
export interface Lost {
  readonly reason: string;
  readonly draws?: ReadonlySet<string>;
  /** Of what an import brings: its path. */
  readonly path?: string;
}

/** What a program holds when a statement of it stops. */
export interface Held {
  readonly names: ReadonlyMap<string, Value>;
  readonly lost: ReadonlyMap<string, Lost>;
}

/** The names that are not known behind a statement, and the generators that have been or may be drawn from. */
export interface Left {
  /** With the paths of what imports bring. */
  readonly names: ReadonlyMap<string, string | undefined>;
  readonly draws: ReadonlySet<string>;
}

/**
 * What a statement leaves unknown that could not be followed, where it can have changed nothing else: all that it calls are
 * functions of libraries that only read, and nothing that it mentions runs other code. Undefined elsewhere.
 */
export function harmless(s: Statement, held: Held): Left | undefined {
  const judge = new Judge(held);
  return judge.settles(s) ? judge : undefined;
}

class Judge implements Left {
  readonly names = new Map<string, string | undefined>();
  readonly draws = new Set<string>();

  constructor(private readonly held: Held) {}

  settles(s: Statement): boolean {
    switch (s.kind) {
      case 'expression':
        break;
      case 'assign':
        if (!s.targets.every(t => t.kind === 'name' || (t.kind === 'tuple' && t.items.every(i => i.kind === 'name'))))
          return false;
        this.take(s.targets.flatMap(namesOfTarget));
        break;
      case 'import':
        if (s.star !== undefined) return false;
        for (const b of s.bindings) this.names.set(b.name, b.path);
        if (!s.bindings.every(b => isQuietImport(b.path))) this.draw(GENERATORS);
        return true;
      case 'branching':
        if (!s.bound.every(t => t.kind === 'name' || t.kind === 'tuple')) return false;
        this.take(s.bound.flatMap(namesOfTarget));
        if (!expressionsIn(s).every(e => this.reads(e))) return false;
        return s.bodies.flat().every(b => this.settles(b));
      case 'opaque':
        return s.keyword === 'pass' || s.keyword === 'break' || s.keyword === 'continue';
      case 'scope':
      case 'augment':
        return false;
    }
    return expressionsIn(s).every(e => this.reads(e));
  }

  private take(list: readonly string[]): void {
    for (const name of list) this.names.set(name, undefined);
  }

  private draw(from: Iterable<string>): void {
    for (const name of from) this.draws.add(name);
  }

  /** Whether evaluating an expression changes nothing, whatever it gives. */
  private reads(e: Expression): boolean {
    if (lambdasIn(e).length > 0 || !namesIn(e).every(n => this.isData(n))) return false;
    for (const part of [...membersIn(e), ...callsIn(e).map(c => c.callee)]) this.mentions(this.pathOf(part));
    for (const name of namesIn(e)) this.mentions(this.pathOf({ kind: 'name', name, span: e.span }));
    return callsIn(e).every(call => {
      const { callee } = call;
      if (worksInPlace(call) || namedOut(call)) return false;
      const path = this.pathOf(callee);
      if (path?.startsWith('torch.autograd.')) return false;
      if (path !== undefined)
        return readsOnly(path) && changedDefaults(path) === undefined && !/\.(seterr|set_numeric_ops)$/.test(path);
      if (callee.kind === 'name') {
        const { name } = callee;
        if (this.held.names.has(name) || this.held.lost.has(name) || this.names.has(name)) return false;
        return (READING_BUILTINS.has(name) && !CALLING.has(name)) || OPENING.has(name);
      }
      if (
        callee.kind !== 'member' ||
        REACHING.has(callee.name) ||
        changesReceiver(callee.name) ||
        CHANGING_FUNCTIONS.has(callee.name)
      )
        return false;
      // A method of what a library has made, or of plain data.
      let root: Expression = callee.object;
      while (root.kind === 'member' || root.kind === 'index' || root.kind === 'call')
        root = root.kind === 'call' ? root.callee : root.object;
      if (root.kind === 'string') return true;
      const v = root.kind === 'name' ? this.held.names.get(root.name) : undefined;
      return root.kind === 'name' && (!v || isPlain(v));
    });
  }

  /** What a name of a library's may draw from when it is used. */
  private mentions(path: string | undefined): void {
    if (path === undefined) return;
    if (/seed|random|rng|state|generator/i.test(path)) this.draw(GENERATORS);
    else if (path.includes('.')) this.draw(GENERATORS.filter(name => !isQuietPath(path, name)));
  }

  /** Whether a name stands for something that runs no code but its library's. */
  private isData(name: string): boolean {
    const v = this.held.names.get(name);
    if (v) return !runsCode(v);
    const lost = this.held.lost.get(name);
    if (!lost || this.names.has(name)) return true;
    if (lost.path !== undefined) return readsOnly(lost.path);
    if (lost.draws) {
      this.draw(lost.draws);
      return true;
    }
    return false;
  }

  /** The path in its library of what an expression names. */
  private pathOf(e: Expression): string | undefined {
    if (e.kind === 'member') {
      const object = this.pathOf(e.object);
      return object === undefined ? undefined : `${object}.${e.name}`;
    }
    if (e.kind !== 'name') return undefined;
    const v = this.held.names.get(e.name);
    if (v?.kind === 'module') return v.path;
    if (v?.kind === 'function') return isOwn(v) || v.self !== undefined ? undefined : v.path;
    if (v) return undefined;
    return this.names.get(e.name) ?? this.held.lost.get(e.name)?.path;
  }
}

const isOwn = (v: Extract<Value, { kind: 'function' }>): boolean =>
  v.closure !== undefined || v.class !== undefined || v.iterator !== undefined;

/** Whether a value may run code of the program's when it is used. */
function runsCode(v: Value): boolean {
  switch (v.kind) {
    case 'function':
      return isOwn(v) || (v.self !== undefined && runsCode(v.self));
    case 'object':
    case 'generator':
      return true;
    case 'list':
    case 'tuple':
      return v.dense === undefined && v.items.some(runsCode);
    case 'dict':
      return v.entries.some(([, item]) => runsCode(item));
    case 'set':
      return v.items.some(runsCode);
    default:
      return false;
  }
}

const isPlain = (v: Value): boolean =>
  ['scalar', 'string', 'list', 'tuple', 'dict', 'none', 'set', 'module'].includes(v.kind) ||
  (v.kind === 'array' && v.library === undefined);
