import type { Step } from '../../src/core/panel';

/** The ways of working a step, its own first; one alone is no choice. */
export const waysOf = (step: Step): readonly Step[] => [step, ...(step.alternatives ?? [])];

/** What a choice of the way is remembered by: the operation, and for a step within another its usual way. */
export const operationOf = ({ operation, method }: Step): string => operation ?? method ?? '';

type Methods = Readonly<Record<string, string>>;

/** The step worked in the way that was chosen for its operation; the places in the source are those of the step. */
export function inChosenWay(step: Step, methods: Methods): Step {
  const chosen = waysOf(step).find(way => way.method === methods[operationOf(step)]) ?? step;
  const { span, operands } = step;
  return { ...(span ? { span } : {}), ...(operands ? { operands } : {}), ...chosen };
}

/** Steps as they are shown, all the way down, for copying. */
export const allInChosenWays = (steps: readonly Step[], methods: Methods): Step[] =>
  steps.map(step => {
    const { alternatives: _, ...chosen } = inChosenWay(step, methods);
    return chosen.children ? { ...chosen, children: allInChosenWays(chosen.children, methods) } : chosen;
  });
