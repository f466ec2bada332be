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
const CUT = 60;

/** The first of the lines in which R writes a call: it breaks behind an argument or operator beyond 60 characters. */
function firstLine(call: string): string {
  let quoted = false;
  for (let k = 0; k < call.length; k++) {
    if (call[k] === '"' && call[k - 1] !== '\\') quoted = !quoted;
    if (quoted || k <= CUT || call[k - 1] !== ' ') continue;
    if (call[k - 2] === ',' || / (?:[-+*<>&|]|[<>=!]=|&&|\|\|) $/.test(call.slice(0, k))) return call.slice(0, k);
  }
  return call;
}

/** R's whole sentence: a long one breaks behind the call. */
export function sentence(message: string, call: string | undefined): string {
  if (call === undefined) return `Error: ${message}`;
  const head = `Error in ${firstLine(call)} : `;
  const [first] = message.split('\n');
  return head.length + first.length > LONGEST ? `${head}\n  ${message}` : head + message;
}
