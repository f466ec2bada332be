import type { Expression } from '../../expression/expression';
import type { Assignment, Branching, Opaque, Statement, Target } from '../../expression/program';
import { type NDArray, transpose } from '../../values/ndarray';
import { stringValue, type Value } from '../../values/value';
import type { Budget } from '../budget';
import type { Closure, Frame } from '../frame';
import { naming, Stop, unknown } from '../stop';
import { assign } from './assignment';
import {
  assignContainer,
  braces,
  cellOf,
  EMPTY,
  field,
  indexContainer,
  isVoid,
  setBraces,
  setField,
  singleStruct,
  structOf,
} from './cells';
import { resultsOf } from './functions';
import { index } from './indexing';
import { fromNumbers, real, realParts, stored } from './numbers';
import { truth } from './operators';
import type { MatlabRun } from './run';
import { count, picked } from './shapes';
import { promptText } from './shown';

/** Statements that one run may take, so that an endless loop ends soon. */
const MAX_STEPS = 200_000;
/** What a statement costs beside its expressions. */
const STEP_COST = 200;

type Flow = 'next' | 'break' | 'continue' | 'return';

/** Commands that change no value. */
const IDLE = new Set(
  'hold close closereq clc figure more warning pkg axis grid drawnow colorbar colormap shading clf beep diary echo'.split(
    ' ',
  ),
);

/** Runs MATLAB statements over known values, in order, with what they print. */
export class MatlabMachine {
  constructor(
    private readonly run: MatlabRun,
    readonly frame: Frame,
    private readonly budget: Budget,
  ) {}

  /** Runs the body of a function and gives its results. */
  call(f: Closure, statements: readonly Statement[], outputs: number): Value {
    this.all(statements);
    return resultsOf(f, this.frame, outputs);
  }

  all(statements: readonly Statement[]): Flow {
    for (const s of statements) {
      const flow = this.step(s);
      if (flow !== 'next') return flow;
    }
    return 'next';
  }

  private tick(s: Statement): void {
    if (++this.frame.steps > MAX_STEPS) unknown('too many steps to follow', s.span);
    this.budget.spend(STEP_COST);
  }

  private step(s: Statement): Flow {
    this.tick(s);
    try {
      const flow = this.done(s);
      if (s.kind !== 'branching') this.run.passed(s, this.frame);
      return flow;
    } catch (stop) {
      if (stop instanceof Stop) this.run.failed(s, stop);
      throw stop;
    }
  }

  private done(s: Statement): Flow {
    switch (s.kind) {
      case 'expression':
        this.statement(s.expression, s.silent === true);
        return 'next';
      case 'assign':
        this.assignment(s);
        return 'next';
      case 'branching':
        return this.branching(s);
      case 'scope':
        return 'next';
      case 'opaque':
        return this.opaque(s);
      case 'augment':
      case 'import':
        return unknown('this statement is not followed', s.span);
    }
  }

  private opaque(s: Opaque): Flow {
    if (s.keyword === 'break' || s.keyword === 'continue' || s.keyword === 'return') return s.keyword;
    const [word] = s.command ?? [];
    if (word === 'clear' || word === 'clearvars') for (const name of s.binds) this.frame.names.delete(name);
    else if (word === undefined || !IDLE.has(word)) unknown('this statement is not followed', s.span);
    return 'next';
  }

  /** A statement of its own: a name shows itself, anything else becomes `ans`. */
  private statement(e: Expression, silent: boolean): void {
    if (e.kind === 'name') {
      const value = this.run.value(e);
      if (!silent) this.show(e.name, value);
      return;
    }
    this.run.direct = e;
    const value = this.run.value(e);
    this.run.direct = undefined;
    if (value.kind === 'none') return;
    for (const item of value.kind === 'tuple' ? value.items : [value]) {
      this.frame.set('ans', item);
      if (!silent) this.show('ans', item);
    }
  }

  private show(name: string, value: Value): void {
    this.run.print(promptText(value, name, this.run));
  }

  private assignment(s: Assignment): void {
    const value = this.run.value(s.value);
    if (value.kind === 'none')
      throw new Stop('error', 'value on the right hand side of the assignment not defined', s.span);
    const shown: string[] = [];
    s.targets.forEach((t, i) => {
      const names = t.kind === 'tuple' ? this.several(t, value) : [this.store(t, single(value))];
      // Of `a = b = 3` the first is shown.
      if (i === 0) shown.push(...names);
    });
    if (s.silent) return;
    for (const name of shown) if (name !== '') this.show(name, this.run.read(name, s.span));
  }

