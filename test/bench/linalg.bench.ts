import { execFileSync } from 'node:child_process';
import * as JAX from '@jax-js/jax';
import { create, all as everything } from 'mathjs';
import * as ML from 'ml-matrix';
import numeric from 'numeric';
import * as NT from 'numpy-ts';
import { placeOf } from '../../src/core/evaluate/place';
import { readDocument } from '../../src/core/index';
import * as L from '../../src/core/linalg/index';
import { arithmetic } from '../../src/core/values/elementwise';
import { generate, ndarray } from '../../src/core/values/ndarray';
import { multiplyReal } from '../../src/core/values/product';
import { random } from '../core/linalg/gallery';
import { row } from './measure';

// jax-js names a class that Node 20 lacks; no array here is of it.
(globalThis as { Float16Array?: unknown }).Float16Array ??= class {};
await JAX.init('wasm');
JAX.defaultDevice('wasm');
// What numpy-ts does not free inside of its functions fills its heap, and then it computes several times more slowly.
NT.configureWasm({ maxMemory: 2 ** 31 });
/** Lets finalizers run, which give memory back. */
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

type Row = ReturnType<typeof row>;

type Work = 'matmul' | 'solve' | 'inverse' | 'QR' | 'eigh' | 'eig' | 'SVD';
type Jobs = Readonly<Partial<Record<Work, () => unknown>>>;

const WORKS: readonly Work[] = ['matmul', 'solve', 'inverse', 'QR', 'eigh', 'eig', 'SVD'];
/** Milliseconds that a job may take before it is measured no more, and a peer's job before larger sides are left out. */
const SLOW = 1000;
const HOPELESS = 4000;

/** Milliseconds of the quickest of several runs: five, or as many as half a second holds. */
function time(job: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let run = 0; run < 5 || performance.now() - start < 500; run++) {
    const before = performance.now();
    job();
    best = Math.min(best, performance.now() - before);
    if (performance.now() - start > SLOW) break;
  }
  return best;
}

