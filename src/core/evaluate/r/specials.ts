import type { Call, Expression } from '../../expression/expression';
import { deparse } from '../../languages/r/deparse';
import { NULL, toValue, vectorOf } from '../../values/r-vector';
import { stringValue, type Value } from '../../values/value';
import { Stop, unknown } from '../stop';
import { RError, reject, sentence } from './errors';
import { type CallFrame, Jump } from './frame';
import { list } from './linear';
import { truth } from './operators';
import { isEmpty, type RRun } from './run';
import { atomic, coerced, number, texts, vec } from './vectors';

/** What a call does with its arguments before they are evaluated. */
type Special = (run: RRun, e: Call) => Value;

const logical = (b: boolean): Value => toValue(vectorOf('logical', [b]));

const frameOf = (run: RRun): CallFrame => run.frameOfCall ?? unknown('this is followed in functions only');

const named = (e: Call, name: string): Expression | undefined => e.arguments.find(a => a.name === name)?.value;

const positional = (e: Call): readonly Expression[] => e.arguments.filter(a => a.name === undefined).map(a => a.value);

function switched(run: RRun, e: Call): Value {
  const [first, ...rest] = e.arguments;
  if (!first) return reject("'EXPR' is missing");
  const subject = run.value(first.value);
  const v = atomic(subject);
  if (v.values.length !== 1) reject('EXPR must be a length 1 vector');
  if (v.type !== 'character') {
    const k = Math.trunc(number(subject, 'EXPR'));
    const chosen = rest[k - 1];
    if (chosen && !isEmpty(chosen.value)) return run.value(chosen.value);
    run.echoes = false;
    return NULL;
  }
  let at = rest.findIndex(a => a.name === v.values[0]);
  if (at < 0) at = rest.findIndex(a => a.name === undefined);
  // What is left out falls through to the next.
  while (at >= 0 && at < rest.length && isEmpty(rest[at].value)) at++;
  if (at >= 0 && at < rest.length) return run.value(rest[at].value);
  run.echoes = false;
  return NULL;
}

function returned(run: RRun, e: Call): Value {
  const [value] = e.arguments;
  const result = value ? run.value(value.value) : NULL;
  if (!value) run.echoes = true;
  throw new Jump('return', frameOf(run), result);
}

function missing(run: RRun, e: Call): Value {
  const [of] = positional(e);
  if (of?.kind !== 'name') return unknown('missing of this is not followed');
  return logical(frameOf(run).missing.has(of.name));
}

/** The words of an error without the call. */
const messageOf = (stop: Stop): string =>
  stop instanceof RError ? stop.message : (stop.identifier ?? stop.message.replace(/^Error(?: in .*?)? ?: /s, ''));

/** Calls a handler with the condition, as far as it is followed: its message. */
function tried(run: RRun, e: Call): Value {
  const [body] = positional(e).concat(named(e, 'expr') ?? []);
  const handler = named(e, 'error') ?? named(e, 'condition');
  const last = named(e, 'finally');
  if (named(e, 'warning') || named(e, 'message')) return unknown('warnings are not followed');
  try {
    return body ? run.value(body) : NULL;
  } catch (stop) {
    if (!(stop instanceof Stop) || stop.status !== 'error' || !handler) throw stop;
    const condition = list(
      [
        ['message', stringValue(messageOf(stop))],
        ['call', NULL],
      ],
      'simpleError',
    );
    const f = run.value(handler);
    run.echoes = true;
    return run.apply(f, [{ value: condition }]);
  } finally {
    const { echoes } = run;
    if (last) run.value(last);
    run.echoes = echoes;
  }
}

function stopped(run: RRun, e: Call): never {
  const parts = run.evaluated(e.arguments.filter(a => a.name !== 'call.'));
  const silent = named(e, 'call.');
  const message = parts.map(p => texts(atomic(p.value)).join('')).join('');
  const call = run.frameOfCall?.call;
  const text = call && !(silent && !truth(run.value(silent))) ? deparse(call) : undefined;
  if (call && !silent && text === undefined) unknown('the call that stops is not written');
  const stop = new Stop('error', sentence(message, text), e.span);
  stop.identifier = message;
  throw stop;
}

function stopifnot(run: RRun, e: Call): Value {
  for (const a of e.arguments) {
    const v = atomic(run.value(a.value));
    if (v.doubt !== undefined) unknown(v.doubt.reason);
    const values = coerced(v, 'logical').values as readonly (boolean | null)[];
    if (v.type === 'logical' && values.every(b => b === true)) continue;
    const text = deparse(a.value);
    const call = run.frameOfCall?.call;
    const message =
      a.name ??
      (v.type !== 'logical' || values.includes(null)
        ? unknown('what stopifnot says here is not followed')
        : `${text ?? unknown('the condition is not written')} ${values.length > 1 ? 'are not all TRUE' : 'is not TRUE'}`);
    const stop = new Stop('error', sentence(message, call && deparse(call)), e.span);
    stop.identifier = message;
    throw stop;
  }
  run.echoes = false;
  return NULL;
}

