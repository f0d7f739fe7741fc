/** A tab of Firefox: pointer and keys are the browser's own, everything else runs in the page. */
import type { Bidi } from './bidi.ts';
import { until } from './until.ts';

/** A tab. Functions run in it with JSON in and out, as if a person had just clicked. */
export interface Tab {
  readonly context: string;
  run<Value, Input extends readonly unknown[] = []>(work: (...input: Input) => Value | Promise<Value>, ...input: Input): Promise<Value>;
  /** For what `Keys` does in Chromium too. */
  evaluate<Value>(expression: string): Promise<Value>;
  goTo(url: string): Promise<void>;
  bringToFront(): Promise<void>;
  /** A real click in the middle of what `find` gives; it may look into open shadow roots. */
  click(find: () => Element | null | undefined, which?: 'left' | 'right'): Promise<void>;
  /** A key with modifiers, as of a popup in Chromium: 2 Ctrl, 8 Shift. */
  press(key: string, modifiers?: number): Promise<void>;
  /** Key by key. */
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

/** What WebDriver calls the keys that write nothing. */
const keyNames: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE006',
  Escape: '\uE00C',
  End: '\uE010',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};
const modifierKeys = [
  [2, '\uE009'],
  [8, '\uE008'],
] as const;

export async function openTab(bidi: Bidi): Promise<Tab> {
  const { context } = (await bidi.send('browsingContext.create', { type: 'tab' })) as { context: string };
  return tabOf(bidi, context);
}

export function tabOf(bidi: Bidi, context: string): Tab {
  const act = (source: object) => bidi.send('input.performActions', { context, actions: [source] });
  const strike = (values: readonly string[], held: readonly string[] = []) => {
    const down = (value: string) => ({ type: 'keyDown', value });
    const up = (value: string) => ({ type: 'keyUp', value });
    const actions = [...held.map(down), ...values.flatMap((value) => [down(value), up(value)]), ...held.map(up)];
    return act({ type: 'key', id: 'keyboard', actions });
  };
  const tab: Tab = {
    context,
    run: (work, ...input) => bidi.run(context, work as never, input) as never,
    evaluate: (expression) => bidi.run(context, `() => (${expression})` as never, []) as never,
    goTo: async (url) => void (await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' })),
    // A tab behind another draws no frame, and waits with whatever waits for one.
    bringToFront: async () => void (await bidi.send('browsingContext.activate', { context })),
    click: async (find, which = 'left') => {
      await tab.bringToFront();
      const middle = `(() => { const box = (${find})()?.getBoundingClientRect(); return box && box.width > 0 ? [box.x + box.width / 2, box.y + box.height / 2] : null; })()`;
      let place: readonly number[] | null = null;
      // Twice in the same place: a page that is still being drawn takes the click away with what it throws out.
      await until(`${find} rests in its place`, async () => {
        const before = place;
        place = await tab.evaluate<readonly number[] | null>(middle);
        return place !== null && JSON.stringify(place) === JSON.stringify(before);
      });
      const [x = 0, y = 0] = (place ?? []).map(Math.round);
      const actions = [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: which === 'left' ? 0 : 2 },
        { type: 'pointerUp', button: which === 'left' ? 0 : 2 },
      ];
      await act({ type: 'pointer', id: 'mouse', actions });
    },
    press: async (key, modifiers = 0) => {
      const held = modifierKeys.flatMap(([bit, value]) => (modifiers & bit ? [value] : []));
      await strike([keyNames[key] ?? key], held);
    },
    type: async (text) => void (await strike([...text])),
    close: async () => void (await bidi.send('browsingContext.close', { context })),
  };
  return tab;
}
