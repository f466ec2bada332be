import type { VNode } from 'preact';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { Element as ArrayElement, DType, Inspection, NDArray, Scalar, Value } from '../../src/core/panel';
import type { NumberFormat } from '../../src/protocol/panel';
import { ChangeBar } from '../controls/change-bar';
import { CopyButton } from '../controls/copy-button';
import { Icon } from '../controls/icon';
import { Section } from '../controls/section';
import { Table } from '../controls/table';
import { Tex } from '../controls/tex';
import { baseOf } from '../indexing';
import { formatElement, hasFormats, latexElement, NUMBER_FORMATS } from '../numbers';
import { partsOf } from '../parts';
import { isTypeset, latexPlane, leadingAxes, listAsArray, planeOf } from '../planes';
import { changes, editEntry, preferences, setPreferences, valueOperand } from '../store';

const shapeText = (shape: readonly number[]): string => (shape.length === 1 ? `${shape[0]}` : shape.join('×'));

interface ArrayProps {
  readonly array: NDArray;
  readonly format: NumberFormat;
  readonly base: 0 | 1;
  /** Texts whose places the array holds. */
  readonly words?: readonly string[];
}

/** Selects for the axes before the last two. */
function LeadingAxes({
  lengths,
  at,
  base,
  choose,
}: {
  lengths: readonly number[];
  at: readonly number[];
  base: number;
  choose: (axis: number, index: number) => void;
}) {
  return (
    <div class="axes">
      {lengths.map((length, axis) => (
        // Axes have no identity but their place.
        <label key={axis}>
          Axis {axis + base}
          <input
            type="number"
            min={base}
            max={length - 1 + base}
            value={at[axis] + base}
            onInput={event => {
              const index = event.currentTarget.valueAsNumber - base;
              if (Number.isInteger(index) && index >= 0 && index < length) choose(axis, index);
            }}
          />
          <span class="muted">of {length}</span>
        </label>
      ))}
    </div>
  );
}

function ArrayView({ array, format, base, words }: ArrayProps) {
  const lengths = leadingAxes(array);
  const [leading, setLeading] = useState<readonly number[]>([]);
  const at = lengths.map((length, axis) => Math.min(leading[axis] ?? 0, Math.max(length - 1, 0)));
  const place = at.join();
  const plane = useMemo(() => planeOf(array, at), [array, place]);
  const text = useCallback(
    (e: ArrayElement) => words?.[Number(e)] ?? formatElement(e, array.dtype, format),
    [array.dtype, format, words],
  );
  if (array.shape.includes(0)) return <p class="muted">No elements: the shape is {shapeText(array.shape)}.</p>;
  if (array.shape.length === 0 && words) return <pre class="code">{text(plane.at(0, 0))}</pre>;
  if (array.shape.length === 0) return <ScalarText dtype={array.dtype} element={plane.at(0, 0)} format={format} />;
  return (
    <>
      {lengths.length > 0 && (
        <LeadingAxes
          lengths={lengths}
          at={at}
          base={base}
          choose={(axis, index) => setLeading(at.map((old, k) => (k === axis ? index : old)))}
        />
      )}
      {!words && isTypeset(plane) ? (
        <Tex latex={latexPlane(plane, e => latexElement(e, array.dtype, format))} display />
      ) : (
        <Table plane={plane} text={text} base={base} label={`Table of ${shapeText(array.shape)}`} />
      )}
    </>
  );
}

function ScalarText({
  dtype,
  element,
  format,
}: {
  readonly dtype: DType;
  readonly element: ArrayElement;
  readonly format: NumberFormat;
}) {
  return <p class="scalar">{formatElement(element, dtype, format)}</p>;
}

/** The typeset value where it says more than its number does: `\sqrt{8}`, a fraction; without its own approximation. */
function exactForm(value: Scalar, latex: string | undefined): string | undefined {
  const exact = latex?.split('\\approx', 1)[0].trim();
  return exact && exact !== latexElement(value.value, value.dtype, 'shortest') && /\\([td]?frac|sqrt|pi)/.test(exact)
    ? exact
    : undefined;
}

