import { describe, expect, test } from 'vitest';
import { applyEdits, type TextEdit } from '../../../src/core/text/text-edit';
import { random } from '../../support/random';

describe('applyEdits', () => {
  const edited = applyEdits('a = [1, 2] + b', [
    { span: { start: 8, end: 9 }, text: '2.25' },
    { span: { start: 5, end: 6 }, text: '-10' },
  ]);

  test('takes edits in any order', () => {
    expect(edited.text).toBe('a = [-10, 2.25] + b');
  });

  test('follows places before, around, on and behind the edits, both ways', () => {
    const pairs: readonly (readonly [string, string])[] = [
      ['a', 'a'],
      ['[1, 2]', '[-10, 2.25]'],
      ['1', '-10'],
      ['2', '2.25'],
      [' + b', ' + b'],
    ];
    for (const [old, now] of pairs) {
      const before = 'a = [1, 2] + b'.indexOf(old);
      const after = edited.text.indexOf(now);
      const from = { start: before, end: before + old.length };
      const to = { start: after, end: after + now.length };
      expect(edited.forward(from), old).toEqual(to);
      expect(edited.back(to), now).toEqual(from);
    }
  });

  test('widens a place that begins within an edit to the whole of it', () => {
    expect(edited.back({ start: 7, end: 8 })).toEqual({ start: 5, end: 6 });
  });

  test('keeps what stands outside random edits', () => {
    const next = random(7);
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: 60 }, () => String.fromCharCode(97 + Math.floor(next() * 26))).join('');
      const edits: TextEdit[] = [];
      for (let at = 0; at < 55; at += 1 + Math.floor(next() * 20)) {
        const end = Math.min(at + 1 + Math.floor(next() * 4), 60);
        edits.push({ span: { start: at, end }, text: '#'.repeat(Math.floor(next() * 6)) });
        at = end;
      }
      const { text: now, forward, back } = applyEdits(text, edits);
      for (let at = 0; at < 60; at++) {
        if (edits.some(e => e.span.start <= at && at < e.span.end)) continue;
        const moved = forward({ start: at, end: at + 1 });
        expect(now.slice(moved.start, moved.end)).toBe(text[at]);
        expect(back(moved)).toEqual({ start: at, end: at + 1 });
      }
    }
  });
});
