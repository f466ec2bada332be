import * as vscode from 'vscode';

export type HoverPart = 'summary' | 'matrix' | 'value' | 'steps' | 'picture' | 'links';

/** Settings under `matrixInspector.` with their defaults; package.json states the same ones (a test compares). */
export const DEFAULTS = {
  'hover.enabled': true,
  'hover.parts': ['summary', 'matrix', 'value', 'steps', 'links'] as readonly HoverPart[],
  'inspector.followCursor': true,
  'evaluation.timeLimit': 10,
} as const;

type Settings = typeof DEFAULTS;
type Widened<T> = T extends boolean ? boolean : T extends number ? number : T;

export function setting<K extends keyof Settings>(key: K): Widened<Settings[K]> {
  return (
    vscode.workspace.getConfiguration('matrixInspector').get<Widened<Settings[K]>>(key) ??
    (DEFAULTS[key] as Widened<Settings[K]>)
  );
}
