import { describe, expect, it } from 'vitest';
import { through } from '../../../src/core/scene/composition-chain';
import { editedPicture } from '../../../src/core/scene/edit';
import { sceneOf, typeOf } from '../../../src/core/scene/index';
import type { Picture, PictureOf } from '../../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS, type Point, type Scene } from '../../../src/core/scene/scene';
import { picturesIn } from '../../support/pictures';

const NET = `import numpy as np
def relu(z):
    return np.maximum(0, z)
W1 = np.array([[1, -1], [0.5, 1]])
W2 = np.array([[1, 1], [-1, 2]])
b = np.array([0.5, -1])
x = np.array([1, 2])
P = np.array([[1, 0], [0, 1], [1, 1]])
`;
const first = (at: string, text = NET, languageId = 'python'): Picture | undefined =>
  picturesIn(`${text}${at}\n`, at, languageId)[0];
const chain = (at: string, text = NET, languageId = 'python'): PictureOf<'composition'> => {
  const picture = first(at, text, languageId);
  if (picture?.kind !== 'composition') throw new Error(`${at}: ${picture?.kind}`);
  return picture;
};
const drawn = (picture: Picture, time = 1): Scene => sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time });
const texts = (scene: Scene): string[] => scene.marks.flatMap(m => (m.kind === 'label' ? [m.text] : []));
const kinds = ({ stages }: PictureOf<'composition'>): string =>
  stages.map(s => (s.kind === 'pointwise' ? s.name : s.label)).join(' ');

