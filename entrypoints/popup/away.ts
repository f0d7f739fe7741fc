/** Ways out of the outbox that go by a person's hand: a file, a mail. Loaded when asked for. */
import { RelaisError } from '../../utils/core/errors.ts';
import { t } from '../../utils/i18n.ts';
import type { OutboxRow } from '../../utils/views.ts';
import type { Away } from './outbox.ts';

export const away: Away = {
  async save(row) {
    const { exportZip } = await import('../../utils/outbox/export.ts');
    download(await exportZip([row.id]), row, 'zip');
  },

  async mail({ id, error }) {
    const { mailtoOf } = await import('../../utils/outbox/mail-instead.ts');
    const to = mailboxIn(error);
    window.open(there(await mailtoOf(id, to, to === undefined ? { ...words(), hint: t('mailAttach') } : words())));
  },

  async mailFile(row) {
    const { mailFileOf } = await import('../../utils/outbox/mail-file.ts');
    download(there(await mailFileOf(row.id, mailboxIn(row.error) ?? '', words())), row, 'eml');
  },
};

/** Where the ticket system takes mail. */
function mailboxIn(error: OutboxRow['error']): string | undefined {
  return typeof error?.details.to === 'string' ? error.details.to : undefined;
}

function words() {
  return { requester: t('fieldRequester'), queue: t('fieldQueue') };
}

function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RelaisError('capture-interrupted', 'What was captured is gone');
  return value;
}

function download(blob: Blob, { title }: OutboxRow, extension: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `relais-${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'thread'}.${extension}`;
  link.click();
  URL.revokeObjectURL(url);
}
