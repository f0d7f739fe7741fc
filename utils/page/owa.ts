/**
 * What is asked of the service behind Outlook on the web, where it takes the page's cookies alone: Exchange on premises
 * and at hosters. Microsoft's own hosts want a token that only their scripts have; there the page is read.
 */
import { RelaisError } from '../core/errors.ts';
import type { PageContext } from '../webmail/adapter.ts';
import { looksLikeMail } from './mail-header.ts';

/** Ids of a conversation's messages, oldest first; `undefined` where the service does not answer us. */
export async function listConversation(context: PageContext, conversation: string): Promise<string[] | undefined> {
  const answer = await ask(context, 'GetConversationItems', {
    Conversations: [{ __type: 'ConversationRequestType:#Exchange', ConversationId: itemId(conversation) }],
    ItemShape: { __type: 'ItemResponseShape:#Exchange', BaseShape: 'IdOnly' },
    SortOrder: 'DateOrderAscending',
    MaxItemsToReturn: 500,
  });
  const nodes = list(at(answer, 'Conversation', 'ConversationNodes'));
  const ids = nodes.flatMap((node) => list(at(node, 'Items'))).map((item) => at(item, 'ItemId', 'Id'));
  const known = ids.filter((id) => typeof id === 'string');
  return known.length > 0 ? known : undefined;
}

/** A message's source as Exchange writes it; `undefined` where it gives none. */
export async function fetchMime(context: PageContext, id: string): Promise<ArrayBuffer | undefined> {
  const answer = await ask(context, 'GetItem', {
    ItemShape: { __type: 'ItemResponseShape:#Exchange', BaseShape: 'IdOnly', IncludeMimeContent: true },
    ItemIds: [itemId(id)],
  });
  const mime = at(list(at(answer, 'Items'))[0], 'MimeContent', 'Value');
  if (typeof mime !== 'string' || !/^[A-Za-z0-9+/=\s]+$/.test(mime)) return undefined;
  const bytes = Uint8Array.from(atob(mime), (letter) => letter.charCodeAt(0)).buffer;
  return looksLikeMail(bytes) ? bytes : undefined;
}

const itemId = (id: string) => ({ __type: 'ItemId:#Exchange', Id: id });

/** First response message of one call. The canary is a cookie that the page's own scripts read for the same purpose. */
async function ask(context: PageContext, action: string, body: object): Promise<unknown> {
  const canary = /(?:^|;\s*)X-OWA-CANARY=([^;]+)/.exec(context.document.cookie)?.[1];
  if (!canary) return undefined;
  const response = await context.fetch(`/owa/service.svc?action=${action}&app=Mail`, {
    method: 'POST',
    headers: { action, 'content-type': 'application/json; charset=utf-8', 'x-owa-canary': canary },
    body: JSON.stringify({
      __type: `${action}JsonRequest:#Exchange`,
      Header: { __type: 'JsonRequestHeaders:#Exchange', RequestServerVersion: 'Exchange2013' },
      Body: { __type: `${action}Request:#Exchange`, ...body },
    }),
  });
  // 440 is Exchange's own "log in again"; a form in place of data says the same.
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 440 || (response.status === 200 && type.startsWith('text/html')))
    throw new RelaisError('webmail-signed-out', 'Outlook asks to log in again');
  if (response.status !== 200) return undefined;
  const answer: unknown = await response.json().catch(() => undefined);
  return list(at(answer, 'Body', 'ResponseMessages', 'Items'))[0];
}

function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
