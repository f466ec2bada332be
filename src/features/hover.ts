import * as vscode from 'vscode';
import type { Inspection, Span, Value } from '../core/index';
import { setting } from '../host/config';
import { loadCore } from '../host/core-loader';
import { LANGUAGES, LITERAL_LANGUAGES, type Source, sourceOf, spanOf } from '../host/documents';
import type { Engine } from '../host/engine';
import { themeKind } from '../host/theme';

/** Commands that a hover's links may run. */
const LINKS = ['matrixInspector.inspect', 'matrixInspector.showSteps', 'matrixInspector.copyLatex'];
/** VS Code cuts a hover at 100,000 characters, images included. */
const MAX_IMAGE = 60_000;
const MAX_TEXT = 2_000;
/** Seconds that a hover waits for the worker. */
const PATIENCE = 3;
/** Python without any of these is ordinary code, for which no one should wait. */
const LIBRARIES = /\b(numpy|torch|scipy|jax|tensorflow|cupy)\b/;

/** Hovers on array literals, names that hold arrays, operators and calls. */
export function registerHover(engine: Engine): vscode.Disposable {
  /** The text that takes the worker longer than a hover waits. */
  let slow = '';
  /** What more work tells, while the reader waits a moment. */
  const patient = async (
    quick: Inspection,
    source: Source,
    at: Span,
    token: vscode.CancellationToken,
  ): Promise<Inspection> => {
    const { text } = source.core;
    if (!quick.needsMore || text === slow || (quick.dialect === 'python' && !LIBRARIES.test(text))) return quick;
    const seconds = Math.min(PATIENCE, setting('evaluation.timeLimit'));
    const full = await engine.inspectPatiently(source, at, token, seconds);
    if (!full && !token.isCancellationRequested) slow = text;
    return full ?? quick;
  };
  return vscode.languages.registerHoverProvider(
    [...LANGUAGES, ...LITERAL_LANGUAGES].map(language => ({ language })),
    {
      async provideHover(document, position, token) {
        if (!setting('hover.enabled') || !mayBeLiteral(document, position)) return undefined;
        const source = await sourceOf(document);
        if (token.isCancellationRequested) return undefined;
        const at = spanOf(source, new vscode.Range(position, position));
        const quick = await engine.inspectQuickly(source, at);
        if (!quick || token.isCancellationRequested) return undefined;
        const inspection = await patient(quick, source, at, token);
        if (token.isCancellationRequested) return undefined;
        const content = await contentOf(inspection, source);
        return content && new vscode.Hover(content, source.locate(inspection.span)?.range);
      },
    },
  );
}

