import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type Evaluated, evaluateSource, languageForFile, languageIds, readDocument, toJson } from './core/index';

/** Seconds that one statement may take. */
const TIME_LIMIT = 10;
const USAGE = `usage: matrix-inspector eval [--json] [--language ID] [--time-limit SECONDS] FILE...
A statement that takes longer than the time limit, ${TIME_LIMIT} s where nothing is said, is unknown.`;

interface Options {
  readonly json: boolean;
  readonly language?: string;
  readonly seconds: number;
  readonly files: readonly string[];
}

function readOptions(args: readonly string[]): Options | undefined {
  if (args[0] !== 'eval') return undefined;
  const files: string[] = [];
  let json = false;
  let language: string | undefined;
  let seconds = TIME_LIMIT;
  for (let i = 1; i < args.length; i++) {
    if (args[i] === '--json') json = true;
    else if (args[i] === '--language') language = args[++i];
    else if (args[i] === '--time-limit') seconds = Number(args[++i]);
    else if (args[i].startsWith('--')) return undefined;
    else files.push(args[i]);
  }
  return files.length === 0 || !(seconds > 0) || (language !== undefined && !languageIds.includes(language))
    ? undefined
    : { json, language, seconds, files };
}

function record(file: string, e: Evaluated): string {
  const head = { file, line: e.line, source: e.source, status: e.status };
  if (e.status !== 'ok' && e.value === undefined) return JSON.stringify({ ...head, message: e.message });
  return JSON.stringify({
    ...head,
    ...(e.message === undefined ? {} : { message: e.message }),
    text: e.text,
    latex: e.latex,
    value: e.value && toJson(e.value),
    ...(e.links
      ? {
          links: e.links.map(l => ({
            source: l.source,
            holds: l.holds ?? null,
            ...(l.reason ? { reason: l.reason } : {}),
          })),
        }
      : {}),
  });
}

function plain(e: Evaluated): string {
  const source = e.source.replace(/\s+/g, ' ');
  const result =
    e.status === 'ok' ? [e.text, e.message].filter(t => t !== undefined).join('\n') : `${e.status}: ${e.message}`;
  return `${e.line + 1}: ${source}\n${result}\n`;
}

/** Evaluates files and prints what they come to. Exit code 2 when the arguments are unusable or a file cannot be read. */
function main(args: readonly string[]): number {
  const options = readOptions(args);
  if (!options) {
    process.stderr.write(`${USAGE}\nlanguages: ${languageIds.join(', ')}\n`);
    return 2;
  }
  let code = 0;
  for (const file of options.files) {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (e) {
      process.stderr.write(`${file}: cannot be read: ${e instanceof Error ? e.message : String(e)}\n`);
      code = 2;
      continue;
    }
    const languageId = options.language ?? languageForFile(extname(file));
    if (languageId === undefined) {
      process.stderr.write(`${file}: no language is known for this ending; name one with --language\n`);
      code = 2;
      continue;
    }
    const document = readDocument(text, languageId, undefined, {
      seconds: options.seconds,
      now: () => performance.now() / 1000,
    });
    for (const e of evaluateSource(document, languageId))
      process.stdout.write(`${options.json ? record(file, e) : plain(e)}\n`);
  }
  return code;
}

// A reader such as `head` may go away before the end; there is nothing left to do then.
process.stdout.on('error', error => process.exit('code' in error && error.code === 'EPIPE' ? 0 : 1));

process.exitCode = main(process.argv.slice(2));
