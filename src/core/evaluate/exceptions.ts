import type { Expression } from '../expression/expression';

/** Python's exceptions by name: what a handler catches, told from the texts of errors ("ValueError: …"). */

const PARENTS: Readonly<Record<string, string>> = {
  ArithmeticError: 'Exception',
  AssertionError: 'Exception',
  AttributeError: 'Exception',
  Exception: 'BaseException',
  FloatingPointError: 'ArithmeticError',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  LookupError: 'Exception',
  NameError: 'Exception',
  NotImplementedError: 'RuntimeError',
  OverflowError: 'ArithmeticError',
  RuntimeError: 'Exception',
  StopIteration: 'Exception',
  TypeError: 'Exception',
  UnboundLocalError: 'NameError',
  ValueError: 'Exception',
  ZeroDivisionError: 'ArithmeticError',
  // A ValueError only since NumPy 1.25: such a handler is not told apart.
  LinAlgError: 'Exception',
};

/** The exceptions that a program can name without an import. */
export const isException = (name: string): boolean => name in PARENTS && name !== 'LinAlgError';

/** The name of the exception and what it says; undefined for what no handler sees. */
export function exceptionOf(message: string): { readonly name: string; readonly text: string } | undefined {
  const [, name, text = ''] = /^(?:[\w.]+\.)?([A-Z]\w*)(?:: ([\s\S]*))?$/.exec(message) ?? [];
  return name !== undefined && name in PARENTS ? { name, text } : undefined;
}

/** Whether `except type` catches an exception of this name; undefined where that is not known. */
export function catches(type: Expression | undefined, name: string): boolean | undefined {
  if (type === undefined) return true;
  if (type.kind === 'sequence') {
    const found = type.items.map(item => catches(item, name));
    return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
  }
  const wanted = type.kind === 'name' || type.kind === 'member' ? type.name : undefined;
  if (wanted === undefined || !(wanted in PARENTS || wanted === 'BaseException'))
    return OTHERS.has(wanted ?? '') ? false : undefined;
  if (name === 'LinAlgError' && wanted === 'ValueError') return undefined;
  for (let here: string | undefined = name; here !== undefined; here = PARENTS[here]) if (here === wanted) return true;
  return false;
}

/** What nothing that is evaluated raises. */
const OTHERS: ReadonlySet<string> = new Set([
  'KeyboardInterrupt',
  'OSError',
  'IOError',
  'FileNotFoundError',
  'SystemExit',
]);
