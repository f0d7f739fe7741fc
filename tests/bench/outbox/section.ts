import type { Section } from '../section.ts';
import { measure } from './measure.ts';

/** The outbox beside bare IndexedDB, a bare fetch loop and Workbox, in one browser and one run. */
export const outbox: Section = async () => {
  const results = await measure();
  return {
    results,
    bars: {
      outbox_store_ratio: { atLeast: 0.8 },
      outbox_drain_ratio: { atLeast: 0.8 },
      outbox_vs_workbox_ratio: { atLeast: 1 },
      outbox_scale_ratio_10k: { atLeast: 0.8 },
      popup_open_ratio_10k: { atMost: 1.2 },
    },
  };
};
