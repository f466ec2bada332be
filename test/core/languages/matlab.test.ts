import { expect, test } from 'vitest';
import type { Expression } from '../../../src/core/expression/expression';
import type { Statement } from '../../../src/core/expression/program';
import { matlab, parseMatlab } from '../../../src/core/languages/matlab/index';
import { NumberReader } from '../../../src/core/text/decimal';
import { scanRows } from '../../../src/core/text/row-scanner';
import { fromElements } from '../../../src/core/values/ndarray';

/** A compact spelling of trees for comparison. */
function spell(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return `${e.value}${e.imaginary ? 'i' : ''}`;
    case 'string':
      return JSON.stringify(e.value);
    case 'name':
      return e.name;
    case 'dense':
      return `dense ${e.shape.join('x')} ${Array.from(e.data).join(' ')}`;
    case 'matrix':
      return `{${e.rows.map(row => row.map(spell).join(', ')).join('; ')}}`;
    case 'unary':
      return `(${e.operator} ${spell(e.operand)})`;
    case 'binary':
    case 'logical':
      return `(${spell(e.left)} ${e.operator} ${spell(e.right)})`;
    case 'comparison':
      return `(${e.operands.map(spell).join(` ${e.operators[0]} `)})`;
    case 'call':
      return `${spell(e.callee)}${e.outputs ? `:${e.outputs}` : ''}(${e.arguments.map(a => spell(a.value)).join(', ')})`;
    case 'range':
      return `<${[e.start, e.step, e.stop]
        .filter(p => p !== undefined)
        .map(spell)
        .join(' : ')}>`;
    case 'member':
      return `${spell(e.object)}.${e.name}`;
    default:
      return e.kind;
  }
}

const first = (text: string): string => {
  const [s] = parseMatlab(text);
  if (s?.kind === 'expression') return spell(s.expression);
  return s?.kind === 'assign' ? spell(s.value) : (s?.kind ?? 'nothing');
};
const kinds = (text: string): string[] => parseMatlab(text).map((s: Statement) => s.kind);

test.each([
  ['[1 2; 3 4]', 'dense 2x2 1 2 3 4'],
  ['[1, 2\n3, 4]', 'dense 2x2 1 2 3 4'],
  ['[1 -2]', 'dense 1x2 1 -2'],
  ['[1 - 2]', '{(1 subtract 2)}'],
  ['[1 , -2]', 'dense 1x2 1 -2'],
  ['[1 ... note\n 2]', 'dense 1x2 1 2'],
  ['[1 2 % note\n3 4]', 'dense 2x2 1 2 3 4'],
  ['[a -1]', '{a, (negate 1)}'],
  ['[a - 1]', '{(a subtract 1)}'],
  ['[a-1]', '{(a subtract 1)}'],
  ["[a' b']", '{(conjugate-transpose a), (conjugate-transpose b)}'],
  ["[a 'b']", '{a, "b"}'],
  ['a = 1; [a (1)]', '1'],
  ['[sin(1) 2]', '{sin(1), 2}'],
  ['[(1 -2)]', '{(1 subtract 2)}'],
  ['[1 !x]', '{1, (not x)}'],
  ['[1 != x]', '{(1 not-equal x)}'],
  ['-2^2', '(negate (2 power 2))'],
  ['2^-1', '(2 power (negate 1))'],
  ['2^3^2', '((2 power 3) power 2)'],
  ["2^x'", '(conjugate-transpose (2 power x))'],
  ["x.'", '(transpose x)'],
  ['1:n+1', '<1 : (n add 1)>'],
  ['1:2:9', '<1 : 2 : 9>'],
  ['1 < 2 < 3', '((1 less 2) less 3)'],
  ['!x == y', '((not x) equal y)'],
  ['a | b & c', '(a bit-or (b bit-and c))'],
  ['a || b && c', '(a or (b and c))'],
  ['x = 1', '1'],
  ['1./x', '(1 elementwise-divide x)'],
  ['2.*3', '(2 elementwise-multiply 3)'],
  ['3.5e-2i', '0.035i'],
  ['1d3', '1000'],
  ["'it''s'", '"it\'s"'],
  ['"a\\tb"', '"a\\tb"'],
  ['zeros(2)(1, end)', 'zeros(2)(1, end)'],
  ['size(a(:, 1))', 'size(a()(<>, 1))'],
  ['[q, r] = qr(A)', 'qr:2(A)'],
  ['NaN(2)', 'NaN()(2)'],
  ['x.y', 'x.y'],
])('%s', (text, tree) => {
  expect(first(text)).toBe(tree);
});

