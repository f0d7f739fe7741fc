import { bigCapture } from './big-capture.ts';
import { bigThread } from './big-thread.ts';
import { clickToPopup } from './click-to-popup.ts';
import type { Section } from './section.ts';

/** From the click to the filled popup beside the same fetches without us; a big thread, its longest task in the webmail's tab, and the same comparison. */
export const capture: Section = async () => {
  const { click, fetched, empty } = await clickToPopup();
  const big = await bigCapture(bigThread({ messages: 100, megabytes: 25 }));
  return {
    results: {
      click_to_popup_ms: click,
      raw_fetch_ms: fetched,
      empty_popup_ms: empty,
      capture_100_longest_task_ms: big.longest,
      capture_100_ms: big.captured,
      capture_100_fetch_ms: big.fetched,
      capture_100_vs_fetch_ratio: big.captured / big.fetched,
    },
    bars: { click_to_popup_ms: { atMost: 1.5 * fetched + 100 }, capture_100_longest_task_ms: { atMost: 50 } },
  };
};
