/** iCloud Mail. The message lies in a frame of another host, and nothing says which thread is open: only what is marked can be taken. */
import type { WebmailPage } from './adapter.ts';

export { selectionReader as reader } from '../page/selected.ts';

export const page: WebmailPage = {
  id: 'icloud',
  name: 'iCloud Mail',
  origins: ['https://www.icloud.com', 'https://www.icloud-sandbox.com'],
  slots: [],
  thread: [],
};
