/** Marks in a sanitised body what is folded: `data-fold` on elements, and on a `span` around words that stand bare. */
import type { FoldKind } from '../core/thread.ts';
import { isBlank, type Line } from './fold-lines.ts';
import type { Place } from './lines.ts';

type Kinds = readonly (FoldKind | undefined)[];
type State = FoldKind | 'own' | undefined;

/** Marks the nodes whose lines are folded. A preformatted text that is folded in part is divided at its lines. */
export function markFolds(body: HTMLElement, lines: readonly Line[], places: readonly Place[], kinds: Kinds): void {
  if (!kinds.some((kind) => kind !== undefined)) return;
  const states = new Map<Node, State>();
  for (const { node, first, last } of places) {
    const state = stateOf(lines, kinds, first, last);
    if (state === 'mixed' && node.nodeName === 'PRE') dividePre(node, lines, kinds, first, last);
    else states.set(node, merge(states.get(node), state === 'mixed' ? 'own' : state));
  }
  collect(body, states);
  apply(body, states);
}

function stateOf(lines: readonly Line[], kinds: Kinds, first: number, last: number): State | 'mixed' {
  let state: State;
  for (let at = first; at <= last; at += 1) {
    if (isBlank(lines[at]) && kinds[at] === undefined) continue;
    const here = kinds[at] ?? 'own';
    if (state !== undefined && state !== here) return 'mixed';
    state = here;
  }
  return state;
}

function merge(one: State, other: State): State {
  if (one === undefined || one === other) return other;
  return other === undefined ? one : 'own';
}

/** The state of each element from those of its words: only where all agree. */
function collect(node: Node, states: Map<Node, State>): State {
  let state = states.get(node);
  for (let child = node.firstChild; child; child = child.nextSibling) state = merge(state, collect(child, states));
  if (state !== undefined) states.set(node, state);
  return state;
}

function apply(parent: Element, states: Map<Node, State>): void {
  let run: { kind: FoldKind; nodes: Node[]; filled: number } | undefined;
  const close = () => {
    if (run) wrap(parent, run.nodes.slice(0, run.filled), run.kind);
    run = undefined;
  };
  for (const child of [...parent.childNodes]) {
    const state = states.get(child);
    if (child instanceof Element && (state !== undefined || !isInline(child))) {
      close();
      if (state === 'own') apply(child, states);
      else if (state !== undefined) child.setAttribute('data-fold', state);
    } else if (state !== undefined && state !== 'own') {
      if (run?.kind !== state) close();
      run ??= { kind: state, nodes: [], filled: 0 };
      run.nodes.push(child);
      run.filled = run.nodes.length;
    } else if (state === undefined) run?.nodes.push(child);
    else close();
  }
  close();
}

function isInline(element: Element): boolean {
  return element.tagName === 'BR' || element.tagName === 'SPAN' || element.tagName === 'B' || element.tagName === 'I';
}

function wrap(parent: Element, nodes: readonly Node[], kind: FoldKind): void {
  const [first] = nodes;
  if (!first) return;
  const span = parent.ownerDocument.createElement('span');
  span.setAttribute('data-fold', kind);
  parent.insertBefore(span, first);
  span.append(...nodes);
}

/** Plain text in a `pre`: its lines are its own, one for each of ours. */
function dividePre(pre: Node, lines: readonly Line[], kinds: Kinds, first: number, last: number): void {
  if (pre.childNodes.length !== 1 || pre.firstChild?.nodeType !== Node.TEXT_NODE) return;
  const pieces = (pre.textContent ?? '').replace(/\r\n?/g, '\n').split('\n');
  // Empty lines at its top are none of ours.
  const top = pieces.findIndex((piece) => piece !== '');
  const nodes: Node[] = [];
  let open: { kind: FoldKind | undefined; text: string } | undefined;
  const document = pre.ownerDocument;
  const close = () => {
    if (!open || !document) return;
    const text = document.createTextNode(open.text);
    if (open.kind === undefined) nodes.push(text);
    else {
      const span = document.createElement('span');
      span.setAttribute('data-fold', open.kind);
      span.append(text);
      nodes.push(span);
    }
  };
  pieces.forEach((piece, index) => {
    const at = first + index - top;
    const kind = at >= first && at <= last && !isBlank(lines[at]) ? kinds[at] : open?.kind;
    const text = index < pieces.length - 1 ? `${piece}\n` : piece;
    if (open && open.kind === kind) open.text += text;
    else {
      close();
      open = { kind, text };
    }
  });
  close();
  (pre as Element).replaceChildren(...nodes);
}
