import type { Expression, Parameter } from '../expression/expression';
import type { Scope, Statement } from '../expression/program';
import type { Span } from '../text/span';
import type { FunctionValue, Value } from '../values/value';
import { localNames } from './changed-names';
import type { CallArgument } from './dialect';
import { type Closure, Frame } from './frame';
import { declarationsIn, hasUnread, isGenerator } from './function-forms';
import { isModeDecorator } from './gradient-modes';
import { iteratorValue, kept } from './iterators';
import { Machine } from './machine';
import { bindParameters } from './parameters';
import { Paused } from './paused';
import { type Place, placeWithin } from './place';
import type { Run } from './run';
import { unknown } from './stop';

/** Functions of the document: making them, and calls of them. */
export class Functions {
  constructor(private readonly run: Run) {}

  /** A function of the document as a value. */
  define(s: Scope): Value {
    const untold = this.untold(s);
    return this.closure(s.name, s.parameters, s.body, this.ownNames(s), untold);
  }

  /** A function with what stands above it. */
  decorated(s: Scope): Value {
    const decorators = (s.decorators ?? []).filter(d => !isModeDecorator(d)).map(d => this.run.value(d));
    const plain = s.untold === 'is decorated' ? { ...s, untold: undefined } : s;
    return decorators.reduceRight((f, d) => this.run.call(d, [f]), this.define(plain));
  }

  /** Why calls of a function are not followed. */
  untold(s: Scope): string | undefined {
    const { program } = this.run;
    if (s.untold === 'is a generator' && (program || this.run.frame)) {
      if (isGenerator(s.body)) return undefined;
      // A function within it yields, or what it yields is part of an expression.
      if (program && !hasUnread(s.body)) return undefined;
    }
    const plain = s.untold === 'is decorated' && s.decorators?.every(isModeDecorator);
    const reason = plain ? undefined : s.untold;
    return reason ?? (s.outer.length > 0 && !program ? 'changes names outside of it' : undefined);
  }

  /** The names that are a function's own. */
  ownNames(s: Scope): ReadonlySet<string> {
    return localNames(this.run.evaluator.program ? { ...s, outer: declarationsIn(s.body).map(d => d.name) } : s);
  }

  closure(
    name: string,
    parameters: readonly Parameter[],
    body: Closure['body'],
    own: ReadonlySet<string>,
    untold?: string,
    owner?: number,
    frame: Frame | undefined = owner === undefined ? this.run.capture() : undefined,
  ): FunctionValue {
    const defaults = new Map(
      parameters.flatMap(p => (p.default ? [[p.name, this.run.value(p.default)] as const] : [])),
    );
    const { closures } = this.run.evaluator;
    const place = this.run.here;
    closures.push({
      name,
      parameters,
      body,
      own,
      defaults,
      frame,
      place,
      ...(untold ? { untold } : {}),
      ...(owner === undefined ? {} : { owner }),
    });
    return { kind: 'function', path: 'closure', closure: closures.length - 1 };
  }

  /** Calls a function of the document: its names live in a frame of their own. */
  enter(id: number, args: readonly CallArgument[], span: Span | undefined, held: readonly Value[]): Value {
    const f = this.run.evaluator.closures[id];
    if (f.untold) unknown(`${f.name}: a function that ${f.untold}, whose calls are not followed`, span);
    const place =
      placeWithin(f.place.scope, this.run.here) ??
      unknown(`${f.name}: calls from another function are not followed`, span);
    const frame = new Frame('function', held, f.own, f.frame, held.length > 0 || this.run.isHeld);
    if (f.owner !== undefined) frame.owner = { class: f.owner, self: f.parameters[0]?.name ?? '' };
    if (this.run.evaluator.program && Array.isArray(f.body)) this.declare(f.body, frame);
    bindParameters(f, args, frame, span);
    for (const p of f.parameters) this.run.passed(p, frame);
    if (Array.isArray(f.body) && isGenerator(f.body)) return this.generator(f.body, frame, place);
    return this.run.inside(frame, place, () => {
      return this.run.deeper(span, () =>
        Array.isArray(f.body)
          ? new Machine(this.run, frame, this.run.language).result(f.body)
          : this.run.value(f.body as Expression),
      );
    });
  }

  /** What a call of a generator function gives: its body has yet to begin. */
  private generator(body: readonly Statement[], frame: Frame, place: Place): Value {
    const paused = new Paused('generator', frame, place, now => {
      const machine = new Machine(now, frame, this.run.language);
      return machine.generated(body);
    });
    return iteratorValue(this.run, kept(this.run, paused));
  }

  /** Finds where the names live that a function declares `global` or `nonlocal`. */
  private declare(body: readonly Statement[], frame: Frame): void {
    const names = declarationsIn(body);
    if (names.length === 0) return;
    const [program] = this.run.frames;
    frame.elsewhere = new Map(
      names.map(({ name, form }) => {
        if (form === 'global') return [name, program] as const;
        for (let f = frame.outer; f && f !== program; f = f.outer)
          if (f.own.has(name)) return [name, f.elsewhere?.get(name) ?? f] as const;
        return unknown(`${name}: no function around binds it`);
      }),
    );
  }
}
