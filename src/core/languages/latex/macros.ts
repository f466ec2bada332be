import type { MathToken } from './lexer';

/** A command that the document defines: how many arguments it takes, and where its body stands. */
interface Macro {
  readonly parameters: number;
  readonly start: number;
  readonly end: number;
  /** `\DeclareMathOperator{\tr}{tr}` sets its body as the name of a function. */
  readonly operator: boolean;
}

type Macros = ReadonlyMap<string, Macro>;

const DEFINES =
  /\\(?:(?:re|provide)?newcommand\*?|providecommand\*?|DeclareMathOperator\*?)\s*\{?\\([A-Za-z]+)\}?\s*(?:\[(\d)\])?\s*\{|\\def\s*\\([A-Za-z]+)((?:#\d)*)\s*\{/g;

/** Macros within macros that are followed, and tokens that one formula may grow to. */
const MAX_DEPTH = 8;
const MAX_TOKENS = 20_000;

let last: { readonly text: string; readonly macros: Macros } | undefined;

/** The commands that a document defines, by their names; of two definitions of one name the last holds. */
function macrosOf(text: string): Macros {
  if (last?.text === text) return last.macros;
  const macros = new Map<string, Macro>();
  for (const m of text.matchAll(DEFINES)) {
    const start = m.index + m[0].length;
    let depth = 1;
    let end = start;
    for (; end < text.length && depth > 0; end++) {
      if (text[end] === '\\') end++;
      else if (text[end] === '{') depth++;
      else if (text[end] === '}') depth--;
    }
    if (depth > 0) continue;
    const parameters = m[1] === undefined ? m[4].length / 2 : Number(m[2] ?? 0);
    macros.set(m[1] ?? m[3], { parameters, start, end: end - 1, operator: m[0].startsWith('\\Declare') });
  }
  last = { text, macros };
  return macros;
}

/**
 * Puts the bodies of the document's own commands in their places. The tokens of a body stand where the command stands,
 * those of an argument where they are written.
 */
export function expanded(
  text: string,
  tokens: readonly MathToken[],
  tokenize: (start: number, end: number) => readonly MathToken[],
): MathToken[] {
  const macros = macrosOf(text);
  if (macros.size === 0) return [...tokens];
  const out: MathToken[] = [];
  const expand = (list: readonly MathToken[], depth: number): void => {
    for (let i = 0; i < list.length; i++) {
      const t = list[i];
      const macro =
        t.kind === 'command' && depth < MAX_DEPTH && out.length < MAX_TOKENS ? macros.get(t.text) : undefined;
      if (!macro) {
        out.push(t);
        continue;
      }
      const given: (readonly MathToken[])[] = [];
      for (let k = 0; k < macro.parameters; k++) {
        const [argument, next] = argumentAt(list, i + 1);
        given.push(argument);
        i = next - 1;
      }
      const place = { start: t.start, end: t.end };
      const body = tokenize(macro.start, macro.end)
        .slice(0, -1)
        .map(b => ({ ...b, ...place }));
      const filled = body.flatMap((b, k): readonly MathToken[] => {
        if (b.text === '#') return [];
        const number = b.kind === 'number' && body[k - 1]?.text === '#' ? given[Number(b.text) - 1] : undefined;
        return number ?? [b];
      });
      const symbol = (s: string): MathToken => ({ kind: 'symbol', text: s, ...place });
      const named: MathToken = { kind: 'command', text: 'operatorname', ...place };
      expand(macro.operator ? [named, symbol('{'), ...filled, symbol('}')] : filled, depth + 1);
    }
  };
  expand(tokens, 0);
  return out;
}

/** The tokens of an argument, without its braces, and the index behind it. */
function argumentAt(list: readonly MathToken[], from: number): readonly [readonly MathToken[], number] {
  if (list[from]?.text !== '{') return [list.slice(from, from + 1), from + 1];
  let depth = 0;
  let k = from;
  do {
    if (list[k].kind === 'symbol' && list[k].text === '{') depth++;
    if (list[k].kind === 'symbol' && list[k].text === '}') depth--;
    k++;
  } while (depth > 0 && k < list.length - 1);
  return [list.slice(from + 1, k - 1), k];
}
