import type { Expression } from '../../expression/expression';
import type { Assignment, Branching, Statement, Target } from '../../expression/program';
import { deparse } from '../../languages/r/deparse';
import { NULL, toValue, vectorOf } from '../../values/r-vector';
import { stringValue, type Value } from '../../values/value';
import type { Frame } from '../frame';
import { Stop, unknown } from '../stop';
import { assign, assignElement } from './assignment';
import { RError, reject } from './errors';
import { Jump } from './frame';
import { element, field, index } from './indexing';
import { truth } from './operators';
import type { RRun } from './run';
import { vec } from './vectors';

/** Statements that one run may take, so that an endless loop ends soon. */
const MAX_STEPS = 200_000;
/** What a statement costs beside its expressions. */
const STEP_COST = 200;

/** Runs R's statements over known values, in order. */
export class RMachine {
  constructor(
    private readonly run: RRun,
    readonly frame: Frame,
  ) {}

  /** The value of the last statement. */
  all(statements: readonly Statement[]): Value {
    let value: Value = NULL;
    this.run.echoes = statements.length > 0;
    for (const s of statements) value = this.step(s);
    return value;
  }

  private tick(s: Statement): void {
    if (++this.frame.steps > MAX_STEPS) unknown('too many steps to follow', s.span);
    this.run.budget.spend(STEP_COST);
  }

  private step(s: Statement): Value {
    this.tick(s);
    try {
      const value = this.done(s);
      if (s.kind !== 'branching') this.run.passed(s, this.frame);
      return value;
    } catch (stop) {
      if (stop instanceof Stop) this.run.failed(s, stop);
      throw stop;
    }
  }

  private done(s: Statement): Value {
    switch (s.kind) {
      case 'expression':
        return this.run.value(s.expression);
      case 'assign':
        return this.assignment(s);
      case 'branching':
        return this.branching(s);
      case 'scope':
        this.frame.set(s.name, this.run.define(s));
        this.run.echoes = false;
        return this.frame.names.get(s.name) ?? NULL;
      case 'opaque':
        if (s.keyword === 'break' || s.keyword === 'continue') throw new Jump(s.keyword);
        return unknown('this statement is not followed', s.span);
      case 'augment':
      case 'import':
        return unknown('this statement is not followed', s.span);
    }
  }

  private assignment(s: Assignment): Value {
    const value = this.run.value(s.value);
    for (const t of s.targets) {
      try {
        this.store(t, value, s.outer === true);
      } catch (stop) {
        if (stop instanceof RError) throw this.told(stop, s, t);
        throw stop;
      }
    }
    this.run.echoes = s.silent !== true;
    return value;
  }

  /** R names the assignment itself, `[<-` by its function. */
  private told(stop: RError, s: Assignment, t: Target): Stop {
    const place = t.kind === 'other' ? t.place : undefined;
    const [left, right] = [place && deparse(place), deparse(s.value)];
    const text = left !== undefined && right !== undefined ? `${left} <- ${right}` : undefined;
    return place ? this.run.told(new RError(stop.message, text === undefined ? false : undefined), place, text) : stop;
  }

  private store(t: Target, value: Value, outer: boolean): void {
    if (t.kind === 'name') {
      if (outer) this.run.setOuter(t.name, value, t.span);
      else this.frame.set(t.name, value);
    } else if (t.kind === 'other' && t.place) this.put(t.place, () => value, outer);
    else unknown('this assignment is not followed', t.span);
  }

  /** The object that a place belongs to is replaced by one in which the place holds what `update` makes of it. */
  private put(place: Expression, update: (before: () => Value) => Value, outer: boolean): void {
    switch (place.kind) {
      case 'string':
      case 'name': {
        const name = place.kind === 'name' ? place.name : place.value;
        const value = update(() => this.held(name, place));
        if (outer) this.run.setOuter(name, value, place.span);
        else this.frame.set(name, value);
        return;
      }
      case 'index': {
        const places = this.run.places(place.subscripts);
        const read = place.element ? element : index;
        const write = place.element ? assignElement : assign;
        this.put(
          place.object,
          before => {
            const object = before();
            return write(
              object,
              places,
              update(() => read(object, places, this.run)),
              this.run,
            );
          },
          outer,
        );
        return;
      }
      case 'member': {
        const at = { at: [stringValue(place.name)] };
        this.put(
          place.object,
          before => {
            const object = before();
            const value = update(() => field(object, place.name));
            const list: Value =
              object.kind === 'none'
                ? { kind: 'list', items: [] }
                : object.kind === 'list'
                  ? object
                  : toValue(vectorOf('list', itemsOf(object), { names: vec(object).names }));
            return assignElement(list, at, value, this.run);
          },
          outer,
        );
        return;
      }
      case 'call': {
        const [first = unknown('this assignment is not followed', place.span), ...rest] = place.arguments;
        const { callee } = place;
        const { name, span } = callee.kind === 'name' ? callee : unknown('this assignment is not followed', place.span);
        const args = this.run.evaluated(rest);
        this.put(
          first.value,
          before => {
            const object = before();
            const own = (): Value => this.run.apply(this.run.functionNamed(name, span), [{ value: object }, ...args]);
            const value = update(own);
            return this.run.apply(this.run.functionNamed(`${name}<-`, span), [
              { value: object },
              ...args,
              { value, name: 'value' },
            ]);
          },
          outer,
        );
        return;
      }
      default:
        unknown('this assignment is not followed', place.span);
    }
  }

  private held(name: string, at: Expression): Value {
    const found = this.run.variable(name, at.span);
    if (!found || found.kind === 'function') return reject(`object '${name}' not found`, false);
    return found;
  }

  private holds(head: Expression, s: Branching): boolean {
    const value = this.run.value(head);
    try {
      return truth(value);
    } catch (stop) {
      if (!(stop instanceof RError)) throw stop;
      const text = deparse(head);
      throw this.run.told(stop, head, text === undefined ? undefined : `${s.form} (${text}) {`);
    }
  }

  private branching(s: Branching): Value {
    switch (s.form) {
      case 'if': {
        const k = s.heads.findIndex(h => this.holds(h, s));
        const body = k >= 0 ? s.bodies[k] : s.bodies[s.heads.length];
        if (body) return this.all(body);
        this.run.echoes = false;
        return NULL;
      }
      case 'for':
        this.loop(s, itemsOf(this.run.value(s.heads[0])));
        break;
      case 'while':
        while (this.holds(s.heads[0], s) && this.pass(s));
        break;
      default:
        return unknown('this statement is not followed', s.span);
    }
    this.run.echoes = false;
    return NULL;
  }

  private loop(s: Branching, items: readonly Value[]): void {
    const [target] = s.bound;
    for (const item of items) {
      if (target.kind === 'name') this.frame.set(target.name, item);
      this.run.passed(s, this.frame);
      if (!this.pass(s)) return;
    }
  }

  /** One pass of a loop; false where it ends the loop. */
  private pass(s: Branching): boolean {
    this.tick(s);
    try {
      this.all(s.bodies[0]);
      return true;
    } catch (jump) {
      if (!(jump instanceof Jump) || jump.kind === 'return') throw jump;
      return jump.kind === 'continue';
    }
  }
}

/** What a loop goes through. */
export function itemsOf(value: Value): readonly Value[] {
  if (value.kind === 'none') return [];
  const v = vec(value);
  if (v.type === 'list') return v.values;
  return v.values.map(x => toValue(vectorOf(v.type, [x])));
}
