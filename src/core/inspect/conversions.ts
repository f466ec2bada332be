import { valueLatex } from '../format/latex';
import { languageOf } from '../languages/index';
import { isComplex } from '../values/dtype';
import { elements, type NDArray } from '../values/ndarray';
import { arrayValue, type Value } from '../values/value';
import { arrayOf } from './real-numbers';

/** A value as source text of another language. */
export interface Conversion {
  /** What a command is given to choose it without asking. */
  readonly id: string;
  readonly label: string;
  /** Where it is understood. */
  readonly detail: string;
  readonly text: string;
}

interface Form extends Omit<Conversion, 'text'> {
  /** Undefined where the language has no such literal. */
  readonly print: (array: NDArray) => string | undefined;
}

const printer =
  (languageId: string) =>
  (array: NDArray): string | undefined =>
    languageOf(languageId)?.print(array);

/** Only numbers that are written alike everywhere, in up to `most` dimensions. */
const plainly =
  (languageId: string, most = Number.POSITIVE_INFINITY) =>
  (array: NDArray): string | undefined =>
    array.shape.length <= most && elements(array).every(e => typeof e === 'bigint' || Number.isFinite(e))
      ? printer(languageId)(array)
      : undefined;

const FORMS: readonly Form[] = [
  { id: 'numpy', label: 'NumPy', detail: 'np.array([[1, 2], [3, 4]])', print: printer('python') },
  { id: 'list', label: 'Nested lists', detail: 'Python, JSON, JavaScript, Rust, …', print: plainly('javascript') },
  { id: 'matlab', label: 'MATLAB, Octave', detail: '[1 2; 3 4]', print: printer('matlab') },
  { id: 'r', label: 'R', detail: 'matrix(c(1, 3, 2, 4), nrow = 2)', print: printer('r') },
  { id: 'latex', label: 'LaTeX', detail: '\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}', print: latex },
  { id: 'braces', label: 'Braces', detail: 'C, C++, C#, Java, Go', print: plainly('cpp') },
  { id: 'julia', label: 'Julia', detail: '[1 2; 3 4]', print: plainly('julia', 2) },
  { id: 'wolfram', label: 'Wolfram Language', detail: '{{1, 2}, {3, 4}}', print: plainly('wolfram') },
  { id: 'tabs', label: 'Tab-separated', detail: 'spreadsheets', print: tabs },
];

/** The forms that a value can be copied in; none for what is no array of numbers with an entry. */
export function conversionsOf(value: Value): readonly Conversion[] {
  const array = arrayOf(value);
  if (!array || array.shape.length === 0 || array.shape.includes(0)) return [];
  return FORMS.flatMap(({ print, ...form }) => {
    const text = print(array);
    return text === undefined ? [] : [{ ...form, text }];
  });
}

function latex(array: NDArray): string | undefined {
  const all = Number.POSITIVE_INFINITY;
  return array.shape.length <= 2 ? valueLatex(arrayValue(array), { maxRows: all, maxColumns: all }) : undefined;
}

function tabs(array: NDArray): string | undefined {
  if (array.shape.length > 2) return undefined;
  const columns = array.shape[array.shape.length - 1];
  const items = elements(array);
  if (items.some(isComplex)) return undefined;
  return Array.from({ length: items.length / columns }, (_, i) =>
    items.slice(i * columns, (i + 1) * columns).join('\t'),
  ).join('\n');
}
