import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly value: string;
  readonly rows?: number;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly onType: (text: string) => void;
}

/** A text area that is as high as its text, so that it never scrolls inside the page. */
export function GrowingText({ value, rows = 3, onType, ...rest }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    // Where the style sheet can do it (`field-sizing`), it does; measuring would cost a layout per keystroke.
    if (element === null || globalThis.CSS?.supports?.('field-sizing', 'content')) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [value]);
  return (
    <textarea
      ref={area}
      class="growing"
      dir="auto"
      rows={rows}
      value={value}
      onInput={({ currentTarget }) => onType(currentTarget.value)}
      {...rest}
    />
  );
}
