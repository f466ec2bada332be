import { expect, it } from 'vitest';
import { DEFAULT_PANEL_STATE, readPanelState } from '../../src/protocol/panel-state';

const PLACE = { uri: 'file:///a.py', label: 'a.py:1', source: 'W', span: { start: 1, end: 2 } };

it('keeps what is well formed and takes defaults for the rest', () => {
  expect(readPanelState(undefined)).toEqual(DEFAULT_PANEL_STATE);
  expect(readPanelState([1])).toEqual(DEFAULT_PANEL_STATE);
  expect(
    readPanelState({
      format: 'roman',
      grid: 'yes',
      collapsed: ['facts', 3],
      methods: { det: 'Cofactors', inv: null },
      pictures: { a: 'b', c: 1 },
      settings: { spectrum: { rank: 3, part: 'real', wrong: [] }, heatmap: 1 },
      last: { uri: 'u' },
      unwritten: [{ place: { uri: 'u' }, operands: [{ operand: 'W', from: [1], to: [2] }] }, 'W'],
    }),
  ).toEqual({
    ...DEFAULT_PANEL_STATE,
    collapsed: ['facts'],
    methods: { det: 'Cofactors' },
    pictures: { a: 'b' },
    settings: { spectrum: { rank: 3, part: 'real' } },
  });
});

it('reads back what was stored', () => {
  const state = {
    ...DEFAULT_PANEL_STATE,
    grid: false,
    format: 'fixed2' as const,
    last: PLACE,
    unwritten: [{ place: PLACE, operands: [{ operand: 'W', from: [1, 2], to: [1, 2.5] }] }],
  };
  expect(readPanelState(JSON.parse(JSON.stringify(state)))).toEqual(state);
});
