import type { Call, Expression } from '../expression/expression';
import type { Scope, Statement } from '../expression/program';
import { callsIn, expressionsIn } from '../expression/walk';
import { type Libraries, localNames, writtenFromInside } from './changed-names';
import { isKept, KEPT, markDraw, markDrawnFrom } from './draw-marks';
import { mayShare } from './memory';

/** Tells from the text alone which calls draw random numbers, and from which generators. */

/** Methods of NumPy's Generator and RandomState and of Python's Random. */
const DRAWING: ReadonlySet<string> = new Set(
  `random random_sample ranf sample rand randn standard_normal normal uniform randint random_integers integers choice choices
   permutation permuted shuffle exponential standard_exponential poisson binomial gamma standard_gamma beta chisquare laplace
   logistic lognormal triangular gumbel geometric negative_binomial pareto power rayleigh standard_cauchy standard_t f wald
   weibull zipf vonmises hypergeometric logseries multinomial multivariate_normal dirichlet noncentral_chisquare noncentral_f
   multivariate_hypergeometric bytes seed gauss normalvariate lognormvariate expovariate gammavariate betavariate paretovariate
   weibullvariate vonmisesvariate randrange getrandbits randbytes binomialvariate spawn`.split(/\s+/),
);

/** Methods of torch's tensors and of its generator that draw from torch's own generator, or may be called on it. */
const DRAWING_IN_TORCH: ReadonlySet<string> = new Set(
  `uniform_ normal_ random_ bernoulli_ bernoulli exponential_ cauchy_ geometric_ log_normal_ multinomial manual_seed seed
   set_state`.split(/\s+/),
);

/**
 * Paths in torch of what draws: functions, first weights of layers, and what has not been looked into. Functions that are not
 * named here do not draw, or are not evaluated.
 */
const TORCH_DRAW =
  /^torch\.(random\.\w+|(manual_)?seed|set_rng_state|rand\w*|normal|bernoulli|multinomial|poisson|binomial|dropout\w*|alpha_dropout\w*|feature_\w*dropout\w*|rrelu\w*|\w+_lowrank|lobpcg|nn\.(?!(Module(\.__init__)?|ModuleDict|ParameterDict|Parameter|ParameterList|ModuleList|Sequential|Identity|Flatten|\w*(Loss|Pool[123]d|Dropout[123]?d?|ELU|LU|Softplus|Softmax\w*|Sigmoid|Tanh|Norm|Norm[123]d|Shrink|Pad[123]d|Hards\w+|Mish|Softsign|Softmin|Threshold|Pixel(Uns|S)huffle|ChannelShuffle|Upsampl\w+|Unflatten|Fold|Unfold|PairwiseDistance)|CosineSimilarity|utils\.(clip_grad_\w+|rnn\.\w+|parameters_to_vector))$)([A-Z]|init\.|utils\.)|nn\.functional\.(\w*dropout\w*|rrelu\w*|gumbel_softmax|fractional_\w+|scaled_dot_product_attention|multi_head_attention_forward)|utils\.|distributions\.|hub\.|jit\.|compile|func\.)/;

const NOTHING: ReadonlySet<string> = new Set();

interface FoundCall {
  readonly call: Call;
  /** The functions and classes that it stands in, the innermost last. */
  readonly within: readonly Scope[];
}

const isReachedUnseen = (s: Scope): boolean =>
  /^__(?!init__$|post_init__$|call__$)\w+__$/.test(s.name) ||
  (s.decorators?.some(d => d.kind === 'name' && d.name === 'property') ?? false);

