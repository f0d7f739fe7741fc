/** Addresses as people type or paste them. */

/**
 * The origin of a webmail's address: `mail.example.org`, `mail.example.org:8443/roundcube/?_task=mail` and a whole
 * address all do; https unless http is written out. `undefined` where it is no address of a site.
 */
export function originOf(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[') || protocol === 'http:' || text.includes('://')
    ? origin
    : undefined;
}

/** Sent in clear over the network; a service on this machine is not. */
export function isPlainHttp(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && hostname !== 'localhost' && hostname !== '127.0.0.1' && hostname !== '[::1]';
}
