import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What is wrong with the value. */
  readonly problem?: string | undefined;
  readonly class?: string;
  /** Draws the control with the ids that tie it to its label and its hint. */
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby': string | undefined }) => ComponentChildren;
}

/** A label above a control, help below it. */
export function Field({ label, hint, problem, class: extra, children }: Props) {
  const id = useId();
  const helpId = `${id}-help`;
  const hasHelp = problem !== undefined || (hint !== undefined && hint !== '');
  return (
    <div class={extra ? `field ${extra}` : 'field'}>
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': hasHelp ? helpId : undefined })}
      {hasHelp && (
        <div id={helpId} class={problem === undefined ? 'help' : 'help help-bad'}>
          {problem ?? hint}
        </div>
      )}
    </div>
  );
}
