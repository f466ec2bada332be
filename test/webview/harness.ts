import type { FromPanel, ToPanel } from '../../src/protocol/panel';
import dark from '../support/themes/vscode-dark.json';
import highContrast from '../support/themes/vscode-high-contrast.json';
import highContrastLight from '../support/themes/vscode-high-contrast-light.json';
import light from '../support/themes/vscode-light.json';
import { openReal } from './real';
import { SAMPLES } from './samples';

/** Stands in for VS Code around the panel's page: its API, its theme variables, its body classes. */
interface Harness {
  readonly posted: FromPanel[];
  readonly violations: string[];
  readonly states: string[];
  send(message: ToPanel): void;
  show(sample: string): void;
  /** The text of the real document as written back so far. */
  text(): string;
  /** Edits the real document as its reader would. */
  edit(from: string, to: string): void;
  /** Milliseconds that the host in VS Code would have spent on answers. */
  hostTime: number;
}

declare global {
  interface Window {
    harness: Harness;
    acquireVsCodeApi: () => { postMessage(m: FromPanel): void; getState(): unknown; setState(s: unknown): void };
  }
}

const THEMES = [dark, light, highContrast, highContrastLight];
const query = new URLSearchParams(location.search);
const theme = THEMES.find(({ kind }) => kind === query.get('theme')) ?? dark;

for (const [name, value] of Object.entries(theme.vars)) document.documentElement.style.setProperty(name, value);
document.body.classList.add(...theme.cls.split(' '));
if (query.has('reduce')) document.body.classList.add('vscode-reduce-motion');

let state: unknown = JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined;
const posted: FromPanel[] = [];
const violations: string[] = [];
const send = (message: ToPanel): void => window.postMessage(message, '*');
const show = (sample: string): void => SAMPLES[sample]?.forEach(send);

const file = query.get('file');
const real = file ? openReal(file, query.get('at') ?? '', query.get('text') ?? undefined) : undefined;
const edit = (from: string, to: string): void => real?.edit(from, to).forEach(send);

window.harness = {
  posted,
  violations,
  states: Object.keys(SAMPLES),
  send,
  show,
  text: () => real?.text() ?? '',
  edit,
  hostTime: 0,
};
document.addEventListener('securitypolicyviolation', event =>
  violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
);
window.acquireVsCodeApi = () => ({
  postMessage: message => {
    posted.push(message);
    const since = performance.now();
    if (message.type !== 'ready') real?.answer(message).forEach(send);
    else if (real) real.show().forEach(send);
    else show(query.get('sample') ?? 'empty');
    window.harness.hostTime += performance.now() - since;
  },
  getState: () => state,
  setState: next => {
    state = next;
    sessionStorage.setItem('state', JSON.stringify(next));
  },
});
