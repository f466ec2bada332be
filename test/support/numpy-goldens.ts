import { readFileSync } from 'node:fs';
import { FAULT } from '../../src/core/evaluate/evaluate';
import { evaluateSource } from '../../src/core/index';

/** A program and what NumPy shows for its expression statements; lines are counted behind `import numpy as np`. */
export interface Program {
  readonly source: string;
  readonly module?: string;
  readonly name?: string;
  readonly results: readonly { readonly line: number; readonly text?: string; readonly error?: string }[];
}

export interface Tally {
  exact: number;
  /** Same layout, every number within a relative 1e-7: other roundings of the same value. */
  close: number;
  unknown: number;
  readonly wrong: string[];
  readonly unknowns: string[];
}

export const programs = (file: string): Program[] =>
  JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), 'utf8'));

const NUMBER = /[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)/g;
const layout = (text: string): string => text.replace(NUMBER, '#').replace(/\s+/g, '');

function near(a: string, b: string): boolean {
  const [x, y] = [a, b].map(t => t.match(NUMBER) ?? []);
  if (layout(a) !== layout(b) || x.length !== y.length) return false;
  const size = Math.max(1e-8, ...y.map(t => Math.abs(Number(t))).filter(Number.isFinite));
  return x.every((p, i) => p === y[i] || Math.abs(Number(p) - Number(y[i])) <= 1e-7 * size);
}

/** Another last digit that is shown, or float32 numbers within a few steps of the largest one. */
function nearNarrow(a: string, b: string): boolean {
  const [x, y] = [a, b].map(t => t.match(NUMBER) ?? []);
  if (layout(a) !== layout(b) || x.length !== y.length) return false;
  const shownStep = (t: string): number => {
    const [, digits = '', exponent = '0'] = /\.(\d*)(?:e([-+]?\d+))?/.exec(t) ?? [];
    return 10 ** (Number(exponent) - digits.length);
  };
  const size = Math.max(1, ...y.map(t => Math.abs(Number(t))).filter(Number.isFinite));
  return x.every((p, i) => {
    const distance = Math.abs(Number(p) - Number(y[i]));
    return p === y[i] || distance <= 1.01 * shownStep(y[i]) || distance <= 5e-7 * size;
  });
}

/** What programs of another library begin with, and which differences in digits do not count as wrong. */
const TORCH = {
  prelude: [
    'import math',
    'import numpy as np',
    'import torch',
    'import torch.nn.functional as F',
    'from torch import nn',
  ],
  near: nearNarrow,
};
const SCIPY = {
  prelude: ['import numpy as np', 'from scipy import linalg, special', 'from scipy.spatial import distance'],
  near,
};
const NUMPY = { prelude: ['import numpy as np'], near };

/** Evaluates the programs and counts how their answers compare with NumPy's. */
export const compareWithNumpy = (list: readonly Program[]): Tally => compare(list, NUMPY);

/** The same with scipy's. */
export const compareWithScipy = (list: readonly Program[]): Tally => compare(list, SCIPY);

/** The same with torch's. */
export const compareWithTorch = (list: readonly Program[]): Tally => compare(list, TORCH);

function compare(list: readonly Program[], { prelude, near }: typeof TORCH): Tally {
  const tally: Tally = { exact: 0, close: 0, unknown: 0, wrong: [], unknowns: [] };
  for (const { source, results } of list) {
    const lines = source.split('\n');
    const whole = [...prelude, source].join('\n');
    const answers = new Map(evaluateSource(whole, 'python').map(e => [e.line - prelude.length, e]));
    for (const r of results) {
      const got = answers.get(r.line);
      if (!got || (got.status === 'unknown' && !got.message?.startsWith(FAULT))) {
        tally.unknown++;
        tally.unknowns.push(`${lines[r.line]}: ${got?.message ?? 'not evaluated'}`);
        continue;
      }
      const text = got.status === 'ok' ? (got.text ?? '') : (got.message ?? '');
      const wanted = r.text ?? r.error ?? '';
      const sameKind = (got.status === 'ok') === (r.text !== undefined);
      if (sameKind && text === wanted) tally.exact++;
      else if (sameKind && r.text !== undefined && near(text, wanted)) tally.close++;
      else tally.wrong.push(`${lines[r.line]}\n  there: ${wanted}\n  here:  ${text}`);
    }
  }
  return tally;
}
