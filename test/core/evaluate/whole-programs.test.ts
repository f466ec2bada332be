import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect } from '../../../src/core/index';

const answers = (source: string, limits: 'small' | 'large' = 'large'): string[] =>
  evaluateSource(`import numpy as np\n${source}`, 'python', { limits }).map(a =>
    a.status === 'ok' ? (a.text ?? '') : `${a.status}: ${a.message}`,
  );
const last = (source: string): string | undefined => answers(source).at(-1);

/** What is said of a part of a source, the one that begins at `|`. */
function at(marked: string, part: string): string {
  const start = marked.indexOf('|');
  const found = inspect(marked.replace('|', ''), 'python', { start, end: start + part.length });
  return found ? `${found.status}: ${found.text ?? found.message}` : 'nothing';
}

const COUNTER = 'n = 0\ndef count(k):\n    global n\n    n += k\n    return n\n';

describe('a program that is run from its beginning', () => {
  test('goes on behind what a library alone may do', () => {
    expect(last(`import matplotlib.pyplot as plt\n${COUNTER}count(2)\nplt.plot([n, 2])\nplt.show()\nn`)).toBe('2');
    expect(last(`${COUNTER}data = np.loadtxt("data.csv")\nm = data.mean()\ncount(3)\nn`)).toBe('3');
    expect(last(`${COUNTER}with open("f") as f:\n    text = f.read()\ncount(3)\nn`)).toBe('3');
  });

  test('and behind what it prints of things whose text is not known', () => {
    const source = `class P:\n    def __init__(self):\n        self.a = 1\np = P()\n${COUNTER}x = np.ones(2)\nfor k in range(3):\n    x = x + k\n    print(p, x)\ncount(5)\nprint(p)\nprint(n, x)\nx`;
    const said = answers(source);
    expect(said.map(text => text.startsWith('unknown: an object prints its address'))).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(said.slice(3)).toEqual(['5 [4. 4.]', 'array([4., 4.])']);
  });

  test('and what that leaves open is not known', () => {
    expect(last(`${COUNTER}data = np.loadtxt("data.csv")\ncount(3)\ndata`)).toMatch(/^unknown: /);
  });

  test.each([
    'from shop import train\ntrain()',
    'from shop import train\ntrain(count)',
    'for item in thing:\n    pass',
    'log = []\nlog.append(np.loadtxt("f"))',
    'def load():\n    return np.loadtxt("f")\nx = load()',
    'np.loadtxt("f", converters={0: count})',
    'np.loadtxt("f", converters=lambda v: count(1))',
  ])('ends at what may have done more: %s', line => {
    expect(last(`${COUNTER}count(1)\n${line}\nn`)).toMatch(/^unknown: /);
  });

  test('a draw that is not followed leaves the generator open', () => {
    const source = (line: string): string =>
      `${COUNTER}np.random.seed(0)\ncount(1)\n${line}\nx = np.random.rand()\n[n, x]`;
    expect(last(source('pass'))).toBe('[1, 0.5488135039273248]');
    expect(last(source('y = np.random.zipf(2)'))).toMatch(/^unknown: /);
  });

  test('an expression that raises ends nothing, another statement ends it', () => {
    expect(answers(`${COUNTER}count(1)\n[][3]\nn`)).toEqual(['1', 'error: IndexError: list index out of range', '1']);
    expect(last(`${COUNTER}count(1)\nfor k in range(2):\n    [][k]\nn`)).toMatch(/^unknown: /);
  });

  test('a name that is deleted is gone', () => {
    expect(last(`${COUNTER}count(1)\ndel n\nn`)).toBe("error: NameError: name 'n' is not defined");
  });

  test.each([
    [
      'an in-place operator binds its name again',
      'l = [1]\ndef f():\n    global l\n    l = l + l\n    return 2\nl += [f()]\nl',
      '[1, 2]',
    ],
    [
      'a literal makes another array each time',
      'def f():\n    return np.array([1, 2])\na, b = f(), f()\na += 5\nb',
      'array([1, 2])',
    ],
    [
      'an attribute of a class becomes one of its object',
      'class C:\n    n = [1]\nc = C()\nc.n += [2]\nc.n = [3]\nC.n, c.n',
      '([1, 2], [3])',
    ],
    ['a default argument is one object', 'def f(v, to=[]):\n    to.append(v)\n    return to\nf(1)\nf(2)', '[1, 2]'],
    [
      'objects in a set are followed',
      'class C:\n    n = 0\nc = C()\ns = {c}\nc.n = 4\n[x.n for x in s], c in s, C() in s',
      '([4], True, False)',
    ],
    [
      'what a closure keeps is changed once',
      'def make():\n    kept = [2]\n    def add(v):\n        kept.append(v)\n        return sum(kept)\n    return add\nadd = make()\nl = [1]\nl.append(add(5))\nl',
      '[1, 7]',
    ],
    [
      'a closure draws from a generator outside',
      'g = np.random.default_rng(7)\ndef f():\n    def inner():\n        return g.random()\n    return inner\nh = f()\nx = h()\ng.random() == np.random.default_rng(7).random(2)[1]',
      'True',
    ],
    [
      'an object that a generator may have changed still draws',
      'g = np.random.default_rng(7)\nl = [1]\nclass C:\n    def __init__(self, items, g):\n        self.items, self.g = items, g\n    def step(self):\n        self.items.append(1)\n        return self.g.random()\nc = C(l, g)\ndef gen(p):\n    yield 2\nit = gen(l)\nx = c.step()\ng.random() == np.random.default_rng(7).random(2)[1]',
      'True',
    ],
  ])('%s', (_, source, text) => expect(last(source)).toBe(text));

  test('the main guard is run', () => {
    expect(last(`${COUNTER}if __name__ == "__main__":\n    count(4)\n    print(n)`)).toBe('4');
  });

  test('a part of a statement is what it is when it is reached', () => {
    const source = `${COUNTER}x = count(1) + n + count(2)`;
    expect(at(source.replace('+ count(2)', '+ |count(2)'), 'count(2)')).toBe('ok: 3');
    expect(at(source.replace('+ n', '+ |n'), 'n')).toBe('ok: 1');
    expect(at(source.replace('x =', '|x ='), 'x')).toBe('ok: 5');
  });

  test('questions may come in any order, and change nothing', () => {
    const source = `${COUNTER}count(1)\ncount(2)\nn`;
    for (let k = 0; k < 2; k++) {
      expect(at(source.replace('count(2)', '|count(2)'), 'count(2)')).toBe('ok: 3');
      expect(at(source.replace('count(1)', '|count(1)'), 'count(1)')).toBe('ok: 1');
    }
  });

  test('more than the budget allows is asked of a larger one', () => {
    const source = `import numpy as np\n${COUNTER}for k in range(20000):\n    count(k)\nn`;
    const found = evaluateSource(source, 'python', { limits: 'small' }).at(-1);
    expect(found).toMatchObject({ status: 'unknown', needsMore: true });
    expect(evaluateSource(source, 'python').at(-1)).toMatchObject({ status: 'ok', text: '199990000' });
  });

  test('an endless generator or loop ends', () => {
    const forever = 'def forever():\n    while True:\n        yield 1\n';
    expect(last(`${forever}sum(forever())`)).toMatch(/^unknown: /);
    expect(last(`${COUNTER}while True:\n    count(1)\nn`)).toMatch(/^unknown: /);
  });
});

