/** Chromium with Relais that may be killed at any moment and comes back on the same profile. */
import type { Page } from 'playwright-core';
import { launch, type Session } from '../support/chromium.ts';
import { extensionId } from '../support/extension.ts';
import { askFrom } from '../support/settings.ts';

export interface LivingBrowser {
  /** The webmail's tab; waits while the browser is away. */
  page(): Promise<Page>;
  /** Asks the worker as a page of the extension does. Rejects when worker or browser die over it: ask again. */
  ask<Value>(name: string, input: object): Promise<Value>;
  /** Stops the worker as the browser does with an idle one; the next event starts it again. */
  stopWorker(): Promise<void>;
  /** SIGKILL, and a new start on the same profile. `meanwhile` happens with the browser closed. */
  kill(meanwhile?: () => void | Promise<void>): Promise<void>;
  /** Closes as a person does, and starts again. */
  restart(meanwhile?: () => void | Promise<void>): Promise<void>;
  /** The browser as it runs now. */
  session(): Promise<Session>;
  close(): Promise<void>;
}

interface Life {
  readonly session: Session;
  readonly page: Page;
  /** A page of the extension to ask from. */
  readonly inside: Page;
}

/** Starts on this profile. */
export async function startBrowser(profile: string): Promise<LivingBrowser> {
  let life = begin();
  await life;

  async function begin(): Promise<Life> {
    const session = await launch({ profile });
    const inside = await session.open('options.html');
    const page = await session.context.newPage();
    return { session, page, inside };
  }

  async function again(end: (session: Session) => Promise<void>, meanwhile: () => void | Promise<void> = () => undefined): Promise<void> {
    const { session } = await life;
    const next = Promise.withResolvers<Life>();
    // Whoever asks from now on waits for the next life; a failed start is reported here, and to them.
    next.promise.catch(() => undefined);
    life = next.promise;
    try {
      await end(session);
      await meanwhile();
      next.resolve(await begin());
    } catch (error) {
      next.reject(error);
      throw error;
    }
  }

  return {
    page: async () => (await life).page,
    session: async () => (await life).session,
    ask: async <Value>(name: string, input: object) => (await askFrom((await life).inside, name, input)) as Value,
    async stopWorker() {
      const { cdp } = (await life).session;
      const { targetInfos } = await cdp.send('Target.getTargets');
      const workers = targetInfos.filter(({ type, url }) => type === 'service_worker' && url.includes(extensionId));
      for (const { targetId } of workers) await cdp.send('Target.closeTarget', { targetId });
    },
    kill: (meanwhile) => again((session) => session.kill(), meanwhile),
    restart: (meanwhile) => again((session) => session.close(), meanwhile),
    close: async () => (await life).session.close(),
  };
}
