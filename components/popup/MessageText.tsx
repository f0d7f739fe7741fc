import { useState } from 'preact/hooks';
import type { FoldKind } from '../../utils/core/thread.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { MessageText as Text } from '../../utils/views.ts';

/** Drawn at first of a long stretch. */
const firstPart = 6_000;

const foldKeys = {
  quote: 'foldQuote',
  signature: 'foldSignature',
  forward: 'foldForward',
  footer: 'foldFooter',
} as const satisfies Record<FoldKind, MessageKey>;

/** A message as it will arrive: all of its text, earlier mail and signatures folded. */
export function MessageText({ stretches }: Text) {
  return (
    <div class="row-body" dir="auto">
      {stretches.map(({ kind, text }, index) =>
        kind === 'own' ? (
          <Stretch key={index} text={text} />
        ) : (
          <details key={index}>
            <summary>{t(foldKeys[kind])}</summary>
            <Stretch text={text} />
          </details>
        ),
      )}
    </div>
  );
}

function Stretch({ text: whole }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  // The gap before what is folded.
  const text = whole.trimEnd();
  const isLong = text.length > firstPart && !isWhole;
  return (
    <>
      {isLong ? text.slice(0, firstPart) : text}
      {isLong && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          {t('messageRest')}
        </button>
      )}
    </>
  );
}
