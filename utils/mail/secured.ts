/** Signed and encrypted texts inside a body (OpenPGP, RFC 9580 section 7). Nothing is verified or decrypted. */

const signedStart = /^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*$/m;
const signatureStart = /^-----BEGIN PGP SIGNATURE-----[ \t]*$/m;
const signatureEnd = /^-----END PGP SIGNATURE-----[ \t]*(?:\n|$)/m;

/** The text without the frame of a clear signature, which only the original keeps valid; any other text as it is. */
export function withoutSignatureFrame(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  const start = signedStart.exec(lines);
  if (!start) return text;
  const body = lines.slice(start.index + start[0].length + 1);
  // Headers (`Hash: SHA256`) end with an empty line.
  const empty = body.indexOf('\n\n');
  const foot = signatureStart.exec(body);
  if (empty < 0 || !foot || foot.index < empty) return text;
  const words = body.slice(empty + 2, foot.index).replace(/^- /gm, '');
  const rest = body.slice(foot.index);
  const end = signatureEnd.exec(rest);
  const after = end ? rest.slice(end.index + end[0].length) : '';
  return `${lines.slice(0, start.index)}${words}${after}`;
}

/** Whether the text holds an encrypted message. */
export function isEncryptedText(text: string): boolean {
  return /^-----BEGIN PGP MESSAGE-----[ \t]*\r?$/m.test(text);
}
