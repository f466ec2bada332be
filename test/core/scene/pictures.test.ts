import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/core/index';
import { plainLabel } from '../../../src/core/inspect/picture-subject';
import { sceneOf } from '../../../src/core/scene/index';
import type { Picture } from '../../../src/core/scene/picture';
import { apply, between, determinant, eigenlines, singular } from '../../../src/core/scene/plane';
import { DEFAULT_SCENE_OPTIONS, type Mark, type Scene } from '../../../src/core/scene/scene';

const drawn = (picture: Picture, time = 1): Scene => sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time });
const arrows = (scene: Scene) =>
  scene.marks.filter((m): m is Extract<Mark, { kind: 'arrow' }> => m.kind === 'arrow' && m.dash === undefined);
const labels = (scene: Scene) =>
  scene.marks.filter((m): m is Extract<Mark, { kind: 'label' }> => m.kind === 'label').map(l => l.text);
const closeTo = (point: readonly number[], expected: readonly number[]): void =>
  expected.forEach((x, k) => expect(point[k]).toBeCloseTo(x, 10));

/** Area of a closed flat polyline, positive when it turns to the left. */
const area = (flat: readonly number[]): number => {
  let twice = 0;
  for (let i = 0; i < flat.length; i += 2) {
    const j = (i + 2) % flat.length;
    twice += flat[i] * flat[j + 1] - flat[j] * flat[i + 1];
  }
  return twice / 2;
};

/** The inspection of the last place where `at` stands. */
function inspected(text: string, at: string, languageId = 'python') {
  const start = text.lastIndexOf(at);
  const inspection = inspect(text, languageId, { start, end: start + at.length }, { limits: 'large' });
  if (!inspection) throw new Error(`nothing at ${at}`);
  return inspection;
}

