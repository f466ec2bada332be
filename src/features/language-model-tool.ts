import * as vscode from 'vscode';
import { loadCore } from '../host/core-loader';

/** The name that package.json gives the tool. */
const NAME = 'inspect_matrix';

/** Languages that package.json offers. */
const LANGUAGES: readonly unknown[] = ['python', 'matlab', 'r', 'latex'];

/** Longest code that is read for a language model. */
const MAX_CODE = 100_000;

interface Input {
  readonly code?: unknown;
  readonly language?: unknown;
}

/** Lets a language model ask what a piece of code about matrices comes to, without running it. */
export function registerLanguageModelTool(): vscode.Disposable {
  return vscode.lm.registerTool<Input>(NAME, {
    prepareInvocation: () => ({ invocationMessage: 'Reading the matrices' }),
    async invoke({ input: { code, language } }) {
      if (
        typeof code !== 'string' ||
        code.length > MAX_CODE ||
        typeof language !== 'string' ||
        !LANGUAGES.includes(language)
      )
        throw new Error(
          `The input is \`code\`, of at most ${MAX_CODE} characters, and \`language\`: ${LANGUAGES.join(', ')}.`,
        );
      const { report } = await loadCore();
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(report(code, language))]);
    },
  });
}
