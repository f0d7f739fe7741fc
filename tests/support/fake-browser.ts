/** Stands in for `webextension-polyfill` in unit tests. It has the packaged files, at addresses that need no server. */
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { packagedRecipes } from '../../scripts/packaged-recipes.ts';

fakeBrowser.runtime.getURL = (path: string) => {
  const file = packagedRecipes().find(({ relativeDest }) => `/${relativeDest}` === path);
  return file ? `data:application/json,${encodeURIComponent(file.contents)}` : `chrome-extension://relais${path}`;
};

export default fakeBrowser;
