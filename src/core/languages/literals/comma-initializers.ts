/** Types that say their shape: `Matrix3d`, `Array22f`, `RowVector4f`, `Matrix<double, 2, 3>`. */
const TYPE = String.raw`(?:Matrix([2-9])[fdi]|Array([2-9])([2-9])[fdi]|((?:Row)?Vector|Array)([2-9])[fdi]|(?:Matrix|Array)\s*<\s*\w+\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,[^<>;]{0,60})?>)`;
/** Types whose sides stand in parentheses: `MatrixXd(2, 3)`, `VectorXf(4)`, OpenCV's `Mat_<double>(2, 2)`. */
const DYNAMIC = String.raw`(?:(?:Matrix|Array|(?:Row)?Vector)XX?[fdi]|Mat_\s*<\s*\w+\s*>)`;
const SIDES = String.raw`\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)`;

const TEMPORARY = new RegExp(String.raw`\b(?:${TYPE}\s*\(\s*\)|${DYNAMIC}\s*${SIDES})\s*$`);
const PART = /\.\s*(?:row|col)\s*\([^()]*\)\s*$/;
const NAME = /(?<![\w.])([A-Za-z_]\w*)\s*$/;

const DECLARED = new RegExp(String.raw`\b(?:${TYPE}|${DYNAMIC})\s+(?=[A-Za-z_])`, 'g');
const DECLARATOR = new RegExp(String.raw`\s*([A-Za-z_]\w*)\s*(?:${SIDES})?\s*([,;]?)`, 'y');
const SIZED = new RegExp(String.raw`\b([A-Za-z_]\w*)\s*(?:=\s*(?:Eigen::)?${DYNAMIC}|\.\s*resize)\s*${SIDES}`, 'g');

/** The sides that the groups of a pattern say; one number is the side of a square where it stands in a matrix's name. */
function sidesOf(groups: readonly (string | undefined)[]): readonly number[] {
  const sides = groups.filter(g => g !== undefined && /^\d/.test(g)).map(Number);
  return groups[0] !== undefined ? [sides[0], sides[0]] : sides;
}

/** The shapes of the matrices that a C++ text declares with Eigen's and OpenCV's types, found in one pass at the first question. */
export class Declarations {
  private found?: ReadonlyMap<string, readonly { readonly at: number; readonly sides: readonly number[] }[]>;

  constructor(private readonly text: string) {}

  /**
   * The shape of what `count` numbers are put into at `at`, where `<<` stands: Eigen's `A << 1, 2, 3, 4;` by what was
   * last said of `A` before it, `(Mat_<double>(2, 2) << 1, 2, 3, 4)` by the type. A row or a column is as long as there
   * are numbers. None where the shape is not found, or has not as many entries.
   */
  shape(at: number, count: number): readonly number[] | undefined {
    const near = this.text.slice(Math.max(0, at - 200), at);
    if (PART.test(near)) return [count];
    const made = TEMPORARY.exec(near);
    const name = NAME.exec(near)?.[1];
    const sides = made
      ? sidesOf(made.slice(1))
      : name &&
        this.all()
          .get(name)
          ?.findLast(d => d.at < at)?.sides;
    return sides && sides.length > 0 && sides.reduce((p, n) => p * n, 1) === count ? sides : undefined;
  }

  private all(): NonNullable<Declarations['found']> {
    if (this.found) return this.found;
    const found = new Map<string, { at: number; sides: readonly number[] }[]>();
    const add = (name: string, at: number, sides: readonly number[]): void => {
      const before = found.get(name);
      if (before) before.push({ at, sides });
      else found.set(name, [{ at, sides }]);
    };
    for (const type of this.text.matchAll(DECLARED)) {
      const own = sidesOf(type.slice(1));
      DECLARATOR.lastIndex = type.index + type[0].length;
      for (let more = true; more; ) {
        const declarator = DECLARATOR.exec(this.text);
        more = declarator?.[4] === ',';
        if (declarator)
          add(declarator[1], declarator.index, own.length > 0 ? own : sidesOf([undefined, ...declarator.slice(2, 4)]));
      }
    }
    for (const { index, 1: name, 2: rows, 3: columns } of this.text.matchAll(SIZED))
      add(name, index, sidesOf([undefined, rows, columns]));
    for (const list of found.values()) list.sort((p, q) => p.at - q.at);
    this.found = found;
    return found;
  }
}
