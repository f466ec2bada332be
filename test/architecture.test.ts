import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './support/source-files';

/** Who may import whom: DESIGN.md, section 3. A room may always import itself. */

/** The rooms of core, and what each may import. Types of a room in `types` are fine where its code is not. */
const CORE: Readonly<Record<string, { readonly code: readonly string[]; readonly types?: readonly string[] }>> = {
  kernels: { code: [] },
  text: { code: ['kernels'] },
  values: { code: ['kernels'] },
  expression: { code: ['text'] },
  languages: { code: ['text', 'expression', 'values'] },
  linalg: { code: ['values', 'kernels'] },
  exact: { code: ['values'] },
  format: { code: ['text', 'values', 'expression', 'linalg', 'exact'] },
  evaluate: { code: ['text', 'values', 'expression', 'languages', 'linalg', 'exact', 'format'] },
  explain: { code: ['text', 'values', 'expression', 'linalg', 'exact', 'format'], types: ['evaluate'] },
  scene: { code: ['text', 'values', 'expression', 'linalg', 'exact', 'format'], types: ['evaluate'] },
  inspect: {
    code: ['text', 'values', 'expression', 'languages', 'linalg', 'exact', 'format', 'evaluate', 'explain', 'scene'],
  },
};

/** The faces of core: what is outside sees one of these and nothing behind it. */
const FACES = ['src/core/index', 'src/core/panel'];

/** The only packages that core may import. */
const CORE_PACKAGES = ['fraction.js'];

/** Files that are data in the shape of code. */
const TABLE = /(^|[/-])(tables?|names|glyphs)\.ts$/;
const LONGEST = 600;

const src = sourceFiles('src');
const webview = sourceFiles('webview');
const core = src.filter(({ file }) => file.startsWith('src/core/'));

/** What an import means: a file of the project without its ending, or a package. */
const target = (file: string, specifier: string): string =>
  specifier.startsWith('.')
    ? path.posix.join(path.posix.dirname(file), specifier).replace(/\.(js|mjs|tsx?)$/, '')
    : specifier;

/** `src/core/text/span` is in the room `text`, `src/core/index` in none. */
const coreRoom = (file: string): string | undefined => /^src\/core\/([^/]+)\//.exec(file)?.[1];

/** The imports of files that a rule does not allow, as readable lines. */
function breaches(
  files: readonly SourceFile[],
  allowed: (to: string, file: string, typeOnly: boolean) => boolean,
): string[] {
  return files.flatMap(({ file, imports }) =>
    imports
      .map(({ specifier, typeOnly }) => ({ to: target(file, specifier), typeOnly }))
      .filter(({ to, typeOnly }) => !allowed(to, file, typeOnly))
      .map(({ to }) => `${file} imports ${to}`),
  );
}

const inFolder = (folder: string) => (file: string) => file.startsWith(`${folder}/`);
const isFace = (file: string) => FACES.includes(file) || file === 'src/core';
const of = (folder: string) => src.filter(({ file }) => inFolder(folder)(file));

