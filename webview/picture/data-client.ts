import type { DataAnswer, DataQuestion } from '../../src/core/panel';
import { post } from '../host';

/** Questions about the arrays of pictures that the host has not answered yet. */
const open = new Map<number, (answer: DataAnswer | undefined) => void>();
let nextId = 1;

/** Asks the host about the array of the picture at this place of the inspection. */
export const ask = (picture: number, question: DataQuestion): Promise<DataAnswer | undefined> =>
  new Promise(resolve => {
    const id = nextId++;
    open.set(id, resolve);
    post({ type: 'data', id, picture, question });
  });

/** Takes an answer of the host. */
export function deliver(id: number, answer: DataAnswer | undefined): void {
  open.get(id)?.(answer);
  open.delete(id);
}

/** Gives up what is open: it was about an inspection that is no longer shown. */
export function giveUp(): void {
  const waiting = [...open.values()];
  open.clear();
  for (const resolve of waiting) resolve(undefined);
}
