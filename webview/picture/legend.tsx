import { brief, colorOf, type Legend, paintOfMark, readableOn } from '../../src/core/panel';
import { currentPalette } from './theme';

const SHARES = Array.from({ length: 21 }, (_, k) => k / 20);

/** What the heat colours of a picture mean. */
export function LegendBar({ legend }: { readonly legend: Legend }) {
  const palette = currentPalette();
  const { map, low, high, notes } = legend;
  const middle = map === 'diverging' ? ' over 0' : '';
  const level = (share: number): number => (map === 'diverging' ? 2 * share - 1 : share);
  const text = (x: number): string => (map === 'cyclic' ? (x < 0 ? '−π' : 'π') : brief(x).replace('-', '−'));
  return (
    <div class="legend">
      <span>{text(low)}</span>
      <span class="legend-bar" role="img" aria-label={`Colours from ${text(low)}${middle} to ${text(high)}`}>
        {SHARES.map(share => (
          <span key={share} style={{ background: colorOf({ kind: 'heat', level: level(share), map }, palette) }} />
        ))}
      </span>
      <span>{text(high)}</span>
      {notes.map(({ mark, text }) => {
        const ground = colorOf(paintOfMark(legend, mark), palette);
        return (
          <span key={mark} class="legend-note">
            <span class="swatch" style={{ background: ground, color: readableOn(ground) }} aria-hidden="true">
              {mark}
            </span>
            {text.slice(0, text.lastIndexOf(' ('))}
          </span>
        );
      })}
    </div>
  );
}
