/** The least of several runs in milliseconds, after one that is not counted. */
export function best(run: () => unknown, times = 7): number {
  run();
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const since = performance.now();
    run();
    least = Math.min(least, performance.now() - since);
  }
  return least;
}

/** The time under which `share` of the runs stay, in milliseconds. */
export function percentile(share: number, run: (i: number) => unknown, times = 200): number {
  const all: number[] = [];
  for (let i = 0; i < times; i++) {
    const since = performance.now();
    run(i);
    all.push(performance.now() - since);
  }
  all.sort((a, b) => a - b);
  return all[Math.min(times - 1, Math.floor(share * times))];
}

/** One line of a table, times in milliseconds; a ratio above 1 says that ours is faster. */
export const row = (work: string, ours: number, peer: string, theirs: number) => ({
  work,
  ours,
  peer,
  theirs,
  ratio: theirs / ours,
});
