export type Core = typeof import('../core/index');

let core: Promise<Core> | undefined;

/** The engine, loaded when it is first needed, so that activation stays cheap. */
export function loadCore(): Promise<Core> {
  core ??= import('../core/index');
  return core;
}
