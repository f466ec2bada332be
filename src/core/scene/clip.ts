import type { Point } from './scene';

/** Cuts chains of points at the border of a square; what leaves and comes back becomes several lines. */
export function clipper([cx, cy]: Point, half: number): (line: readonly Point[]) => number[][] {
  return line => {
    const out: number[][] = [];
    let run: number[] = [];
    for (let k = 0; k + 1 < line.length; k++) {
      const [x0, y0] = line[k];
      const [dx, dy] = [line[k + 1][0] - x0, line[k + 1][1] - y0];
      // Liang and Barsky: the part of the segment between the sides.
      let [enter, leave] = [0, 1];
      for (const [p, q] of [
        [-dx, x0 - (cx - half)],
        [dx, cx + half - x0],
        [-dy, y0 - (cy - half)],
        [dy, cy + half - y0],
      ]) {
        if (p === 0) {
          if (q < 0) leave = -1;
        } else if (p < 0) enter = Math.max(enter, q / p);
        else leave = Math.min(leave, q / p);
      }
      if (enter > leave) continue;
      if (run.length === 0 || enter > 0) {
        if (run.length > 0) out.push(run);
        run = [x0 + enter * dx, y0 + enter * dy];
      }
      run.push(x0 + leave * dx, y0 + leave * dy);
      if (leave < 1) {
        out.push(run);
        run = [];
      }
    }
    if (run.length > 0) out.push(run);
    return out;
  };
}

/** The part of a ring of corners within a square, after Sutherland and Hodgman: side after side cuts it. */
export function clippedRing(ring: readonly Point[], [cx, cy]: Point, half: number): Point[] {
  let corners = [...ring];
  for (const [axis, limit, sign] of [
    [0, cx - half, 1],
    [0, cx + half, -1],
    [1, cy - half, 1],
    [1, cy + half, -1],
  ] as const) {
    const depth = (p: Point): number => sign * (p[axis] - limit);
    corners = corners.flatMap((to, k): Point[] => {
      const from = corners.at(k - 1) ?? to;
      const [a, b] = [depth(from), depth(to)];
      const kept = b >= 0 ? [to] : [];
      if (a >= 0 === b >= 0) return kept;
      const t = a / (a - b);
      return [[from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])], ...kept];
    });
  }
  return corners;
}
