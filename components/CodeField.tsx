import type { ComponentChildren, RefObject } from 'preact';
import { Field } from './Field.tsx';

interface Props {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly problem?: string | undefined;
  readonly rows: number;
  readonly value: string;
  readonly onType: (text: string) => void;
  /** Lines that wrap are lines too: nothing of it hides below the edge of the field. */
  readonly grows?: boolean;
  readonly area?: RefObject<HTMLTextAreaElement | null>;
}

/** A labelled field for what is pasted or written in a language of machines. */
export function CodeField({ label, hint, problem, rows, value, grows, onType, area }: Props) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => (
        <textarea
          {...ids}
          {...(area && { ref: area })}
          class={grows ? 'code code-grows' : 'code'}
          rows={rows}
          spellcheck={false}
          aria-invalid={problem !== undefined}
          value={value}
          onInput={({ currentTarget }) => onType(currentTarget.value)}
        />
      )}
    </Field>
  );
}
