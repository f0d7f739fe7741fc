/**
 * A page without what it says: tags, ids, classes and roles, for a report that its person reads before it goes anywhere.
 * Texts and addresses are replaced; so is every value that may hold one.
 */

/** Elements and depth at most, and like siblings shown in a row. */
const limits = { elements: 4_000, depth: 60, alike: 3 };

/** Attributes whose value may be told, masked: authors of pages write them, not authors of mail. */
const told = ['id', 'class', 'role', 'type', 'data-testid', 'data-test-id', 'data-app-section', 'aria-expanded', 'aria-selected'];
const without = new Set(['script', 'style', 'noscript', 'template', 'path', 'relais-button']);

/** The page and its frames of the same origin, one element a line. `known`: selectors whose words may be told as they are. */
export function skeletonOf(document: Document, known: readonly string[]): string {
  const words = new Set(known.join(' ').match(/[A-Za-z]+/g));
  const lines: string[] = [];
  let left = limits.elements;

  const visit = (element: Element, depth: number): void => {
    if (without.has(element.localName)) return;
    if (left === 0 || depth > limits.depth) return;
    left -= 1;
    const indent = ' '.repeat(depth);
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    lines.push(`${indent}${headOf(element, words)}${says ? ' …' : ''}`);
    const inner = element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument?.documentElement : undefined;
    let before = '';
    let alike = 0;
    let more = 0;
    const rest = () => {
      if (more > 0) lines.push(`${indent} × ${more} more`);
      more = 0;
    };
    for (const child of inner ? [inner] : element.children) {
      const head = headOf(child, words);
      alike = head === before ? alike + 1 : 0;
      if (alike < limits.alike) {
        rest();
        visit(child, depth + 1);
      } else more += 1;
      before = head;
    }
    rest();
  };
  visit(document.documentElement, 0);
  if (left === 0) lines.push('× and more');
  return lines.join('\n');
}

function headOf(element: Element, words: ReadonlySet<string>): string {
  const attributes = [...element.attributes].map(({ name, value }) => {
    const shown = /^[a-z][a-z-]{0,40}$/.test(name) ? name : '…';
    return told.includes(name) ? `${shown}="${masked(name, value, words)}"` : shown;
  });
  return `<${[element.localName, ...attributes].join(' ')}>`;
}

/**
 * Keeps the adapter's own words. Of others: classes and roles, whose authors write pages, unless they hold a number; in ids
 * short words without capitals; in test ids nothing, since some webmails put names of files and people there.
 */
function masked(name: string, value: string, words: ReadonlySet<string>): string {
  const allowed = name === 'class' || name === 'role' ? /^[A-Za-z][\w-]{0,30}$/ : name.startsWith('data-') ? undefined : /^[a-z]{1,20}$/;
  const parts = value.slice(0, 300).split(/([\s_:.-]+)/);
  return parts
    .map((part, index) => (index % 2 === 1 || part === '' || words.has(part) || (allowed?.test(part) && !/\d{4}/.test(part)) ? part : '…'))
    .join('');
}
