import { type Element, isFloatType } from '../../values/dtype';
import { contiguous, fromElements, type NDArray, ndarray, transpose } from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { fail } from '../stop';
import { axisOf, elementsOf, int, integersOf, toArray } from './coerce';
import { before } from './sorting';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** How many of the places found already are remembered between selections. */
const REMEMBERED = 50;

/**
 * NumPy's selection (introselect: quickselect with a median of three, Musser 1997), so that the elements which are not
 * asked for stand where NumPy leaves them. `order` holds positions in `values` and is permuted.
 */
class Selection {
  private readonly found: number[] = [];

  constructor(
    private readonly values: readonly Element[],
    private readonly order: number[],
    private readonly inexact: boolean,
  ) {}

  private less(i: number, j: number): boolean {
    return before(this.values[this.order[i]], this.values[this.order[j]]) < 0;
  }

  private swap(i: number, j: number): void {
    [this.order[i], this.order[j]] = [this.order[j], this.order[i]];
  }

  private remember(pivot: number, kth: number): void {
    if (pivot === kth && this.found.length === REMEMBERED) this.found[REMEMBERED - 1] = pivot;
    else if (pivot >= kth && this.found.length < REMEMBERED) this.found.push(pivot);
  }

  select(kth: number): void {
    let low = 0;
    let high = this.order.length - 1;
    while (this.found.length > 0) {
      const last = this.found[this.found.length - 1];
      if (last > kth) {
        high = last - 1;
        break;
      }
      if (last === kth) return;
      low = last + 1;
      this.found.pop();
    }
    if (kth - low < 3) {
      this.smallest(low, high, kth);
      this.remember(kth, kth);
      return;
    }
    if (this.inexact && kth === this.order.length - 1) {
      let largest = low;
      for (let k = low + 1; k < this.order.length; k++) if (!this.less(k, largest)) largest = k;
      this.swap(kth, largest);
      return;
    }
    let depth = 2 * Math.floor(Math.log2(this.order.length));
    while (low + 1 < high) {
      let ll = low + 1;
      let hh = high;
      if (depth > 0 || hh - ll < 5) this.medianOfThree(low, low + ((high - low) >> 1), high);
      else {
        this.swap(ll + this.medianOfMedians(ll, hh - ll), low);
        ll--;
        hh++;
      }
      depth--;
      const pivot = this.values[this.order[low]];
      for (;;) {
        do ll++;
        while (before(this.values[this.order[ll]], pivot) < 0);
        do hh--;
        while (before(pivot, this.values[this.order[hh]]) < 0);
        if (hh < ll) break;
        this.swap(ll, hh);
      }
      this.swap(low, hh);
      if (hh !== kth) this.remember(hh, kth);
      if (hh >= kth) high = hh - 1;
      if (hh <= kth) low = ll;
    }
    if (high === low + 1 && this.less(high, low)) this.swap(high, low);
    this.remember(kth, kth);
  }

  /** The smallest elements one after the other. */
  private smallest(low: number, high: number, kth: number): void {
    for (let i = low; i <= kth; i++) {
      let least = i;
      for (let k = i + 1; k <= high; k++) if (this.less(k, least)) least = k;
      this.swap(i, least);
    }
  }

  private medianOfThree(low: number, mid: number, high: number): void {
    if (this.less(high, mid)) this.swap(high, mid);
    if (this.less(high, low)) this.swap(high, low);
    if (this.less(low, mid)) this.swap(low, mid);
    this.swap(mid, low + 1);
  }

  private medianOfFive(at: number): number {
    if (this.less(at + 1, at)) this.swap(at + 1, at);
    if (this.less(at + 4, at + 3)) this.swap(at + 4, at + 3);
    if (this.less(at + 3, at)) this.swap(at + 3, at);
    if (this.less(at + 4, at + 1)) this.swap(at + 4, at + 1);
    if (this.less(at + 2, at + 1)) this.swap(at + 2, at + 1);
    if (this.less(at + 3, at + 2)) return this.less(at + 3, at + 1) ? 1 : 3;
    return 2;
  }

  private medianOfMedians(start: number, count: number): number {
    const groups = Math.floor(count / 5);
    for (let i = 0; i < groups; i++) this.swap(start + 5 * i + this.medianOfFive(start + 5 * i), start + i);
    if (groups > 2) {
      const part = this.order.slice(start, start + groups);
      new Selection(this.values, part, this.inexact).select(Math.floor(groups / 2));
      part.forEach((p, k) => {
        this.order[start + k] = p;
      });
    }
    return Math.floor(groups / 2);
  }
}

/** The array with every lane partitioned at `kth`, or the indices that would do so. */
export function partitioned(x: Bound, indices: boolean): NDArray {
  const given = toArray(need(x.a));
  const flat = x.axis?.kind === 'none';
  const items = elementsOf(given);
  const source = flat ? fromElements(given.dtype, [items.length], items) : given;
  if (source.shape.length === 0 && indices) {
    for (const k of integersOf(need(x.kth))) if (k < -1 || k > 0) fail(`ValueError: kth(=${k}) out of bounds (1)`);
    return ndarray('int64', [1], Float64Array.of(0));
  }
  const axis = axisOf(x.axis && !flat ? x.axis : int(-1), source.shape.length);
  const others = source.shape.map((_, i) => i).filter(i => i !== axis);
  const order = [...others, axis];
  const lanes = contiguous(transpose(source, order));
  const n = source.shape[axis];
  if (n === 0) return indices ? ndarray('int64', source.shape, new Float64Array(0)) : source;
  const kth = integersOf(need(x.kth))
    .map(k => (k < -n || k >= n ? fail(`ValueError: kth(=${k}) out of bounds (${n})`) : k < 0 ? k + n : k))
    .sort((p, q) => p - q);
  const all = elementsOf(lanes);
  const out: Element[] = [];
  for (let from = 0; from < all.length; from += n) {
    const lane = all.slice(from, from + n);
    const places = lane.map((_, k) => k);
    const selection = new Selection(lane, places, isFloatType(source.dtype));
    for (const k of kth) selection.select(k);
    for (const p of places) out.push(indices ? p : lane[p]);
  }
  const back = order.map((_, i) => order.indexOf(i));
  return contiguous(transpose(fromElements(indices ? 'int64' : source.dtype, lanes.shape, out), back));
}

const SIGNATURE = 'a, kth, axis=-1, kind=introselect, order=None';

export const PARTITIONS: readonly LibraryFunction[] = [
  { path: 'numpy.partition', signature: SIGNATURE, evaluate: x => arrayValue(partitioned(x, false)) },
  { path: 'numpy.argpartition', signature: SIGNATURE, evaluate: x => arrayValue(partitioned(x, true)) },
];