test('a semicolon silences', () => {
  const silent = parseMatlab('a = 1; b = 2, c\nd;').map(s =>
    s.kind === 'assign' || s.kind === 'expression' ? s.silent : undefined,
  );
  expect(silent).toEqual([true, false, false, true]);
});

test('blocks, functions and commands', () => {
  expect(kinds('if x > 1\n a = 2\nelse\n a = 3\nend\nb = 1')).toEqual(['branching', 'assign']);
  expect(kinds('for i = 1:3, x = i; end, y = 2')).toEqual(['branching', 'assign']);
  expect(kinds('do\n x = 1\nuntil x > 3\ny = 2')).toEqual(['branching', 'assign']);
  expect(kinds('try\n x = 1\ncatch err\n x = 2\nend')).toEqual(['branching']);
  expect(kinds('x = f(1)\nfunction y = f(x)\n y = x;\nend')).toEqual(['scope', 'assign']);
  expect(kinds('function a(x)\n x\nfunction b(x)\n x')).toEqual(['scope', 'scope']);
  expect(kinds('hold on\nformat long\nclear x\nx = 1')).toEqual(['opaque', 'opaque', 'opaque', 'assign']);
  expect(kinds('%{\nx = (\n%}\ny = 1')).toEqual(['assign']);
});

test('item targets, growth and steps', () => {
  const [s] = parseMatlab('A(2, :) = [5 6]');
  expect(s.kind === 'assign' && s.targets[0].kind).toBe('item');
  expect(kinds('x = 1; x += 2; x++; x')).toEqual(['assign', 'assign', 'assign', 'expression']);
});

test('a line that does not parse takes nothing else with it', () => {
  expect(kinds('x = [1 2\ny = 3')).toEqual(['assign', 'assign']);
  expect(first('x = (1 +')).toBe('unreadable');
  expect(first('\u2212 1')).toBe('unreadable');
  expect(kinds('1 + ) 2\nz = 4')).toEqual(['expression', 'assign']);
});

test('a function handle is written as the prompt writes it', () => {
  const written = (text: string): string | undefined => {
    const [s] = parseMatlab(text);
    return s.kind === 'assign' && s.value.kind === 'lambda' ? s.value.handle : undefined;
  };
  expect(written('f = @(x,y) x.^2+[1 -2;3 4](1,:)*y')).toBe('@(x, y) x .^ 2 + [1, -2; 3, 4] (1, :) * y');
  expect(written("f = @(s)~s.a&&{1,'it''s'}{1}'")).toBe("@(s) !s.a && {1, 'it''s'} {1}'");
  expect(written('f = @(x) @(y)(x+y)*((2))')).toBe('@(x) @(y)(x + y) * ((2))');
});

test('spans are offsets into the whole text, regions are respected', () => {
  const text = 'é𝒳 x = 1;\n';
  const [s] = parseMatlab(text, [{ start: 4, end: text.length }]);
  expect(text.slice(s.span.start, s.span.end)).toBe('x = 1');
});

test('rows are scanned without nodes, everything else is left to the parser', () => {
  const plain = scanRows(new NumberReader('[1 2;-3 4e2]'), 0);
  expect(plain.kind === 'plain' && [plain.rows, plain.columns, ...plain.data]).toEqual([2, 2, 1, 2, -3, 400]);
  for (const text of ['[]', '[1 2; 3]', '[1 - 2]', '[1 x]', '[1 2', '[1-2]', "[1']", '[1i]', '[1,,2]']) {
    expect(scanRows(new NumberReader(text), 0).kind).toBe('not-plain');
  }
});

test('source text of arrays', () => {
  expect(matlab.print(fromElements('float64', [2, 2], [1, 2.5, -3, Number.NaN]))).toBe('[1 2.5; -3 NaN]');
  expect(
    matlab.print(
      fromElements(
        'complex128',
        [1, 2],
        [
          { re: 1, im: -2 },
          { re: 0, im: 1 },
        ],
      ),
    ),
  ).toBe('[1-2i 0+1i]');
  expect(matlab.print(fromElements('bool', [1, 2], [true, false]))).toBe('[true false]');
  expect(matlab.print(fromElements('float64', [0, 3], []))).toBe('zeros(0, 3)');
  expect(matlab.print(fromElements('float64', [2, 1, 2], [1, 2, 3, 4]))).toBe('reshape([1 3 2 4], [2 1 2])');
});

test('deep and endless nesting ends', () => {
  for (const text of [
    '['.repeat(1e5),
    '('.repeat(1e5),
    `x${'('.repeat(1e4)}`,
    '-'.repeat(1e5),
    `2${'^-'.repeat(1e4)}1`,
    'if 1\n'.repeat(1e4),
  ]) {
    expect(() => parseMatlab(text)).not.toThrow();
  }
});
