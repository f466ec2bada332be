export { addProduct } from './product';

/** Where the memory begins that callers may use. */
export function heap(): usize {
  return (__heap_base + 63) & ~63;
}
