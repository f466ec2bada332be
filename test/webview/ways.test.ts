import { expect, it } from 'vitest';
import type { Step } from '../../src/core/panel';
import { allInChosenWays, inChosenWay } from '../../webview/steps/ways';

const minor: Step = {
  sentence: 'minor',
  latex: 'm',
  method: 'Rule',
  alternatives: [{ sentence: 'minor', latex: 'm2', method: 'Elimination' }],
};
const step: Step = {
  operation: 'det',
  sentence: 'det',
  latex: 'd',
  method: 'Rule',
  span: { start: 1, end: 2 },
  operands: [{ start: 1, end: 2 }],
  children: [minor],
  alternatives: [
    { sentence: 'det', latex: 'd2', method: 'Cofactors', children: [minor] },
    { sentence: 'det', latex: 'd3', method: 'Elimination' },
  ],
};

it('takes the way that was chosen for its operation', () => {
  expect(inChosenWay(step, {}).latex).toBe('d');
  expect(inChosenWay(step, { det: 'Elimination', solve: 'Cofactors' }).latex).toBe('d3');
  expect(inChosenWay(step, { solve: 'Elimination' }).latex).toBe('d');
  expect(inChosenWay(step, { det: 'Adjugate' }).latex).toBe('d');
  expect(inChosenWay(minor, { Rule: 'Elimination' }).latex).toBe('m2');
});

it('keeps the places in the source', () => {
  expect(inChosenWay(step, { det: 'Cofactors' })).toMatchObject({
    latex: 'd2',
    span: step.span,
    operands: step.operands,
  });
});

it('copies what is shown, all the way down', () => {
  const [shown] = allInChosenWays([step], { det: 'Elimination' });
  expect(shown.latex).toBe('d3');
  const [other] = allInChosenWays([step], { det: 'Cofactors', Rule: 'Elimination' });
  expect([other.latex, other.children?.map(c => c.latex), other.alternatives]).toEqual(['d2', ['m2'], undefined]);
});
