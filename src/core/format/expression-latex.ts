import type { Argument, BinaryOperator, Expression, Member } from '../expression/expression';
import { ndarray } from '../values/ndarray';
import { escaped, numberLatex, valueLatex } from './latex';

/** Binding strength, loosest first; an operand that binds looser than its operator stands in parentheses. */
enum Level {
  Relation = 0,
  Sum = 1,
  Product = 2,
  Power = 3,
  Atom = 4,
}

interface Typeset {
  readonly latex: string;
  readonly level: Level;
}

const GREEK = new Set(
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega'.split(
    ' ',
  ),
);

/** An expression of any language as mathematics: `W @ x` → `W x`, `np.linalg.inv(A)` → `A^{-1}`, literals as matrices. */
export const expressionLatex = (e: Expression): string => typeset(e).latex;

const atom = (latex: string): Typeset => ({ latex, level: Level.Atom });

const wrapped = (e: Expression, level: Level): string => {
  const t = typeset(e);
  return t.level < level ? `\\left(${t.latex}\\right)` : t.latex;
};

/** `W1` → `W_{1}`, `alpha` → `\alpha`, `x_train` → `\mathrm{x\_train}`. */
export function nameLatex(name: string): string {
  if (name.startsWith('\\')) return name;
  const [, base, index] = /^(.*?)_?(\d+)$/.exec(name) ?? /^([A-Za-z])_\{?([A-Za-z0-9]+)\}?$/.exec(name) ?? [];
  const stem = base !== undefined && base !== '' ? base : name;
  const letters = GREEK.has(stem)
    ? `\\${stem}`
    : /^[A-Za-z]'*$/.test(stem)
      ? stem
      : `\\mathrm{${escaped(stem).replace(/\\text[a-z]+\{\}|\?/g, '')}}`;
  return base !== undefined && base !== '' ? `${letters}_{${index}}` : letters;
}

function typeset(e: Expression): Typeset {
  switch (e.kind) {
    case 'number': {
      const text = e.integer !== undefined ? e.integer.toString() : numberLatex(e.value);
      return e.imaginary ? atom(`${text}i`) : atom(text);
    }
    case 'string':
      return atom(`\\text{${escaped(e.value)}}`);
    case 'boolean':
      return atom(`\\mathrm{${e.value ? 'True' : 'False'}}`);
    case 'none':
      return atom('\\mathrm{None}');
    case 'ellipsis':
      return atom('\\dots');
    case 'dense':
      return atom(valueLatex({ kind: 'array', array: ndarray('float64', e.shape, e.data) }));
    case 'sequence':
      return sequence(e);
    case 'matrix':
      return atom(
        `\\begin{bmatrix} ${e.rows
          .slice(0, 8)
          .map(row => row.slice(0, 8).map(expressionLatex).join(' & ') + (row.length > 8 ? ' & \\cdots' : ''))
          .join(' \\\\ ')}${e.rows.length > 8 ? ' \\\\ \\vdots' : ''} \\end{bmatrix}`,
      );
    case 'name':
      return atom(nameLatex(e.name));
    case 'member':
      return e.name === 'T'
        ? { latex: `${wrapped(e.object, Level.Atom)}^{\\top}`, level: Level.Power }
        : e.name === 'H'
          ? { latex: `${wrapped(e.object, Level.Atom)}^{*}`, level: Level.Power }
          : atom(constant(e.name) ?? memberLatex(e));
    case 'call':
      return call(e);
    case 'index':
      return atom(
        `${wrapped(e.object, Level.Atom)}\\left[${e.subscripts.map(s => (s.kind === 'at' ? expressionLatex(s.value) : [s.start, s.stop, ...(s.step ? [s.step] : [])].map(p => (p ? expressionLatex(p) : '')).join(':'))).join(', ')}\\right]`,
      );
    case 'unary':
      return unary(e);
    case 'binary':
      return binary(e.operator, e.left, e.right);
    case 'comparison':
      return {
        latex: e.operands
          .map((o, i) => (i === 0 ? '' : ` ${COMPARISON[e.operators[i - 1]]} `) + wrapped(o, Level.Sum))
          .join(''),
        level: Level.Relation,
      };
    case 'logical':
      return {
        latex: `${wrapped(e.left, Level.Sum)} ${e.operator === 'and' ? '\\land' : '\\lor'} ${wrapped(e.right, Level.Sum)}`,
        level: Level.Relation,
      };
    case 'conditional':
      return {
        latex: `\\begin{cases} ${expressionLatex(e.then)} & \\text{if } ${expressionLatex(e.condition)} \\\\ ${expressionLatex(e.otherwise)} & \\text{otherwise} \\end{cases}`,
        level: Level.Atom,
      };
    case 'range':
      return {
        latex:
          [e.start, e.step, e.stop]
            .filter(p => p !== undefined)
            .map(expressionLatex)
            .join(' : ') || ':',
        level: Level.Relation,
      };
    case 'equality':
      return {
        latex: e.parts
          .map(
            (p, i) =>
              (i === 0
                ? ''
                : ` ${{ equal: '=', approximately: '\\approx', 'not-equal': '\\neq' }[e.relations[i - 1]]} `) +
              expressionLatex(p),
          )
          .join(''),
        level: Level.Relation,
      };
    case 'lambda':
    case 'comprehension':
    case 'formatted':
    case 'mapping':
    case 'starred':
    case 'block':
    case 'unreadable':
      return atom('\\ldots');
  }
}

