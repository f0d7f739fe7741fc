import { useEffect, useRef } from 'preact/hooks';
import type { ErrorRecord } from '../../utils/core/errors.ts';
import { plural, t } from '../../utils/i18n.ts';
import type { OutboxAction, OutboxCounts, OutboxRow } from '../../utils/views.ts';
import { ErrorWords, Notice } from '../Notice.tsx';
import { LossNotice } from './LossNotice.tsx';
import { OutboxItem } from './OutboxItem.tsx';
import { EmptyState } from './ThreadEmpty.tsx';

interface Props {
  readonly rows: readonly OutboxRow[] | undefined;
  readonly counts: OutboxCounts;
  readonly hasMore: boolean;
  readonly problem: ErrorRecord | undefined;
  readonly now: number;
  readonly onMore: () => void;
  /** The person has read of the loss. */
  readonly onUnderstood: () => void;
  readonly onAct: (row: OutboxRow, act: OutboxAction) => void;
}

/** Everything that is not in a ticket system yet, and what the person may do about it. */
export function OutboxList({ rows, counts, hasMore, problem, now, onMore, onUnderstood, onAct }: Props) {
  return (
    <>
      {problem && (
        <Notice tone="bad" live={true}>
          <ErrorWords error={problem} />
        </Notice>
      )}
      <p class="counts" role="status">
        {rows !== undefined &&
          (rows.length > 0 || counts.handover || counts.lost) &&
          [plural('countWaiting', counts.waiting), counts.attention > 0 ? plural('countAttention', counts.attention) : '']
            .filter(Boolean)
            .join(' · ')}
      </p>
      {counts.lost && <LossNotice lost={counts.lost} onUnderstood={onUnderstood} />}
      {counts.handover && (
        <Notice tone="warning">
          <a href="/handover.html" target="_blank" rel="noreferrer">
            {t('handoverNeedsYou')}
          </a>
        </Notice>
      )}
      {rows?.length === 0 && !counts.handover && !counts.lost && (
        <EmptyState icon="check" title={t('outboxEmptyTitle')}>
          <p>{t('outboxEmptyHelp')}</p>
        </EmptyState>
      )}
      <ul class="cards">
        {rows?.map((row) => (
          <OutboxItem key={row.id} row={row} now={now} onAct={onAct} />
        ))}
      </ul>
      {hasMore && <More onMore={onMore} />}
    </>
  );
}

/** Loads the next page when it comes into view; a button for those who don't scroll. */
function More({ onMore }: { readonly onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (button.current === null || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current();
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, []);
  return (
    <button ref={button} type="button" class="quiet list-more" onClick={onMore}>
      {t('showMore')}
    </button>
  );
}
