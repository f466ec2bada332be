import { BYTES } from './bytes';

type Kernel<Result = void> = (...numbers: readonly number[]) => Result;

/** What the compiled kernels offer, as assembly/index.ts exports it; places and steps in memory are bytes. */
export interface Kernels {
  readonly heap: Kernel<number>;
  readonly addSquares: Kernel;
  readonly exponentials: Kernel<number>;
  readonly addProduct: Kernel;
  readonly dot: Kernel<number>;
  readonly multiplyRows: Kernel;
  readonly eliminate: Kernel;
  readonly solveUnitLower: Kernel;
  readonly solveUpper: Kernel;
  readonly reflectRows: Kernel;
  readonly updateAndMultiply: Kernel;
  readonly updateTriangle: Kernel;
  readonly turnColumns: Kernel;
  readonly reflectTriples: Kernel;
  readonly reflectColumnTriples: Kernel;
}

/** The address of entry `index`. */
export const at = (x: Float64Array, index: number): number => x.byteOffset + 8 * index;

// What is used of two globals that every host has, but no ES library declares.
declare const WebAssembly:
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
      readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
    }
  | undefined;
declare const atob: (text: string) => string;

const PAGE = 2 ** 16;
/** Bytes: what the memory may hold at most, and what of it is kept when no work goes on. */
const MOST = 2 ** 29;
const KEPT = 2 ** 26;
/** Bytes that the kernels' own data take at most, and pages of a first memory. */
const HEAP = 2 ** 22;
const FIRST = 2 ** 7;
/** Numbers below which the way into the memory costs more than it saves. */
const WORTHWHILE = 1024;

let compiled: object | undefined;
let allowed = true;
let live: Kernels | undefined;
let buffer: ArrayBuffer | undefined;
let top = 0;
let depth = 0;

/** Whether there are kernels with a memory of so many bytes now. WebAssembly may be missing or, as by a content security policy, forbidden. */
function load(bytes: number): boolean {
  try {
    if (!WebAssembly) throw new Error('no WebAssembly');
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(BYTES), c => c.charCodeAt(0)));
    const memory = new WebAssembly.Memory({ initial: Math.max(Math.ceil(bytes / PAGE), FIRST) });
    live = new WebAssembly.Instance(compiled, { env: { memory } }).exports as Kernels;
    buffer = memory.buffer;
    top = live.heap();
    return true;
  } catch {
    // Where only the memory is too large, smaller works go on.
    allowed = compiled !== undefined;
    return false;
  }
}

/** The kernels when they can reach these arrays. */
export const reach = (a: Float64Array, b: Float64Array = a, c: Float64Array = a): Kernels | undefined =>
  buffer !== undefined && a.buffer === buffer && b.buffer === buffer && c.buffer === buffer ? live : undefined;

/** Gives out arrays, of zeros unless the contents do not matter, which end with the room that they are taken in. */
export type Take = (size: number, zeros?: boolean) => Float64Array;

/**
 * Runs `work` with arrays that the compiled kernels reach, `doubles` numbers or a little more altogether; ordinary arrays
 * where there are no kernels, or where the work is too small or too large for them. Results are to be copied out.
 * Rooms nest; an inner one has what the outer left.
 */
export function inRoom<T>(doubles: number, work: (take: Take) => T): T {
  if (doubles < WORTHWHILE || !reserve(8 * doubles)) return work(size => new Float64Array(size));
  const mark = top;
  depth++;
  try {
    return work(take);
  } finally {
    top = mark;
    if (--depth === 0 && buffer && buffer.byteLength > KEPT) live = buffer = undefined;
  }
}

/**
 * Whether so many bytes and some more are there. Between the works a memory that is too small makes way for one of twice its
 * size. It does not grow: that detaches its buffer, and once any buffer is detached V8 checks for it wherever a typed array
 * is read or written, which makes plain loops nearly twice as slow.
 */
function reserve(bytes: number): boolean {
  if (!allowed) return false;
  const wanted = (buffer ? top : HEAP) + bytes * 1.25 + PAGE;
  if (buffer && wanted <= buffer.byteLength) return true;
  if (depth > 0 || wanted > MOST) return false;
  return load(Math.max(wanted, Math.min(2 * (buffer?.byteLength ?? 0), MOST)));
}

function take(size: number, zeros = true): Float64Array {
  if (!buffer || top + 8 * size > buffer.byteLength) return new Float64Array(size);
  const array = new Float64Array(buffer, top, size);
  if (zeros) array.fill(0);
  // The next cache line but one: rows of arrays with like sides do not meet in the cache.
  top = (top + 8 * size + 127) & ~63;
  return array;
}

/** A copy that stands in the room. */
export function copyIn(take: Take, x: Float64Array): Float64Array {
  const to = take(x.length, false);
  to.set(x);
  return to;
}

/** Runs `work` without compiled kernels, as where they are forbidden. */
export function plainly<T>(work: () => T): T {
  const before = allowed;
  const [kernels, memory] = [live, buffer];
  allowed = false;
  live = buffer = undefined;
  try {
    return work();
  } finally {
    allowed = before;
    live = kernels;
    buffer = memory;
  }
}
