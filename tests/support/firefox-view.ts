/**
 * A page of Firefox as a screen reader has it: the browser's own tree of roles and names, read and acted upon in the
 * browser's window. It holds what stands in open shadow roots, in the popup and in the sidebar, which drivers don't reach.
 */
import type { Name, Role, View } from '../stories/view.ts';
import type { Firefox } from './firefox.ts';
import { found, until } from './until.ts';

/** A tab by its context, the one in front, the toolbar's popup, the sidebar, or the browser's own window with its questions. */
export type Place = { readonly tab: string } | 'front' | 'popup' | 'sidebar' | 'window';

interface Wanted {
  readonly role: string;
  /** A regular expression. */
  readonly name?: string;
  readonly act?: 'press' | 'focus' | 'refocus';
}

interface Seen {
  readonly name: string;
  readonly words: string;
  readonly value: string;
  readonly isTicked: boolean;
  readonly isFocused: boolean;
  readonly isLocked: boolean;
}

/** Machines are noisy: a limit only ends what hangs. */
const patience = 30_000;
/** A press that shows nothing for so long went nowhere. */
const noticed = 4_000;
/** Reading the whole tree costs the browser something: not oftener than this. */
const pause = 100;

export function viewOf(firefox: Firefox, place: Place, close: () => Promise<void>, run: View['run'] = notReached): View {
  const look = (role: string, name?: Name, act?: Wanted['act']) =>
    firefox.inWindow(lookAt, place, { role, ...(name !== undefined && { name: sourceOf(name) }), ...(act && { act }) });
  const the = async (role: string, name: Name, act?: Wanted['act']): Promise<Seen> =>
    found(
      `${JSON.stringify(place)} has one ${role} ${name}`,
      async () => {
        const all = await look(role, name, act);
        return all.length === 1 ? all[0] : undefined;
      },
      patience,
      pause,
    ).catch(async (late: Error) => {
      throw new Error(
        `${late.message}. It says: ${(await look('document'))
          .map(({ words }) => words)
          .join(' | ')
          .slice(0, 500)}`,
      );
    });
  // Keys overtake the wish for the focus on their way to the page.
  const focus = async (role: string, name: Name): Promise<void> => {
    const hasFocus = async () => (await the(role, name)).isFocused;
    await the(role, name, 'focus');
    const isLost = await until(`${name} has the focus`, hasFocus, noticed, pause).then(
      () => false,
      () => true,
    );
    if (!isLost) return;
    // The tree may never hear of a focus that came while it was drawn anew: it is taken from the field, and given again.
    await the(role, name, 'refocus');
    await until(`${name} has the focus`, hasFocus, patience, pause).catch(async (late: Error) => {
      throw new Error(`${late.message}. It is in ${JSON.stringify(await firefox.inWindow(focusedThere))}`);
    });
  };
  const view: View = {
    sees: async (role, name) => void (await the(role, name)),
    reads: (words) => {
      const says = async () => (await look('document')).some((page) => page.words.includes(words));
      return until(`it says ${words}`, says, patience, pause).catch(async (late: Error) => {
        throw new Error(
          `${late.message}. It says: ${(await look('document'))
            .map((page) => page.words)
            .join(' | ')
            .slice(0, 500)}`,
        );
      });
    },
    click: async (role, name) => {
      // A place that is gone has changed.
      const shown = async () => JSON.stringify([await look('document'), await look(role)]);
      const before = await shown();
      await the(role, name, 'press');
      const isNoticed = () =>
        shown().then(
          (now) => now !== before,
          () => true,
        );
      // The browser drops a press on what it is drawing anew: one that changed nothing, not even the focus, is made again.
      const isLost = await until('the press shows', isNoticed, noticed, pause).then(
        () => false,
        () => true,
      );
      if (isLost) await the(role, name, 'press');
    },
    unfold: async (words) => void (await the('summary', words, 'press')),
    fill: async (role, name, text) => {
      await focus(role, name);
      await firefox.inWindow(strike, ['a'], 'Control');
      await firefox.inWindow(strike, ['Delete']);
      // Emptied first: a field that held these words before would seem to be filled while the keys are still on their way.
      await view.holds(role as 'textbox', name, '');
      if (text === '') return;
      await firefox.inWindow(strike, [...text]);
      // What is secret is told as bullets.
      await view.holds(role as 'textbox', name, role === 'secret' ? '•'.repeat(text.length) : text);
    },
    choose: async (name, entry) => {
      await focus('combobox', name);
      await firefox.inWindow(strike, ['ArrowDown']);
      // The open list is the browser's own, and takes the keys.
      await until(`the list ${name} is open`, () => firefox.inWindow(hasOpenList), patience, pause);
      await firefox.inWindow(strike, [...entry, 'Enter']);
    },
    press: async (role, name, key, modifier) => {
      await focus(role, name);
      await firefox.inWindow(strike, [key], modifier);
    },
    holds: async (role: Role, name: Name, wanted: string | boolean) => {
      let seen: Seen | undefined;
      const held = async () => {
        seen = await the(role, name);
        return wanted === (typeof wanted === 'string' ? seen.value : seen.isTicked);
      };
      await until(`${name} holds ${wanted}`, held, patience, pause).catch((late: Error) => {
        throw new Error(`${late.message}. It is ${JSON.stringify(seen)}`);
      });
    },
    isLocked: async (role, name) => until(`${name} is locked`, async () => (await the(role, name)).isLocked, patience, pause),
    run,
    texts: async (role: Role) => (await look(role)).map(({ words }) => words),
    close,
  };
  return view;
}