const ITEMS_SHOWN = 20;

interface ValueProps {
  readonly value: Value;
  readonly format: NumberFormat;
  readonly base: 0 | 1;
  readonly latex?: string;
  /** Names of the items. */
  readonly names?: readonly string[];
}

type ListProps = ValueProps & { readonly value: Extract<Value, { kind: 'list' | 'tuple' }> };

/** A list that reads as a matrix is shown as one; other lists item by item. */
function List({ value, format, base, names }: ListProps) {
  const array = useMemo(() => listAsArray(value), [value]);
  return array ? (
    <ArrayView array={array} format={format} base={base} />
  ) : (
    <Items value={value} format={format} base={base} names={names} />
  );
}

/** What a value is called where there is nothing in it. */
const EMPTY: Partial<Record<Value['kind'], string>> = {
  object: 'An object without attributes.',
  cell: 'An empty cell array.',
  struct: 'A structure without fields.',
};

function Items({ value, format, base, names }: ValueProps) {
  const [all, setAll] = useState(false);
  const parts = partsOf(value, base, names) ?? [];
  if (parts.length === 0) return <p class="muted">{EMPTY[value.kind] ?? `An empty ${value.kind}.`}</p>;
  const items = all ? parts : parts.slice(0, ITEMS_SHOWN);
  return (
    <ol class="items">
      {items.map((part, k) => (
        <li key={k}>
          <span class="item-number muted">{part.name}</span>
          <div class="item-value">
            {part.value ? (
              <ValueView value={part.value} format={format} base={base} />
            ) : (
              <p class="muted">{part.reason}</p>
            )}
          </div>
        </li>
      ))}
      {items.length < parts.length && (
        <li>
          <button type="button" class="link" onClick={() => setAll(true)}>
            Show {parts.length - items.length} more
          </button>
        </li>
      )}
    </ol>
  );
}

function ValueView({ value, format, base, latex, names }: ValueProps): VNode {
  switch (value.kind) {
    case 'scalar': {
      const exact = exactForm(value, latex);
      return (
        <div class="scalar-line">
          {exact && (
            <>
              <Tex latex={exact} />
              <span class="muted" aria-hidden="true">
                ≈
              </span>
            </>
          )}
          <ScalarText dtype={value.dtype} element={value.value} format={format} />
        </div>
      );
    }
    case 'array':
      return <ArrayView array={value.array} format={format} base={base} />;
    case 'strings':
      return <ArrayView array={value.array} format={format} base={base} words={value.table} />;
    case 'polynomial':
      return latex === undefined ? <p class="muted">A polynomial</p> : <Tex latex={latex} display />;
    case 'string':
      return <pre class="code">{value.value}</pre>;
    case 'vector':
      return <pre class="code">{value.items.map(x => (x === null ? 'NA' : String(x))).join('  ')}</pre>;
    case 'none':
      return <p class="muted">No value (None)</p>;
    case 'list':
    case 'tuple':
      return <List value={value} format={format} base={base} names={names} />;
    case 'dict':
    case 'set':
    case 'object':
    case 'cell':
    case 'struct':
      return <Items value={value} format={format} base={base} />;
    case 'slice':
      return <p class="muted">A slice</p>;
    case 'ellipsis':
      return <p class="muted">An ellipsis</p>;
    case 'generator':
      return <p class="muted">A generator of random numbers</p>;
    case 'string-type':
      return <p class="muted">The type of texts</p>;
    case 'module':
      return (
        <p>
          Module <code>{value.path}</code>
        </p>
      );
    case 'function':
      return (
        <p>
          {value.text ? (
            <code>{value.text}</code>
          ) : (
            <>
              Function <code>{value.handle ?? value.path}</code>
            </>
          )}
        </p>
      );
    case 'dtype':
      return (
        <p>
          Element type <code>{value.dtype}</code>
        </p>
      );
  }
}

