import { gzipBytes, parts, popupForm } from '../support/bundle.ts';
import type { Section } from './section.ts';

/** What is shipped, compressed, beside what DESIGN section 9 allows. */
export const sizes: Section = async () => ({
  results: {
    button_gzip_bytes: gzipBytes('chrome-mv3', parts.button),
    popup_outline_gzip_bytes: gzipBytes('chrome-mv3', parts.popup, false),
    popup_gzip_bytes: gzipBytes('chrome-mv3', popupForm('chrome-mv3'), false),
    popup_whole_gzip_bytes: gzipBytes('chrome-mv3', parts.popup),
    worker_gzip_bytes: gzipBytes('chrome-mv3', parts.worker),
  },
  bars: {
    button_gzip_bytes: { atMost: 8_000 },
    popup_gzip_bytes: { atMost: 45_000 },
    worker_gzip_bytes: { atMost: 90_000 },
  },
});
