/** GMX, WEB.DE and mail.com: one product. Application and message lie in frames of other hosts: only what is marked can be taken. */
import type { WebmailPage } from './adapter.ts';

export { selectionReader as reader } from '../page/selected.ts';

const shells = ['navigator.gmx.net', 'navigator.web.de', 'navigator-bs.gmx.com', 'navigator-bs.gmx.fr', 'navigator-bs.gmx.es'];
const frames = ['3c.gmx.net', '3c.web.de', '3c-bs.gmx.com', '3c-bs.gmx.fr', '3c-bs.gmx.es', '3c-bs.gmx.co.uk'];

export const page: WebmailPage = {
  id: 'gmx',
  name: 'GMX, WEB.DE, mail.com',
  origins: [...shells, 'navigator-bs.gmx.co.uk', 'navigator-lxa.mail.com', ...frames, '3c-lxa.mail.com'].map((host) => `https://${host}`),
  slots: [],
  thread: [],
};
