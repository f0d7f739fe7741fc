import { bigThread } from './big-thread.ts';
import { clickToPopup } from './click-to-popup.ts';
import { longestTask } from './longest-task.ts';
import type { Section } from './section.ts';

/** From the click to the filled popup beside the same fetches without us, and the longest task in the webmail's tab. */
export const capture: Section = async () => {
  const { click, fetched } = await clickToPopup();
  return {
    results: {
      click_to_popup_ms: click,
      raw_fetch_ms: fetched,
      capture_longest_task_ms: await longestTask(bigThread({ messages: 100, megabytes: 25 })),
    },
    bars: { click_to_popup_ms: { atMost: 1.5 * fetched + 100 }, capture_longest_task_ms: { atMost: 50 } },
  };
};
