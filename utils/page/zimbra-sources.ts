/** What is asked of Zimbra, and of Carbonio, which keeps its ways. */
import type { PageContext } from '../webmail/adapter.ts';
import type { HasEnded } from './listed.ts';
import { once } from './remember.ts';

const addressOf = ({ url }: PageContext, query: Readonly<Record<string, string>>) =>
  new URL(`/service/home/~/?${new URLSearchParams({ auth: 'co', ...query })}`, url.origin);

/**
 * Where a message's source is handed out to the page's own login: as a mail, else as text. An id of a shared folder names
 * its owner: `<account>:<number>`.
 */
export function zimbraSources(context: PageContext, id: string): readonly URL[] {
  return [addressOf(context, { id }), addressOf(context, { view: 'text', id })];
}

const isSignedOut = once(async (context) => {
  const { status } = await context.fetch(addressOf(context, { fmt: 'json', query: 'item:none' }));
  return status === 404 || status === 401;
});

/** Who is not signed in gets a 404, as for a message that is gone: a search for nothing tells which of them it is. */
export const zimbraHasEnded: HasEnded = async (context, { status }) => (status === 404 ? isSignedOut(context) : undefined);
