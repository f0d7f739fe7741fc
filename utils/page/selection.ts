import type { PageMessage } from '../webmail/adapter.ts';

/** What the person has marked, in the page or in a frame of the same origin; `undefined` where nothing is. */
export function readSelection(document: Document): PageMessage | undefined {
  const inner = [...document.querySelectorAll('iframe')].flatMap((frame) => frame.contentDocument ?? []);
  for (const place of [document, ...inner]) {
    const selection = place.getSelection();
    const text = selection?.toString().trim();
    if (!selection || !text || selection.rangeCount === 0) continue;
    return { subject: document.title.trim(), text, html: htmlOf(selection.getRangeAt(0)) };
  }
  return undefined;
}

/** The range's markup by way of a document without a window: copying images in the page itself would load them again. */
function htmlOf(range: Range): string {
  const inert = range.startContainer.ownerDocument?.implementation.createHTMLDocument() ?? document.implementation.createHTMLDocument();
  const top = range.commonAncestorContainer;
  const copy = inert.importNode(top, true);
  inert.body.append(copy);
  const same = inert.createRange();
  same.setStart(follow(copy, pathTo(range.startContainer, top)), range.startOffset);
  same.setEnd(follow(copy, pathTo(range.endContainer, top)), range.endOffset);
  const box = inert.createElement('div');
  box.append(same.cloneContents());
  return box.innerHTML;
}

function pathTo(node: Node, top: Node): number[] {
  const path: number[] = [];
  for (let at = node; at !== top && at.parentNode; at = at.parentNode) path.unshift([...at.parentNode.childNodes].indexOf(at as ChildNode));
  return path;
}

function follow(top: Node, path: readonly number[]): Node {
  return path.reduce<Node>((node, index) => node.childNodes[index] ?? node, top);
}
