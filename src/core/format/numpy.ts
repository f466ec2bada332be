import { type DType, integerRange } from '../values/dtype';
import type { ObjectValue, Value } from '../values/value';
import { arrayRepr, arrayStr, elementText, stringRepr, stringsRepr, stringsStr, stringType } from './numpy-arrays';
import { DEFAULT_PRINT, type PrintOptions } from './numpy-print';
import { polynomialRepr, polynomialStr } from './polynomial-text';
import { libraryType, namedTuple, tensorRepr, tensorStr, tensorTextUnknown } from './tensor-print';

/** What Python's prompt shows for a value; NumPy scalars as plain numbers, as NumPy 1.24 does. */
export const pythonText = (v: Value, options: PrintOptions = DEFAULT_PRINT): string => pythonRepr(v, options);

/** `repr(value)`. */
export function pythonRepr(v: Value, options: PrintOptions = DEFAULT_PRINT): string {
  switch (v.kind) {
    case 'module': {
      const limits = integerLimits(v);
      return limits ? `iinfo(min=${limits.low}, max=${limits.high}, dtype=${limits.type})` : pythonStr(v, options);
    }
    case 'array':
      return v.library ? tensorRepr(v, options) : arrayRepr(v.array, options);
    case 'strings':
      return stringsRepr(v, options);
    case 'polynomial':
      return polynomialRepr(v, options);
    case 'string-type':
      return v.form === 'type' ? pythonStr(v, options) : `dtype('${stringType(v.width)}')`;
    case 'string':
      return stringRepr(v.value);
    case 'list':
      if (v.lazy) return v.lazy;
      return `[${v.items.map(item => pythonRepr(item, options)).join(', ')}]`;
    case 'tuple': {
      const items = v.items.map(item => pythonRepr(item, options));
      if (v.named) return namedTuple(v.named, items);
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
    case 'set':
      if (v.items.length === 0) return v.frozen ? 'frozenset()' : 'set()';
      return `${v.frozen ? 'frozenset(' : ''}{${v.items.map(x => pythonRepr(x, options)).join(', ')}}${v.frozen ? ')' : ''}`;
    case 'object':
      if (v.text) return v.text.repr;
      return `${v.name}(${(v.fields ?? []).map(f => `${f}=${fieldText(v, f, options)}`).join(', ')})`;
    case 'generator':
      return 'generator';
    case 'dict':
      return `{${v.entries.map(([k, x]) => `${pythonRepr(k, options)}: ${pythonRepr(x, options)}`).join(', ')}}`;
    case 'dtype':
      return v.form === 'type' || v.library
        ? pythonStr(v, options)
        : v.dtype === 'bfloat16'
          ? 'dtype(bfloat16)'
          : `dtype('${v.dtype}')`;
    case 'function': {
      const name = exceptionName(v);
      const text = pythonStr(v, options);
      return name === undefined ? text : `${name}(${text === '' || name === 'KeyError' ? text : stringRepr(text)})`;
    }
    default:
      return pythonStr(v, options);
  }
}

/** `str(value)`, as print shows it. */
export function pythonStr(v: Value, options: PrintOptions = DEFAULT_PRINT): string {
  switch (v.kind) {
    case 'scalar':
      return elementText(v.value, v.dtype);
    case 'array':
      return v.library ? tensorStr(v, options) : arrayStr(v.array, options);
    case 'strings':
      return stringsStr(v, options);
    case 'polynomial':
      return polynomialStr(v, options);
    case 'string-type':
      return v.form === 'type' ? "<class 'numpy.str_'>" : stringType(v.width);
    case 'string':
      return v.value;
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'dtype':
      if (v.library) return libraryType(v.dtype, v.library);
      return v.form === 'type' ? `<class 'numpy.${v.dtype === 'bool' ? 'bool_' : v.dtype}'>` : v.dtype;
    case 'module': {
      const limits = integerLimits(v);
      if (!limits) return `<module '${v.path}'>`;
      const rule = '-'.repeat(63);
      return `Machine parameters for ${limits.type}\n${rule}\nmin = ${limits.low}\nmax = ${limits.high}\n${rule}\n`;
    }
    case 'function':
      if (v.text !== undefined) return v.text;
      if (v.class !== undefined) return `<class '__main__.${v.path.slice('class.'.length)}'>`;
      if (exceptionName(v) !== undefined) return v.self?.kind === 'string' ? v.self.value : '';
      return TYPE_PATHS.has(v.path) ? `<class '${v.path.replace('builtins.', '')}'>` : `<function ${v.path}>`;
    case 'slice': {
      const part = (p: Value | undefined): string => (p ? pythonRepr(p, options) : 'None');
      return `slice(${part(v.start)}, ${part(v.stop)}, ${part(v.step)})`;
    }
    case 'tuple':
      return pythonRepr(v.named?.path === 'TensorShape' ? { kind: 'tuple', items: v.items } : v, options);
    case 'object':
      return v.text ? v.text.str : pythonRepr(v, options);
    case 'list':
    case 'dict':
    case 'set':
    case 'generator':
      return pythonRepr(v, options);
    case 'cell':
    case 'struct':
    case 'vector':
      return '';
  }
}

const fieldText = (v: ObjectValue, field: string, options: PrintOptions): string => {
  const found = v.attributes.find(([name]) => name === field);
  return found ? pythonRepr(found[1], options) : '';
};

/** What `np.iinfo(type)` is about. */
function integerLimits(v: Value): { readonly type: DType; readonly low: bigint; readonly high: bigint } | undefined {
  const type = v.kind === 'module' ? INTEGERS.find(d => v.path === `numpy.iinfo.${d}`) : undefined;
  if (!type) return undefined;
  const [low, high] = integerRange(type);
  return { type, low, high };
}
const INTEGERS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'] as const;

/** The name of an exception that a handler holds. */
export const exceptionName = (v: Value): string | undefined =>
  v.kind === 'function' && v.path.startsWith('exception.') ? v.path.slice('exception.'.length) : undefined;

/** Functions that are types of Python's or NumPy's own and print as such. */
const TYPE_PATHS: ReadonlySet<string> = new Set([
  ...'int float bool complex str list tuple dict set frozenset slice range type object NoneType'
    .split(' ')
    .map(n => `builtins.${n}`),
  'numpy.ndarray',
  'numpy.flatiter',
]);

/** Whether an array, which the print options shape, is in the value. */
export const holdsArray = (v: Value): boolean =>
  v.kind === 'array' ||
  v.kind === 'strings' ||
  v.kind === 'polynomial' ||
  ((v.kind === 'list' || v.kind === 'tuple') && v.dense === undefined && v.items.some(holdsArray)) ||
  (v.kind === 'dict' && v.entries.some(([, x]) => holdsArray(x))) ||
  (v.kind === 'object' && v.attributes.some(([, x]) => holdsArray(x)));

/** Why the text of a value is known only when the code runs, where it is so: functions and modules show addresses. */
export function textUnknown(v: Value): string | undefined {
  if (v.kind === 'array' && v.library) return tensorTextUnknown(v);
  if (v.kind === 'dtype' && v.library && v.library !== 'torch')
    return `how ${v.library} prints its types is not covered`;
  if (v.kind === 'tuple' && v.named?.path === '')
    return 'how these factors print depends on the version of the library';
  if (v.kind === 'list' && v.lazy === '') return 'an iterator prints its address, known only when the code runs';
  if (v.kind === 'list' || v.kind === 'tuple')
    for (const item of v.dense ? [] : v.items) {
      const reason = textUnknown(item);
      if (reason) return reason;
    }
  if (v.kind === 'dict' && v.ordered) return 'an OrderedDict prints in a way that differs between versions of Python';
  if (v.kind === 'generator') return 'a generator prints its address, known only when the code runs';
  if (v.kind === 'module' && !integerLimits(v)) return 'a module prints where it lies, known only when the code runs';
  if (v.kind === 'dict')
    for (const [, item] of v.entries) {
      const reason = textUnknown(item);
      if (reason) return reason;
    }
  if (v.kind === 'set' && v.items.length > 1 && !v.ordered)
    return 'the order of this set is known only when the code runs';
  if (v.kind === 'object' && !v.text) {
    if (!v.fields) return 'an object prints its address, known only when the code runs';
    for (const [, item] of v.attributes) {
      const reason = textUnknown(item);
      if (reason) return reason;
    }
  }
  if (
    v.kind === 'function' &&
    v.text === undefined &&
    v.class === undefined &&
    !TYPE_PATHS.has(v.path) &&
    exceptionName(v) === undefined
  )
    return 'a function prints its address, known only when the code runs';
  return undefined;
}
