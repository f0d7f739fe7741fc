/** Finding an entry of a list by what a person types. */

/** Lower case without accents: `Réclamations` is found by `recl`. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/** Entries that hold every typed word, those that begin with the typed text first; the given order otherwise. */
export function filterBy<Item>(items: readonly Item[], typed: string, textOf: (item: Item) => string): readonly Item[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const start = words.join(' ');
  const first: Item[] = [];
  const rest: Item[] = [];
  for (const item of items) {
    const text = fold(textOf(item));
    if (!words.every((word) => text.includes(word))) continue;
    (text.startsWith(start) ? first : rest).push(item);
  }
  return [...first, ...rest];
}
