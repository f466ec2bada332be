import type { FromPanel } from '../src/protocol/panel';
import type { PanelState } from '../src/protocol/panel-state';

/** The bridge that VS Code puts into a webview's page. */
interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export const post = (message: FromPanel): void => api.postMessage(message);
export const storedState = (): unknown => api.getState();
export const storeState = (state: PanelState): void => api.setState(state);
