/** What the query of the popup's address says where it stands beside the web page. */
const besideQuery = 'beside';

/** Whether this page is that one: it follows the tab in front, and isn't closed when its work is done. */
export function isBesidePage(location: Location): boolean {
  return new URLSearchParams(location.search).has(besideQuery);
}