const notReached = () => Promise.reject(new Error('Nothing runs there'));

function sourceOf(name: Name): string {
  return typeof name === 'string' ? `^${name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}$` : name.source;
}

interface Accessible {
  readonly name: string | null;
  readonly value: string;
  readonly role: number;
  readonly computedARIARole: string;
  readonly firstChild: Accessible | null;
  readonly nextSibling: Accessible | null;
  getState(state: { value?: number }, extra: object): void;
  doAction(index: number): void;
  takeFocus(): void;
}

interface Service {
  getAccessibleFor(node: Node): Accessible | null;
}

interface BrowserWindow {
  readonly Services: {
    readonly wm: { getEnumerator(type: string): Iterable<BrowserWindow> };
    readonly focus: { readonly activeWindow: unknown; readonly focusedElement: Element | null };
  };
  readonly Ci: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly Cc: Readonly<Record<string, { getService(of: unknown): Service; createInstance(of: unknown): Typist }>>;
  readonly ChromeUtils: { importESModule(name: string): { NavigableManager: { getIdForBrowser(browser: Element): string } } };
  readonly gBrowser: {
    selectedTab: unknown;
    readonly selectedBrowser: Element;
    readonly tabs: readonly BrowserTab[];
  };
}

/** Runs in the browser's window: what it thinks has the focus, for the sentence of a test that failed. */
function focusedThere(): string {
  const { Services } = globalThis as unknown as BrowserWindow;
  const { activeWindow, focusedElement } = Services.focus;
  return `${activeWindow === window ? 'this window' : 'another window'}, ${focusedElement?.localName} ${focusedElement?.id}`;
}

interface BrowserTab {
  readonly linkedBrowser: Element;
}

