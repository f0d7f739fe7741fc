import type { MessageRef, PageContext } from '../webmail/adapter.ts';

type Source = Promise<ArrayBuffer | undefined>;

const fetched = new WeakMap<PageContext, Map<string, Source>>();

/** Asks for a message's source once within one capture. Forgets failures, so that they may be tried again. */
export function remember(page: PageContext, message: MessageRef, ask: () => Source): Source {
  const sources = fetched.get(page) ?? new Map<string, Source>();
  fetched.set(page, sources);
  const known = sources.get(message.id);
  if (known) return known;
  const source = ask();
  sources.set(message.id, source);
  source.catch(() => sources.delete(message.id));
  return source;
}

/** Lets go of a source that was handed over: a long thread's bytes are not all kept until the end. */
export function forget(page: PageContext, message: MessageRef): void {
  fetched.get(page)?.delete(message.id);
}

/** Asks something about the webmail once within one capture. */
export function once<Answer>(ask: (page: PageContext) => Promise<Answer>): (page: PageContext) => Promise<Answer> {
  const answers = new WeakMap<PageContext, Promise<Answer>>();
  return (page) => {
    const answer = answers.get(page) ?? ask(page);
    answers.set(page, answer);
    return answer;
  };
}
