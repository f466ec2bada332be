import { describe, expect, it } from 'vitest';
import { through } from '../../../src/core/scene/composition';
import { editedPicture } from '../../../src/core/scene/edit';
import { sceneOf } from '../../../src/core/scene/index';
import type { Picture, PictureOf } from '../../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS, type Scene } from '../../../src/core/scene/scene';
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
