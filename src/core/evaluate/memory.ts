import type { Expression } from '../expression/expression';

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
    case 'conditional':
      return [...mayShare(e.then), ...mayShare(e.otherwise)];
    case 'logical':
      return [...mayShare(e.left), ...mayShare(e.right)];
    case 'call': {
      const callee = e.callee;
      const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
      if (!VIEWS.has(name)) return [];
      const receiver = callee.kind === 'member' ? mayShare(callee.object) : [];
      return [...receiver, ...e.arguments.flatMap(a => mayShare(a.value))];
    }
    default:
      return [];
  }
}

const VIEWS = new Set(
  `reshape ravel transpose swapaxes moveaxis rollaxis squeeze expand_dims broadcast_to broadcast_arrays atleast_1d
   atleast_2d atleast_3d asarray asanyarray ascontiguousarray asfortranarray diagonal diag flip fliplr flipud rot90
   split array_split hsplit vsplit dsplit view real imag list tuple dict zip enumerate reversed map sorted values items
   permute_dims matrix_transpose iter next get setdefault`.split(/\s+/),
);

/** Methods that change the object they are called on. */
export const CHANGING_METHODS: ReadonlySet<string> = new Set(
  `sort fill resize itemset put partition setflags byteswap setfield append extend insert pop remove clear reverse
   update setdefault popitem add discard`.split(/\s+/),
);

/** Library functions that change an argument, by the last part of their path. */
export const CHANGING_FUNCTIONS: ReadonlySet<string> = new Set(
  'fill_diagonal copyto put place putmask put_along_axis shuffle nan_to_num_'.split(' '),
);

/** Built-ins and libraries whose functions only read their arguments. */
export const READING_BUILTINS: ReadonlySet<string> = new Set(
  `print len range abs round sum min max sorted zip enumerate list tuple set frozenset dict map filter float int complex bool
   str repr type isinstance issubclass id hash any all divmod pow slice reversed iter format display hasattr getattr callable`.split(
    /\s+/,
  ),
);
export const READING_LIBRARIES: ReadonlySet<string> = new Set(
  `numpy math cmath matplotlib seaborn plotly logging pprint scipy sklearn torch jax tensorflow cupy statistics itertools
   functools operator time json copy sympy pandas IPython`.split(/\s+/),
);
