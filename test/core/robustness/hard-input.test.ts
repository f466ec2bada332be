import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect, inspectFormula, locate, readDocument } from '../../../src/core/index';

/** Hard inputs: none hangs, throws or guesses. A hang shows as vitest's own time limit. */

const last = (text: string, language: string) => {
  const found = evaluateSource(text, language);
  return found[found.length - 1];
};
const numpy = (line: string): string => `import numpy as np\n${line}`;

test('a long loop over a large array comes to an end', () => {
  const [answer] = evaluateSource(
    numpy('d = np.arange(1000000)\nx = d\nwhile x.size > 3:\n    x[0], x[-1] = x[-1], x[0]\n    x = x[:-2]\nd.sum()'),
    'python',
    { limits: 'small' },
  );
  expect(answer.status).toBe('unknown');
});

describe('Python', () => {
  test('an unknown name, a parameter, an unknown library', () => {
    expect(last('a @ b', 'python')).toMatchObject({ status: 'error', message: "NameError: name 'a' is not defined" });
    const text = 'def f(x):\n    return x @ x\n';
    const at = text.indexOf('x @ x') + 2;
    expect(inspect(text, 'python', { start: at, end: at })).toMatchObject({
      status: 'unknown',
      message: 'x: a parameter, known only when the code runs',
    });
    expect(last('import foo\nfoo.bar([1, 2])', 'python').status).toBe('unknown');
  });

  test('nothing at all', () => {
    for (const language of ['python', 'latex', 'markdown', 'matlab', 'r'])
      for (const text of ['', '\n', '   ', '\ufeff', '\0']) {
        expect(evaluateSource(text, language).filter(e => e.status === 'ok')).toEqual([]);
        if (text !== '\0') expect(locate(text, language, 0)).toBeUndefined();
      }
  });

  test('empty arrays', () => {
    expect(last(numpy('np.array([])'), 'python').text).toBe('array([], dtype=float64)');
    expect(last(numpy('np.zeros((0, 3)).T'), 'python').text).toBe('array([], shape=(3, 0), dtype=float64)');
    expect(last(numpy('np.zeros((0, 3)) @ np.zeros((3, 2))'), 'python').text).toBe(
      'array([], shape=(0, 2), dtype=float64)',
    );
  });

  test('ragged rows', () => {
    expect(last('[[1, 2], [3]]', 'python').text).toBe('[[1, 2], [3]]');
    const ragged = last(numpy('np.array([[1, 2], [3]])'), 'python');
    expect(ragged.status).toBe('error');
    expect(ragged.message).toMatch(/^ValueError: setting an array element with a sequence/);
  });

  test.each([
    'np.array([[1, 2], [3,',
    'np.array([[1, 2], [3, 4]',
    'np.array(',
    'x = [[1, 2],\n     [3, 4',
    'A @',
    'A[',
    '"""half a string',
    'a = (1 +',
    'lambda x:',
    'def f(',
  ])('half typed: %s', text => {
    const found = evaluateSource(`${numpy('B = np.eye(2)\nB')}\n${text}`, 'python');
    expect(found[0]?.text).toBe('array([[1., 0.],\n       [0., 1.]])');
    expect(found.slice(1).filter(e => e.status === 'ok')).toEqual([]);
    for (let at = 0; at <= text.length; at++) locate(text, 'python', at);
  });

  test('what is half typed leaves the statements after it alone', () => {
    const found = evaluateSource(numpy('np.array([[1, 2], [3,\nb = np.array([1, 2])\nb * 2\n'), 'python');
    expect(found[found.length - 1].text).toBe('array([2, 4])');
  });

  test('more memory than there is', () => {
    for (const request of [
      'np.zeros((10**6, 10**6))',
      'np.ones(10**12)',
      'np.eye(10**6)',
      '[0] * 10**12',
      'np.arange(1e15)',
    ]) {
      const found = last(numpy(request), 'python');
      expect(found.status, request).toBe('unknown');
      expect(found.message).toBeTruthy();
    }
  });

  test('more work than is worth it', () => {
    for (const request of [
      'np.linalg.matrix_power(np.eye(100) * 2, 10**9 + 1)',
      '10 ** 10 ** 10',
      '2 ** 10 ** 9',
      'np.ones((3000, 3000)) @ np.ones((3000, 3000)) @ np.ones((3000, 3000))',
      '"a" * 10**10',
    ]) {
      const found = evaluateSource(numpy(request), 'python', { limits: 'small' });
      expect(found[0]?.status, request).not.toBe('error');
      if (found[0]?.status === 'ok') expect(found[0].text?.length).toBeLessThan(100_000);
    }
  });

  test('a literal of a million numbers', () => {
    const row = `[${Array.from({ length: 1000 }, (_, j) => j % 97).join(', ')}]`;
    const text = numpy(`A = np.array([${Array(1000).fill(row).join(',\n')}])\nA.sum()\n`);
    const document = readDocument(text, 'python');
    const found = evaluateSource(document, 'python');
    expect(found[0].text).toBe(String(1000 * Array.from({ length: 1000 }, (_, j) => j % 97).reduce((s, x) => s + x)));
    const at = text.indexOf('A = ');
    const inspection = inspect(document, 'python', { start: at, end: at });
    expect(inspection?.status).toBe('ok');
    expect(inspection?.summary[0]).toBe('1000×1000 int64');
    expect(inspection?.text?.length).toBeLessThan(30_000);
  });

  test('line ends, marks and characters of every kind', () => {
    expect(last('import numpy as np\r\nA = np.array([[1, 2],\r\n  [3, 4]])\r\nA @ A\r\n', 'python').text).toBe(
      'array([[ 7, 10],\n       [15, 22]])',
    );
    expect(last('\ufeffimport numpy as np\nnp.array([1])', 'python').text).toBe('array([1])');
    const text = numpy('s = "𝒲 🙂"  # 🙂\nβ = np.array([1, 2])\nβ * 2');
    expect(last(text, 'python').text).toBe('array([2, 4])');
    const at = text.lastIndexOf('β');
    expect(locate(text, 'python', at)?.source).toBe('β');
  });
});