describe('iterators', () => {
  test.each([
    ['it = zip([1, 2], [3, 4])\nnext(it)\nlist(it)', '[(2, 4)]'],
    ['it = (v * 2 for v in [1, 2])\n2 in it\nlist(it)', '[4]'],
    ['l = [1]\nit = iter(l)\nnext(it)\nl.append(2)\nnext(it)', '2'],
    ['l = [1, 2, 3]\nfor v in l:\n    l.remove(v)\nl', '[2]'],
    ['d = {"a": 1}\nkeys = d.keys()\nd["b"] = 2\nlist(keys)', "['a', 'b']"],
    ['d = {"a": 1, "b": 2}\nfor k, v in d.items():\n    d["b"] = v + 5\nd', "{'a': 1, 'b': 11}"],
    ['a = np.arange(3)\nit = iter(a)\na[1] = 7\nlist(it)', '[0, 7, 2]'],
  ])('%s', (source, text) => expect(last(source)).toBe(text));

  test.each([
    ['d = {"a": 1}', 'for k in d:\n        d[k + "b"] = 1', 'dictionary changed size during iteration'],
    ['s = {1}', 'for k in s:\n        s.add(k + 1)', 'Set changed size during iteration'],
    ['def g():\n    raise StopIteration\n    yield 1', 'list(g())', 'generator raised StopIteration'],
    ['def g():\n    yield next(h)\nh = g()', 'next(h)', 'generator already executing'],
  ])('%s … %s fails', (before, line, message) => {
    expect(last(`${before}\ntry:\n    ${line}\nexcept Exception as e:\n    print(e)`)).toBe(message);
  });

  test('next of what is used up raises', () => expect(last('next(iter([]))')).toBe('error: StopIteration'));

  test('what is yielded in the middle of an expression is not followed', () => {
    expect(
      last('def g():\n    x = 1 + (yield 2)\ndef f():\n    it = g()\n    next(it)\n    return list(it)\nf()'),
    ).toMatch(/^unknown: /);
  });

  test('a lambda, a kept method and an operator that change things are not lost sight of', () => {
    expect(last('l = [1]\nf = lambda v: l.append(v)\nl = [2]\nf(3)\nl')).toBe('[2, 3]');
    expect(last('l = [1]\npush = l.append\npush(2)\nl')).toBe('[1, 2]');
    const thing = 'from shop import thing\n';
    expect(last(`${thing}l = [1]\nf = lambda v: l.append(v)\nl = [2]\nthing(f)\nl`)).toMatch(/^unknown: /);
    expect(last(`${thing}l = [1]\npush = l.append\nthing()\nl`)).toMatch(/^unknown: /);
  });

  test('a library that calls back in the middle of its work is not followed where that changes what it holds', () => {
    expect(last('l = [3, 1, 2]\nsorted(l, key=lambda v: l.append(v) or v)')).toMatch(/^unknown: /);
  });
});

