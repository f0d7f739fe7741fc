import { useEffect, useState } from 'preact/hooks';
import { formatMailbox } from '../../utils/core/mailbox.ts';
import { t } from '../../utils/i18n.ts';
import type { Ask } from '../../utils/ui/ask.ts';

interface Props {
  readonly ask: Ask;
  /** The active tab, where a mail may be written. */
  readonly tabId: number | undefined;
}

/** What can be done where no thread is open: hand over several, or give a mail that is being written the address of a queue. */
export function EmptyMore({ ask, tabId }: Props) {
  const [mailboxes, setMailboxes] = useState<readonly string[]>([]);
  const [said, setSaid] = useState('');
  useEffect(() => {
    ask('settings.opened', {}).then(({ settings }) => setMailboxes(settings.mailIn.map(formatMailbox)), console.error);
  }, []);
  const put = async (mailbox: string) => {
    const isThere = tabId !== undefined && (await ask('address.wanted', { tabId, mailbox }));
    setSaid(t(isThere ? 'addressPut' : 'addressNoPlace', mailbox));
  };
  const copy = async (mailbox: string) => {
    await navigator.clipboard.writeText(mailbox);
    setSaid(t('addressCopied', mailbox));
  };
  return (
    <>
      <p>
        <a href="/handover.html" target="_blank" rel="noreferrer">
          {t('contextHandover')}
        </a>
      </p>
      {mailboxes.length > 0 && (
        <ul class="addresses">
          {mailboxes.map((mailbox) => (
            <li key={mailbox}>
              <bdi>{mailbox}</bdi>
              <button type="button" aria-label={`${t('addressCopy')}: ${mailbox}`} onClick={() => void copy(mailbox)}>
                {t('addressCopy')}
              </button>
              <button type="button" aria-label={`${t('addressPutIn')}: ${mailbox}`} onClick={() => void put(mailbox)}>
                {t('addressPutIn')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status">{said}</p>
    </>
  );
}
