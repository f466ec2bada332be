import type { Call, Comprehension, Expression } from '../expression/expression';
import type { Scope, Statement } from '../expression/program';
import { callsIn, children, expressionsIn, namesIn } from '../expression/walk';
import { isMainGuard } from './changed-names';
import { drawnBy, KEPT } from './draw-marks';
import { holdsOwn, isLayer, libraryPath, seenFrom } from './known-objects';
import { READING_BUILTINS } from './memory';
import { isQuietImport, isQuietPath } from './quiet-paths';
import { type Site, type Source, type Version, versionAt } from './versions';

/**
 * Which statements are sure to draw nothing from a generator that a library keeps, told from the text alone. What is called,
 * gone through or taken apart must be known to be no object of somebody's class.
 */

/** Built-ins that call no more of what they are given than its text and length. */
const PLAIN: ReadonlySet<string> = new Set(
  `print len isinstance issubclass type str repr format id abs int float bool complex round range hasattr callable open divmod
   pow chr ord hash slice`.split(/\s+/),
);
/** Built-ins that call functions which they are given. */
const CALLING: ReadonlySet<string> = new Set(['map', 'filter']);
/** Methods of torch's modules that draw nothing. */
const MODULE_METHODS: ReadonlySet<string> = new Set(
  `parameters named_parameters state_dict train eval zero_grad double half float to cuda cpu modules children named_modules
   named_children buffers requires_grad_ load_state_dict`.split(/\s+/),
);
const DECORATORS: ReadonlySet<string> = new Set(['staticmethod', 'classmethod', 'property']);
const DEPTH = 20;

interface Asked {
  readonly site: Site;
  /** The generator. */
  readonly kept: string;
  /** Variables of comprehensions, which stand for parts of plain data. */
  readonly locals: ReadonlySet<string>;
  readonly depth: number;
}

/** What is written in Python and can be read. */
const isRead = (e: Expression): boolean =>
  e.kind !== 'unreadable' && e.kind !== 'matrix' && e.kind !== 'range' && e.kind !== 'equality';

/** Tells it for the statements of one program. */
export class Quiet {
  /** Operators and attributes of the program's own classes may draw. */
  private readonly operators: boolean;
  /** The methods of the program's own classes. */
  private readonly methods: ReadonlySet<string>;
  /** What versions of names have been found to be, by the generator. */
  private readonly known = new Map<string, WeakMap<Version, boolean>>();

  constructor(program: readonly Statement[]) {
    const methods = classesOf(program).flatMap(c => c.body.filter(m => m.kind === 'scope'));
    this.operators = methods.some(mayDrawUnseen);
    this.methods = new Set(methods.map(m => m.name));
  }

  /**
   * What the libraries' own generators are behind a statement that may draw from them in other ways than its text tells: as
   * what it comes to tells, or unknown where there is no source. `made` are the versions that the statement has made.
   */
  behind(
    s: Statement,
    site: Site,
    made: readonly Version[],
    line: number,
  ): readonly { readonly name: string; readonly source?: Source }[] {
    // What it runs is known to be run, statement by statement; what it does itself behind them is not.
    const straight = s.kind === 'branching' && (s.form === 'with' || isMainGuard(s));
    const names = Object.values(KEPT).filter(
      name =>
        versionAt(site.scope, name, site.block, site.order) &&
        (straight || !made.some(v => v.name === name && v.block === site.block)) &&
        !this.is(s, site, name),
    );
    if (names.length === 0) return [];
    if (s.kind === 'import' || s.kind === 'scope' || straight || (s.kind === 'opaque' && !isKeyword(s)))
      return names.map(name => ({ name }));
    const told = made.find(
      v => v.source.kind === 'expression' && s.kind === 'assign' && v.source.expression === s.value,
    );
    const source: Source =
      made.find(v => v.source.kind === 'run' && v.source.statement === s)?.source ??
      (s.kind === 'branching'
        ? { kind: 'run', statement: s, from: site, names: [] }
        : {
            kind: 'undisturbed',
            expressions: expressionsIn(s).flatMap(e => this.shown(e, site)),
            line,
            ...(told ? { told } : {}),
          });
    return names.map(name => ({ name, source }));
  }