const COMPARISON = {
  equal: '=',
  'not-equal': '\\neq',
  less: '<',
  'less-equal': '\\le',
  greater: '>',
  'greater-equal': '\\ge',
  in: '\\in',
  'not-in': '\\notin',
  is: '\\equiv',
  'is-not': '\\not\\equiv',
} as const;

const constant = (name: string): string | undefined =>
  ({ pi: '\\pi', e: 'e', inf: '\\infty', Inf: '\\infty', nan: '\\mathrm{NaN}', NaN: '\\mathrm{NaN}' })[name];

function sequence(e: Extract<Expression, { kind: 'sequence' }>): Typeset {
  const rows = e.form === 'list' ? e.items.map(rowCells) : [];
  if (rows.length > 0 && rows.every(r => r !== undefined && r.length === rows[0]?.length)) {
    return atom(
      `\\begin{bmatrix} ${rows
        .slice(0, 8)
        .map(r => (r ?? []).slice(0, 8).join(' & '))
        .join(' \\\\ ')} \\end{bmatrix}`,
    );
  }
  const items = e.items.slice(0, 12).map(expressionLatex);
  if (e.items.length > 12) items.push('\\dots');
  if (e.form === 'list')
    return atom(e.items.length === 0 ? '[\\,]' : `\\begin{bmatrix} ${items.join(' & ')} \\end{bmatrix}`);
  return atom(`\\left(${items.join(', ')}\\right)`);
}

/** The entries of a row of a nested list, typeset; nothing for what is no row. */
function rowCells(e: Expression): readonly string[] | undefined {
  if (e.kind === 'dense') return e.shape.length === 1 ? Array.from(e.data, x => numberLatex(x)) : undefined;
  return e.kind === 'sequence' && e.items.every(c => c.kind !== 'sequence' && c.kind !== 'dense')
    ? e.items.map(expressionLatex)
    : undefined;
}

function unary(e: Extract<Expression, { kind: 'unary' }>): Typeset {
  switch (e.operator) {
    case 'plus':
      return { latex: `+${wrapped(e.operand, Level.Product)}`, level: Level.Sum };
    case 'negate':
      return { latex: `-${wrapped(e.operand, Level.Product)}`, level: Level.Sum };
    case 'not':
    case 'invert':
      return { latex: `\\lnot ${wrapped(e.operand, Level.Atom)}`, level: Level.Product };
    case 'transpose':
      return { latex: `${wrapped(e.operand, Level.Atom)}^{\\top}`, level: Level.Power };
    case 'conjugate-transpose':
      return { latex: `${wrapped(e.operand, Level.Atom)}^{*}`, level: Level.Power };
    case 'inverse':
      return { latex: `${wrapped(e.operand, Level.Atom)}^{-1}`, level: Level.Power };
    case 'factorial':
      return { latex: `${wrapped(e.operand, Level.Atom)}!`, level: Level.Power };
    case 'absolute':
      return atom(`\\left|${expressionLatex(e.operand)}\\right|`);
  }
}