function matchArgument(run: RRun, e: Call): Value {
  const [arg, choices] = positional(e);
  if (arg?.kind !== 'name') return unknown('match.arg of this is not followed');
  const frame = frameOf(run);
  const given = run.value(arg);
  const f = run.evaluator.closures[frame.closure];
  const otherwise = f?.parameters.find(p => p.name === arg.name)?.default;
  const all = choices ? run.value(choices) : otherwise ? run.value(otherwise) : unknown('the choices are not known');
  const list = texts(atomic(all));
  const chosen = texts(atomic(given));
  if (chosen.length > 1 || frame.missing.has(arg.name)) return stringValue(list[0] ?? '');
  const found = list.filter(s => s?.startsWith(chosen[0] ?? ''));
  const whole = list.find(s => s === chosen[0]);
  const exact = whole ?? (found.length === 1 ? found[0] : undefined);
  if (exact === undefined || exact === null)
    return reject(`'arg' should be one of ${list.map(s => `‘${s}’`).join(', ')}`, 'match.arg');
  return stringValue(exact);
}

/** `deparse(substitute(x))`: how an argument is written. */
function deparsed(run: RRun, e: Call): Value {
  const [inner] = positional(e);
  const of =
    inner?.kind === 'call' && inner.callee.kind === 'name' && inner.callee.name === 'substitute'
      ? positional(inner)[0]
      : undefined;
  if (of?.kind !== 'name') return unknown('deparse is followed for arguments only');
  const frame = frameOf(run);
  const pending = frame.written.get(of.name);
  const text = pending && deparse(pending);
  return text === undefined || text.length > 60
    ? unknown('how this argument is written is not followed')
    : stringValue(text);
}

function local(run: RRun, e: Call): Value {
  const [body] = e.arguments;
  if (e.arguments.length !== 1) return unknown('local with an environment is not followed');
  return run.evaluateWith(body.value, new Map());
}

function withList(run: RRun, e: Call): Value {
  const [data, body] = positional(e);
  if (!data || !body) return unknown('this form of with is not followed');
  const value = run.value(data);
  if (value.kind !== 'list') return unknown('with is followed for lists only');
  const names = vec(value).names ?? [];
  return run.evaluateWith(
    body,
    new Map(value.items.flatMap((item, k) => (names[k] ? [[names[k] as string, item] as const] : []))),
  );
}

/** Calls whose value is that of their first argument, shown or not. */
const passed = (run: RRun, e: Call): Value => {
  const [first] = e.arguments;
  return first ? run.value(first.value) : NULL;
};

const entries: readonly (readonly [string, Special])[] = [
  ['switch', switched],
  ['return', returned],
  ['missing', missing],
  ['tryCatch', tried],
  [
    'try',
    (run, e) => {
      const [body] = e.arguments;
      try {
        return body ? run.value(body.value) : NULL;
      } catch (stop) {
        if (!(stop instanceof Stop) || stop.status !== 'error') throw stop;
        run.echoes = false;
        return unknown('what try gives behind an error is not followed');
      }
    },
  ],
  ['stop', stopped],
  ['stopifnot', stopifnot],
  ['match.arg', matchArgument],
  ['deparse', deparsed],
  ['local', local],
  ['with', withList],
  ['suppressWarnings', passed],
  ['suppressMessages', passed],
  ['(', passed],
  ['nargs', run => toValue(vectorOf('integer', [frameOf(run).given]))],
  ['Recall', (run, e) => run.again(frameOf(run).closure, e)],
  [
    'exists',
    (run, e) => {
      const [name] = positional(e);
      if (name?.kind !== 'string' || e.arguments.length > 1) return unknown('exists of this is not followed');
      return logical(run.variable(name.value, e.span) !== undefined);
    },
  ],
  ['library', quiet],
  ['require', quiet],
  ['set.seed', quiet],
  ...['options', 'quote', 'bquote', 'expression', 'substitute', 'eval', 'on.exit', 'within', 'subset', 'transform'].map(
    (name): readonly [string, Special] => [name, () => unknown(`${name} is not followed`)],
  ),
  ['rm', quiet],
  [
    'conditionMessage',
    (run, e) => {
      const value = e.arguments[0] ? run.value(e.arguments[0].value) : NULL;
      if (value.kind !== 'list') return unknown('this condition is not followed');
      const k = vec(value).names?.indexOf('message') ?? -1;
      return k < 0 ? unknown('this condition is not followed') : value.items[k];
    },
  ],
];

function quiet(run: RRun): Value {
  run.echoes = false;
  return NULL;
}

/** Functions that see how their arguments are written, by their paths. */
export const SPECIALS: ReadonlyMap<string, Special> = new Map(entries.map(([name, f]) => [`r.${name}`, f]));