describe('what blocks print', () => {
  const blocks = (source: string): { line: number; text?: string; status: string }[] =>
    evaluateSource(source, 'python').map(({ line, text, status }) => ({ line, text, status }));

  test('is shown in order, with what the functions in them print', () => {
    expect(blocks('def f(k):\n    print("f", k)\n    return k\nfor i in range(2):\n    print(i, f(i + 5))')).toEqual([
      { line: 3, text: 'f 5\n0 5\nf 6\n1 6', status: 'ok' },
    ]);
  });

  test('a block that prints nothing is passed over', () => {
    expect(
      blocks('from shop import thing\nx = 0\nfor i in range(2):\n    x += i\nfor v in thing:\n    x += v'),
    ).toEqual([]);
  });

  test('one that may print and is not followed says so', () => {
    expect(blocks('for v in thing():\n    print(v)')[0]).toMatchObject({ line: 0, status: 'error' });
    expect(blocks('from shop import thing\nfor v in thing():\n    print(v)')[0]).toMatchObject({ status: 'unknown' });
  });

  test('200 lines are shown', () => {
    const [{ text = '' }] = blocks('for i in range(1000):\n    print(i)');
    expect(text.split('\n')).toHaveLength(201);
    expect(text.split('\n').at(-1)).toBe('… 800 more lines');
  });
});
