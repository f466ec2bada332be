import type { Call, Expression } from '../expression/expression';
import { ownCall } from './own-marks';

/**
 * Which names an expression's value may share memory with (Python only). NumPy's indexing, `.T`, `reshape` and the
 * like give views; arithmetic and all other library functions give arrays of their own.
 */
export function mayShare(e: Expression): string[] {
  switch (e.kind) {
    case 'name':
      return [e.name];
    case 'member':
      return mayShare(e.object);
    case 'index':
      return mayShare(e.object);
    case 'sequence':
      return e.items.flatMap(mayShare);
    case 'starred':
      return mayShare(e.value);
    case 'mapping':
      return e.entries.flatMap(entry => mayShare(entry.value));
    case 'comprehension':
      return [
        ...e.clauses.flatMap(c => mayShare(c.iterable)),
        ...mayShare(e.element),
        ...(e.value ? mayShare(e.value) : []),
      ];
    case 'conditional':
      return [...mayShare(e.then), ...mayShare(e.otherwise)];
    case 'logical':
      return [...mayShare(e.left), ...mayShare(e.right)];
    case 'call': {
      const made = ownCall(e);
      if (made) {
        const receiver = made.through !== undefined ? [made.through] : made.ofClass ? [] : mayShare(e.callee);
        return [...receiver, ...e.arguments.flatMap(a => mayShare(a.value))];
      }
      const callee = e.callee;
      const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
      // A function of the document, or a layer, may return what it is given.
      const own = callee.kind === 'name' ? !READING_BUILTINS.has(callee.name) : callee.kind !== 'member';
      // An object of a library's class may keep what it is given.
      const shared =
        (callee.kind === 'member' && /^[A-Z]/.test(name)) ||
        ((name === 'array' || name === 'matrix' || name === 'astype') && e.arguments.some(a => a.name === 'copy'));
      if (!VIEWS.has(name) && !inPlaceName(name) && !own && !shared) return [];
      const receiver = callee.kind === 'member' ? mayShare(callee.object) : [];
      return [...receiver, ...e.arguments.flatMap(a => mayShare(a.value))];
    }
    default:
      return [];
  }
}

const VIEWS = new Set(
  `reshape ravel flatten transpose unstack swapaxes moveaxis rollaxis squeeze expand_dims broadcast_to broadcast_arrays atleast_1d
   atleast_2d atleast_3d asarray asanyarray ascontiguousarray asfortranarray diagonal diag flip fliplr flipud rot90
   split array_split hsplit vsplit dsplit view real imag list tuple dict zip enumerate reversed map sorted keys values items
   permute_dims matrix_transpose permute t swapdims movedim unsqueeze expand expand_as narrow select unbind chunk unflatten
   view_as reshape_as adjoint contiguous detach numpy from_numpy as_tensor to cpu cuda float double half int long short char
   byte bool type type_as sliding_window_view as_strided broadcast_tensors tensor_split requires_grad_ Parameter einsum iter next get setdefault nditer
   nested_iters ndenumerate flat broadcast memoryview frombuffer require conj conjugate real_if_close trim_zeros diff nan_to_num
   float64 float32 float16 int64 int32 int16 int8 uint8 uint16 uint32 uint64 complex64 complex128 parameters named_parameters state_dict modules
   children unfold hsplit vsplit dsplit Sequential ModuleList ModuleDict DataParallel masked_array masked_where masked_equal masked_not_equal masked_greater
   masked_less masked_inside masked_outside masked_values masked_object masked_invalid fix_invalid asmatrix mat asarray_chkfinite
   csr_matrix csc_matrix coo_matrix poly1d dropout drop identity`.split(/\s+/),
);

/** Methods that change the object they are called on. */
const CHANGING_METHODS: ReadonlySet<string> = new Set(
  `sort fill resize itemset put partition setflags byteswap setfield append extend insert pop remove clear reverse
   update setdefault popitem add discard difference_update intersection_update symmetric_difference_update`.split(
    /\s+/,
  ),
);

/** Whether a method changes the object it is called on: those above, torch's, whose names end in an underscore, and `__setitem__` and its like. */
export const changesReceiver = (method: string): boolean =>
  CHANGING_METHODS.has(method) ||
  inPlaceName(method) ||
  (method.startsWith('__') && /^__(set|del|i[a-z]+__)/.test(method));

/** Methods that change a module of torch's which they are called on, and give a tensor of another kind of a tensor. */
const MODULE_METHODS: ReadonlySet<string> = new Set(
  `double half bfloat16 float to to_empty type cuda cpu xpu apply load_state_dict share_memory add_module reset_parameters
   set_extra_state compile`.split(/\s+/),
);
export const changesModule = (method: string): boolean =>
  MODULE_METHODS.has(method) || (method.startsWith('register_') && method !== 'register_');

/** NumPy's names that end in an underscore to stand beside Python's own. */
const PLAIN_UNDERSCORE = new Set('bool_ int_ float_ complex_ str_ object_ bytes_ round_ ix_ c_ r_ s_'.split(' '));
export const inPlaceName = (name: string): boolean =>
  name.endsWith('_') && /[a-z0-9]_$/.test(name) && !PLAIN_UNDERSCORE.has(name);
