/** Outlook on the web: Microsoft's hosts and Exchange on premises. Element ids last, class names change with each release. */
import { fetchMime, listConversation } from '../page/owa.ts';
import { openShown, readShown } from '../page/shown.ts';
import type { WebmailPage, WebmailReader } from './adapter.ts';

const conversation = '#ConversationReadingPaneContainer, [data-app-section="ConversationContainer"]';
const pane = `${conversation}, #ItemReadingPaneContainer, #ReadingPaneContainerId, [data-app-section="MailReadCompose"]`;

export const page: WebmailPage = {
  id: 'outlook',
  name: 'Outlook on the web',
  origins: ['https://outlook.live.com', 'https://outlook.office.com', 'https://outlook.office365.com', 'https://outlook.cloud.microsoft'],
  marks: [{ selectors: ['meta[name="scriptVer"]'], address: '^https?://[^/]+/owa(?:[/?#]|$)' }],
  slots: [
    { selector: '[role="heading"][id^="CONV_"][id$="_SUBJECT"]', since: '2025-10', where: 'after' },
    { selector: '[role="heading"][id^="MSG_"][id$="_SUBJECT"]', since: '2025-10', where: 'after' },
    { selector: '[data-app-section="MailReadCompose"] [role="toolbar"]', since: '2025-10', where: 'append' },
    { selector: '#ReadingPaneContainerId', since: '2025-10', where: 'prepend' },
  ],
  thread: [
    // Every row of the list has one: only the selected row's is open, and only where the pane shows conversations.
    { selector: '#MailList [role="option"][data-convid][aria-selected="true"]', attribute: 'data-convid', shown: conversation },
    { pattern: '/id/([^/?#]+)', shown: pane },
    { query: ['ItemID'], shown: pane },
    { pattern: '/deeplink/read/([^/?#]+)', shown: pane },
  ],
  messages: { selector: '[id^="MSG_"][id$="_FROM"]', attributes: ['id'], pattern: '(?<=^MSG_).+(?=_FROM$)' },
  selectors: {
    message: { css: ['[id^="MSG_"][id$="_FROM"]'], since: '2025-10', required: true },
    subject: {
      css: ['[role="heading"][id^="CONV_"][id$="_SUBJECT"]', '[id^="MSG_"][id$="_SUBJECT"]'],
      since: '2025-10',
      required: true,
    },
    from: { css: ['[id^="MSG_"][id$="_FROM"]'], since: '2025-10', required: true },
    to: { css: ['[id^="MSG_"][id$="_TO"] [data-lpc-hover-target-id]', '[id^="MSG_"][id$="_TO"] [title*="@"]'], since: '2025-10' },
    cc: { css: ['[id^="MSG_"][id$="_CC"] [data-lpc-hover-target-id]', '[id^="MSG_"][id$="_CC"] [title*="@"]'], since: '2025-10' },
    body: { css: ['[id^="UniqueMessageBody"]', '[role="document"]'], since: '2025-10', required: true },
    attachment: { css: ['[role="listbox"] [role="option"][title]'], since: '2025-10' },
  },
};

const idOf = (element: Element) => /^MSG_(.+)_[A-Z]+$/.exec(element.id)?.[1];

export const reader: WebmailReader = {
  async open(context) {
    // Folded messages have no words in the page, and those behind "more" no element at all.
    const shown = openShown(context, idOf, [{ code: 'thread-not-searched' }]);
    if (!shown || !context.document.querySelector(conversation)) return shown;
    const ids = await listConversation(context, shown.key);
    return ids ? { ...shown, messages: ids.map((id) => ({ id, at: {} })), gaps: [] } : shown;
  },
  async source(context, { id }) {
    return fetchMime(context, id);
  },
  async read(context, message) {
    return readShown(context, message, idOf);
  },
};
