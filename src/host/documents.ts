import * as vscode from 'vscode';
import type { Formula, SourceDocument, Span } from '../core/index';
import { loadCore } from './core-loader';

/** One version of an editor's text as core reads it. In a notebook it is all code cells up to this one, in order. */
export interface Source {
  readonly core: SourceDocument;
  readonly document: vscode.TextDocument;
  /** Where the editor's own text begins in core's. */
  readonly offset: number;
  /** The place of a span of core's text, in whichever cell it lies. */
  locate(span: Span): { readonly document: vscode.TextDocument; readonly range: vscode.Range } | undefined;
  /** Whether the text is still what the editor holds. */
  isCurrent(): boolean;
}

/** A formula of an editor's text that was read apart from it. */
export function formulaSource(document: vscode.TextDocument, range: vscode.Range, formula: Formula): Source {
  const { version } = document;
  const offset = document.offsetAt(range.start) - formula.start;
  const at = (place: number): vscode.Position => document.positionAt(place + offset);
  return {
    core: formula.document,
    document,
    offset: -offset,
    locate: ({ start, end }) => ({ document, range: new vscode.Range(at(start), at(end)) }),
    isCurrent: () => document.version === version,
  };
}

interface Part {
  readonly document: vscode.TextDocument;
  readonly start: number;
}

/** Languages that are read; others have the formula mode only. */
export const LANGUAGES: readonly string[] = [
  'python',
  'markdown',
  'latex',
  'tex',
  'matlab',
  'octave',
  'r',
  'rmd',
  'quarto',
];

/** Languages of which only array literals are read. */
export const LITERAL_LANGUAGES: readonly string[] =
  'javascript javascriptreact typescript typescriptreact dart swift groovy json jsonc jsonl php rust ruby yaml toml coffeescript julia c cpp cuda-cpp objective-c objective-cpp csharp java go glsl hlsl lua wolfram mathematica'.split(
    ' ',
  );

/** Whether anything of a language is read. */
export const isRead = (languageId: string): boolean =>
  LANGUAGES.includes(languageId) || LITERAL_LANGUAGES.includes(languageId);

const KEPT = 8;

/** The documents that a text is made of, with their versions. Two documents can bear one name, one after the other. */
type Versions = readonly { readonly document: vscode.TextDocument; readonly version: number }[];

const versionsOf = (document: vscode.TextDocument): Versions =>
  cellsUpTo(document).map(d => ({ document: d, version: d.version }));

const isSame = (a: Versions, b: Versions): boolean =>
  a.length === b.length && a.every((v, i) => v.document === b[i].document && v.version === b[i].version);

interface Kept {
  readonly languageId: string;
  readonly versions: Versions;
  readonly source: Promise<Source>;
}

const cache = new Map<vscode.TextDocument, Kept>();

/** The text that a document means, parsed once per version. */
export function sourceOf(document: vscode.TextDocument): Promise<Source> {
  const versions = versionsOf(document);
  const { languageId } = document;
  const known = cache.get(document);
  if (known?.languageId === languageId && isSame(known.versions, versions)) return known.source;
  const source = read(document, versions);
  cache.delete(document);
  cache.set(document, { languageId, versions, source });
  for (const oldest of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(oldest);
  }
  return source;
}

async function read(document: vscode.TextDocument, versions: Versions): Promise<Source> {
  const { readDocument } = await loadCore();
  const parts: Part[] = [];
  let text = '';
  for (const { document: d } of versions) {
    parts.push({ document: d, start: text.length });
    text += d === document ? d.getText() : `${d.getText()}\n`;
  }
  const own = parts[parts.length - 1];
  return {
    core: readDocument(text, document.languageId),
    document,
    offset: own.start,
    locate(span) {
      const part = parts.findLast(p => p.start <= span.start);
      if (!part) return undefined;
      const at = (offset: number): vscode.Position => part.document.positionAt(offset - part.start);
      return { document: part.document, range: new vscode.Range(at(span.start), at(span.end)) };
    },
    isCurrent: () => isSame(versions, versionsOf(document)),
  };
}

/** The notebook's code cells of the same language up to the document, or the document alone. */
function cellsUpTo(document: vscode.TextDocument): vscode.TextDocument[] {
  if (document.uri.scheme !== 'vscode-notebook-cell') return [document];
  const notebook = vscode.workspace.notebookDocuments.find(n => n.getCells().some(c => c.document === document));
  if (!notebook) return [document];
  const out: vscode.TextDocument[] = [];
  for (const cell of notebook.getCells()) {
    if (cell.document === document) break;
    if (cell.kind === vscode.NotebookCellKind.Code && cell.document.languageId === document.languageId)
      out.push(cell.document);
  }
  return [...out, document];
}

/** A range of the editor as a span of core's text. */
export function spanOf(source: Source, range: vscode.Range): Span {
  return {
    start: source.offset + source.document.offsetAt(range.start),
    end: source.offset + source.document.offsetAt(range.end),
  };
}