describe('linear map', () => {
  const W: Picture = { kind: 'linear-map', matrix: { label: 'W', entries: [1, 2, 3, 4], operand: 'matrix' } };

  it('ends with the columns of the matrix and begins with the basis', () => {
    const [i, j] = arrows(drawn(W));
    expect([i.to, j.to]).toEqual([
      [1, 3],
      [2, 4],
    ]);
    const [e, f] = arrows(drawn(W, 0));
    expect([e.to, f.to]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('spans an area of the determinant, in the colour of its sign', () => {
    for (const entries of [
      [1, 2, 3, 4],
      [2, 1, 1, 3],
      [0, -1, 1, 0],
    ] as const) {
      const scene = drawn({ kind: 'linear-map', matrix: { label: 'A', entries } });
      const square = scene.marks.find(m => m.kind === 'path' && m.fill !== undefined);
      if (square?.kind !== 'path') throw new Error('no area');
      const [a, b, c, d] = entries;
      expect(area(square.lines[0])).toBeCloseTo(a * d - b * c, 12);
      expect(square.fill).toBe(a * d - b * c < 0 ? 'area-flipped' : 'area');
    }
  });

  it('shows the determinant and eigenvalues that the engine finds', () => {
    const text = 'import numpy as np\nW = np.array([[1, 2], [3, 4]])\n';
    const inspection = inspected(text, 'W');
    const [picture] = inspection.pictures;
    expect(picture.kind).toBe('linear-map');
    const fact = (label: string) => inspection.facts.find(f => f.label === label)?.text ?? '';
    const scene = drawn(picture);
    expect(labels(scene)).toContain(`det ${fact('determinant').replace('-', '−')}`);
    const shown = labels(scene)
      .filter(l => l.startsWith('λ'))
      .map(l => Number(l.slice(4).replace('−', '-')))
      .sort((a, b) => a - b);
    const known = fact('eigenvalues')
      .split(', ')
      .map(Number)
      .sort((a, b) => a - b);
    known.forEach((x, k) => expect(shown[k]).toBeCloseTo(x, 2));
    expect(scene.handles.map(h => h.id)).toEqual(['matrix:0', 'matrix:1']);
  });

  it('never collapses on its way where the orientation is kept', () => {
    for (let t = 0; t <= 1; t += 0.05) expect(determinant(between([-1, 0, 0, -1], t))).toBeGreaterThan(0.9);
    closeTo(between([3, 1, -2, 5], 1), [3, 1, -2, 5]);
    closeTo(between([3, 1, -2, 5], 0), [1, 0, 0, 1]);
  });

  it('says how far and along which line it stretches', () => {
    expect(drawn(W).description).toContain('Stretches by 5.46 along (0.576, 0.817) and by 0.366 across');
    expect(drawn(W).description).toContain('flips orientation');
    expect(drawn({ kind: 'linear-map', matrix: { label: 'A', entries: [1, 0, 0, 2] } }).description).toContain(
      'along (0, 1) and by 1 across',
    );
    expect(drawn({ kind: 'linear-map', matrix: { label: 'A', entries: [0, 0, 0, 0] } }).description).toBe(
      'Every vector goes to zero.',
    );
  });

  it('draws nothing but the axes for entries that are not finite', () => {
    const scene = drawn({ kind: 'linear-map', matrix: { label: 'A', entries: [Number.NaN, 0, 0, 1] } });
    expect(scene.marks.map(m => m.kind)).toEqual(['axes']);
  });
});

describe('geometry', () => {
  it('finds eigenlines that stay on themselves', () => {
    for (const m of [
      [2, 1, 1, 3],
      [1, 2, 3, 4],
      [5, 0, 0, -1],
    ] as const) {
      const lines = eigenlines(m);
      if (lines === 'all') throw new Error('not a multiple of the identity');
      expect(lines).toHaveLength(2);
      for (const { value, direction } of lines)
        closeTo(
          apply(m, direction),
          direction.map(x => x * value),
        );
    }
    expect(eigenlines([0, -1, 1, 0])).toEqual([]);
    expect(eigenlines([3, 0, 0, 3])).toBe('all');
    expect(eigenlines([1, 1, 0, 1])).toHaveLength(1);
  });

  it('finds the direction of the greatest stretch', () => {
    const s = singular([1, 2, 3, 4]);
    closeTo(
      apply([1, 2, 3, 4], s.from),
      s.to.map(x => x * s.large),
    );
    expect(s.large * s.small).toBeCloseTo(2, 12);
  });
});

describe('vectors', () => {
  const a = { label: 'a', components: [1, 2], operand: 'a' } as const;
  const b = { label: 'b', components: [3, 4], operand: 'b' } as const;

  it('adds tip to tail', () => {
    const end = arrows(drawn({ kind: 'vector-sum', a, b }));
    expect(end.map(m => [m.from, m.to])).toContainEqual([
      [1, 2],
      [4, 6],
    ]);
    expect(end.map(m => [m.from, m.to])).toContainEqual([
      [0, 0],
      [4, 6],
    ]);
    expect(arrows(drawn({ kind: 'vector-sum', a, b }, 0)).map(m => m.to)).not.toContainEqual([4, 6]);
  });

  it('leads from b to a with the distance as a root', () => {
    const scene = drawn({ kind: 'vector-difference', a, b });
    expect(labels(scene)).toContain('√8 ≈ 2.83');
    expect(scene.description).toBe('From b (3, 4) to a (1, 2) leads (−2, −2); the distance is √8 ≈ 2.83.');
  });

  it('projects a on b', () => {
    const scene = drawn({ kind: 'dot-product', a, b });
    expect(labels(scene)).toContain('projection 2.2');
    expect(scene.description).toContain('times the length 5 of b that is 11');
  });

  it('takes x to Wx', () => {
    const scene = drawn({ kind: 'matrix-vector', matrix: { label: 'W', entries: [3, 4, 5, 6] }, vector: a });
    expect(labels(scene)).toContain('Wa (11, 17)');
    expect(scene.handles.map(h => h.id)).toEqual(['vector']);
  });

  it('multiplies by a number', () => {
    const scene = drawn({ kind: 'scalar-multiple', scalar: -2.5, scalarLabel: '-2.5', vector: a });
    expect(arrows(scene)[0].to).toEqual([-2.5, -5]);
    expect(scene.description).toContain('the opposite direction');
  });
});

describe('heatmap', () => {
  it('marks what is not finite and counts it', () => {
    const values = Float64Array.of(1, -2, Number.NaN, Number.POSITIVE_INFINITY);
    const scene = drawn({
      kind: 'heatmap',
      label: 'A',
      rows: 2,
      columns: 2,
      values,
    });
    const marks = scene.marks.flatMap(m => (m.kind === 'cell' && m.mark ? [m.mark] : []));
    expect(marks).toEqual(['X', '∞']);
    expect(scene.description).toContain('1 NaN (X), 1 +∞');
  });
});

describe('pictures of an expression', () => {
  it('come with the literals that their handles change', () => {
    const text = 'import numpy as np\nW = np.array([[3, 4], [5, 6]])\na = np.array([1, 2])\nW @ a\n';
    const { pictures, editable } = inspected(text, 'W @ a');
    expect(pictures[0].kind).toBe('matrix-vector');
    const literals = Object.fromEntries(editable.map(e => [e.operand, text.slice(e.span.start, e.span.end)]));
    expect(literals).toMatchObject({ matrix: '[[3, 4], [5, 6]]', vector: '[1, 2]' });
  });

  it('show the matrix that a function tells about', () => {
    const text = 'import numpy as np\nT = np.array([[0.0, -1.0], [1.0, 0.0]])\nnp.linalg.eig(T)\n';
    expect(inspected(text, 'np.linalg.eig(T)').pictures[0]).toMatchObject({
      kind: 'linear-map',
      matrix: { label: 'T', entries: [0, -1, 1, 0] },
    });
    expect(inspected('A = [1 2; 3 4];\ndet(A)', 'det(A)', 'matlab').pictures[0].kind).toBe('linear-map');
  });

  it('carry labels without LaTeX commands', () => {
    expect(plainLabel('\\mathbf{x}')).toBe('x');
    expect(plainLabel('A^{-1}')).toBe('A⁻¹');
    expect(plainLabel('W^\\top')).toBe('Wᵀ');
    expect(plainLabel('\\alpha')).toBe('α');
    expect(plainLabel('\\begin{bmatrix} 1 & 2 \\end{bmatrix}')).toBe('');
  });
});