/** Where only literals are read, most hovers are on other code: a look at the line spares them the reading of the document. */
function mayBeLiteral(document: vscode.TextDocument, position: vscode.Position): boolean {
  if (!LITERAL_LANGUAGES.includes(document.languageId)) return true;
  const line = document.lineAt(position).text;
  const word = document.getWordRangeAtPosition(position, /[A-Za-z_][\w:.<>]*/);
  return word ? /[[({]/.test(line.slice(word.end.character)) : /\d|[[\]{}]/.test(line);
}

async function contentOf(inspection: Inspection, source: Source): Promise<vscode.MarkdownString | undefined> {
  const markdown = new vscode.MarkdownString();
  markdown.supportHtml = true;
  markdown.isTrusted = { enabledCommands: LINKS };
  if (inspection.status !== 'ok') {
    if (!worthSaying(inspection)) return undefined;
    const words = inspection.needsMore
      ? 'Too much work for a hover. Inspect it to evaluate it in the background.'
      : (inspection.message ?? '');
    return markdown.appendMarkdown(
      [inspection.pass?.text, words, inspection.hint].flatMap(text => (text ? escaped(text) : [])).join('\n\n') +
        (inspection.needsMore ? `\n\n${links(inspection, source, false)}` : ''),
    );
  }
  const value = inspection.value;
  if (!value || !isShown(inspection, value)) return undefined;
  const parts = new Set(setting('hover.parts'));
  const title = inspection.name ?? inspection.source.replace(/\s+/g, ' ');
  const pass = inspection.pass?.text;
  if (parts.has('summary')) {
    const short = title.length <= 48 ? title : `${title.slice(0, 47)}…`;
    const facts = [...inspection.summary, ...(pass ? [pass] : [])];
    markdown.appendMarkdown(`**${escaped(short)}**${facts.map(s => ` · ${escaped(s)}`).join('')}\n\n`);
  } else if (pass) markdown.appendMarkdown(`${escaped(pass)}\n\n`);
  // Why the text is not known is no news beside the value.
  const message = inspection.text === undefined && inspection.latex !== undefined ? undefined : inspection.message;
  for (const text of [message, ...inspection.notes.map(note => note.text)])
    if (text) markdown.appendMarkdown(`${escaped(text)}\n\n`);
  const { matrixImages, pictureImage, plainWorking } = await loadCore();
  const images = parts.has('matrix') ? matrixImages(value, themeKind()) : [];
  const drawn = images.length > 0 && images.reduce((n, image) => n + image.uri.length, 0) <= MAX_IMAGE;
  if (drawn) markdown.appendMarkdown(`${images.map(imageTag).join(' ')}\n\n`);
  if (parts.has('picture') && inspection.pictures[0]) {
    const picture = pictureImage(inspection.pictures[0], themeKind());
    if (picture.uri.length <= MAX_IMAGE) markdown.appendMarkdown(`${imageTag(picture)}\n\n`);
  }
  if (
    parts.has('value') &&
    inspection.text &&
    inspection.text.length <= MAX_TEXT &&
    !(drawn && (value.kind === 'array' || images.length > 1))
  )
    markdown.appendCodeblock(inspection.text, 'text');
  else if (parts.has('value') && inspection.text === undefined && /^-?[\d.]+$/.test(inspection.latex ?? ''))
    markdown.appendCodeblock(inspection.latex ?? '', 'text');
  const working = parts.has('steps') ? plainWorking(inspection.steps) : undefined;
  if (working) markdown.appendMarkdown(`${escaped(working)}\n\n`);
  if (parts.has('links')) markdown.appendMarkdown(links(inspection, source, inspection.steps.length > 0));
  return markdown;
}

/** The alternative text can hold names of the source, so it is kept from ending its attribute. */
const imageTag = (image: { uri: string; width: number; height: number; alt: string }): string =>
  `<img src="${image.uri}" width="${image.width}" height="${image.height}" alt="${image.alt.replace(/["<>&\n]/g, ' ')}">`;

/** Plain text within Markdown that may hold HTML; its blanks stay where lines may break. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]()#+\-!|~<>&]/g, c =>
    c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : `\\${c}`,
  );

/**
 * Whether a value is worth a hover. A plain number of the language's own is not, a computed one is; a list is when it is
 * one of numbers that stands in the text or has a name, or holds arrays. Others are ordinary code.
 */
function isShown({ name, source, pictures, steps, pass }: Inspection, value: Value): boolean {
  switch (value.kind) {
    case 'array':
    case 'strings':
    case 'polynomial':
      return true;
    case 'scalar':
      // Functions and loops are full of the language's own whole numbers.
      if (pass && value.weak && value.dtype !== 'float64') return false;
      return (
        !(value.weak && name !== undefined) && !/^([-+]?[\d.]+([eE][-+]?\d+)?|True|False|true|false)$/.test(source)
      );
    case 'list':
    case 'tuple':
      if (value.items.some(i => i.kind === 'array')) return true;
      return (name !== undefined || /^[[(]/.test(source)) && (pictures.length > 0 || steps.length > 0);
    default:
      return false;
  }
}

/** What only code about matrices has: a matrix product, a library's name, rows within rows, mathematics. */
const MATRICES = /@|\b(np|numpy|torch|jnp|tf|cp|linalg)\.|\[\s*\[|\\[a-zA-Z]/;

/** On ordinary code nothing is said: only expressions of matrices say why they have no value. */
function worthSaying({ status, message = '', needsMore, source, dialect }: Inspection): boolean {
  if (needsMore && /^too much work|too large to show$/.test(message)) return true;
  if (
    /^(NameError|SyntaxError)|^Error: unexpected|is not read|is not covered yet|not evaluated yet|not followed/.test(
      message,
    )
  ) {
    return status === 'error' && /^SyntaxError/.test(message) && MATRICES.test(source);
  }
  // Where there is an error, all the values are known.
  return (
    status === 'error' ||
    MATRICES.test(source) ||
    (dialect === 'matlab' && source.includes('[')) ||
    (dialect === 'r' && /%\*%|matrix\(|\[/.test(source))
  );
}

function links(inspection: Inspection, source: Source, steps: boolean): string {
  const place = source.locate(inspection.span);
  if (!place) return '';
  const { range, document } = place;
  const args = encodeURIComponent(
    JSON.stringify([
      document.uri.toString(),
      [range.start.line, range.start.character, range.end.line, range.end.character],
    ]),
  );
  const link = (text: string, command: string): string => `[${text}](command:${command}?${args})`;
  return [
    link('Inspect', 'matrixInspector.inspect'),
    ...(steps ? [link('Steps', 'matrixInspector.showSteps')] : []),
    link('Copy as LaTeX', 'matrixInspector.copyLatex'),
  ].join(' · ');
}
