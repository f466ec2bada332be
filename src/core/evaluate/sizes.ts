import type { Budget } from './budget';
import { unknown } from './stop';

/** Longer lists of objects, and texts, would fill the memory before they use up the time. */
const MAX_ITEMS = 1_000_000;
const MAX_CHARACTERS = 10_000_000;

/** Stops where a list has grown too long. */
export function checkItems(count: number): void {
  if (count > MAX_ITEMS) unknown(`a list of ${count.toLocaleString('en-US')} items is too long to follow`);
}

/** What making an item of a list costs. */
const ITEM_COST = 4;

/** Claims room for a list of so many items before it is made. */
export function claimItems(count: number, budget: Budget): void {
  checkItems(count);
  budget.spend(ITEM_COST * count);
}

/** The same for the characters of a text. */
export function claimText(count: number, budget: Budget): void {
  if (count > MAX_CHARACTERS) unknown(`a text of ${count.toLocaleString('en-US')} characters is too long to follow`);
  budget.spend(count);
}