  /** What `print` shows is evaluated, and its text is nothing that draws. */
  private shown(e: Expression, site: Site): readonly Expression[] {
    const prints =
      e.kind === 'call' && e.callee.kind === 'name' && e.callee.name === 'print' && !seenFrom(site, 'print');
    return prints && !this.operators && e.arguments.every(a => !a.unpack) ? e.arguments.map(a => a.value) : [e];
  }

  /** Whether running the statement draws nothing from the generator; of a branching, its heads. */
  private is(s: Statement, site: Site, kept: string): boolean {
    const asked: Asked = { site, kept, locals: new Set(), depth: 0 };
    const all = (): boolean => expressionsIn(s).every(e => this.quiet(e, asked));
    switch (s.kind) {
      case 'assign':
        // Several targets go through the value.
        return all() && (s.targets.every(t => t.kind !== 'tuple') || this.data(s.value, asked));
      case 'expression':
      case 'augment':
        return all();
      case 'opaque':
        return isKeyword(s) && all();
      case 'import':
        return s.bindings.every(b => isQuietImport(b.path)) && (s.star === undefined || isQuietImport(s.star));
      case 'branching':
        if (s.form === 'for') return s.heads.every(e => this.data(e, asked)) && all();
        if (s.form === 'with') return s.heads.every(e => this.data(e, asked));
        return (s.form === 'if' || s.form === 'while' || s.form === 'try') && all();
      case 'scope':
        return this.definition(s, site, asked);
    }
  }

  /** A function or class: what runs when it is defined. */
  private definition(s: Scope, site: Site, asked: Asked): boolean {
    const decorated = (s.decorators ?? []).every(d => {
      const name = d.kind === 'call' ? d.callee : d;
      if (d.kind === 'call' && !d.arguments.every(a => this.data(a.value, asked))) return false;
      const path = libraryPath(name, site);
      return path === undefined ? name.kind === 'name' && DECORATORS.has(name.name) : isQuietPath(path, asked.kept);
    });
    const given = s.parameters.every(p => p.default === undefined || this.quiet(p.default, asked));
    const bases = (s.bases ?? []).every(b => this.quiet(b.value, asked));
    if (!decorated || !given || !bases) return false;
    return s.form === 'function' || s.body.every(b => b.kind !== 'branching' && this.is(b, site, asked.kept));
  }

  /** Whether evaluating the expression draws nothing. */
  private quiet(e: Expression, asked: Asked): boolean {
    const within = (): boolean => children(e).every(x => this.quiet(x, asked));
    switch (e.kind) {
      case 'call':
        return this.call(e, asked);
      case 'index':
      case 'comprehension':
      case 'starred':
        return this.data(e, asked);
      case 'mapping':
        return within() && e.entries.every(entry => entry.key !== undefined || this.data(entry.value, asked));
      case 'member':
        return (libraryPath(e, asked.site) !== undefined || !this.operators) && within();
      case 'unary':
      case 'binary':
      case 'logical':
      case 'comparison':
      case 'conditional':
      case 'formatted':
        return !this.operators && within();
      default:
        return isRead(e) && within();
    }
  }

