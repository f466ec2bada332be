import type { BinaryOperator, Expression } from '../../expression/expression';

/** Expressions that stand within parentheses of their own, with how many. */
const parentheses = new WeakMap<Expression, number>();

/** Keeps that an expression stands within parentheses. */
export function keepParentheses<E extends Expression>(e: E, inner: Expression): E {
  parentheses.set(e, (parentheses.get(inner) ?? 0) + 1);
  return e;
}

export const inParentheses = (e: Expression): boolean => parentheses.has(e);

const BINARY: Readonly<Partial<Record<BinaryOperator, string>>> = {
  add: ' + ',
  subtract: ' - ',
  multiply: ' * ',
  divide: '/',
  power: '^',
  matmul: ' %*% ',
  kronecker: ' %x% ',
  'floor-divide': '%/%',
  modulo: '%%',
  'bit-and': ' & ',
  'bit-or': ' | ',
};

const COMPARISON: Readonly<Record<string, string>> = {
  equal: '==',
  'not-equal': '!=',
  less: '<',
  'less-equal': '<=',
  greater: '>',
  'greater-equal': '>=',
};

const NAME = /^(?:[\p{L}]|\.(?![0-9]))[\p{L}\p{N}._]*$/u;
const symbol = (name: string): string => (NAME.test(name) ? name : `\`${name}\``);

/**
 * The text of an expression as R writes it back: its own blanks; undefined for what is not written so. `naked` leaves the
 * parentheses around it away.
 */
export function deparse(e: Expression, naked = false): string | undefined {
  try {
    return naked ? bare(e) : write(e);
  } catch (problem) {
    if (problem === UNWRITTEN) return undefined;
    throw problem;
  }
}

const UNWRITTEN = Symbol('what is not written back');

const write = (e: Expression): string => {
  const around = parentheses.get(e) ?? 0;
  return '('.repeat(around) + bare(e) + ')'.repeat(around);
};

function bare(e: Expression): string {
  switch (e.kind) {
    case 'number':
      if (e.imaginary) return `0+${numberText(e.value)}i`;
      return e.suffix ? `${e.value}L` : numberText(e.value);
    case 'string':
      return JSON.stringify(e.value);
    case 'boolean':
      return e.value ? 'TRUE' : 'FALSE';
    case 'none':
      return 'NULL';
    case 'ellipsis':
      return '...';
    case 'dense':
      return `c(${Array.from(e.data, numberText).join(', ')})`;
    case 'name':
      return symbol(e.name);
    case 'member':
      return `${write(e.object)}$${symbol(e.name)}`;
    case 'call': {
      const args = e.arguments.map(a => {
        const value = a.value.kind === 'unreadable' ? '' : write(a.value);
        return a.name === undefined ? value : `${symbol(a.name)} = ${value}`;
      });
      if (e.callee.kind === 'name' && e.callee.name[0] === '%' && args.length === 2)
        return `${args[0]} ${e.callee.name} ${args[1]}`;
      const callee = write(e.callee);
      return `${e.callee.kind === 'lambda' ? `(${callee})` : callee}(${args.join(', ')})`;
    }
    case 'index': {
      const at = e.subscripts.map(s =>
        s.kind === 'slice' ? '' : s.name === undefined ? write(s.value) : `${s.name} = ${write(s.value)}`,
      );
      return `${write(e.object)}${e.element ? '[[' : '['}${at.join(', ')}${e.element ? ']]' : ']'}`;
    }
    case 'unary':
      return `${e.operator === 'not' ? '!' : e.operator === 'negate' ? '-' : '+'}${side(e.operand)}`;
    case 'binary':
      return `${side(e.left)}${BINARY[e.operator] ?? raise()}${side(e.right)}`;
    case 'logical':
      return `${write(e.left)} ${e.operator === 'and' ? '&&' : '||'} ${write(e.right)}`;
    case 'comparison':
      return `${write(e.operands[0])} ${COMPARISON[e.operators[0]] ?? raise()} ${write(e.operands[1])}`;
    case 'range':
      return e.start && e.stop ? `${write(e.start)}:${write(e.stop)}` : raise();
    case 'conditional': {
      const { otherwise } = e;
      const rest = otherwise.kind === 'block' && otherwise.bare ? '' : ` else ${write(otherwise)}`;
      return `if (${write(e.condition)}) ${write(e.then)}${rest}`;
    }
    case 'lambda': {
      const parameters = e.parameters.map(p => (p.default ? `${p.name} = ${write(p.default)}` : p.name));
      return `function(${parameters.join(', ')}) ${write(e.body)}`;
    }
    default:
      return raise();
  }
}

/** An operand: complex numbers stand within parentheses. */
const side = (e: Expression): string => (e.kind === 'number' && e.imaginary ? `(${write(e)})` : write(e));

const raise = (): never => {
  throw UNWRITTEN;
};

/** A number to 15 significant digits, in the shorter of the two notations. */
export function numberText(x: number): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? 'Inf' : '-Inf';
  if (x === 0) return '0';
  const digits = Number(x.toPrecision(15));
  const [mantissa, exponent] = digits.toExponential().split('e');
  const power = Number(exponent);
  const scientific = `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const decimals = Math.max(0, mantissa.replace(/^-?\d\.?/, '').length - power);
  const fixed = power > 25 || decimals > 100 ? scientific : plain(digits, decimals);
  return fixed.length <= scientific.length ? fixed : scientific;
}

const plain = (x: number, decimals: number): string =>
  Math.abs(x) >= 1e21 ? BigInt(x).toString() : x.toFixed(decimals);
