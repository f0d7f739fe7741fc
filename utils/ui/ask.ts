/** How a page's model asks the worker: handed in, so that a test can answer instead. */
import type { Answer, Input, RouteName } from '../routes.ts';

export type Ask = <Name extends RouteName>(name: Name, input: Input<Name>) => Promise<Answer<Name>>;
