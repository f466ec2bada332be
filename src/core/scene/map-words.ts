import type { Matrix2 } from './picture';
import { brief, determinant, eigenlines, pair, singular, spiralOf } from './plane';

/** What the map does, in words with numbers. */
export function describeMap(m: Matrix2): string {
  const s = singular(m);
  const d = determinant(m);
  const parts: string[] = [];
  if (s.large === 0) return 'Every vector goes to zero.';
  if (d > 0 && Math.abs(s.large - 1) < 1e-12 && s.large - s.small < 1e-12) {
    const degrees = (Math.atan2(m[2] - m[1], m[0] + m[3]) * 180) / Math.PI;
    if (Math.abs(degrees) < 1e-9) return 'Keeps every vector as it is.';
    const spiral = spiralOf(m);
    return `Turns by ${brief(degrees)}°; keeps all lengths and areas${spiral ? `; ${complexPair(m, spiral)}` : ''}.`;
  }
  if (s.large - s.small < 1e-12 * s.large)
    parts.push(Math.abs(s.large - 1) < 1e-12 ? 'Keeps all lengths' : `Scales all lengths by ${brief(s.large)}`);
  else parts.push(`Stretches by ${brief(s.large)} along ${pair(s.from)} and by ${brief(s.small)} across`);
  parts.push(
    Math.abs(d) < 1e-12 * s.large ** 2
      ? 'flattens the plane onto a line (determinant 0)'
      : `multiplies areas by ${brief(Math.abs(d))}${d < 0 ? ' and flips orientation' : ''}`,
  );
  const lines = eigenlines(m);
  if (lines === 'all') parts.push('every direction is kept');
  else if (lines.length === 0) {
    const spiral = spiralOf(m);
    if (spiral) parts.push(`turns every direction: ${spiralWords(m, spiral)}`);
  } else if (lines.length === 1)
    parts.push(`keeps one line only, along ${pair(lines[0].direction)} (λ = ${brief(lines[0].value)})`);
  else
    parts.push(`keeps the lines along ${lines.map(l => `${pair(l.direction)} (λ = ${brief(l.value)})`).join(' and ')}`);
  return `${parts.join('; ')}.`;
}

type Spiral = NonNullable<ReturnType<typeof spiralOf>>;

function complexPair(m: Matrix2, { ratio, angle }: Spiral): string {
  const [real, imaginary] = [(m[0] + m[3]) / 2, brief(ratio * Math.sin(angle))];
  return `λ = ${real === 0 ? '' : `${brief(real)} `}±${real === 0 ? '' : ' '}${imaginary === '1' ? '' : imaginary}i`;
}

/** The complex pair and what one step does along the spiral. */
function spiralWords(m: Matrix2, spiral: Spiral): string {
  const { ratio, angle } = spiral;
  const degrees = brief((angle * 180) / Math.PI);
  const growth =
    Math.abs(ratio - 1) < 1e-12
      ? 'round an ellipse'
      : `on a spiral that ${ratio > 1 ? 'grows' : 'shrinks'} by ${brief(ratio)}`;
  return `${complexPair(m, spiral)}, ${degrees}° a step ${growth}`;
}