const isNumber = (e: Expression): boolean => e.kind === 'number';

function binary(op: BinaryOperator, left: Expression, right: Expression): Typeset {
  const infix = (sign: string, level: Level, strictRight = false): Typeset => ({
    latex: `${wrapped(left, level)} ${sign} ${wrapped(right, strictRight ? level + 1 : level)}`,
    level,
  });
  switch (op) {
    case 'add':
      return infix('+', Level.Sum);
    case 'subtract':
      return infix('-', Level.Sum, true);
    case 'matmul':
    case 'juxtapose': {
      const spaced =
        isNumber(right) || right.kind === 'dense' || right.kind === 'sequence' ? (isNumber(right) ? '\\cdot' : '') : '';
      return infix(spaced || '\\,', Level.Product, true);
    }
    case 'multiply':
      return infix('\\cdot', Level.Product, true);
    case 'dot':
      return infix('\\cdot', Level.Product, true);
    case 'cross':
      return infix('\\times', Level.Product, true);
    case 'kronecker':
      return infix('\\otimes', Level.Product, true);
    case 'elementwise-multiply':
      return infix('\\odot', Level.Product, true);
    case 'divide':
    case 'elementwise-divide':
      return { latex: `\\frac{${expressionLatex(left)}}{${expressionLatex(right)}}`, level: Level.Product };
    case 'left-divide':
    case 'elementwise-left-divide':
      return { latex: `${wrapped(left, Level.Atom)}^{-1} ${wrapped(right, Level.Product)}`, level: Level.Product };
    case 'power':
    case 'elementwise-power':
      return {
        latex: `${wrapped(left, Level.Atom)}^{${op === 'power' ? '' : '\\circ '}${expressionLatex(right)}}`,
        level: Level.Power,
      };
    case 'floor-divide':
      return {
        latex: `\\left\\lfloor \\frac{${expressionLatex(left)}}{${expressionLatex(right)}} \\right\\rfloor`,
        level: Level.Atom,
      };
    case 'modulo':
      return infix('\\bmod', Level.Product, true);
    case 'bit-and':
      return infix('\\mathbin{\\&}', Level.Relation, true);
    case 'bit-or':
      return infix('\\mid', Level.Relation, true);
    case 'bit-xor':
      return infix('\\oplus', Level.Relation, true);
    case 'shift-left':
      return infix('\\ll', Level.Relation, true);
    case 'shift-right':
      return infix('\\gg', Level.Relation, true);
  }
}

/** Functions that make less of an array; as methods they are written in the same way, `x.sum()` as `sum(x)`. */
const REDUCTIONS = new Set('sum prod mean var std max min'.split(' '));

const FUNCTIONS = new Set('sin cos tan arcsin arccos arctan sinh cosh tanh exp log ln max min'.split(' '));

/** Methods that swap the last two axes, or those of a matrix: `A.transpose()`, `K.transpose(-2, -1)`, `A.t()`. */
function isTranspose(name: string, args: readonly Expression[]): boolean {
  if (args.length === 0) return name === 'transpose' || name === 't';
  if (name !== 'transpose' || args.length !== 2) return false;
  const axes = args.map(x =>
    x.kind === 'unary' && x.operator === 'negate' && isNumber(x.operand) ? expressionLatex(x.operand) : '',
  );
  return axes.sort().join() === '1,2';
}

/** Names in front of a dot that say nothing: the object itself, and libraries. */
const SILENT = new Set('self cls this np numpy torch math cmath linalg jnp tf cp F nn'.split(' '));

/** `model.out.weight`, and `W` of `self.W`. */
function memberLatex(e: Member): string {
  const { object } = e;
  const name = `\\mathrm{${escaped(e.name)}}`;
  if (object.kind === 'name') return SILENT.has(object.name) ? name : `${nameLatex(object.name)}.${name}`;
  return object.kind === 'member' ? `${expressionLatex(object)}.${name}` : `${wrapped(object, Level.Atom)}.${name}`;
}