describe('a chain of five thousand names', () => {
  const N = 5000;
  test.each(['A%p @ B', 'A%p + B', 'A%p', 'B @ A%p', 'np.maximum(0, A%p)'])('A1 = %s', step => {
    for (const begin of ['B', 'np.array([1.0, 2.0])']) {
      const lines = Array.from({ length: N }, (_, k) => `A${k + 1} = ${step.replace('%p', `${k}`)}`);
      const text = ['import numpy as np', 'B = np.array([[0.5, 0.1], [0.2, 0.3]])', `A0 = ${begin}`, ...lines].join(
        '\n',
      );
      const at = text.lastIndexOf(`A${N} =`);
      expect(inspect(text, 'python', { start: at, end: at })?.status).toBeDefined();
    }
  });
});

describe('ten thousand brackets', () => {
  const DEEP = 10_000;
  test.each([
    ['python', `${'['.repeat(DEEP)}1${']'.repeat(DEEP)}`],
    ['python', `${'('.repeat(DEEP)}1${')'.repeat(DEEP)}`],
    ['python', '['.repeat(DEEP)],
    ['python', `${'f('.repeat(DEEP)}1${')'.repeat(DEEP)}`],
    ['python', `${'-'.repeat(DEEP)}1`],
    ['python', `${'not '.repeat(DEEP)}1`],
    ['python', `x${'.a'.repeat(DEEP)}`],
    ['python', `x${'[0]'.repeat(DEEP)}`],
    ['python', `${'lambda: '.repeat(DEEP)}1`],
    ['python', `${'1 if 1 else '.repeat(DEEP)}1`],
    ['python', `${'2**'.repeat(DEEP)}1`],
    ['python', Array.from({ length: DEEP }, (_, k) => `${' '.repeat(k % 900)}if x:\n`).join('')],
    ['matlab', `${'['.repeat(DEEP)}1${']'.repeat(DEEP)}`],
    ['matlab', `${'('.repeat(DEEP)}1${')'.repeat(DEEP)}`],
    ['matlab', `x${"'".repeat(DEEP)}`],
    ['matlab', 'if x\n'.repeat(DEEP)],
    ['r', `${'('.repeat(DEEP)}1${')'.repeat(DEEP)}`],
    ['r', `${'c('.repeat(DEEP)}1${')'.repeat(DEEP)}`],
    ['r', 'if (x) {\n'.repeat(DEEP)],
    ['r', `${'function(x) '.repeat(DEEP)}x`],
    ['r', `x${'[1]'.repeat(DEEP)} <- 2`],
    ['r', `${'-'.repeat(DEEP)}1`],
    ['r', `${'a <- '.repeat(DEEP)}1\na`],
    ['latex', `$${'{'.repeat(DEEP)}1${'}'.repeat(DEEP)}$`],
    ['latex', `$${'\\frac{1}{'.repeat(DEEP)}1${'}'.repeat(DEEP)}$`],
    ['latex', `$${'\\begin{bmatrix}'.repeat(DEEP)}1${'\\end{bmatrix}'.repeat(DEEP)}$`],
    ['latex', `$${'\\sqrt'.repeat(DEEP)} 2$`],
    ['latex', `$${'-'.repeat(DEEP)} 2$`],
    ['latex', `$x${'^x'.repeat(DEEP)}$`],
    ['markdown', `${'> '.repeat(DEEP)}$1$`],
  ])('%s: %.20s', (language, text) => {
    for (const e of evaluateSource(text, language)) {
      if (e.status !== 'ok') expect(e.message).toBeTruthy();
    }
    locate(text, language, Math.floor(text.length / 2));
    inspect(text, language, { start: 0, end: text.length });
    inspectFormula(text);
  });

  test('a sum of ten thousand terms has a value', () => {
    expect(last(Array(DEEP).fill('1').join(' + '), 'python').text).toBe(String(DEEP));
    expect(last(Array(DEEP).fill('1').join(' + '), 'matlab').text).toBe(`ans = ${DEEP}`);
  });

  test('a chain of ten thousand names has a value', () => {
    const chain = ['a0 = 1', ...Array.from({ length: DEEP }, (_, k) => `a${k + 1} = a${k} + 1`), `a${DEEP}`].join('\n');
    expect(last(chain, 'python').text).toBe(String(DEEP + 1));
  });
});

describe('MATLAB and LaTeX', () => {
  test.each(['[1 2; 3', '[1 2\n3 4', "x = 'half", 'A(', 'A{1', 'if 1', '[1 2; 3]'])(
    'half typed or ragged: %s',
    text => {
      for (const e of evaluateSource(text, 'matlab')) expect(e.status).not.toBe('ok');
    },
  );

  test.each([
    '$\\begin{bmatrix} 1 & 2 \\\\ 3$',
    '$\\begin{bmatrix} 1 & 2 \\\\ 3 \\end{bmatrix}$',
    '$\\frac{1}{$',
    '$x^$',
    '$\\sqrt[3$',
    '$\\left( 1 $',
  ])('half typed or ragged: %s', text => {
    for (const e of evaluateSource(text, 'latex')) expect(e.status).not.toBe('ok');
  });
});

test('singular values of what overflows are an end, not a loop', () => {
  const text = 'import numpy as np\nnp.outer(np.array([[1 + 2j, 0], [3, 1j]]), np.array([[1e300, 1], [1, 1e-300]]))';
  expect(inspect(text, 'python', { start: text.indexOf('\n') + 1, end: text.length })?.status).toBe('ok');
});
