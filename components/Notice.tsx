import type { ComponentChildren } from 'preact';
import type { ErrorRecord } from '../utils/core/errors.ts';
import { errorQuotation, errorSentence } from '../utils/ui/words.ts';
import { Icon, type IconName } from './Icon.tsx';

type Tone = 'info' | 'good' | 'warning' | 'bad';

const icons: Readonly<Record<Tone, IconName>> = { info: 'question', good: 'check', warning: 'stop', bad: 'stop' };

interface Props {
  readonly tone: Tone;
  /** Read out as soon as it appears; for answers to what the person just did. */
  readonly live?: boolean;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}

/** A box that says something; never by colour alone. */
export function Notice({ tone, live = false, icon = icons[tone], children }: Props) {
  return (
    <div class={`notice notice-${tone}`} role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}>
      <Icon name={icon} />
      <div class="notice-words">{children}</div>
    </div>
  );
}

/** The sentence for an error, and what the server said as a quotation. */
export function ErrorWords({ error }: { readonly error: ErrorRecord }) {
  const quotation = errorQuotation(error);
  return (
    <>
      <p>{errorSentence(error)}</p>
      {quotation !== undefined && (
        <q class="said" dir="auto">
          {quotation}
        </q>
      )}
    </>
  );
}
