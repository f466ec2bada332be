import { inspect } from '../../src/core/index';
import type { Picture } from '../../src/core/scene/picture';

/** The pictures of the last place where `at` stands in a Python text. */
export function picturesIn(text: string, at: string, languageId = 'python'): readonly Picture[] {
  const start = text.lastIndexOf(at);
  const inspection = inspect(text, languageId, { start, end: start + at.length }, { limits: 'large' });
  return inspection?.pictures ?? [];
}
