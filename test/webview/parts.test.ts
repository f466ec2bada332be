import { expect, test } from 'vitest';
import { inspect, type Value } from '../../src/core/index';
import { partsOf } from '../../webview/parts';

const valueAt = (text: string, languageId: string): Value => {
  const start = text.lastIndexOf('\n') + 1;
  const value = inspect(text, languageId, { start, end: text.length })?.value;
  if (!value) throw new Error(text);
  return value;
};

const names = (text: string, languageId = 'python', base: 0 | 1 = 0) =>
  partsOf(valueAt(text, languageId), base)?.map(part => part.name);

test('the parts of a value have names', () => {
  expect(names('d = {"W": [1, 2], 3: [4], (1, 2): 5}\nd')).toEqual(['W', '3', '2']);
  expect(names('t = ([1], "a")\nt', 'python', 1)).toEqual(['1', '2']);
  expect(names('s = {1, 2}\ns')).toEqual(['', '']);
  expect(names("c = {1, 'a'; 2, 'b'};\nc", 'matlab')).toEqual(['{1, 1}', '{2, 1}', '{1, 2}', '{2, 2}']);
  expect(names('c = {1, 2};\nc', 'matlab')).toEqual(['{1}', '{2}']);
  expect(names('s.a = 1; s.b = [1 2];\ns', 'matlab')).toEqual(['a', 'b']);
  expect(names('x = 1\nx')).toBeUndefined();
});

test('attributes that are not known say why', () => {
  const known: Value = { kind: 'none' };
  const value: Value = { kind: 'object', class: 0, name: 'P', attributes: [['a', known]], unknowns: [['b', 'a file']] };
  expect(partsOf(value, 0)).toEqual([
    { name: 'a', value: known },
    { name: 'b', reason: 'a file' },
  ]);
});
