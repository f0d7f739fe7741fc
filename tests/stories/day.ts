/** Everything that a day with Relais is made of. */
import { describe } from 'vitest';
import { addingMails, addingStory } from './adding.ts';
import { notesMails, notesStory } from './notes.ts';
import { rulesMails, rulesStory } from './rules.ts';
import { ticketsMails, ticketsStory } from './tickets.ts';
import { toldBackMails, toldBackStory } from './told-back.ts';
import type { Ground } from './view.ts';

export const dayMails = [...toldBackMails, ...ticketsMails, ...rulesMails, ...notesMails, ...addingMails];

/** Begins with no ticket, and with no time to undo. */
export function day(ground: () => Ground): void {
  describe('what is told back', () => toldBackStory(ground));
  describe('rules', () => rulesStory(ground));
  describe('notes', () => notesStory(ground));
  describe('another ticket', () => addingStory(ground));
  // With more than a handful there is a filter.
  describe('the tab Tickets', () => ticketsStory(ground));
}
