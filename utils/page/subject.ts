/** `Re:`, `AW:`, `Fwd[2]:`, `回复：`, in any language: a short word and a colon. */
const prefix = /^\s*\p{L}{1,6}\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*/u;

/**
 * The words of a subject that every message of its thread has, for a search: without prefixes, quotes and markup, which
 * webmails take out or servers stumble over. Empty where there is nothing to search for.
 */
export function searchWords(subject: string): string {
  let rest = subject.slice(0, 500);
  while (prefix.test(rest) && rest.replace(prefix, '').length >= 2) rest = rest.replace(prefix, '');
  const runs = rest.split(/["\\<>\r\n]+/).map((run) => run.trim());
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '').slice(0, 120);
}
