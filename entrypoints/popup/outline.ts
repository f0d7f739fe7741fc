/** The popup's outline: a browser shows a popup when its page has loaded, so what the form needs is asked for after that. */
import { type MessageKey, t } from '../../utils/i18n.ts';
import { isBesidePage } from '../../utils/ui/beside-query.ts';
import { dressPage } from '../../utils/ui/theme.ts';
import { keepTypedAhead } from '../../utils/ui/typed-ahead.ts';
import '../../components/styles/tokens.css';
import '../../components/styles/base.css';
import '../../components/styles/controls.css';
import '../../components/styles/combobox.css';
import '../../components/styles/blocks.css';
import '../../components/styles/popup.css';
import '../../components/styles/thread.css';

// The browser gives the keyboard to what stands here, long before the form can listen.
keepTypedAhead(document, () => {
  if (!isBesidePage(location)) window.close();
});
dressPage();
document.title = t('popupTitle');
for (const label of document.querySelectorAll<HTMLElement>('[data-text]')) label.textContent = t(label.dataset.text as MessageKey);

import('./main.tsx').catch((thrown: unknown) => console.error(thrown));