/** Those of them whose result people use. */
export const TAKING_METHODS: ReadonlySet<string> = new Set('pop popitem setdefault'.split(' '));

/** Library functions that change an argument, by the last part of their path. */
export const CHANGING_FUNCTIONS: ReadonlySet<string> = new Set(
  'fill_diagonal copyto put place putmask put_along_axis shuffle nan_to_num_ at'.split(' '),
);

/** The library that a path begins with. */
const topOf = (path: string): string => {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
};

/** Whether a library's function changes nothing that it is given; an optimiser keeps its parameters and changes them later. */
export const readsOnly = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return (
    READING_LIBRARIES.has(topOf(path)) &&
    !CHANGING_FUNCTIONS.has(name) &&
    !inPlaceName(name) &&
    !/^operator\.(setitem|delitem|i(add|and|concat|floordiv|lshift|matmul|mod|mul|or|pow|rshift|sub|truediv|xor))$/.test(
      path,
    ) &&
    !/^torch\.(optim|nn\.utils|quantization|ao|distributed|func)\b/.test(path)
  );
};

/** The library whose default types a function of it changes. */
export const changedDefaults = (path: string | undefined): string | undefined =>
  path !== undefined && /\.(set_default_(?!printstyle)\w+|set_floatx|config\.update)$/.test(path)
    ? topOf(path)
    : undefined;

/** Which positional argument of a NumPy function is the array it writes to, by the last part of its path. */
const OUT_PLACES: ReadonlyMap<string, number> = new Map(
  (
    [
      [
        1,
        `sqrt exp exp2 expm1 log log2 log10 log1p cbrt sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh
         deg2rad rad2deg radians degrees floor ceil trunc rint fabs absolute abs negative positive square reciprocal sign
         conjugate conj invert logical_not isnan isinf isfinite signbit isposinf isneginf fix spacing`,
      ],
      [
        2,
        `add subtract multiply divide true_divide floor_divide remainder mod power float_power fmod maximum minimum fmax fmin
         hypot arctan2 copysign nextafter logaddexp logaddexp2 heaviside ldexp gcd lcm bitwise_and bitwise_or bitwise_xor
         left_shift right_shift logical_and logical_or logical_xor equal not_equal less less_equal greater greater_equal
         matmul dot outer choose round around max min amax amin argmax argmin any all ptp median concatenate stack`,
      ],
      [3, 'clip take compress sum prod mean std var cumsum cumprod nansum nanprod nanmean nanstd nanvar'],
    ] as const
  ).flatMap(([place, names]) => names.split(/\s+/).map(n => [n, place] as const)),
);

/** Which positional argument of a function by this name is the array it writes to. */
export const outIndex = (name: string): number | undefined => OUT_PLACES.get(name);

/** The positional argument that a call by this name writes to, if the name is one of NumPy's. */
export function outPlace(name: string, call: Call): Expression | undefined {
  const place = OUT_PLACES.get(name);
  return place === undefined ? undefined : call.arguments.filter(a => a.name === undefined)[place]?.value;
}

/** The last name of what is called. */
const lastName = (e: Expression): string | undefined => (e.kind === 'member' || e.kind === 'name' ? e.name : undefined);

/** What a call says by name that it writes to: `out=`, or the first argument of `np.nan_to_num(x, copy=False)`. */
export function namedOut(call: Call, name: string | undefined = lastName(call.callee)): Expression | undefined {
  const out = call.arguments.find(a => a.name === 'out')?.value;
  if (out !== undefined || name !== 'nan_to_num') return out;
  const positional = call.arguments.filter(a => a.name === undefined);
  const copy = call.arguments.find(a => a.name === 'copy') ?? positional[1];
  if (copy === undefined || (copy.value.kind === 'boolean' && copy.value.value)) return undefined;
  return (positional[0] ?? call.arguments.find(a => a.name === 'x'))?.value;
}

/** The expressions that a call writes its result to: `out=`, or its place among the positional arguments. */
export function writtenBy(path: string | undefined, call: Call): readonly Expression[] {
  const last = path?.startsWith('numpy.') ? path.slice(path.lastIndexOf('.') + 1) : undefined;
  const named = namedOut(call, last);
  const place = last === undefined ? undefined : OUT_PLACES.get(last);
  const at = place === undefined ? undefined : call.arguments.filter(a => a.name === undefined)[place];
  return named || at ? [named, at?.value].filter(e => e !== undefined) : [];
}

/** Built-ins and libraries whose functions only read their arguments. */
export const READING_BUILTINS: ReadonlySet<string> = new Set(
  `print len range abs round sum min max sorted zip enumerate list tuple set frozenset dict map filter float int complex bool
   str repr type isinstance issubclass id hash any all divmod pow slice reversed iter format display hasattr getattr callable`.split(
    /\s+/,
  ),
);
const READING_LIBRARIES: ReadonlySet<string> = new Set(
  `numpy math cmath random matplotlib seaborn plotly logging pprint scipy sklearn torch jax tensorflow cupy statistics itertools
   functools operator time json copy sympy pandas IPython dataclasses collections typing abc`.split(/\s+/),
);
