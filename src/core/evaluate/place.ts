import type { Expression } from '../expression/expression';
import type { DialectId } from '../expression/program';
import type { Block, NameScope, Site, Version } from './versions';

/** Where an expression is evaluated from. */
export interface Place {
  readonly scope: NameScope;
  readonly block: Block;
  readonly order: number;
  readonly dialect: DialectId;
}

/** Whether an expression is the one that stands at a place, which may have been read anew. */
export const isAt = (e: Expression, at: Expression): boolean =>
  e.kind === at.kind && e.span.start === at.span.start && e.span.end === at.span.end;

export const placeOf = (site: Site): Place => ({
  scope: site.scope,
  block: site.block,
  order: site.order,
  dialect: site.statement.dialect,
});

/** Where the value of a version is found: before what it assigns. */
export const placeAt = (version: Version): Place => ({
  ...placeOf(version.site),
  order: version.order,
  block: version.block,
});

/**
 * Where a function's body is evaluated that is called from `from`: in the same scope its names are those of that place; of a
 * scope around it, only what that scope has in the end. Undefined where it is neither.
 */
export function placeWithin(scope: NameScope, from: Place): Place | undefined {
  if (scope === from.scope) return from;
  for (let parent = from.scope.parent; parent; parent = parent.scope.parent) {
    if (parent.scope !== scope) continue;
    const body: NameScope = {
      form: 'function',
      parent,
      versions: new Map(),
      own: new Set(),
      written: new Map(),
      stars: [],
    };
    return { scope: body, block: {}, order: 0, dialect: from.dialect };
  }
  return undefined;
}
