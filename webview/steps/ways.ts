import type { Step } from '../../src/core/panel';

/** The ways of working a step, its own first; one alone is no choice. */
export const waysOf = (step: Step): readonly Step[] => [step, ...(step.alternatives ?? [])];

/** The step worked in the way that was chosen last among its own ways; the places in the source are those of the step. */
export function inChosenWay(step: Step, methods: readonly string[]): Step {
  const ways = waysOf(step);
  const chosen = methods.map(m => ways.find(w => w.method === m)).find(w => w !== undefined) ?? step;
  const { span, operands } = step;
  return { ...(span ? { span } : {}), ...(operands ? { operands } : {}), ...chosen };
}

/** Steps as they are shown, all the way down, for copying. */
export const allInChosenWays = (steps: readonly Step[], methods: readonly string[]): Step[] =>
  steps.map(step => {
    const { alternatives: _, ...chosen } = inChosenWay(step, methods);
    return chosen.children ? { ...chosen, children: allInChosenWays(chosen.children, methods) } : chosen;
  });
