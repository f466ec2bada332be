import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Import {
  /** The module as it is written. */
  readonly specifier: string;
  /** Whether nothing of it is left when the code runs. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the root, with forward slashes and the ending. */
  readonly file: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

/** The TypeScript and JavaScript files under some folders of the project. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders.flatMap(folder =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(tsx?|mjs)$/.test(name))
      .map(name => {
        const file = path.posix.join(folder, name.replaceAll('\\', '/'));
        const text = readFileSync(path.join(ROOT, file), 'utf8');
        return { file, text, lines: text.split('\n').length - 1, imports: importsOf(text) };
      }),
  );
}

const STATEMENT = /^(?:import|export)\s+(?:([^'";]*?)\s+from\s+)?'([^']+)'/gm;
const CALL = /(typeof\s+)?\b(?:import|require)\(\s*'([^']+)'\s*\)/g;

/** What a file imports, statically or at run time. It reads text, not syntax: enough for code in one format. */
function importsOf(text: string): Import[] {
  const statements = [...text.matchAll(STATEMENT)].map(([, clause = '', specifier]) => ({
    specifier,
    typeOnly: isTypeOnly(clause),
  }));
  const calls = [...text.matchAll(CALL)].map(([, type, specifier]) => ({ specifier, typeOnly: type !== undefined }));
  return [...statements, ...calls];
}

/** `type X`, `type { … }`, or braces in which every name is a type. */
function isTypeOnly(clause: string): boolean {
  if (/^type\s/.test(clause)) return true;
  const names = /^\{([^}]*)\}$/
    .exec(clause.trim())?.[1]
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  return names !== undefined && names.length > 0 && names.every(name => name.startsWith('type '));
}
