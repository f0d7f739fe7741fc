import { useEffect, useState } from 'preact/hooks';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { LedgerPage } from '../../utils/options-views.ts';
import { formatExactly, formatSize, formatWhen } from '../../utils/ui/format.ts';
import { Field } from '../Field.tsx';

type Row = LedgerPage['rows'][number];

interface Props {
  readonly onOpen: (words: string, before?: number) => Promise<LedgerPage>;
  readonly onExport: () => void;
  readonly now: number;
}

const purposes: Readonly<Record<string, MessageKey>> = {
  test: 'purposeTest',
  list: 'purposeList',
  create: 'purposeCreate',
  append: 'purposeAppend',
  'look-up': 'purposeLookUp',
  read: 'purposeRead',
  session: 'purposeSession',
  knock: 'purposeKnock',
  capture: 'purposeCapture',
};

/** Every request that Relais made, for whoever wants to see. */
export function Ledger({ onOpen, onExport, now }: Props) {
  const [words, setWords] = useState('');
  const [page, setPage] = useState<LedgerPage>();
  useEffect(() => {
    let isCurrent = true;
    onOpen(words).then(
      (first) => isCurrent && setPage(first),
      (thrown: unknown) => console.error(thrown),
    );
    return () => {
      isCurrent = false;
    };
  }, [words, onOpen]);
  const more = async (before: number) => {
    const older = await onOpen(words, before);
    setPage((shown) => ({ ...older, rows: [...(shown?.rows ?? []), ...older.rows] }));
  };
  return (
    <section class="block">
      <h2>{t('ledgerTitle')}</h2>
      <p class="help">{t('ledgerHelp')}</p>
      <Field label={t('ledgerFilter')}>
        {(ids) => (
          <input {...ids} type="search" spellcheck={false} value={words} onInput={({ currentTarget }) => setWords(currentTarget.value)} />
        )}
      </Field>
      {page?.rows.length === 0 && <p role="status">{t('ledgerEmpty')}</p>}
      {page !== undefined && page.rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
        <section class="ledger" aria-label={t('ledgerTitle')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {(['ledgerWhen', 'ledgerHost', 'ledgerPurpose', 'ledgerOutcome', 'ledgerSize'] as const).map((key) => (
                  <th key={key} scope="col">
                    {t(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <LedgerRow key={row.id} row={row} now={now} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div class="card-actions">
        {page?.next !== undefined && (
          <button type="button" onClick={() => void more(page.next ?? 0)}>
            {t('ledgerMore')}
          </button>
        )}
        <button type="button" class="quiet" onClick={onExport}>
          {t('ledgerExport')}
        </button>
      </div>
    </section>
  );
}

function LedgerRow({ row, now }: { readonly row: Row; readonly now: number }) {
  const purpose = purposes[row.purpose];
  return (
    <tr>
      <td title={formatExactly(row.at)}>{formatWhen(row.at, now)}</td>
      <td>{row.host}</td>
      <td>{purpose ? t(purpose) : row.purpose}</td>
      <td>
        {row.method} {row.error ?? row.status}
      </td>
      <td>
        {formatSize(row.bytesSent)}, {formatSize(row.bytesReceived)}
      </td>
    </tr>
  );
}
