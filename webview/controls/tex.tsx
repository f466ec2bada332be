import { useEffect, useRef, useState } from 'preact/hooks';

type Katex = typeof import('katex').default;
let loading: Promise<Katex> | undefined;

/** The faces of matrices: a formula that is set before they are there has no brackets for a moment. */
const FACES = ['KaTeX_Main', 'italic KaTeX_Math', 'KaTeX_Size1', 'KaTeX_Size2', 'KaTeX_Size3', 'KaTeX_Size4'];

async function load(): Promise<Katex> {
  const faces = FACES.map(face => document.fonts.load(face.replace(/(\S+)$/, '1em $1')).catch(() => undefined));
  const [module] = await Promise.all([import('katex'), ...faces]);
  return module.default;
}

/** KaTeX, loaded at the first formula. */
function katex(): Promise<Katex> {
  loading ??= load();
  return loading;
}

const waiting = new Map<Element, () => void>();
const watcher = new IntersectionObserver(
  entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      waiting.get(entry.target)?.();
      waiting.delete(entry.target);
    }
  },
  { rootMargin: '200px' },
);

interface TexProps {
  readonly latex: string;
  readonly display?: boolean;
  /** Typeset only once it scrolls into view. */
  readonly lazy?: boolean;
}

/** A typeset formula. Until KaTeX has set it, and when it cannot, the LaTeX source stands in its place. */
export function Tex({ latex, display = false, lazy = false }: TexProps) {
  const node = useRef<HTMLSpanElement>(null);
  const [near, setNear] = useState(!lazy);

  useEffect(() => {
    const element = node.current;
    if (near || !element) return;
    waiting.set(element, () => setNear(true));
    watcher.observe(element);
    return () => {
      watcher.unobserve(element);
      waiting.delete(element);
    };
  }, [near]);

  useEffect(() => {
    if (!near) return;
    let current = true;
    void katex().then(
      ({ render }) => {
        if (!current || !node.current) return;
        // KaTeX owns the span's content; Preact renders nothing into it.
        render(latex, node.current, {
          displayMode: display,
          throwOnError: false,
          errorColor: 'inherit',
          strict: 'ignore',
          trust: false,
          maxSize: 50,
          maxExpand: 1000,
          output: 'htmlAndMathml',
        });
        node.current.classList.add('ready');
      },
      () => {
        if (current && node.current) node.current.textContent = latex;
      },
    );
    return () => {
      current = false;
    };
  }, [latex, display, near]);

  return display ? (
    // A wide formula scrolls sideways, so the keyboard must reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a tab stop
    // biome-ignore lint/a11y/useSemanticElements: a label for the scrolling region, not a set of fields
    <div class="tex-scroll" tabIndex={0} role="group" aria-label="Formula">
      <span class="tex" ref={node} />
    </div>
  ) : (
    <span class="tex" ref={node} />
  );
}
