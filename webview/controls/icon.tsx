/** A codicon. It is decoration: the words stand beside it or in the control's label. */
export function Icon({ name }: { readonly name: string }) {
  return <span class={`codicon codicon-${name}`} aria-hidden="true" />;
}