function anyNumbers(value: Value): boolean {
  switch (value.kind) {
    case 'scalar':
      return hasFormats(value.dtype);
    case 'array':
      return hasFormats(value.array.dtype);
    default:
      return (
        partsOf(value, 0)
          ?.slice(0, ITEMS_SHOWN)
          .some(part => part.value && anyNumbers(part.value)) ?? false
      );
  }
}

function FormatSelect() {
  return (
    <select
      aria-label="Number format"
      value={preferences.value.format}
      onChange={event => {
        const chosen = NUMBER_FORMATS.find(({ format }) => format === event.currentTarget.value);
        if (chosen) setPreferences({ format: chosen.format });
      }}
    >
      {NUMBER_FORMATS.map(({ format, label }) => (
        <option key={format} value={format}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** The array that is shown for a value, where one is. */
const arrayOf = (value: Value): NDArray | undefined =>
  value.kind === 'array'
    ? value.array
    : value.kind === 'list' || value.kind === 'tuple'
      ? listAsArray(value)
      : undefined;

/** A field for each entry. Enter and the up and down keys go to the entry below and above. */
function EntryFields({ array, base }: { readonly array: NDArray; readonly base: 0 | 1 }) {
  const plane = planeOf(array);
  const fields = useRef<HTMLTableElement>(null);
  const go = (row: number, column: number): void => {
    const field = fields.current?.rows[row]?.cells[column]?.querySelector('input');
    field?.focus();
    field?.select();
  };
  const onKeyDown = (event: KeyboardEvent, row: number, column: number): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    go(row + by, column);
  };
  return (
    <div class="entries-scroll">
      <table class="entries" ref={fields} aria-label="Entries">
        <tbody>
          {Array.from({ length: plane.rows }, (_, i) => (
            <tr key={i}>
              {Array.from({ length: plane.columns }, (_, j) => {
                const text = formatElement(plane.at(i, j), array.dtype, 'shortest');
                return (
                  <td key={j}>
                    <input
                      type="text"
                      inputMode="decimal"
                      value={text}
                      size={Math.max(4, text.length)}
                      aria-label={plane.vector ? `entry ${j + base}` : `row ${i + base}, column ${j + base}`}
                      onKeyDown={event => onKeyDown(event, i, j)}
                      onChange={event => {
                        const typed = event.currentTarget.value.trim().replace('−', '-');
                        const x = Number(typed);
                        // What is no number leaves the entry as it was.
                        if (typed === '' || !Number.isFinite(x)) event.currentTarget.value = text;
                        else editEntry(i * plane.columns + j, x);
                      }}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function ValueSection({ inspection }: { readonly inspection: Inspection }) {
  const [editing, setEditing] = useState(false);
  const { value, text, latex, message } = inspection;
  if (!value && text !== undefined && !changes.value.changed)
    return (
      <Section id="value" title="Value">
        <pre class="printed">{text}</pre>
        <p class="muted">Too many entries for a table: the heatmap tells each.</p>
      </Section>
    );
  if (!value) {
    return changes.value.changed ? (
      <Section id="value" title="Value">
        <p class="muted">{message}</p>
      </Section>
    ) : null;
  }
  const array = arrayOf(value);
  const canEdit = valueOperand.value !== undefined && array !== undefined && array.shape.length <= 2;
  const actions = (
    <>
      {canEdit && (
        <button
          type="button"
          class="tool"
          aria-pressed={editing}
          aria-label="Edit entries"
          title="Edit the entries"
          onClick={() => setEditing(!editing)}
        >
          <Icon name="edit" />
        </button>
      )}
      {anyNumbers(value) && <FormatSelect />}
      {text !== undefined && <CopyButton what="value" text={() => text} />}
    </>
  );
  return (
    <Section id="value" title="Value" actions={actions}>
      {editing && canEdit ? (
        <>
          <EntryFields array={array} base={baseOf(inspection)} />
          <ChangeBar what="entries" />
        </>
      ) : (
        <ValueView
          value={value}
          format={preferences.value.format}
          base={baseOf(inspection)}
          latex={latex}
          names={inspection.itemNames}
        />
      )}
    </Section>
  );
}
