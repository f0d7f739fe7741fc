/** The document that understands mail: offscreen in Chromium, a frame of the event page in Firefox. */
import { browser } from '../../utils/browser.ts';
import { answerPrepare } from '../../utils/mail/answer-prepare.ts';
import { prepare } from '../../utils/mail/prepare.ts';
import { preparePortName } from '../../utils/mail/prepare-port.ts';
import { openBlobs } from '../../utils/outbox/blobs.ts';

answerPrepare(browser.runtime.connect({ name: preparePortName }), {
  prepare,
  openBlobs,
  // Its worker is gone, and with it who asked. Connecting again would wake a new one every half minute for nothing;
  // the new one opens a document of its own when it has work.
  gone: () => window.close(),
});
