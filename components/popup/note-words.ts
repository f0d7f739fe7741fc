import { t } from '../../utils/i18n.ts';
import type { EndpointSummary } from '../../utils/views.ts';

/** Whether there is a field for a note: not where the system takes none, unless something was typed before it was chosen. */
export function takesNote(endpoint: EndpointSummary | undefined, typed: string): boolean {
  return endpoint?.takesNotes !== false || typed !== '';
}

/** Who will read the note, said before it is sent. */
export function noteHint(endpoint: EndpointSummary | undefined): string {
  if (endpoint?.takesNotes === false) return t('noteNotTaken', endpoint.name);
  return endpoint?.internalNotes === false ? t('noteNotInternal', endpoint.name) : t('noteInternal');
}
