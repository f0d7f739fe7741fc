/** The person's own address in this account, from SOGo's own script; a window of its own tells only the main one. */
export function accountIn(document: Document, number: string): string | undefined {
  const script = [...document.scripts].map(({ text }) => text).join('\n');
  const main = number === '0' ? /var UserEmail = '([^'\\]+)'/.exec(script)?.[1] : undefined;
  try {
    const accounts = JSON.parse(/var mailAccounts = (\[.*\]);/.exec(script)?.[1] ?? '[]') as { identities?: Identity[] }[];
    const identities = accounts[Number(number)]?.identities ?? [];
    const email = (identities.find(({ isDefault }) => isDefault) ?? identities[0])?.email ?? main;
    return typeof email === 'string' && email.includes('@') ? email : undefined;
  } catch {
    return undefined;
  }
}

interface Identity {
  readonly email?: unknown;
  readonly isDefault?: unknown;
}
