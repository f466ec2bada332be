/** The part of numeric 1.2.6 that is measured; it comes without types. */
declare module 'numeric' {
  type Rows = readonly (readonly number[])[];
  const numeric: {
    dot(a: Rows, b: Rows): unknown;
    solve(a: Rows, b: readonly number[]): unknown;
    inv(a: Rows): unknown;
    eig(a: Rows): unknown;
    svd(a: Rows): unknown;
    add(a: readonly number[], b: readonly number[]): unknown;
    exp(a: readonly number[]): number[];
    sum(a: readonly number[]): number;
    div(a: readonly number[], by: number): unknown;
    norm2(a: readonly number[]): unknown;
  };
  export default numeric;
}
