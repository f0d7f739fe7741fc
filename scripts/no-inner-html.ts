/**
 * Takes one line each out of two libraries: the ones that write markup into a document, which nothing here needs. Preact's
 * serves `dangerouslySetInnerHTML`; DOMPurify's makes the documents that its own parser can't. A build in which the line
 * is not found fails, since the library has changed.
 */
const lines = [
  { file: '/preact/dist/preact.mjs', line: '(t.innerHTML=h.__html)', instead: '0' },
  {
    file: '/dompurify/dist/purify.es.mjs',
    line: 'doc.documentElement.innerHTML = IS_EMPTY_INPUT ? emptyHTML : dirtyPayload;',
    instead: '',
  },
] as const;

/** For Vite, in builds alone. */
export const noInnerHtml = {
  name: 'no-inner-html',
  apply: 'build',
  transform(code: string, id: string): string | undefined {
    const found = lines.find(({ file }) => id.endsWith(file));
    if (!found) return undefined;
    const parts = code.split(found.line);
    if (parts.length !== 2) throw new Error(`${found.file} does not have the line that writes markup: see scripts/no-inner-html.ts`);
    return parts.join(found.instead);
  },
} as const;