describe('a chain of maps', () => {
  it('is read from the trace, innermost first', () => {
    expect(kinds(chain('W2 @ relu(W1 @ x + b)'))).toBe('W1 b relu W2');
    expect(kinds(chain('relu(W1 @ x + b)'))).toBe('W1 b relu');
    expect(kinds(chain('W2 @ np.maximum(W1 @ x, 0)'))).toBe('W1 relu W2');
    expect(kinds(chain('np.tanh(W1 @ x - b)', NET))).toBe('W1 (−b) tanh');
    expect(kinds(chain('W1 @ x + b'))).toBe('W1 b');
    expect(kinds(chain('b + W1 @ x'))).toBe('W1 b');
    expect(kinds(chain('W2 @ W1 @ x'))).toBe('W1 W2');
    expect(kinds(chain('P.T @ P @ x'))).toBe('P P.T');
    expect(kinds(chain('P @ x'))).toBe('P');
    const named = `${NET}h = relu(W1 @ x + b)\n`;
    expect(kinds(chain('W2 @ h', named))).toBe('W1 b relu W2');
    const octave = 'W = [1 2; 3 4];\nx = [1; -2];\n';
    expect(kinds(chain('W * max(0, W * x)', octave, 'matlab'))).toBe('W relu W');
  });

  it('is not made of what is no chain', () => {
    expect(first('x + b')?.kind).toBe('vector-sum');
    expect(first('W1 @ x')?.kind).toBe('matrix-vector');
    expect(first('np.maximum(x, b)')?.kind).toBe('vectors');
  });

  it('ends with the value of the expression', () => {
    const net = chain('W2 @ relu(W1 @ x + b)');
    expect(net.stages.reduce((v, s) => through(s, v), net.start?.components ?? [])).toEqual([1.5, 3]);
    const scene = drawn(net);
    expect(texts(scene)).toEqual(
      expect.arrayContaining([
        'x',
        '(1, 2)',
        'W1 ·',
        '(−1, 2.5)',
        '+ b',
        '(−0.5, 1.5)',
        'ReLU',
        '(0, 1.5)',
        '(1.5, 3)',
      ]),
    );
    expect(scene.moments?.map(m => m.time)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(drawn(net, 0.6).caption).toBe('3 of 4: ReLU of each entry');
    expect(texts(drawn(net, 0.6))).not.toContain('(1.5, 3)');
  });

  it('follows the vector that is moved in the first frame', () => {
    const net = chain('W2 @ relu(W1 @ x + b)');
    const moved = editedPicture(net, 'vector', [2, 0]);
    expect(texts(drawn(moved))).toContain('(2.5, −2.5)');
    expect(drawn(moved).handles).toEqual([{ id: 'vector', at: [2, 0], paint: 'result', label: 'x, (2, 0)' }]);
  });

  it('keeps every line within its frame', () => {
    for (const time of [0.1, 0.5, 0.9, 1]) {
      const scene = drawn(chain('W2 @ relu(W1 @ x + b)'), time);
      const { left, right, bottom, top } = scene.bounds;
      for (const mark of scene.marks)
        if (mark.kind === 'path' && mark.stroke === 'grid')
          for (const line of mark.lines)
            line.forEach((v, k) => {
              expect(v).toBeGreaterThan(k % 2 === 0 ? left : bottom);
              expect(v).toBeLessThan(k % 2 === 0 ? right : top);
            });
    }
  });

  it('offers a product of maps after the product of tables', () => {
    const all = picturesIn(`${NET}W2 @ W1\n`, 'W2 @ W1').map(p => p.kind);
    expect(all.slice(0, 2)).toEqual(['matrix-product', 'composition']);
    expect(texts(drawn(picturesIn(`${NET}W2 @ P.T @ P\n`, 'W2 @ P.T @ P')[1]))).toEqual(
      expect.arrayContaining(['before', 'P ·', 'P.T ·', 'W2 ·']),
    );
  });
});

describe('a point that is followed through a chain', () => {
  const net = chain('W2 @ relu(W1 @ x + b)');
  const { pointed, stepped } = typeOf(net);
  const at = (p: Point, reach: number, time = 1): readonly number[] | undefined =>
    pointed?.(net, { ...DEFAULT_SCENE_OPTIONS, time }, p, reach);
  const following = (followed: readonly number[], time = 1): Scene =>
    sceneOf(net, { ...DEFAULT_SCENE_OPTIONS, time, followed });

  it('is marked in every frame, with its coordinates below and in the caption', () => {
    const scene = following([2, 1]);
    expect(scene.caption).toBe('(2, 1) → W1 · (1, 2) → + b (1.5, 1) → ReLU (1.5, 1) → W2 · (2.5, 0.5)');
    expect(scene.marks.filter(m => m.kind === 'points' && m.paint === 'foreground')).toHaveLength(5);
    expect(texts(scene)).toEqual(expect.arrayContaining(['(2, 1)', '(1, 2)', '(1.5, 1)', '(2.5, 0.5)']));
    expect(following([1, 2]).caption).toMatch(/^x \(1, 2\) → W1 · \(−1, 2.5\)/);
  });

  it('goes as far as the time', () => {
    expect(following([1, 0], 0.3).caption).toBe('e₁ (1, 0) → W1 · (1, 0.5)');
  });

  it('is any point of the first frame, and of the others one that a crossing of the grid comes to', () => {
    expect(at([0.3, 0.4], 0.01)).toEqual([0.3, 0.4]);
    expect(at([1.02, 1.97], 0.1)).toEqual([1, 2]);
    for (const followed of [
      [2, 1],
      [-1, 1],
    ]) {
      const dots = following(followed).marks.flatMap(m => (m.kind === 'points' && m.radius === 5 ? [m.at] : []));
      // In the second frame nothing else has come to the same place.
      expect(at([dots[1][0], dots[1][1]], 0.1)).toEqual(followed);
    }
    expect(at([100, 100], 0.1)).toBeUndefined();
  });

  it('moves over the grid by keyboard, the vector first', () => {
    expect(stepped?.(net, undefined, [1, 0])).toEqual([1, 2]);
    expect(stepped?.(net, [1, 2], [1, 0])).toEqual([2, 2]);
    expect(stepped?.(net, [0.3, 2], [-1, 0])).toEqual([0, 2]);
    expect(stepped?.(net, [7, 2], [1, 0])).toEqual([7, 2]);
  });

  it('is chosen by its name in space', () => {
    const picture = chain('P @ x');
    const { operand: _, ...start } = picture.start ?? { label: '', components: [] };
    const free = { ...picture, start };
    const scene = sceneOf(free, { ...DEFAULT_SCENE_OPTIONS, settings: { follow: 'basis 1' } });
    expect(scene.turnable).toBe(true);
    expect(scene.caption).toBe('e₂ (0, 1) → P · (0, 1, 1)');
  });
});
