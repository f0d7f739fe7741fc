/** Stands in for `webextension-polyfill` in unit tests. */
import { fakeBrowser } from 'wxt/testing/fake-browser';

export default fakeBrowser;
