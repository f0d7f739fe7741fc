/** One mailbox as people type it. */
import type { Participant } from './thread.ts';

/** `Name <address>` or a bare address; `undefined` where no address is in it. Quotes around the name are dropped. */
export function parseMailbox(text: string): Participant | undefined {
  const angle = /^(.*)<([^<>]*)>\s*$/s.exec(text.trim());
  const address = (angle?.[2] ?? text).trim();
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(address)) return undefined;
  const name = (angle?.[1] ?? '')
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .replace(/\\(["\\])/g, '$1')
    .trim();
  return { address, name };
}

export function formatMailbox({ address, name }: Participant): string {
  return name === '' || name === address ? address : `${/[,;<>"@]/.test(name) ? JSON.stringify(name) : name} <${address}>`;
}

/** What a person is called: the name, or the address where there is none; what was typed where it is no mailbox yet. */
export function nameIn(text: string): string {
  const mailbox = parseMailbox(text);
  return mailbox === undefined ? text.trim() : mailbox.name || mailbox.address;
}

/**
 * The same for one mailbox, or domain, however it is written: in small letters, and a domain of other letters as headers spell
 * it. People and webmails write `müller.example`, a mail says `xn--mller-kva.example`.
 */
export function addressKey(address: string): string {
  const text = address.trim().toLowerCase();
  const at = text.lastIndexOf('@') + 1;
  const url = `http://${text.slice(at)}`;
  return /^http:\/\/(?![ -~]*$)[^\s/?#:%\\[\]]+$/.test(url) && URL.canParse(url) ? text.slice(0, at) + new URL(url).hostname : text;
}