  private several(t: Extract<Target, { kind: 'tuple' }>, value: Value): string[] {
    const items = value.kind === 'tuple' ? value.items : [value];
    return t.items.map((item, k) => {
      if (item.kind === 'other' && item.root === undefined) return '';
      if (k >= items.length) throw new Stop('error', `element number ${k + 1} undefined in return list`, t.span);
      return this.store(item, items[k]);
    });
  }

  /** Gives a target its value; the name it belongs to. */
  private store(t: Target, value: Value): string {
    switch (t.kind) {
      case 'name':
        this.frame.set(t.name, value);
        return t.name;
      case 'item': {
        if (t.object.kind !== 'name') return unknown('this assignment is not followed', t.span);
        const { name } = t.object;
        const before = this.run.variable(name, t.span) ?? EMPTY;
        const at = this.run.subscripts(t.subscripts, before);
        this.frame.set(
          name,
          naming(name, () => this.assigned(before, at, value)),
        );
        return name;
      }
      case 'other':
        if (!t.place) return unknown('this assignment is not followed', t.span);
        return this.put(t.place, () => value);
      case 'tuple':
      case 'star':
      case 'member':
        return unknown('this assignment is not followed', t.span);
    }
  }

  /** The object that a place belongs to is replaced by one in which the place holds what `update` makes of it. */
  private put(place: Expression, update: (before: Value | undefined) => Value): string {
    switch (place.kind) {
      case 'name': {
        // The front end marks a name that nothing above assigns.
        const name = place.name.replace('()', '');
        this.frame.set(name, update(this.run.variable(name, place.span)));
        return name;
      }
      case 'member':
        return this.putField(place.object, place.name, update);
      case 'call':
        if (place.field) {
          const [object, name] = place.arguments.map(a => a.value);
          const given = this.run.value(name);
          if (given.kind !== 'string') return unknown('this name of a field is not followed', name.span);
          return this.putField(object, given.value, update);
        }
        return this.put(place.callee, before => {
          const object = before ?? EMPTY;
          const at = this.run.subscripts(
            place.arguments.map(a => ({ kind: 'at', value: a.value })),
            object,
          );
          const inner = update(
            before && this.known(() => (place.braces ? braces(object, at) : this.element(object, at))),
          );
          if (place.braces) return setBraces(object, at, inner);
          return this.assigned(object, at, inner);
        });
      default:
        return unknown('this assignment is not followed', place.span);
    }
  }

  private putField(object: Expression, name: string, update: (before: Value | undefined) => Value): string {
    return this.put(object, before => {
      const has = before?.kind === 'struct' && before.names.includes(name);
      return setField(before, name, update(has ? field(before, name) : undefined));
    });
  }

  private assigned(object: Value, at: Parameters<typeof braces>[1], value: Value): Value {
    return [object, value].some(v => v.kind === 'cell' || v.kind === 'struct')
      ? assignContainer(object, at, value)
      : assign(object, at, value, this.run);
  }

  private element(object: Value, at: Parameters<typeof braces>[1]): Value {
    return object.kind === 'cell' || object.kind === 'struct'
      ? indexContainer(object, at)
      : index(object, at, this.run);
  }

  /** The value, or nothing where there is none yet. */
  private known(read: () => Value): Value | undefined {
    try {
      const value = read();
      return value.kind === 'tuple' || isVoid(value) ? undefined : value;
    } catch (stop) {
      if (stop instanceof Stop && stop.status === 'error') return undefined;
      throw stop;
    }
  }

  private holds(e: Expression): boolean {
    return truth(this.run.value(e));
  }

  private branching(s: Branching): Flow {
    switch (s.form) {
      case 'if': {
        const k = s.heads.findIndex(h => this.holds(h));
        const body = k >= 0 ? s.bodies[k] : s.bodies[s.heads.length];
        return body ? this.all(body) : 'next';
      }
      case 'for':
        return this.loop(s);
      case 'while': {
        if (s.heads.length === 0) return unknown('this loop cannot be read', s.span);
        while (s.until || this.holds(s.heads[0])) {
          this.tick(s);
          const flow = this.all(s.bodies[0]);
          if (flow === 'break') break;
          if (flow === 'return') return flow;
          if (s.until && this.holds(s.heads[0])) break;
        }
        return 'next';
      }
      case 'switch': {
        const subject = this.run.value(s.heads[0]);
        const k = s.heads.findIndex((h, i) => i > 0 && matches(subject, this.run.value(h)));
        const body = k > 0 ? s.bodies[k] : s.bodies[s.heads.length];
        return body ? this.all(body) : 'next';
      }
      case 'try':
        return this.trying(s);
      case 'with':
      case 'match':
        return unknown('this statement is not followed', s.span);
    }
  }

