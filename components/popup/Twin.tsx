import { t } from '../../utils/i18n.ts';
import type { TicketFacts } from '../../utils/views.ts';
import { Notice } from '../Notice.tsx';
import { TicketLink } from './TicketFacts.tsx';

/** Two browsers made a ticket of one thread at the same moment: only people can put the two together. */
export function Twin({ twin }: { readonly twin: Pick<TicketFacts, 'number' | 'url'> }) {
  return (
    <Notice tone="warning">
      <p>
        {t('twin')} <TicketLink {...twin} />
      </p>
    </Notice>
  );
}
