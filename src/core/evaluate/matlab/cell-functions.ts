import { asType, elementAt, fromElements, type NDArray, sizeOf } from '../../values/ndarray';
import { type CellValue, type FunctionValue, type StructValue, stringValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { cellOf, EMPTY, field, rowCell, setField, singleStruct, structOf } from './cells';
import { horizontal, vertical } from './concatenate';
import type { Items } from './containers';
import { index } from './indexing';
import { collected, define, text, whole } from './library';
import { fromNumbers, logical, matrixOf, real, realParts, stored } from './numbers';

/** Cell arrays and structures: making them, taking them apart, and functions of each of their items. */

export const textOf = (v: Value | undefined, name: string): string =>
  v?.kind === 'string' ? v.value : unknown(`${name} of this value is not covered`);

/** The elements of any value column by column, as values of their own. */
export function elementsOf(v: Value, context: Context): Items<Value> {
  if (v.kind === 'cell') return { shape: v.shape, items: v.items.map(item => rowCell([item])) };
  if (v.kind === 'struct')
    return { shape: v.shape, items: v.elements.map(e => structOf(v.names, { shape: [1, 1], items: [e] })) };
  if (v.kind === 'function') return { shape: [1, 1], items: [v] };
  const { shape } = stored(v);
  const items = Array.from({ length: sizeOf(shape) }, (_, k) =>
    index(v, [{ kind: 'at', value: real(k + 1) }], context),
  );
  return { shape: [shape[0], shape[1]], items };
}

/** A function given as a handle or by its name. */
function functionOf(v: Value | undefined, name: string): FunctionValue {
  if (v?.kind === 'function') return v;
  if (v?.kind === 'string' && /^\w+$/.test(v.value)) return { kind: 'function', path: `octave.${v.value}` };
  return unknown(`${name} of this is not covered`);
}

/** Arguments up to the options at the end; whether the results shall be one array. */
function options(
  args: readonly Value[],
  name: string,
): { readonly given: readonly Value[]; readonly uniform: boolean } {
  const at = args.findIndex(v => v.kind === 'string' && /^(uniformoutput|errorhandler)$/i.test(v.value));
  if (at < 0) return { given: args, uniform: true };
  if (args.length !== at + 2 || text(args[at]) !== 'uniformoutput')
    return unknown(`this form of ${name} is not covered`);
  const [flag] = realParts(stored(args[at + 1]));
  return { given: args.slice(0, at), uniform: flag !== 0 };
}

/** Calls a function for each of the items, all of the same shape, and sets the results side by side. */
function mapped(
  name: string,
  f: FunctionValue,
  columns: readonly Items<Value>[],
  uniform: boolean,
  context: Context,
): Value {
  const [first] = columns;
  if (!first) return fail(`Invalid call to ${name}`);
  if (columns.some(c => c.shape.join() !== first.shape.join()))
    return unknown(`${name} of arrays of different sizes is not covered`);
  const { outputs, statement } = context;
  const results: Value[][] = Array.from({ length: Math.max(1, outputs) }, () => []);
  for (let k = 0; k < first.items.length; k++) {
    context.budget.spend(100);
    const result = context.call(
      f,
      columns.map(c => c.items[k]),
      statement ? 0 : Math.max(1, outputs),
    );
    const parts = result.kind === 'tuple' ? result.items : [result];
    results.forEach((list, i) => {
      if (parts[i] !== undefined && parts[i].kind !== 'none') list.push(parts[i]);
    });
  }
  if (results[0].length === 0 && first.items.length > 0 && statement) return { kind: 'none' };
  const values = results.map(list => {
    if (list.length !== first.items.length) return unknown(`${name} of a function without a result is not covered`);
    return uniform ? together(name, list, first.shape) : cellOf({ shape: first.shape, items: list });
  });
  return values.length === 1 ? values[0] : { kind: 'tuple', items: values };
}

/** Scalars of one class as an array of a shape. */
function together(name: string, list: readonly Value[], [rows, columns]: readonly [number, number]): Value {
  if (name === 'arrayfun' && list.length > 0 && list.every(v => v.kind === 'cell' && v.items.length === 1))
    return cellOf({ shape: [rows, columns], items: list.map(v => (v as CellValue).items[0]) });
  const all = list.map(v => (v.kind === 'scalar' || v.kind === 'array' ? stored(v) : undefined));
  if (all.some(a => a === undefined || sizeOf(a.shape) !== 1)) {
    if (list.some(v => v.kind === 'string' && v.value.length === 1))
      return unknown(`${name} of characters is not covered`);
    return fail(`${name}: all values must be scalars when UniformOutput = true`);
  }
  const arrays = all as NDArray[];
  if (arrays.length === 0) return fromNumbers(matrixOf(rows, columns, new Float64Array(0)));
  const types = new Set(arrays.map(a => a.dtype));
  if (types.size > 1 && !(types.size === 2 && types.has('complex128') && types.has('float64')))
    return unknown(`${name} with results of different classes is not covered`);
  const dtype = types.has('complex128') ? 'complex128' : arrays[0].dtype;
  const parts = arrays.map(a => (a.dtype === dtype ? a : asType(a, dtype)));
  const elements = Array.from({ length: rows * columns }, (_, k) => {
    const part = parts[(k % columns) * rows + Math.floor(k / columns)];
    return elementAt(part, part.offset);
  });
  return fromNumbers(fromElements(dtype, [rows, columns], elements));
}

function cellfun({ f, rest }: Bound, context: Context): Value {
  const { given, uniform } = options(collected(rest), 'cellfun');
  const cells = given.map(v => (v.kind === 'cell' ? v : fail('cellfun: C must be a cell array')));
  return mapped('cellfun', functionOf(f, 'cellfun'), cells, uniform, context);
}

function arrayfun({ f, rest }: Bound, context: Context): Value {
  const { given, uniform } = options(collected(rest), 'arrayfun');
  return mapped(
    'arrayfun',
    functionOf(f, 'arrayfun'),
    given.map(v => elementsOf(v, context)),
    uniform,
    context,
  );
}

function structfun({ f, s, rest }: Bound, context: Context): Value {
  const { uniform } = options(collected(rest), 'structfun');
  const value = one(s, 'structfun');
  const items: Items<Value> = { shape: [value.names.length, 1], items: value.elements[0] };
  const found = mapped('structfun', functionOf(f, 'structfun'), [items], uniform, context);
  if (uniform || found.kind !== 'cell') return found;
  return structOf(value.names, { shape: [1, 1], items: [found.items] });
}

/** A structure with a single element. */
function one(v: Value | undefined, name: string): StructValue {
  if (v?.kind !== 'struct') return unknown(`${name} of this value is not covered`);
  return v.elements.length === 1 ? v : unknown(`${name} of several structures is not covered`);
}

/** `struct('a', 1, 'b', {{…}})`: cells give an element for each of their items. */
function struct({ pairs }: Bound): Value {
  const args = collected(pairs);
  if (args.length === 0) return singleStruct([]);
  if (args.length % 2 === 1)
    return args[0].kind === 'struct' && args.length === 1
      ? args[0]
      : fail('struct: additional arguments must occur as "field", VALUE pairs');
  const names: string[] = [];
  const values: Value[] = [];
  for (let k = 0; k < args.length; k += 2) {
    const name = args[k];
    if (name.kind !== 'string') return fail('struct: additional arguments must occur as "field", VALUE pairs');
    names.push(name.value);
    values.push(args[k + 1]);
  }
  if (new Set(names).size < names.length) return unknown('a field that is given twice is not covered');
  const cells = values.filter(v => v.kind === 'cell' && v.items.length !== 1) as CellValue[];
  const shape = cells[0]?.shape ?? ([1, 1] as const);
  if (cells.some(c => c.shape.join() !== shape.join()))
    return fail('struct: dimensions of parameter 2 do not match those of parameter 4');
  const count = shape[0] * shape[1];
  const elements = Array.from({ length: count }, (_, k) =>
    values.map(v => (v.kind === 'cell' ? v.items[v.items.length === 1 ? 0 : k] : v)),
  );
  return structOf(names, { shape, items: elements });
}

function cell({ size }: Bound, context: Context): Value {
  const args = collected(size);
  const numbers =
    args.length === 1 ? [...realParts(stored(args[0]))] : args.map(v => whole(v, 'cell', Number.NEGATIVE_INFINITY));
  const [rows, columns = rows, ...more] = numbers.length === 0 ? [0] : numbers;
  if (more.some(n => n !== 1) || ![rows, columns].every(Number.isInteger))
    return unknown('this form of cell is not covered');
  const shape = [Math.max(0, rows), Math.max(0, columns)] as const;
  context.budget.claim(shape[0] * shape[1]);
  return cellOf({ shape, items: new Array(shape[0] * shape[1]).fill(EMPTY) });
}

/** Matrices within cells as one matrix. */
function cell2mat({ c }: Bound, context: Context): Value {
  if (c?.kind !== 'cell') return fail('cell2mat: C must be a cell array');
  if (c.items.length === 0) return unknown('cell2mat of an empty cell array is not covered');
  if (c.items.some(v => v.kind === 'cell' || v.kind === 'struct')) return unknown('cell2mat of cells is not covered');
  if (c.items.some(v => v.kind === 'string')) return unknown('cell2mat of text is not covered');
  const [rows, columns] = c.shape;
  const lines = Array.from({ length: rows }, (_, i) =>
    horizontal(
      Array.from({ length: columns }, (_, j) => stored(c.items[j * rows + i])),
      context,
    ),
  );
  return fromNumbers(vertical(lines, context));
}

const question = (name: string, answer: (v: Value) => boolean): LibraryFunction =>
  define(name, 'x', ({ x }) => logical(answer(x as Value)));

/** Whether fields of these names are there. */
function isfield({ s, name }: Bound): Value {
  const has = (v: Value): boolean => s?.kind === 'struct' && v.kind === 'string' && s.names.includes(v.value);
  if (name?.kind !== 'cell') return logical(has(name as Value));
  return together(
    'isfield',
    name.items.map(v => logical(has(v))),
    name.shape,
  );
}

/** The names of a function's `f(…)`, for `feval` and its kin. */
const called = ({ f, args }: Bound, context: Context): Value =>
  context.call(functionOf(f, 'feval'), collected(args), Math.max(1, context.outputs));

export const CELLS: readonly LibraryFunction[] = [
  define('cell', '*size', cell),
  define('struct', '*pairs', struct),
  define('cellfun', 'f, *rest', cellfun),
  define('arrayfun', 'f, *rest', arrayfun),
  define('structfun', 'f, s, *rest', structfun),
  define('feval', 'f, *args', called),
  define('bsxfun', 'f, a, b', ({ f, a, b }, context) =>
    context.call(functionOf(f, 'bsxfun'), [a as Value, b as Value]),
  ),
  define('cell2mat', 'c', cell2mat),
  define('num2cell', 'x', ({ x }, context) => {
    const v = x as Value;
    return v.kind === 'cell' ? unknown('num2cell of cells is not covered') : cellOf(elementsOf(v, context));
  }),
  define('fieldnames', 's', ({ s }) =>
    s?.kind === 'struct'
      ? cellOf({ shape: [s.names.length, 1], items: s.names.map(stringValue) })
      : fail('fieldnames: Invalid input argument'),
  ),
  define('numfields', 's', ({ s }) => real(s?.kind === 'struct' ? s.names.length : 0)),
  define('isfield', 's, name', isfield),
  define('rmfield', 's, name', ({ s, name }) => {
    const value = one(s, 'rmfield');
    const gone = textOf(name, 'rmfield');
    if (!value.names.includes(gone)) return fail(`rmfield: structure does not contain remove field ${gone}`);
    const kept = value.names.flatMap((n, k) => (n === gone ? [] : [[n, value.elements[0][k]] as const]));
    return singleStruct(kept);
  }),
  define('getfield', 's, name', ({ s, name }) => field(one(s, 'getfield'), textOf(name, 'getfield'))),
  define('setfield', 's, name, value', ({ s, name, value }) =>
    setField(one(s, 'setfield'), textOf(name, 'setfield'), value as Value),
  ),
  define('orderfields', 's', ({ s }) => {
    const value = one(s, 'orderfields');
    const sorted = [...value.names].sort((a, b) => (a < b ? -1 : 1));
    return singleStruct(sorted.map(n => [n, value.elements[0][value.names.indexOf(n)]] as const));
  }),
  define('struct2cell', 's', ({ s }) => {
    const value = one(s, 'struct2cell');
    return cellOf({ shape: [value.names.length, 1], items: value.elements[0] });
  }),
  define('cell2struct', 'c, names, dim=', ({ c, names }) => {
    if (c?.kind !== 'cell' || names?.kind !== 'cell' || c.items.length !== names.items.length || c.shape[1] !== 1)
      return unknown('this form of cell2struct is not covered');
    return singleStruct(names.items.map((n, k) => [textOf(n, 'cell2struct'), c.items[k]] as const));
  }),
  question('iscell', v => v.kind === 'cell'),
  question('isstruct', v => v.kind === 'struct'),
  question('iscellstr', v => v.kind === 'cell' && v.items.every(item => item.kind === 'string')),
  question('is_function_handle', v => v.kind === 'function'),
  define('func2str', 'f', ({ f }) => {
    if (f?.kind !== 'function') return fail('func2str: FCN_HANDLE argument must be a valid function handle');
    const handle = f.handle ?? '';
    return stringValue(handle.startsWith('@(') ? handle : handle.slice(1));
  }),
  define('str2func', 'name', ({ name }) => {
    const s = textOf(name, 'str2func');
    return /^\w+$/.test(s)
      ? { kind: 'function', path: `octave.${s}`, handle: `@${s}` }
      : unknown('a function written as text is not followed');
  }),
  define('lasterr', '', (_, context) => {
    const last = context.lastError;
    return last?.kind === 'struct' && last.names.includes('message')
      ? field(last, 'message')
      : unknown('lasterr: the last error is not known');
  }),
];
