import type { Language } from './language';
import { latex } from './latex/index';
import { literals } from './literals/index';
import { markdown } from './markdown/index';
import { matlab } from './matlab/index';
import { python } from './python/index';
import { r } from './r/index';

/** Every language that is read. */
const LANGUAGES: readonly Language[] = [python, matlab, r, latex, markdown, ...literals];

const BY_ID: ReadonlyMap<string, Language> = new Map(LANGUAGES.flatMap(l => l.ids.map(id => [id, l] as const)));
const ID_BY_EXTENSION: ReadonlyMap<string, string> = new Map(
  LANGUAGES.flatMap(l => l.extensions.map(e => [e, l.ids[0]] as const)),
);

export const languageOf = (id: string): Language | undefined => BY_ID.get(id);

export const languageIds: readonly string[] = [...BY_ID.keys()];

/** The language of a file name extension such as `.py`. */
export const languageForFile = (extension: string): string | undefined => ID_BY_EXTENSION.get(extension.toLowerCase());
