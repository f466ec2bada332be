import { NONE, stringValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, Stop, unknown } from '../stop';
import { collected, define, whole } from './library';
import { isOne, real, realParts, roundAway, stored } from './numbers';
import { displayText, promptText } from './shown';
import { escaped, formatted, matrixText, numberText } from './templates';

function template({ first, rest }: Bound, name: string): string {
  const v = first as Value;
  if (v.kind !== 'string') return unknown('printing without a template is not covered');
  return formatted(escaped(v.value), collected(rest), name);
}

/** `fprintf(1, …)` writes to the output, `fprintf(2, …)` elsewhere. */
function fprintf(bound: Bound, context: Context): Value {
  const [file, next, ...rest] = [bound.first as Value, ...collected(bound.rest)];
  if (file.kind === 'string') context.print(template(bound, 'fprintf'));
  else if (file.kind === 'scalar' && next?.kind === 'string') {
    const text = formatted(escaped(next.value), rest, 'fprintf');
    if (file.value === 1) context.print(text);
    else if (file.value !== 2) unknown('files are not written');
  } else if (file.kind === 'scalar' && next === undefined) fail('Invalid call to fprintf');
  else unknown('printing without a template is not covered');
  return NONE;
}

/** `display(x)` shows a variable with its name. */
function display({ x }: Bound, context: Context): Value {
  const [name] = context.argumentNames ?? [];
  const v = x as Value;
  if (name !== undefined) context.print(promptText(v, name, context));
  else if (v.kind === 'scalar' || v.kind === 'string') context.print(displayText(v, context));
  else unknown('display of what has no name is not covered');
  return NONE;
}

/** `error(template, …)` and `error(id, template, …)`. */
function error({ first, rest }: Bound): never {
  const args = [first as Value, ...collected(rest)];
  if (args[0].kind === 'struct') return rethrow({ err: args[0] });
  const named = args.length > 1 && args[0].kind === 'string' && /^[\w-]+(:[\w-]+)+$/.test(args[0].value);
  const [text, ...values] = named ? args.slice(1) : args;
  if (text.kind !== 'string') return unknown('this form of error is not covered');
  if (values.length === 0 && !named && /%%|^[\w-]+(:[\w-]+)+$/.test(text.value))
    return unknown('this form of error is not covered');
  const message = values.length === 0 && !named ? text.value : formatted(escaped(text.value), values, 'error');
  const stop = new Stop('error', message.replace(/\n$/, ''));
  stop.identifier = named && args[0].kind === 'string' ? args[0].value : '';
  throw stop;
}

function rethrow({ err }: Bound): never {
  if (err?.kind !== 'struct' || err.elements.length !== 1) return unknown('this form of rethrow is not covered');
  const text = (name: string): string | undefined => {
    const v = err.elements[0][err.names.indexOf(name)];
    return v?.kind === 'string' ? v.value : undefined;
  };
  const message = text('message');
  if (message === undefined) return unknown('the message of this error is not known');
  const stop = new Stop('error', message);
  stop.identifier = text('identifier');
  throw stop;
}

const written = (name: string, parameters: string, of: (bound: Bound) => Value | undefined): LibraryFunction =>
  define(name, parameters, (bound, context) => {
    const v = of(bound);
    if (v?.kind !== 'string') return unknown(`${name} of this is not covered`);
    context.print(v.value);
    return real(0);
  });

export const OUTPUT: readonly LibraryFunction[] = [
  define('disp', 'x', ({ x }, context) => {
    // As a part of an expression it gives the text.
    if (!context.statement) return stringValue(displayText(x as Value, context));
    context.print(displayText(x as Value, context));
    return NONE;
  }),
  define('display', 'x', display),
  define('fdisp', 'file, x', ({ file, x }, context) => {
    if (realParts(stored(file as Value))[0] !== 1) return unknown('files are not written');
    context.print(displayText(x as Value, context));
    return NONE;
  }),
  define('stdout', '', () => real(1)),
  define('stderr', '', () => real(2)),
  written('puts', 's', ({ s }) => s),
  written('fputs', 'file, s', ({ file, s }) => (realParts(stored(file as Value))[0] === 1 ? s : undefined)),
  define('printf', 'first, *rest', (bound, context) => {
    context.print(template(bound, 'printf'));
    return NONE;
  }),
  define('fprintf', 'first, *rest', fprintf),
  define('sprintf', 'first, *rest', bound => stringValue(template(bound, 'sprintf'))),
  define('num2str', 'x, precision=', ({ x, precision }) => stringValue(numberText(x as Value, precision))),
  define('int2str', 'x', ({ x }) => {
    const a = stored(x as Value);
    if (!isOne(a)) return unknown('int2str of matrices is not covered');
    return stringValue(numberText(real(roundAway(realParts(a)[0])), undefined));
  }),
  define('mat2str', 'x, digits=', ({ x, digits }) =>
    stringValue(matrixText(x as Value, digits ? whole(digits, 'mat2str', 1) : 15)),
  ),
  define('error', 'first, *rest', error),
  define('rethrow', 'err', rethrow),
  define('warning', '*rest', () => NONE),
  define('fflush', 'file', () => NONE),
];
