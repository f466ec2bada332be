import { Fragment } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import {
  type Entries,
  entryWorking,
  type Position,
  type Provenance,
  plainFormula,
  type Span,
  takenFrom,
} from '../../src/core/panel';
import { Icon } from '../controls/icon';
import { Tex } from '../controls/tex';
import { baseOf } from '../indexing';
import { mark } from '../marks';
import { inspection } from '../store';

const SIGNS: Readonly<Record<Provenance['rule'], string>> = {
  products: '·',
  add: '+',
  subtract: '−',
  multiply: '∘',
  divide: '/',
  move: '',
};

const isAt = (a: Position | undefined, b: Position): boolean => a?.row === b.row && a.column === b.column;

/** A number as text, anything else typeset. */
function Entry({ latex }: { readonly latex: string }) {
  return /^-?[\d.]+$/.test(latex) ? <span>{latex.replace('-', '−')}</span> : <Tex latex={latex} lazy />;
}

const grid = ({ rows, columns }: Entries): readonly (readonly Position[])[] =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => ({ row, column })));

const latexAt = ({ latex, columns }: Entries, { row, column }: Position): string => latex[row * columns + column];

/** An operand: those of its entries that made the chosen one are lit. */
function Operand({ entries, lit }: { readonly entries: Entries; readonly lit: readonly Position[] }) {
  return (
    <table class="bracketed" aria-hidden="true">
      <tbody>
        {grid(entries).map((row, i) => (
          <tr key={i}>
            {row.map(at => (
              <td key={at.column} class={lit.some(p => isAt(p, at)) ? 'lit' : undefined}>
                <Entry latex={latexAt(entries, at)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

interface ResultProps {
  readonly provenance: Provenance;
  readonly chosen: Position | undefined;
  readonly kept: Position | undefined;
  readonly point: (at: Position | undefined) => void;
  readonly keep: (at: Position | undefined) => void;
}

/** The result: every entry is a button that tells where it comes from. One of them is a tab stop; the arrow keys go on. */
function Result({ provenance, chosen, kept, point, keep }: ResultProps) {
  const table = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<Position>({ row: 0, column: 0 });
  const { result } = provenance;
  const base = baseOf(inspection.value);
  const go = (event: KeyboardEvent, { row, column }: Position): void => {
    if (event.key === 'Escape') keep(undefined);
    const way = MOVES[event.key];
    if (!way) return;
    event.preventDefault();
    table.current?.rows[row + way[0]]?.cells[column + way[1]]?.querySelector('button')?.focus();
  };
  const inside = stop.row < result.rows && stop.column < result.columns ? stop : { row: 0, column: 0 };
  return (
    <table class="bracketed result" ref={table} onMouseLeave={() => point(undefined)}>
      <tbody>
        {grid(result).map((row, i) => (
          <tr key={i}>
            {row.map(at => {
              const working = entryWorking(provenance, at);
              return (
                <td key={at.column}>
                  <button
                    type="button"
                    class={isAt(chosen, at) ? 'entry lit' : 'entry'}
                    tabIndex={isAt(inside, at) ? 0 : -1}
                    aria-pressed={isAt(kept, at)}
                    aria-label={`entry row ${at.row + base}, column ${at.column + base}: ${plainFormula(working) ?? working}`}
                    onMouseEnter={() => point(at)}
                    onFocus={() => {
                      setStop(at);
                      point(at);
                    }}
                    onBlur={() => point(undefined)}
                    onKeyDown={event => go(event, at)}
                    onClick={() => keep(isAt(kept, at) ? undefined : at)}
                  >
                    <Entry latex={latexAt(result, at)} />
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where each entry of a result comes from: in the operands beside it, in the source, and worked out below. */
export function EntriesView({ provenance, span }: { readonly provenance: Provenance; readonly span?: Span }) {
  const [open, setOpen] = useState(provenance.rule === 'products');
  const [pointed, setPointed] = useState<Position | undefined>(undefined);
  const [kept, setKept] = useState<Position | undefined>(undefined);
  const body = useId();
  const { result, operands, rule } = provenance;
  const chosen = pointed ?? kept;
  const light = (at: Position | undefined): void => {
    const focus = at
      ? operands.flatMap(o => takenFrom(o, at).flatMap(p => o.places?.[p.row * o.columns + p.column] ?? []))
      : [];
    mark(span ? [span] : [], focus);
  };
  if (result.rows * result.columns < 2) return null;
  return (
    <div class="entries-view">
      <button type="button" class="fold small" aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        Entry by entry
      </button>
      <div id={body} hidden={!open}>
        {open && (
          <>
            <div class="entry-row">
              {operands.map((o, k) => (
                <Fragment key={k}>
                  {k > 0 && <span class="sign">{SIGNS[rule]}</span>}
                  <Operand entries={o} lit={chosen ? takenFrom(o, chosen) : []} />
                </Fragment>
              ))}
              <span class="sign">{rule === 'move' ? '→' : '='}</span>
              <Result
                provenance={provenance}
                chosen={chosen}
                kept={kept}
                point={at => {
                  setPointed(at);
                  light(at ?? kept);
                }}
                keep={at => {
                  setKept(at);
                  light(at);
                }}
              />
            </div>
            <p class="entry-working">
              {chosen ? (
                <Tex latex={entryWorking(provenance, chosen)} />
              ) : (
                <span class="muted">Point at an entry of the result to see where it comes from.</span>
              )}
            </p>
          </>
        )}
      </div>
    </div>
  );
}
