import { post } from '../host';
import { Icon } from './icon';

interface CopyButtonProps {
  readonly what: string;
  readonly text: () => string;
  /** Shown beside the icon; without it the icon stands alone. */
  readonly label?: string;
}

/** Asks the host to put a text on the clipboard. */
export function CopyButton({ what, text, label }: CopyButtonProps) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={label ? undefined : `Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() => post({ type: 'copy', text: text(), what })}
    >
      <Icon name="copy" />
      {label && <span>{label}</span>}
    </button>
  );
}