/** Runs in the browser's window: all that is called so there, or does it to the only one. */
function lookAt(place: Place, { role, name, act }: Wanted): Seen[] {
  const { Cc, Ci, ChromeUtils, Services, gBrowser } = globalThis as unknown as BrowserWindow;
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs');
  const service = Cc['@mozilla.org/accessibilityService;1']?.getService(Ci.nsIAccessibilityService);
  const windows = [...Services.wm.getEnumerator('navigator:browser')];
  const isAt = (one: BrowserTab) => typeof place === 'object' && NavigableManager.getIdForBrowser(one.linkedBrowser) === place.tab;
  const window = windows.find((one) => one.gBrowser.tabs.some(isAt));
  const tab = window?.gBrowser.tabs.find(isAt);
  const start = {
    window: document,
    front: gBrowser.selectedBrowser,
    popup: document.querySelector('.webextension-popup-browser'),
    sidebar: document.getElementById('sidebar'),
    tab: tab?.linkedBrowser,
  }[typeof place === 'object' ? 'tab' : place];
  const top = start && service?.getAccessibleFor(start);
  if (!top) return [];
  if (window && act) window.gBrowser.selectedTab = tab;
  const { STATE_CHECKED = 0, STATE_FOCUSED = 0, STATE_UNAVAILABLE = 0, STATE_INVISIBLE = 0 } = Ci.nsIAccessibleStates ?? {};
  const { ROLE_TEXT_LEAF, ROLE_STATICTEXT, ROLE_PASSWORD_TEXT, ROLE_SUMMARY } = Ci.nsIAccessibleRole ?? {};
  const asked = name === undefined ? undefined : new RegExp(name, 'u');
  const ours = new Map([
    [ROLE_PASSWORD_TEXT, 'secret'],
    [ROLE_SUMMARY, 'summary'],
  ]);
  const all: { readonly one: Accessible; readonly words: string; readonly state: number }[] = [];
  const walk = (one: Accessible): string => {
    if (one.role === ROLE_TEXT_LEAF || one.role === ROLE_STATICTEXT) return one.name ?? '';
    const state: { value?: number } = {};
    one.getState(state, {});
    const at = all.length;
    const own = ours.get(one.role) ?? one.computedARIARole;
    const wanted = own === role && (asked === undefined || asked.test(one.name ?? ''));
    const words = [];
    for (let child = one.firstChild; child; child = child.nextSibling) words.push(walk(child));
    const said = words.join('');
    if (wanted && !((state.value ?? 0) & STATE_INVISIBLE)) all.splice(at, 0, { one, words: said, state: state.value ?? 0 });
    return said;
  };
  walk(top);
  // What can't be used yet is waited for.
  const open = act === undefined ? all : all.filter(({ state }) => !(state & STATE_UNAVAILABLE));
  const [only, ...others] = open;
  if (only && others.length === 0) {
    if (act === 'press') only.one.doAction(0);
    if (act === 'refocus') top.firstChild?.takeFocus();
    if (act === 'focus' || act === 'refocus') only.one.takeFocus();
  }
  return open.map(({ one, words, state }) => ({
    name: one.name ?? '',
    words,
    value: one.value || words,
    isTicked: (state & STATE_CHECKED) !== 0,
    isFocused: (state & STATE_FOCUSED) !== 0,
    isLocked: (state & STATE_UNAVAILABLE) !== 0,
  }));
}

interface Typist {
  beginInputTransactionForTests(window: Window): boolean;
  keydown(event: KeyboardEvent): unknown;
  keyup(event: KeyboardEvent): unknown;
}

/** Runs in the browser's window. */
function hasOpenList(): boolean {
  const list: (Element & { readonly state?: string }) | null | undefined = document
    .getElementById('ContentSelectDropdown')
    ?.querySelector('menupopup');
  return list?.state === 'open';
}

/** Runs in the browser's window: strikes keys, which go where the focus is. */
function strike(keys: readonly string[], modifier?: string): void {
  const { Cc, Ci } = globalThis as unknown as BrowserWindow;
  const typist = Cc['@mozilla.org/text-input-processor;1']?.createInstance(Ci.nsITextInputProcessor);
  if (!typist?.beginInputTransactionForTests(window)) throw new Error('The browser takes no keys');
  const event = (key: string) => new KeyboardEvent('', { key, code: key === ' ' ? 'Space' : '' });
  if (modifier) typist.keydown(event(modifier));
  for (const key of keys) {
    typist.keydown(event(key === '\n' ? 'Enter' : key));
    typist.keyup(event(key === '\n' ? 'Enter' : key));
  }
  if (modifier) typist.keyup(event(modifier));
}
