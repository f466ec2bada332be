import { Stop } from '../stop';

/**
 * An error of R's before the call that it names is known. `call` is what R names in its place, or false where it names none.
 */
export class RError extends Stop {
  constructor(
    message: string,
    readonly call?: string | false,
  ) {
    super('error', message);
  }
}

/** R rejects this, saying `message` of the call under way, or of one to the function `of` with the same arguments. */
export function reject(message: string, of?: string | false): never {
  throw new RError(message, of);
}

const LONGEST = 77;

/** R's whole sentence: a long one breaks behind the call. */
export function sentence(message: string, call: string | undefined): string {
  if (call === undefined) return `Error: ${message}`;
  const head = `Error in ${call} : `;
  const [first] = message.split('\n');
  return head.length + first.length > LONGEST ? `Error in ${call} : \n  ${message}` : head + message;
}
