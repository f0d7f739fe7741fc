import { useState } from 'preact/hooks';

/** Words of a field: as they are set, which may change while the page is open, until a person who may types others. */
export function useTyped(set: string, isLocked: boolean): readonly [words: string, type: (words: string) => void] {
  const [typed, type] = useState<string>();
  return [(isLocked ? undefined : typed) ?? set, type];
}