  /** A loop goes through the columns of its value. */
  private loop(s: Branching): Flow {
    if (s.heads.length === 0) return unknown('this loop cannot be read', s.span);
    const over = this.run.value(s.heads[0]);
    const columns = columnsOf(over);
    const [target] = s.bound;
    if (columns.length === 0) {
      if (target.kind === 'name') this.frame.set(target.name, over);
      return 'next';
    }
    for (const column of columns) {
      this.tick(s);
      this.store(target, column);
      this.run.passed(s, this.frame);
      const flow = this.all(s.bodies[0]);
      if (flow === 'break') break;
      if (flow === 'return') return flow;
    }
    return 'next';
  }

  private trying(s: Branching): Flow {
    const [handler] = s.handlers ?? [];
    const rest = s.bodies[1] ?? [];
    let flow: Flow;
    try {
      flow = this.all(s.bodies[0]);
    } catch (stop) {
      if (!(stop instanceof Stop) || stop.status !== 'error') throw stop;
      if (handler?.clause === 'finally') {
        this.all(rest);
        throw stop;
      }
      const caught = errorValue(stop);
      this.run.lastError = caught;
      if (handler?.as?.kind === 'name') this.frame.set(handler.as.name, caught);
      return this.all(rest);
    }
    if (handler?.clause === 'finally') {
      const last = this.all(rest);
      return last === 'next' ? flow : last;
    }
    return flow;
  }
}

const single = (value: Value): Value =>
  value.kind === 'tuple' ? (value.items[0] ?? unknown('some elements are undefined in this list')) : value;

/** What `catch err` gives. Octave's own errors have identifiers that are not followed, and some name their place. */
function errorValue(stop: Stop): Value {
  const placed = /undefined$/.test(stop.message);
  const fields: (readonly [string, Value])[] = placed ? [] : [['message', stringValue(stop.message)]];
  if (stop.identifier !== undefined) fields.push(['identifier', stringValue(stop.identifier)]);
  return { ...singleStruct(fields), exception: true };
}

function columnsOf(over: Value): readonly Value[] {
  switch (over.kind) {
    case 'scalar':
      return [over];
    case 'string':
      return [...over.value].map(stringValue);
    case 'cell': {
      const [rows, columns] = over.shape;
      return Array.from({ length: columns }, (_, j) =>
        cellOf({ shape: [rows, 1], items: over.items.slice(j * rows, (j + 1) * rows) }),
      );
    }
    case 'struct':
      if (over.shape[0] !== 1) return unknown('a loop over these structures is not followed');
      return over.elements.map(e => structOf(over.names, { shape: [1, 1], items: [e] }));
    default: {
      const a = stored(over);
      const [rows, columns] = a.shape;
      if (rows === 0) return [];
      if (a.dtype === 'float64' && rows === 1) return Array.from(realParts(a), real);
      const turned = transpose(a);
      return Array.from({ length: columns }, (_, j) => {
        const row = rowOf(turned, j);
        return fromNumbers(transpose(row));
      });
    }
  }
}

const rowOf = (a: NDArray, i: number): NDArray => picked(a, [i], count(a.shape[1]));

/** Whether a case takes the subject: text the same, a number the same, or one of the items. */
function matches(subject: Value, label: Value): boolean {
  if (label.kind === 'cell') return label.items.some(item => matches(subject, item));
  if (subject.kind === 'string' || label.kind === 'string')
    return subject.kind === 'string' && label.kind === 'string' && subject.value === label.value;
  const [a, b] = [stored(subject), stored(label)];
  if (a.shape.includes(0) && b.shape.includes(0)) return true;
  if (a.shape.includes(0) || b.shape.includes(0)) return false;
  const [x, y] = [realParts(a), realParts(b)];
  if (x.length === 1 && y.length === 1) return x[0] === y[0];
  return a.shape.join() === b.shape.join() && x.every((v, k) => v === y[k]);
}