/** Marks the drawing calls of a program; tells whether there are any. */
export function markDraws(program: readonly Statement[], libraries: Libraries): boolean {
  const paths = new Map<string, string>();
  const calls: FoundCall[] = [];
  const scopes: Scope[] = [];
  const lambdas: { readonly name: string; readonly body: Expression }[] = [];
  const visit = (list: readonly Statement[], within: readonly Scope[]): void => {
    for (const s of list) {
      for (const e of expressionsIn(s)) for (const call of callsIn(e)) calls.push({ call, within });
      if (s.kind === 'import') for (const b of s.bindings) paths.set(b.name, b.path);
      if (s.kind === 'branching') for (const body of s.bodies) visit(body, within);
      if (s.kind === 'scope') {
        scopes.push(s);
        visit(s.body, [...within, s]);
      }
      if (s.kind === 'assign' && s.value.kind === 'lambda')
        for (const t of s.targets) if (t.kind === 'name') lambdas.push({ name: t.name, body: s.value.body });
    }
  };
  visit(program, []);

  const pathOf = (e: Expression): string | undefined => {
    if (e.kind === 'name') return libraries.has(e.name) ? paths.get(e.name) : undefined;
    const object = e.kind === 'member' ? pathOf(e.object) : undefined;
    return e.kind === 'member' && object !== undefined ? `${object}.${e.name}` : undefined;
  };
  const torch = [...paths.values()].some(path => /^torch(\.|$)/.test(path));
  const generatorsIn = (call: Call): string[] =>
    call.arguments.flatMap(a => (a.name === 'generator' ? mayShare(a.value).filter(n => !libraries.has(n)) : []));
  const direct = new Map<Call, readonly string[]>();
  for (const { call } of calls) {
    const { callee } = call;
    const path = pathOf(callee);
    if (path !== undefined) {
      const [, library, name] = /^(numpy\.random|random)\.(\w+)$/.exec(path) ?? [];
      if (library !== undefined && DRAWING.has(name)) direct.set(call, [KEPT[library]]);
      if (TORCH_DRAW.test(path)) direct.set(call, [KEPT.torch, ...generatorsIn(call)]);
    } else if (callee.kind === 'member') {
      const own = torch && DRAWING_IN_TORCH.has(callee.name);
      // `torch.Generator().manual_seed(0)` seeds what nothing else holds.
      const made = callee.object.kind === 'call' && pathOf(callee.object.callee) === 'torch.Generator';
      if (own || DRAWING.has(callee.name))
        direct.set(call, [...mayShare(callee.object), ...(own && !made ? [KEPT.torch, ...generatorsIn(call)] : [])]);
    }
  }
  if (direct.size === 0) return false;

  const own = new Map(scopes.map(s => [s, localNames(s)]));
  const drawnFrom = new Map(scopes.map(s => [s, new Set<string>()]));
  const classes = scopes.filter(s => s.form === 'class');
  const named = new Set(scopes.map(s => s.name));
  /** What a call by this name draws from. */
  const drawers = new Map<string, ReadonlySet<string>>();
  const add = (name: string, from: Iterable<string>): boolean => {
    const before = drawers.get(name) ?? NOTHING;
    const after = new Set([...before, ...from]);
    drawers.set(name, after);
    return after.size > before.size;
  };
  const called = (e: Expression): Iterable<string> => {
    // What a call gives may be any function of the document.
    if (e.kind !== 'name' && e.kind !== 'member')
      return e.kind === 'lambda' ? NOTHING : [...drawers.values()].flatMap(names => [...names]);
    const known = drawers.get(e.name);
    if (known || e.kind === 'member' || named.has(e.name) || libraries.has(e.name)) return known ?? NOTHING;
    // Who knows what may be an object of a class of the document.
    return [...(drawers.get('__call__') ?? []), ...(drawers.get('forward') ?? [])];
  };
  /** Functions and classes that draw from what they are given. */
  const givenTo = new Set<string>();
  const drawn = (call: Call): ReadonlySet<string> => {
    const { callee } = call;
    const given =
      (callee.kind === 'name' || callee.kind === 'member') && givenTo.has(callee.name)
        ? [
            ...call.arguments.flatMap(a => mayShare(a.value)),
            ...(callee.kind === 'member' ? mayShare(callee.object) : []),
          ]
        : [];
    const handed = call.arguments.flatMap(({ value: e }) =>
      e.kind === 'name' || e.kind === 'member' ? [...(drawers.get(e.name) ?? [])] : [],
    );
    return new Set([
      ...(direct.get(call) ?? []),
      ...called(callee),
      ...handed,
      ...given.filter(n => !libraries.has(n)),
    ]);
  };
  for (let grown = true; grown; ) {
    grown = false;
    for (const { call, within } of calls) {
      const from = drawn(call);
      if (from.size === 0) continue;
      within.forEach((s, k) => {
        const inner = within.slice(k);
        const outside = [...from].filter(name => isKept(name) || inner.every(i => !own.get(i)?.has(name)));
        if (s.form !== 'function') return;
        const makes = within[k - 1]?.form === 'class' && /^__(post_)?init__$/.test(s.name);
        for (const name of [s.name, ...(makes ? classes.map(c => c.name) : [])]) {
          grown = add(name, outside) || grown;
          if (outside.length === from.size || givenTo.has(name)) continue;
          givenTo.add(name);
          grown = true;
        }
      });
    }
    for (const { name, body } of lambdas) for (const call of callsIn(body)) grown = add(name, drawn(call)) || grown;
  }
  // Asked before anything is marked: what a function does to the names around it beside drawing.
  const changed = new Map(scopes.map(s => [s, new Set(writtenFromInside(s.body, own.get(s) ?? NOTHING, libraries))]));
  const found = calls.map(({ call, within }) => ({ call, within, from: drawn(call) }));
  for (const { call, within, from } of found) {
    if (from.size > 0 || direct.has(call)) markDraw(call, [...from]);
    // What operators, properties and loops reach stands in no call; an inner function is called by whatever name it is given.
    if (within.some(isReachedUnseen) || within.filter(s => s.form === 'function').length > 1) continue;
    for (const s of within) for (const name of from) if (!changed.get(s)?.has(name)) drawnFrom.get(s)?.add(name);
  }
  for (const [s, names] of drawnFrom) markDrawnFrom(s, names);
  return true;
}
