// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot render a window of its cells
// biome-ignore-all lint/a11y/useFocusableInteractive: nothing in the table is interactive; the table itself scrolls
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs a tab stop
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Element as ArrayElement } from '../../src/core/panel';
import { cellWidth, type Plane } from '../planes';
import { extentOf, windowOf } from '../window';

const ROW_HEIGHT = 24;
const MAX_CELL = 30;
/** Both paddings of a cell, its border and a little air. */
const CELL_PADDING = 22;

interface TableProps {
  readonly plane: Plane;
  readonly text: (e: ArrayElement) => string;
  /** Number of the first row and column. */
  readonly base: 0 | 1;
  readonly label: string;
}

interface View {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Width of one character of the table's font. */
  readonly character: number;
}

const px = (length: number): string => `${length}px`;

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, k) => first + k);

/** A table of any size that renders only the cells on screen; its headers stay in place while it scrolls. */
export function Table({ plane, text, base, label }: TableProps) {
  const box = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLSpanElement>(null);
  const [view, setView] = useState<View>({ left: 0, top: 0, width: 600, height: 320, character: 8 });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void =>
      setView({
        left: element.scrollLeft,
        top: element.scrollTop,
        width: element.clientWidth,
        height: element.clientHeight,
        character: (ruler.current?.getBoundingClientRect().width ?? 80) / 10,
      });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const widest = useMemo(() => cellWidth(plane, text), [plane, text]);
  const characters = Math.min(Math.max(widest, String(plane.columns).length), MAX_CELL);
  const width = Math.ceil(characters * view.character) + CELL_PADDING;
  const headWidth = Math.ceil(String(plane.rows).length * view.character) + CELL_PADDING;
  const rows = windowOf(view.top, Math.max(view.height - ROW_HEIGHT, 1), ROW_HEIGHT, plane.rows);
  const columns = windowOf(view.left, Math.max(view.width - headWidth, 1), width, plane.columns, 2);
  const wholeWidth = px(headWidth + extentOf(plane.columns, width));
  const wholeHeight = px(ROW_HEIGHT + extentOf(plane.rows, ROW_HEIGHT));
  const gap = () => <span class="gap" style={{ width: px(columns.shift) }} />;
  const across = range(columns.first, columns.count);

  return (
    <div
      class="table"
      ref={box}
      tabIndex={0}
      role="table"
      aria-label={label}
      aria-rowcount={plane.rows + 1}
      aria-colcount={plane.columns + 1}
    >
      <span class="ruler" ref={ruler} aria-hidden="true">
        0000000000
      </span>
      <div class="table-whole" role="rowgroup" style={{ width: wholeWidth, height: wholeHeight }}>
        <div class="table-head" role="row" aria-rowindex={1} style={{ width: wholeWidth }}>
          <span class="corner" role="columnheader" aria-colindex={1} style={{ width: px(headWidth) }}>
            <span class="visually-hidden">row</span>
          </span>
          {gap()}
          {across.map(j => (
            <span key={j} class="column-number" role="columnheader" aria-colindex={j + 2} style={{ width: px(width) }}>
              {j + base}
            </span>
          ))}
        </div>
        {range(rows.first, rows.count).map((i, k) => (
          <div
            key={i}
            class="table-row"
            role="row"
            aria-rowindex={i + 2}
            style={{ width: wholeWidth, top: px(ROW_HEIGHT + rows.shift + k * ROW_HEIGHT) }}
          >
            <span class="row-number" role="rowheader" aria-colindex={1} style={{ width: px(headWidth) }}>
              {i + base}
            </span>
            {gap()}
            {across.map(j => {
              const content = text(plane.at(i, j));
              return (
                <span
                  key={j}
                  class="cell"
                  role="cell"
                  aria-colindex={j + 2}
                  style={{ width: px(width) }}
                  title={content.length > MAX_CELL ? content : undefined}
                >
                  {content}
                </span>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
