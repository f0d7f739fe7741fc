/** `ask()` for our own pages. */
import { browser } from './browser.ts';
import { askThrough } from './messaging.ts';
import type { Answer, Input, RouteName } from './routes.ts';

export function ask<Name extends RouteName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
  return askThrough(browser.runtime, name, input);
}
