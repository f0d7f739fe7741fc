/** The few sentences that the worker puts into a ticket. */
import { browser } from '../browser.ts';
import { ticketWords } from '../core/ticket-words.ts';

export const words = ticketWords((key, ...values) => browser.i18n.getMessage(key, values));
