import { useMemo } from 'preact/hooks';
import { parseMailbox } from '../../utils/core/mailbox.ts';
import type { HandoverRow } from '../../utils/handover-views.ts';
import { t } from '../../utils/i18n.ts';

interface Props {
  readonly rows: readonly HandoverRow[];
  readonly ticked: ReadonlySet<string>;
  /** The webmail's host. */
  readonly host: string;
  readonly isBusy: boolean;
  readonly onTick: (ids: readonly string[], on: boolean) => void;
  readonly onReload: () => void;
}

const idsOf = (rows: readonly HandoverRow[]) => rows.map(({ message }) => message.id);

/** What the webmail's list shows, to be ticked one by one or by a client's domain. */
export function ThreadList({ rows, ticked, host, isBusy, onTick, onReload }: Props) {
  const domains = useMemo(() => domainsOf(rows), [rows]);
  const allTicked = rows.every(({ message }) => ticked.has(message.id));
  return (
    <section class="threads" aria-labelledby="threads-title">
      <div class="threads-head">
        <h2 id="threads-title">{t('handoverThreads')}</h2>
        <span class="muted">
          {t('handoverFrom', host)} · <span role="status">{t('handoverTicked', countOf(rows, ticked), rows.length)}</span>
        </span>
        <button type="button" class="quiet" aria-disabled={isBusy} onClick={() => !isBusy && onReload()}>
          {t('handoverReload')}
        </button>
      </div>
      <div class="threads-picks">
        <label class="tick">
          <input type="checkbox" checked={allTicked} onChange={({ currentTarget }) => onTick(idsOf(rows), currentTarget.checked)} />
          <span>{t('handoverAll')}</span>
        </label>
        {domains.length > 1 && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend into a row of buttons
          <div class="chips" role="group" aria-label={t('handoverOfClient')}>
            {domains.map(({ domain, rows: theirs }) => {
              const isOn = theirs.every(({ message }) => ticked.has(message.id));
              return (
                <button key={domain} type="button" class="chip" aria-pressed={isOn} onClick={() => onTick(idsOf(theirs), !isOn)}>
                  {domain} <span class="muted">{theirs.length}</span>
                </button>
              );
            })}
          </div>
        )}
      </div>
      <ul class="rows">
        {rows.map(({ message, subject, from, when, ticket }) => (
          <li key={message.id}>
            <label class="row">
              <input
                type="checkbox"
                checked={ticked.has(message.id)}
                onChange={({ currentTarget }) => onTick([message.id], currentTarget.checked)}
              />
              <span class="row-words">
                <span class="row-subject">
                  <bdi>{subject || t('untitled')}</bdi>
                </span>
                <span class="row-facts">
                  {from !== undefined && <bdi>{from}</bdi>}
                  {ticket && <span class="mark">{t('handoverKnown', ticket.number)}</span>}
                </span>
              </span>
              {when !== undefined && <span class="row-when">{when}</span>}
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function countOf(rows: readonly HandoverRow[], ticked: ReadonlySet<string>): number {
  return rows.filter(({ message }) => ticked.has(message.id)).length;
}

/** As many as fit beside each other, those with most threads first. */
const mostDomains = 8;

function domainsOf(rows: readonly HandoverRow[]): readonly { readonly domain: string; readonly rows: readonly HandoverRow[] }[] {
  const byDomain = Map.groupBy(rows, ({ from = '' }) => parseMailbox(from)?.address.split('@').at(-1)?.toLowerCase() ?? '');
  byDomain.delete('');
  return [...byDomain]
    .map(([domain, theirs]) => ({ domain, rows: theirs }))
    .toSorted((one, other) => other.rows.length - one.rows.length)
    .slice(0, mostDomains);
}