function call(e: Extract<Expression, { kind: 'call' }>): Typeset {
  const path = pathOf(e.callee);
  const name = path[path.length - 1] ?? '';
  const args = e.arguments.map(a => a.value);
  const positional = e.arguments.every(a => a.name === undefined && a.unpack === undefined);
  const [a, b] = args;
  const plain = args.length === 0 && e.callee.kind === 'name' ? constant(name) : undefined;
  if (plain !== undefined) return atom(plain);
  if (e.callee.kind === 'member' && isTranspose(name, args))
    return { latex: `${wrapped(e.callee.object, Level.Atom)}^{\\top}`, level: Level.Power };
  if (a && positional && args.length === 1) {
    switch (name) {
      case 'array':
      case 'asarray':
      case 'tensor':
        return typeset(a);
      case 'inv':
        return { latex: `${wrapped(a, Level.Atom)}^{-1}`, level: Level.Power };
      case 'pinv':
        return { latex: `${wrapped(a, Level.Atom)}^{+}`, level: Level.Power };
      case 'transpose':
        return { latex: `${wrapped(a, Level.Atom)}^{\\top}`, level: Level.Power };
      case 'det':
        return { latex: `\\det ${wrapped(a, Level.Atom)}`, level: Level.Product };
      case 'norm':
        return atom(`\\left\\lVert ${expressionLatex(a)} \\right\\rVert`);
      case 'abs':
      case 'absolute':
        return atom(`\\left|${expressionLatex(a)}\\right|`);
      case 'sqrt':
        return atom(`\\sqrt{${expressionLatex(a)}}`);
      case 'exp':
        return { latex: `e^{${expressionLatex(a)}}`, level: Level.Power };
      case 'trace':
        return { latex: `\\operatorname{tr} ${wrapped(a, Level.Atom)}`, level: Level.Product };
      case 'rank':
      case 'matrix_rank':
        return { latex: `\\operatorname{rank} ${wrapped(a, Level.Atom)}`, level: Level.Product };
    }
    if (FUNCTIONS.has(name)) return atom(`\\${name}\\left(${expressionLatex(a)}\\right)`);
  }
  if (a && b && positional && args.length === 2) {
    switch (name) {
      case 'dot':
      case 'vdot':
      case 'inner':
        return binary('dot', a, b);
      case 'matmul':
        return binary('matmul', a, b);
      case 'cross':
        return binary('cross', a, b);
      case 'outer':
      case 'kron':
        return binary('kronecker', a, b);
      case 'solve':
        return binary('left-divide', a, b);
      case 'norm':
        return atom(
          `\\left\\lVert ${expressionLatex(a)} \\right\\rVert_{${b.kind === 'string' ? (b.value === 'fro' ? 'F' : '*') : expressionLatex(b)}}`,
        );
      case 'matrix_power':
        return { latex: `${wrapped(a, Level.Atom)}^{${expressionLatex(b)}}`, level: Level.Power };
    }
  }
  if (REDUCTIONS.has(name)) {
    const object = e.callee.kind === 'member' && !isModulePath(path) ? [expressionLatex(e.callee.object)] : [];
    const others = e.arguments.filter(g => g.name !== 'keepdims').map(argument);
    return atom(`\\operatorname{${name}}\\left(${[...object, ...others].join(', ')}\\right)`);
  }
  const receiver = e.callee.kind === 'member' && !isModulePath(path) ? `${wrapped(e.callee.object, Level.Atom)}.` : '';
  return atom(`${receiver}\\operatorname{${escaped(name)}}\\left(${e.arguments.map(argument).join(', ')}\\right)`);
}

const argument = (a: Argument): string =>
  a.name === undefined ? expressionLatex(a.value) : `\\mathrm{${escaped(a.name)}} = ${expressionLatex(a.value)}`;

function pathOf(e: Expression): string[] {
  // A word of MATLAB that calls itself is named with its parentheses.
  if (e.kind === 'name') return [e.name.replace(/\(\)$/, '')];
  return e.kind === 'member' ? [...pathOf(e.object), e.name] : [];
}

const isModulePath = (path: readonly string[]): boolean =>
  ['np', 'numpy', 'torch', 'jnp', 'tf', 'math', 'la', 'scipy', 'linalg'].includes(path[0] ?? '');
