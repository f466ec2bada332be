import { describe, expect, it } from 'vitest';
import { choice, range } from '../../../src/core/scene/controls';
import { DEFAULT_SCENE_OPTIONS } from '../../../src/core/scene/scene';

const set = (value: number | string) => ({ ...DEFAULT_SCENE_OPTIONS, settings: { it: value } });
const from = { name: 'it', label: 'It', min: 1, max: 4, step: 0.5, value: 2 };

describe('a control', () => {
  it('has its own value until another is set', () => {
    expect(range(DEFAULT_SCENE_OPTIONS, from).value).toBe(2);
    expect(range(set(3), from).value).toBe(3);
  });

  it('keeps what is set within its limits and on its steps', () => {
    for (const [value, expected] of [
      [9, 4],
      [-1, 1],
      [2.6, 2.5],
      ['3', 2],
      [Number.NaN, 2],
    ] as const)
      expect(range(set(value), from).value, String(value)).toBe(expected);
  });

  it('takes only what is among its choices', () => {
    const choices = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ] as const;
    expect(choice(set('b'), { name: 'it', label: 'It', choices }).value).toBe('b');
    expect(choice(set('c'), { name: 'it', label: 'It', choices }).value).toBe('a');
  });
});