  private call(e: Call, asked: Asked): boolean {
    const { callee } = e;
    if (drawnBy(e)?.includes(asked.kept)) return false;
    const given = (): boolean => e.arguments.every(a => this.data(a.value, asked));
    const path = libraryPath(callee, asked.site);
    if (path !== undefined) return isQuietPath(path, asked.kept) && given();
    if (callee.kind === 'member') {
      const layer =
        MODULE_METHODS.has(callee.name) &&
        (isLayer(callee.object, asked.site) || (holdsOwn(callee.object, asked.site) && !this.methods.has(callee.name)));
      return (layer || this.data(callee.object, asked)) && given();
    }
    if (callee.kind !== 'name' || this.operators) return false;
    if (asked.locals.has(callee.name) || seenFrom(asked.site, callee.name) || asked.site.scope.own.has(callee.name))
      return false;
    if (asked.site.scope.stars.length > 0) return false;
    if (PLAIN.has(callee.name))
      return e.arguments.every(a => (a.unpack ? this.data(a.value, asked) : this.quiet(a.value, asked)));
    return READING_BUILTINS.has(callee.name) && !CALLING.has(callee.name) && given();
  }

  /** Whether the expression draws nothing and gives no object of somebody's class, nor a function to call. */
  private data(e: Expression, asked: Asked): boolean {
    if (asked.depth > DEPTH) return false;
    switch (e.kind) {
      case 'name': {
        if (asked.locals.has(e.name)) return true;
        const v = seenFrom(asked.site, e.name);
        if (v?.source.kind === 'import') return isQuietPath(v.source.path, asked.kept);
        return v?.source.kind === 'expression' && this.named(v, v.source.expression, asked);
      }
      case 'member': {
        const path = libraryPath(e, asked.site);
        return path === undefined ? this.data(e.object, asked) : isQuietPath(path, asked.kept);
      }
      case 'call':
        return this.call(e, asked);
      case 'comprehension':
        return this.comprehension(e, asked);
      case 'lambda':
        return false;
      default:
        return isRead(e) && children(e).every(x => this.data(x, asked));
    }
  }

  /** The same of what a name was last assigned. */
  private named(v: Version, e: Expression, { kept, depth }: Asked): boolean {
    const known = this.known.get(kept) ?? new WeakMap<Version, boolean>();
    this.known.set(kept, known);
    const before = known.get(v);
    if (before !== undefined) return before;
    known.set(v, false);
    const found = this.data(e, { site: v.site, kept, locals: new Set(), depth: depth + 1 });
    known.set(v, found);
    return found;
  }

  private comprehension(e: Comprehension, asked: Asked): boolean {
    const locals = new Set([...asked.locals, ...e.clauses.flatMap(c => namesIn(c.target))]);
    const within: Asked = { ...asked, locals };
    return (
      e.clauses.every(c => this.data(c.iterable, within) && c.conditions.every(x => this.data(x, within))) &&
      this.data(e.element, within) &&
      (e.value === undefined || this.data(e.value, within))
    );
  }
}

/** Statements that a keyword tells: what else is opaque may run anything. */
const isKeyword = (s: Extract<Statement, { kind: 'opaque' }>): boolean =>
  s.keyword !== undefined || s.annotated !== undefined || s.reason === 'global' || s.reason === 'nonlocal';

function classesOf(list: readonly Statement[]): Scope[] {
  return list.flatMap(s =>
    s.kind === 'branching'
      ? s.bodies.flatMap(classesOf)
      : s.kind === 'scope'
        ? [...(s.form === 'class' ? [s] : []), ...classesOf(s.body)]
        : [],
  );
}

/** Whether a method may draw that no call in the text reaches: an operator's, or a property. */
function mayDrawUnseen(m: Scope): boolean {
  const unseen = m.name.startsWith('__') ? !/^__(init|call|post_init)__$/.test(m.name) : m.decorators !== undefined;
  const calls = (list: readonly Statement[]): readonly Call[] =>
    list.flatMap(s => [
      ...expressionsIn(s).flatMap(callsIn),
      ...(s.kind === 'branching' ? s.bodies.flatMap(calls) : s.kind === 'scope' ? calls(s.body) : []),
    ]);
  return unseen && calls(m.body).some(c => c.callee.kind !== 'name' || !READING_BUILTINS.has(c.callee.name));
}
