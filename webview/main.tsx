import '@vscode/codicons/dist/codicon.css';
import 'katex/dist/katex.min.css';
import './styles/base.css';
import './styles/sections.css';
import './styles/steps.css';
import './styles/states.css';
import './styles/picture.css';
import { render } from 'preact';
import type { ToPanel } from '../src/protocol/panel';
import { App } from './app';
import { post } from './host';
import { receive } from './store';

/** Only the extension host posts messages with a `type`; whatever else arrives is not for the panel. */
const isMessage = (data: unknown): data is ToPanel => typeof data === 'object' && data !== null && 'type' in data;

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (isMessage(event.data)) receive(event.data);
});

const root = document.getElementById('app') ?? document.body.appendChild(document.createElement('div'));
root.id = 'app';
render(<App />, root);
post({ type: 'ready' });