/** Milliseconds by work and side of NumPy on one thread, where it is installed. */
function numpy(sides: readonly number[]): Readonly<Record<string, number>> {
  const program = `
import json, time
import numpy as np
out = {}
def measure(name, job):
    best = 1e9
    start = time.perf_counter()
    run = 0
    while run < 5 or time.perf_counter() - start < 0.5:
        t = time.perf_counter(); job(); best = min(best, time.perf_counter() - t)
        run += 1
        if time.perf_counter() - start > 1: break
    out[name] = best * 1000
for n in ${JSON.stringify(sides)}:
    a = np.random.randn(n, n); h = a + a.T; b = np.random.randn(n, 1)
    for name, job in [('matmul', lambda: a @ a), ('solve', lambda: np.linalg.solve(a, b)), ('inverse', lambda: np.linalg.inv(a)),
                      ('QR', lambda: np.linalg.qr(a)), ('eigh', lambda: np.linalg.eigh(h)), ('eig', lambda: np.linalg.eig(a)),
                      ('SVD', lambda: np.linalg.svd(a))]:
        measure(name + ' ' + str(n), job)
x = np.sin(np.arange(1000000.0))
measure('add 10^6', lambda: x + x)
measure('norm 10^6', lambda: np.linalg.norm(x))
def softmax():
    p = np.exp(x - x.max())
    return p / p.sum()
measure('softmax 10^6', softmax)
print(json.dumps(out))
`;
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  for (const python of ['/usr/bin/python3', 'python3', 'python']) {
    try {
      return JSON.parse(
        execFileSync(python, ['-c', program], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      );
    } catch {
      // Not installed here, or without NumPy: the next one.
    }
  }
  return {};
}

function ours(a: L.Matrix, h: L.Matrix, b: L.Matrix): Jobs {
  const n = a.rows;
  return {
    matmul: () => multiplyReal(a.re, a.re, n, n, n),
    solve: () => L.solve(a, b),
    inverse: () => L.inverse(a),
    QR: () => L.qr(a),
    eigh: () => L.symmetricEigen(h),
    eig: () => L.generalEigen(a),
    SVD: () => L.svd(a),
  };
}

/** numpy-ts keeps results in a heap of its own, which never recovers once it is full. */
function disposed(result: unknown): void {
  const { dispose } = result as { readonly dispose?: () => void };
  if (typeof dispose === 'function') dispose.call(result);
  else if (typeof result === 'object' && result !== null) Object.values(result).forEach(disposed);
}

/** jax-js computes when it is asked for the numbers. */
const computed = (result: JAX.numpy.Array | readonly JAX.numpy.Array[]): unknown =>
  [result].flat().map(x => (x as JAX.numpy.Array).dataSync());

const rows = (m: L.Matrix): number[][] =>
  Array.from({ length: m.rows }, (_, i) => Array.from(m.re.subarray(i * m.columns, (i + 1) * m.columns)));

function peers(a: L.Matrix, h: L.Matrix, b: L.Matrix): Readonly<Record<string, Jobs>> {
  const math = create(everything, {});
  const [x, y, z] = [rows(a), rows(h), rows(b)];
  const [p, q, r] = [x, y, z].map(m => new ML.Matrix(m));
  const [u, v, w] = [x, y, z].map(m => math.matrix(m));
  const [f, g, k] = [a, h, b].map(m => NT.array(m.re).reshape(m.rows, m.columns));
  const [c, d, e] = [a, h, b].map(m =>
    JAX.numpy.array(m.re, { dtype: JAX.DType.Float64 }).reshape([m.rows, m.columns]),
  );
  return {
    'ml-matrix': {
      matmul: () => p.mmul(p),
      solve: () => ML.solve(p, r),
      inverse: () => ML.inverse(p),
      QR: () => {
        const f = new ML.QrDecomposition(p);
        return [f.orthogonalMatrix, f.upperTriangularMatrix];
      },
      eigh: () => new ML.EigenvalueDecomposition(q, { assumeSymmetric: true }),
      eig: () => new ML.EigenvalueDecomposition(p),
      SVD: () => new ML.SingularValueDecomposition(p),
    },
    'numpy-ts': {
      matmul: () => disposed(NT.matmul(f, f)),
      solve: () => disposed(NT.linalg.solve(f, k)),
      inverse: () => disposed(NT.linalg.inv(f)),
      QR: () => disposed(NT.linalg.qr(f)),
      eigh: () => disposed(NT.linalg.eigh(g)),
      eig: () => disposed(NT.linalg.eig(f)),
      SVD: () => disposed(NT.linalg.svd(f)),
    },
    'jax-js': {
      matmul: () => computed(JAX.numpy.matmul(c.ref, c.ref)),
      solve: () => computed(JAX.numpy.linalg.solve(c.ref, e.ref)),
      inverse: () => computed(JAX.numpy.linalg.inv(c.ref)),
      eigh: () => computed(JAX.numpy.linalg.eigh(d.ref)),
      SVD: () => computed(JAX.numpy.linalg.svd(c.ref)),
    },
    mathjs: {
      matmul: () => math.multiply(u, u),
      solve: () => math.lusolve(u, w),
      inverse: () => math.inv(u),
      QR: () => math.qr(u),
      eigh: () => math.eigs(v),
    },
    numeric: {
      matmul: () => numeric.dot(x, x),
      solve: () =>
        numeric.solve(
          x,
          z.map(row => row[0]),
        ),
      inverse: () => numeric.inv(x),
      eigh: () => numeric.eig(y),
      eig: () => numeric.eig(x),
      SVD: () => numeric.svd(x),
    },
  };
}

async function decompositions(sides: readonly number[], reference: Readonly<Record<string, number>>): Promise<Row[]> {
  const out: Row[] = [];
  const hopeless = new Set<string>();
  for (const [at, n] of sides.entries()) {
    // The work grows as the cube of the side.
    const growth = ((sides[at + 1] ?? n) / n) ** 3;
    const a = random(n, n, n);
    const h = L.matrix(
      n,
      n,
      a.re.map((x, k) => x + a.re[(k % n) * n + Math.floor(k / n)]),
    );
    const b = random(n, 1, n + 1);
    const own = ours(a, h, b);
    const others = peers(a, h, b);
    for (const work of WORKS) {
      const mine = time(own[work] as () => unknown);
      for (const [peer, jobs] of Object.entries(others)) {
        const job = jobs[work];
        if (!job || hopeless.has(`${peer} ${work}`)) continue;
        try {
          await turn();
          const theirs = time(job);
          if (theirs * growth > HOPELESS) hopeless.add(`${peer} ${work}`);
          out.push(row(`${work} ${n}`, mine, peer, theirs));
        } catch {
          // A peer that gives up here gives up on larger ones too.
          hopeless.add(`${peer} ${work}`);
        }
      }
      const measured = reference[`${work} ${n}`];
      if (measured) out.push(row(`${work} ${n}`, mine, 'NumPy, 1 thread', measured));
    }
  }
  return out;
}

function softmaxOf(list: readonly number[]): unknown {
  const powers = numeric.exp(list);
  return numeric.div(powers, numeric.sum(powers));
}

function softmaxTs(x: NT.NDArray): void {
  const shifted = NT.subtract(x, NT.max(x) as number);
  const powers = NT.exp(shifted);
  taken(NT.divide(powers, NT.sum(powers) as number));
  disposed([shifted, powers]);
}

/** A Float64Array of one's own: what numpy-ts gives stands in its heap. */
function taken(result: NT.NDArray): unknown {
  const numbers = result.data.slice();
  disposed(result);
  return numbers;
}

/**
 * Norm and softmax go through the evaluator of a document in which their argument has its value already, as in the editor.
 * Every library is to give an array that stays for as long as it is wanted: jax-js and numpy-ts copy theirs out of their
 * heaps. A numpy-ts array that is disposed of unread at once takes a quarter of the time that is shown for a sum.
 * jax-js comes last: its memory grows, which detaches a buffer, and after that V8 makes every typed array slower.
 */
function vectors(reference: Readonly<Record<string, number>>): Row[] {
  const size = 1e6;
  const document = readDocument(
    `import numpy as np
from scipy.special import softmax
x = np.sin(np.arange(${size}.0))
x
np.linalg.norm(x)
softmax(x)[0]`,
    'python',
  );
  const evaluator = document.evaluator('large');
  const through = (line: number): (() => unknown) => {
    const site = document.bindings.sites[line];
    const statement = site.statement;
    if (statement.kind !== 'expression') throw new Error('the line is no expression');
    return () => {
      const outcome = evaluator.evaluate(statement.expression, placeOf(site));
      if (outcome.status !== 'ok') throw new Error(outcome.message);
      return outcome.value;
    };
  };
  const x = generate(size, Math.sin);
  const array = ndarray('float64', [size], x);
  const m = new ML.Matrix([Array.from(x)]);
  const list = Array.from(x);
  const nt = NT.array(x);
  let made: JAX.numpy.Array | undefined;
  const jax = (): JAX.numpy.Array => {
    made ??= JAX.numpy.array(x, { dtype: JAX.DType.Float64 });
    return made.ref;
  };
  through(3)();
  const jobs: readonly (readonly [string, () => unknown, Readonly<Record<string, () => unknown>>])[] = [
    [
      'add 10^6',
      () => arithmetic('add', array, array, 'float64'),
      {
        'ml-matrix': () => ML.Matrix.add(m, m),
        numeric: () => numeric.add(list, list),
        'jax-js': () => computed(JAX.numpy.add(jax(), jax())),
        'numpy-ts': () => taken(NT.add(nt, nt)),
      },
    ],
    [
      'norm 10^6',
      through(4),
      {
        'ml-matrix': () => m.norm('frobenius'),
        numeric: () => numeric.norm2(list),
        'numpy-ts': () => NT.linalg.norm(nt),
        'jax-js': () => computed(JAX.numpy.linalg.norm(jax())),
      },
    ],
    [
      'softmax 10^6',
      through(5),
      {
        numeric: () => softmaxOf(list),
        'numpy-ts': () => softmaxTs(nt),
        'jax-js': () => computed(JAX.nn.softmax(jax())),
      },
    ],
  ];
  const measured = new Map<string, number>();
  for (const [work, job] of jobs) measured.set(work, time(job));
  for (const peer of ['ml-matrix', 'numeric', 'numpy-ts', 'jax-js'])
    for (const [work, , others] of jobs) if (others[peer]) measured.set(`${work} ${peer}`, time(others[peer]));
  return jobs.flatMap(([work, , others]) => {
    const mine = measured.get(work) as number;
    const peers = Object.keys(others).map(peer => row(work, mine, peer, measured.get(`${work} ${peer}`) as number));
    return reference[work] ? [...peers, row(work, mine, 'NumPy, 1 thread', reference[work])] : peers;
  });
}

export default async function measure(): Promise<readonly { readonly title: string; readonly rows: readonly Row[] }[]> {
  const sides = [64, 256, 512];
  const reference = numpy(sides);
  const rowsOfVectors = vectors(reference);
  return [
    { title: 'Linear algebra, float64', rows: await decompositions(sides, reference) },
    { title: 'Vectors, float64', rows: rowsOfVectors },
  ];
}