describe('imports', () => {
  it('knows every room of core', () => {
    const rooms = new Set(core.map(({ file }) => coreRoom(file)).filter(room => room !== undefined));
    expect([...rooms].filter(room => !(room in CORE))).toEqual([]);
  });

  it.each(Object.entries(CORE))('core/%s imports what it may', (room, { code, types = [] }) => {
    const files = core.filter(({ file }) => coreRoom(file) === room);
    const allowed = (to: string, _: string, typeOnly: boolean) => {
      const other = coreRoom(to);
      if (other === undefined) return CORE_PACKAGES.includes(to);
      return other === room || code.includes(other) || (typeOnly && types.includes(other));
    };
    expect(breaches(files, allowed)).toEqual([]);
  });

  it('the faces of core import core alone', () => {
    expect(
      breaches(
        core.filter(({ file }) => coreRoom(file) === undefined),
        inFolder('src/core'),
      ),
    ).toEqual([]);
  });

  it('protocol has only types of core', () => {
    expect(
      breaches(
        of('src/protocol'),
        (to, _, typeOnly) => inFolder('src/protocol')(to) || (typeOnly && inFolder('src/core')(to)),
      ),
    ).toEqual([]);
  });

  it('worker imports core and protocol', () => {
    const allowed = (to: string) =>
      isFace(to) || ['src/worker', 'src/protocol'].some(folder => inFolder(folder)(to)) || to.startsWith('node:');
    expect(breaches(of('src/worker'), allowed)).toEqual([]);
  });

  it('host imports core/index, protocol and vscode', () => {
    const allowed = (to: string, _: string, typeOnly: boolean) =>
      isFace(to) ||
      ['src/host', 'src/protocol'].some(folder => inFolder(folder)(to)) ||
      to === 'vscode' ||
      to.startsWith('node:') ||
      (typeOnly && inFolder('src/worker')(to));
    expect(breaches(of('src/host'), allowed)).toEqual([]);
  });

  it('features import host, core/index, protocol and vscode, and not each other', () => {
    const allowed = (to: string, file: string) => {
      // A feature that outgrows one file is a folder.
      const own = /^src\/features\/[^/]+\//.exec(file)?.[0];
      return (
        isFace(to) ||
        ['src/host', 'src/protocol'].some(folder => inFolder(folder)(to)) ||
        to === 'vscode' ||
        (own !== undefined && to.startsWith(own))
      );
    };
    expect(breaches(of('src/features'), allowed)).toEqual([]);
  });

  it('webview imports a face of core and protocol', () => {
    const allowed = (to: string) =>
      isFace(to) || inFolder('src/protocol')(to) || inFolder('webview')(to) || !to.startsWith('src/');
    expect(breaches(webview, allowed)).toEqual([]);
    expect(breaches(webview, to => !to.startsWith('node:') && to !== 'vscode')).toEqual([]);
  });

  it('goes round in no circle of rooms', () => {
    const room = (file: string) => coreRoom(file) ?? /^(?:src\/)?[^/]+/.exec(file)?.[0] ?? file;
    const edges = new Map<string, Set<string>>();
    for (const { file, imports } of [...src, ...webview]) {
      for (const { specifier } of imports.filter(({ specifier }) => specifier.startsWith('.'))) {
        const [from, to] = [room(file), room(target(file, specifier))];
        if (from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
      }
    }
    expect(circle(edges)).toEqual([]);
  });
});

/** A path of rooms that ends where it began; empty when there is none. */
function circle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const visit = (room: string, trail: readonly string[]): string[] => {
    const start = trail.indexOf(room);
    if (start >= 0) return [...trail.slice(start), room];
    if (done.has(room)) return [];
    for (const next of edges.get(room) ?? []) {
      const found = visit(next, [...trail, room]);
      if (found.length > 0) return found;
    }
    done.add(room);
    return [];
  };
  for (const room of edges.keys()) {
    const found = visit(room, []);
    if (found.length > 0) return found;
  }
  return [];
}

describe('files', () => {
  it(`have at most ${LONGEST} lines, tables apart`, () => {
    const files = [
      ...src,
      ...webview,
      ...sourceFiles('test', 'scripts').filter(({ file }) => !file.startsWith('test/golden/')),
    ];
    expect(
      files
        .filter(({ file, lines }) => lines > LONGEST && !TABLE.test(file))
        .map(({ file, lines }) => `${file}: ${lines}`),
    ).toEqual([]);
  });

  it('evaluate no text as JavaScript', () => {
    const suspects = [/\bnew\s+Function\b/, /(?<![.\w])eval\s*\(\s*[^)'"\s]/, /(?<![.\w])Function\s*\(\s*['"`]/];
    const code = (text: string) =>
      text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replaceAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''");
    expect(
      [...src, ...webview]
        .filter(({ text }) => suspects.some(suspect => suspect.test(code(text))))
        .map(({ file }) => file),
    ).toEqual([]);
  });
});
