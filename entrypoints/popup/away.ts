/** Ways out of the outbox without a ticket system: a file, a mail. Loaded when asked for. */
import { RelaisError } from '../../utils/core/errors.ts';
import { t } from '../../utils/i18n.ts';
import type { Away } from './outbox.ts';

export const away: Away = {
  async save({ id, title }) {
    const { exportZip } = await import('../../utils/outbox/export.ts');
    const url = URL.createObjectURL(await exportZip([id]));
    const link = document.createElement('a');
    link.href = url;
    link.download = `relais-${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'thread'}.zip`;
    link.click();
    URL.revokeObjectURL(url);
  },

  async mail({ id }) {
    const { mailtoOf } = await import('../../utils/outbox/mail-instead.ts');
    const address = await mailtoOf(id, t('mailAttach'));
    if (address === undefined) throw new RelaisError('capture-interrupted', 'What was captured is gone');
    window.open(address);
  },
};
