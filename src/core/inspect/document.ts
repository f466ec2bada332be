import { bindingsOf } from '../evaluate/bindings';
import { LARGE, type Limits, SMALL, type TimeLimit } from '../evaluate/budget';
import { DIALECTS, FORMULA_DIALECTS } from '../evaluate/dialects';
import { Evaluator } from '../evaluate/evaluate';
import type { Bindings, Site } from '../evaluate/versions';
import type { Program } from '../expression/program';
import { languageOf } from '../languages/index';
import { type LineIndex, lineIndex } from '../text/line-index';
import { type Span, touches } from '../text/span';

export type LimitName = 'small' | 'large';

/** Code within prose or a formula in any text, where `np` is NumPy without an import; in a formula lists are arrays. */
export type DocumentRole = 'file' | 'prose' | 'formula';

const LIMITS: Readonly<Record<LimitName, Limits>> = { small: SMALL, large: LARGE };

/** Libraries that a fragment without imports may mean. */
const FRAGMENT_PRELUDE: ReadonlyMap<string, string> = new Map([
  ['np', 'numpy'],
  ['numpy', 'numpy'],
]);

/** One version of a document as read: parsed once, names resolved on demand, values kept between questions. */
export class SourceDocument {
  readonly lines: LineIndex;
  readonly program: Program;
  readonly bindings: Bindings;
  private readonly evaluators = new Map<LimitName, Evaluator>();

  constructor(
    readonly text: string,
    readonly languageId: string,
    readonly role: DocumentRole,
    private readonly time?: TimeLimit,
  ) {
    this.lines = lineIndex(text);
    this.program = languageOf(languageId)?.parse(text) ?? { statements: [] };
    this.bindings = bindingsOf(this.program, this.lines, /random|manual_seed/.test(text));
  }

  evaluator(limits: LimitName): Evaluator {
    let e = this.evaluators.get(limits);
    if (!e) {
      e = new Evaluator(
        this.bindings,
        this.role === 'formula' ? FORMULA_DIALECTS : DIALECTS,
        this.time ? { ...LIMITS[limits], time: this.time } : LIMITS[limits],
        this.role === 'file' ? new Map() : FRAGMENT_PRELUDE,
      );
      this.evaluators.set(limits, e);
    }
    return e;
  }

  /** The innermost statement that the offset touches; of two that meet there, the one that begins. */
  siteAt(offset: number): Site | undefined {
    let best: Site | undefined;
    for (const site of this.bindings.sites) {
      const s = site.statement.span;
      if (!touches(s, offset)) continue;
      if (
        !best ||
        s.start > best.statement.span.start ||
        (s.start === best.statement.span.start && s.end < best.statement.span.end)
      )
        best = site;
    }
    return best;
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }
}

/**
 * Reads a document. Cheap to keep, never throws; an unknown language reads as an empty program. A time limit is for callers
 * that nothing can stop from outside: what takes longer is unknown.
 */
export function readDocument(
  text: string,
  languageId: string,
  role: DocumentRole = languageId === 'markdown' ? 'prose' : 'file',
  time?: TimeLimit,
): SourceDocument {
  return new SourceDocument(text, languageId, role, time);
}
