import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/core/inspect/document';
import { inspect } from '../../../src/core/inspect/inspect';
import { writeBack } from '../../../src/core/inspect/write-back';
import { languageOf } from '../../../src/core/languages/index';
import { FAMILIES } from '../../../src/core/languages/literals/families';
import { fromElements } from '../../../src/core/values/ndarray';
import { random } from '../../support/random';
import { ROOT } from '../../support/source-files';

interface Read {
  /** The name as it stands in the text. */
  readonly name: string | undefined;
  readonly source: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** The literals of a text, as they are read. */
const read = (language: string, text: string): readonly Read[] =>
  readDocument(text, language).program.statements.map(s => {
    const e = s.kind === 'expression' ? s.expression : s.kind === 'assign' ? s.value : undefined;
    if (e?.kind !== 'dense') throw new Error(`${s.kind} is no literal`);
    const [target] = s.kind === 'assign' ? s.targets : [];
    return {
      name: target?.kind === 'name' ? text.slice(target.span.start, target.span.end) : undefined,
      source: text.slice(e.span.start, e.span.end),
      shape: e.shape,
      data: Array.from(e.data),
    };
  });

/** Language, text, and the shape and numbers row by row of what it holds. */
const TABLE: readonly (readonly [language: string, text: string, shape: readonly number[], data: readonly number[]])[] =
  [
    ['javascript', 'const A = [[1, 2.5], [-3, 4e-1]];', [2, 2], [1, 2.5, -3, 0.4]],
    ['javascript', 'return [1, +2, .5]', [3], [1, 2, 0.5]],
    ['javascript', 'x = a / b; y = [1, 2, 3] // c', [3], [1, 2, 3]],
    ['javascript', 's.replace(/[\'"`]/g, ""); v = [1, 2, 3]', [3], [1, 2, 3]],
    ['typescript', 'const a: number[][] = [\n  [1, 2], // one\n  [3, 4], /* two, 5 */\n];', [2, 2], [1, 2, 3, 4]],
    [
      'typescriptreact',
      "<p>don't</p>\nconst t = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]",
      [2, 2, 2],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ],
    ['javascript', 'm.copy(new THREE.Matrix3().set(1, 2, 3, 4, 5, 6, 7, 8, 9))', [3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['javascript', 'new THREE.Vector3(1, -2, 3)', [3], [1, -2, 3]],
    ['javascript', 'mat2.fromValues(1, 2, 3, 4)', [2, 2], [1, 3, 2, 4]],
    ['json', '{"w": [[0.1, 0.2], [0.3, 0.4]]}', [2, 2], [0.1, 0.2, 0.3, 0.4]],
    ['c', 'double A[2][2] = {{1.0f, 2.0f}, /* x */ {3.f, 4e2L}};', [2, 2], [1, 2, 3, 400]],
    ['cpp', 'Eigen::Matrix2d m{{1, 2}, {3, 4}};', [2, 2], [1, 2, 3, 4]],
    ['cpp', 'glm::mat2 m(1.0f, 2.0f, 3.0f, 4.0f);', [2, 2], [1, 3, 2, 4]],
    ['cpp', 'glm::mat2 m{{1, 2}, {3, 4}};', [2, 2], [1, 3, 2, 4]],
    ['cpp', 'auto p = glm::dvec3(1, 2, 3);', [3], [1, 2, 3]],
    ['cpp', 'cv::Matx23d A(1, 2, 3, 4, 5, 6);', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['cpp', 'Eigen::Vector3d v(1, 2, 3);', [3], [1, 2, 3]],
    ['cpp', 'Eigen::Matrix2d A;\nA << 1, 2, // one\n     3, -4.5f;', [2, 2], [1, 2, 3, -4.5]],
    ['cpp', 'Matrix3f A, B;\nVector3f b;\nb << 3, 3, 4;', [3], [3, 3, 4]],
    ['cpp', 'MatrixXd m(2, 3), n(2, 2);\nm << 1, 2, 3, 4, 5, 6;', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['cpp', 'Eigen::Matrix<double, 3, 2> J; J << 1, 2, 3, 4, 5, 6;', [3, 2], [1, 2, 3, 4, 5, 6]],
    ['cpp', 'Matrix<float, 2, 2, RowMajor> r;\nr << 1, 0, 0, 1;', [2, 2], [1, 0, 0, 1]],
    ['cpp', 'VectorXd v(4);\nv << 1, 2, 3, 4;', [4], [1, 2, 3, 4]],
    ['cpp', 'MatrixXd m; m.resize(2, 2); m << 1, 2, 3, 4;', [2, 2], [1, 2, 3, 4]],
    ['cpp', 'auto m = (Eigen::Matrix2d() << 1, 2, 3, 4).finished();', [2, 2], [1, 2, 3, 4]],
    ['cpp', 'cv::Mat K = (cv::Mat_<double>(2, 2) << 1, 2, 3, 4);', [2, 2], [1, 2, 3, 4]],
    ['cpp', 'm.row(0) << 1, 2, 3;', [3], [1, 2, 3]],
    ['glsl', 'mat2x3 m = mat2x3(1, 2, 3, 4, 5, 6);', [3, 2], [1, 4, 2, 5, 3, 6]],
    ['hlsl', 'float2x3 m = float2x3(1, 2, 3, 4, 5, 6);', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['csharp', 'var m = new double[,] { { 1d, 2m }, { 3, 4 } };', [2, 2], [1, 2, 3, 4]],
    ['csharp', 'new Vector3(1f, 2f, 3f)', [3], [1, 2, 3]],
    ['java', 'double[][] a = {{1, 2}, {3, 4}};', [2, 2], [1, 2, 3, 4]],
    ['go', 'a := [][]float64{\n\t{1, 2},\n\t{3, 4},\n}', [2, 2], [1, 2, 3, 4]],
    ['go', 'mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['rust', 'let a = array![[1.0_f32, 2.0], [3.0, 4f32]];', [2, 2], [1, 2, 3, 4]],
    ['rust', 'Matrix2x3::<f64>::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0)', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['rust', 'DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0])', [2, 2], [1, 2, 3, 4]],
    ['rust', 'DMatrix::from_column_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])', [2, 3], [1, 3, 5, 2, 4, 6]],
    ['julia', 'A = [1 2; 3 -4]', [2, 2], [1, 2, 3, -4]],
    ['julia', 'A = [1 2\n     3 4]', [2, 2], [1, 2, 3, 4]],
    ['julia', 'v = [1, -2, 3]', [3], [1, -2, 3]],
    ['julia', 'r = [1 -2]', [1, 2], [1, -2]],
    ['lua', 'local m = {{1, 2}, -- one\n {3, 4}}', [2, 2], [1, 2, 3, 4]],
    ['ruby', 'm = Matrix[[1, 2], [3, 4]]', [2, 2], [1, 2, 3, 4]],
    ['yaml', 'weights: [1, 2, 3]', [3], [1, 2, 3]],
    ['wolfram', 'A = {{1, 2}, (* 5 *) {3, 4}}', [2, 2], [1, 2, 3, 4]],
  ];

/** What is no literal of plain numbers, or is written otherwise than it looks. */
const NONE: readonly (readonly [language: string, text: string])[] = [
  ['javascript', 'a[1, 2, 3]'],
  ['javascript', 'f()[1, 2, 3]; a[0][1, 2, 3]'],
  ['javascript', '// [1, 2, 3]\n"[1, 2, 3]"; `x [1, 2,\n 3]`; /[1, 2, 3]/'],
  ['javascript', 'const pair = [0, 1]'],
  ['javascript', '[1, 2, x]; [[1, 2], [3]]; [1, [2, 3], 4]; [[1, 2], 3]; [1, , 3]; []; [[], []]'],
  ['javascript', '[1 / 3, 2, 3]; [1 + 1, 2, 3]; [1e, 2, 3]; [1.2.3, 4, 5]; [1_000, 2, 3]; [0x1f, 2, 3]; [1n, 2, 3]'],
  ['c', 'int a[] = {010, 2, 3};'],
  ['c', 'double a[] = {1 / 3, 2, 3};'],
  ['c', 'mat3(1.0); mat2(a, 2, 3, 4); mat2(1, 2, 3); format3(1, 2, 3)'],
  ['cpp', 'glm::mat2 m(1, 2, 3);'],
  ['cpp', 'std::cout << 1, 2; x << 1; int a = b << 2, c; Matrix2d A; A << 1, 2, 3; A << 1, 2, x, 4; A << B, C;'],
  ['cpp', 'unknown << 1, 2, 3, 4; Matrix2d M; M << 1, 2, 3, 4 << 5; n.M << 1, 2, 3, 4;'],
  ['rust', 'let zeros = [0.0; 3];'],
  ['julia', 'x = [5 % 3 2]; y = [1, 2; 3, 4]; z = [1 ... 2 3]; w = a[1 2]'],
  ['go', 'func f() { return 1, 2, 3 }'],
];

describe('array literals of other languages', () => {
  it.each(TABLE)('%s: %s', (language, text, shape, data) => {
    expect(read(language, text).map(({ shape, data }) => ({ shape, data }))).toEqual([{ shape, data }]);
  });

  it.each(NONE)('%s: nothing in %s', (language, text) => {
    expect(read(language, text)).toEqual([]);
  });

  it('what JSON.parse reads is read so, whatever blanks and comments are between', () => {
    const next = random(20);
    const pick = (n: number): number => Math.floor(next() * n);
    const blank = (): string => ['', ' ', '\n', '\t ', ' // 1, [2]\n', '/* ] */'][pick(6)];
    const number = (): string =>
      [
        String(pick(2000) - 1000),
        (next() * 2 - 1).toString(),
        (next() * 10 ** (pick(80) - 40)).toExponential(),
        `${pick(9)}.${pick(1000)}e${pick(40) - 20}`,
      ][pick(4)];
    const nested = (shape: readonly number[], gap: () => string): string =>
      shape.length === 0
        ? number()
        : `[${gap()}${Array.from({ length: shape[0] }, () => nested(shape.slice(1), gap)).join(`${gap()},${gap()}`)}${gap()}]`;
    for (let k = 0; k < 400; k++) {
      const shape = Array.from({ length: 1 + pick(3) }, () => 1 + pick(4));
      if (shape.reduce((n, m) => n * m, 1) < 3) continue;
      const text = nested(shape, blank);
      const bare = text.replace(/\/\/[^\n]*\n|\/\*.*?\*\//g, ' ');
      const [found, ...more] = read('typescript', `const x = ${text};`);
      expect([text, more]).toEqual([text, []]);
      if (!found) throw new Error(text);
      expect(found.source).toBe(text);
      expect(found.shape).toEqual(shape);
      // An entry of -0 has no sign in mathematics.
      expect(found.data).toEqual((JSON.parse(bare).flat(9) as number[]).map(x => x + 0));
    }
  });

  it.each(FAMILIES.flatMap(family => family.ids))('what %s prints it reads', id => {
    const array = fromElements('float64', [2, 3], [1, -2.5, 3, 4e-3, 5, 6]);
    const text = languageOf(id)?.print(array) ?? '';
    expect(read(id, `x = ${text}`)).toEqual([
      { name: 'x', source: text, shape: [2, 3], data: [1, -2.5, 3, 0.004, 5, 6] },
    ]);
  });

  it.each([
    ['javascript', 'const kernel = [1, 2, 3];', 'kernel'],
    ['javascript', 'this.w = [1, 2, 3]; f(x = 1, [1, 2, 3])', undefined],
    ['typescript', 'const a: number[][] = [[1, 2]];', 'a'],
    ['typescript', 'f({ scale: [1, 2, 3] })', 'scale'],
    ['typescript', 'const view = new THREE.Matrix3().set(1, 2, 3, 4, 5, 6, 7, 8, 9)', 'view'],
    ['javascript', 'if (x == 1) f([1, 2, 3])', undefined],
    ['javascript', 'f(g, [1, 2, 3])', undefined],
    ['javascript', 'const y = 1\nf([1, 2, 3])', undefined],
    ['json', '{"w": [[1, 2]], "b c": [1, 2, 3]}', 'w'],
    ['c', 'double J[2][2] = {{1, 2}, {3, 4}};', 'J'],
    ['cpp', 'Eigen::Matrix2d A{{1, 2}, {3, 4}};', 'A'],
    ['cpp', 'glm::mat2 view(1, 2, 3, 4);', 'view'],
    ['cpp', 'auto m = glm::mat2(1, 2, 3, 4);', 'm'],
    ['cpp', 'return {1, 2, 3};', undefined],
    ['cpp', 'Eigen::Matrix2d A;\nA << 1, 2, 3, 4;', 'A'],
    ['cpp', 'cv::Mat K = (cv::Mat_<double>(2, 2) << 1, 2, 3, 4);', 'K'],
    ['cpp', 'auto m = (Eigen::Matrix2d() << 1, 2, 3, 4).finished();', 'm'],
    ['go', 'a := [][]float64{{1, 2}}', 'a'],
    ['go', 'm := mat.NewDense(1, 2, []float64{1, 2})', 'm'],
    ['rust', 'let a: [f64; 3] = [1.0, 2.0, 3.0];', 'a'],
    ['yaml', 'weights: [1, 2, 3]', 'weights'],
    ['csharp', 'var m = new double[,] { { 1, 2 } };', 'm'],
  ])('%s: the name in %s', (language, text, name) => {
    expect(read(language, text)[0].name).toBe(name);
  });

  it('no brackets without end take long', () => {
    for (const piece of [
      '[',
      '{',
      '[1,',
      '{1,{',
      'vec3(',
      '[[1,2],',
      '/',
      '`',
      '/*',
      'mat4(',
      'm << 1,2;',
      'm << 1,',
      'Matrix2d m,',
      'VectorXd m(',
    ])
      for (const language of ['javascript', 'cpp', 'julia', 'rust'])
        expect(read(language, piece.repeat(60_000))).toEqual([]);
  });

  it('are inspected as mathematics', () => {
    const text = 'const float A[2][2] = {{2.0f, 1.0f}, {1.0f, 3.0f}};';
    const at = text.indexOf('3.0f');
    const found = inspect(readDocument(text, 'cpp'), { start: at, end: at });
    expect(found?.summary).toEqual(['2×2', 'positive definite', 'rank 2', 'det 5', 'κ 2.62']);
    expect(found?.text).toBe('[[2, 1], [1, 3]]');
    expect(found?.pictures[0].kind).toBe('linear-map');
    expect(found?.editable).toEqual([
      { operand: 'matrix', span: { start: text.indexOf('{{'), end: text.indexOf(';') }, shape: [2, 2] },
    ]);
  });

  it('put into a matrix by commas are inspected at its name and edited in their places', () => {
    const text = 'Eigen::Matrix2d A;\nA << 2, 1,\n     1, 3;\n';
    const at = text.indexOf('A <<');
    const found = inspect(readDocument(text, 'cpp'), { start: at, end: at });
    expect(found?.summary).toEqual(['2×2', 'positive definite', 'rank 2', 'det 5', 'κ 2.62']);
    const span = { start: text.indexOf('2, 1'), end: text.lastIndexOf(';') };
    expect(found?.editable).toEqual([{ operand: 'matrix', span, shape: [2, 2] }]);
    expect(writeBack(text, span, [2, 1, -4, 3], 'cpp')).toEqual([
      { span: { start: text.indexOf('1, 3'), end: text.indexOf('1, 3') + 1 }, text: '-4' },
    ]);
  });

  it('of columns cannot be edited in rows', () => {
    const text = 'glm::mat2 m(1, 2, 3, 4);';
    const at = text.indexOf('2,');
    const found = inspect(readDocument(text, 'cpp'), { start: at, end: at });
    expect(found?.text).toBe('[[1, 3], [2, 4]]');
    expect(found?.editable).toEqual([]);
  });

  it('are written back as they were written', () => {
    const text = 'Matrix2::new(1.0f32, 2.0, /* 7 */ 3.0, 4.0) // 8';
    const edits = writeBack(text, { start: 0, end: text.indexOf(' // 8') }, [1, 2.5, -3, 1e-7], 'rust') ?? [];
    expect(edits.map(e => [text.slice(e.span.start, e.span.end), e.text])).toEqual([
      ['2.0', '2.5'],
      ['3.0', '-3.0'],
      ['4.0', '1e-7'],
    ]);
  });
});

describe('the manifest', () => {
  const ids = FAMILIES.flatMap(family => family.ids);

  it('names the languages of which literals are read', () => {
    const { activationEvents } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(ids.filter(id => !activationEvents.includes(`onLanguage:${id}`))).toEqual([]);
  });

  it('is followed by the host', () => {
    const host = readFileSync(path.join(ROOT, 'src', 'host', 'documents.ts'), 'utf8');
    const [, named = ''] = /LITERAL_LANGUAGES[^']*'([^']*)'/.exec(host) ?? [];
    expect(named.split(' ').sort()).toEqual([...ids].sort());
  });
});
