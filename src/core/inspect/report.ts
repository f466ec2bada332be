import { stepsText } from '../explain/copy';
import { readDocument } from './document';
import { inspectLocated } from './inspect';
import { wholeStatement } from './locate';

/**
 * In words what the last statement of a program comes to: its text as the language prints it, its facts, what is to be noted,
 * and the worked steps; or why that is not known. Nothing is run. `np` needs no import.
 */
export function report(code: string, languageId: string): string {
  const document = readDocument(code, languageId, 'prose');
  const located = document.bindings.sites
    .filter(site => site.scope === document.bindings.scopes[0])
    .flatMap(site => wholeStatement(document, site) ?? [])
    .at(-1);
  const found = located && inspectLocated(document, located);
  if (!found) return 'There is no expression or assignment to look at.';
  const { source, status, message, text, facts, notes, steps } = found;
  const working = stepsText(steps, 'markdown').trim();
  return [
    `\`${source}\``,
    status === 'ok'
      ? `Value:\n\n\`\`\`\n${text ?? message}\n\`\`\``
      : `${status === 'error' ? 'Error' : 'Unknown'}: ${message}`,
    facts.map(f => `- ${f.label}: ${f.text}`).join('\n'),
    notes.map(n => `Note: ${n.text}`).join('\n'),
    working && `Steps:\n\n${working}`,
  ]
    .filter(part => part !== '')
    .join('\n\n');
}
