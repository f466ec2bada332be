import type { DialectId } from '../expression/program';
import type { Block, NameScope, Site } from './versions';

/** Where an expression is evaluated from. */
export interface Place {
  readonly scope: NameScope;
  readonly block: Block;
  readonly order: number;
  readonly dialect: DialectId;
}

export const placeOf = (site: Site): Place => ({
  scope: site.scope,
  block: site.block,
  order: site.order,
  dialect: site.statement.dialect,
});
