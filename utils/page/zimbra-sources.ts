import type { PageContext } from '../webmail/adapter.ts';

/**
 * Where Zimbra and Carbonio hand out a message's source to the page's own login: as a mail, else as text. An id of a shared
 * folder names its owner: `<account>:<number>`.
 */
export function zimbraSources({ url }: PageContext, id: string): readonly URL[] {
  const address = (query: Readonly<Record<string, string>>) =>
    new URL(`/service/home/~/?${new URLSearchParams({ auth: 'co', ...query, id })}`, url.origin);
  return [address({}), address({ view: 'text' })];
}
