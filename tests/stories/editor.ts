/** A system that has no recipe is connected by pasting a curl line, and nothing else is typed. */
import { expect, it } from 'vitest';
import { bodyOf, json, serve } from '../support/local-server.ts';
import { mail } from '../support/mail.ts';
import type { Ground } from './view.ts';

interface Case {
  readonly subject: string;
  readonly description: string;
  readonly contact: { readonly email: string };
  readonly external_id: string;
  readonly attachments: readonly { readonly filename: string; readonly content_base64: string }[];
}

export interface CaseSystem {
  readonly origin: string;
  readonly cases: readonly Case[];
  close(): Promise<void>;
}

export interface EditorGround extends Ground {
  readonly system: CaseSystem;
}

const key = 'case-key-4711';
const subject = 'The "printer" {{ is }} offline';

export const editorMails = [mail({ subject, text: 'Hello, it shows no light.' })];
export const editorSettings = { endpoints: [], defaultEndpoint: undefined, undoSeconds: 0 };

/** Takes cases, and nothing without its key. */
export async function startCaseSystem(): Promise<CaseSystem> {
  const cases: Case[] = [];
  const { origin, close } = await serve(async (request, response) => {
    const body = await bodyOf(request);
    if (request.url === '/') return json(response, 200, {});
    if (request.headers['x-api-key'] !== key) return json(response, 401, { message: 'Who are you?' });
    if (request.method !== 'POST' || request.url !== '/v1/cases') return json(response, 404, { message: 'Nothing here' });
    cases.push(JSON.parse(body.toString('utf8')) as Case);
    json(response, 201, { case: { id: 800 + cases.length, key: `C-${cases.length}` } });
  });
  return { origin, cases, close };
}

export function editorStory(ground: () => EditorGround): void {
  it('a pasted curl line is enough: recipe, ticket system, and a click that makes a ticket', async () => {
    const { system, page, say } = ground();
    const example = {
      subject: 'Printer',
      description: 'It is broken',
      contact: { email: 'someone@example.org' },
      external_id: 'abc',
      attachments: [{ filename: 'a.txt', content_base64: 'YQ==' }],
    };
    const head = `curl -X POST ${system.origin}/v1/cases -H 'X-Api-Key: ${key}' -H 'Content-Type: application/json'`;
    const options = await ground().openOwn('options.html#/systems/add');
    await options.click('button', say('recipeOwnStart'));
    await options.fill('textbox', say('startCurl'), `${head} -d '${JSON.stringify(example)}'`);
    await options.click('button', say('startRead'));
    await options.reads(`POST ${system.origin}/v1/cases`);
    await options.reads('x-api-key: •••');
    expect((await options.texts('document')).join()).not.toContain(key);

    await options.unfold(say('recipeFill'));
    await options.fill('textbox', say('answerExample'), '{ "case": { "id": 1, "key": "C-0" } }');
    await options.click('button', say('answerTake'));
    await options.click('button', say('save'));
    await options.sees('secret', 'X-Api-Key');
    await options.click('button', say('save'));
    await options.sees('heading', new URL(system.origin).host);
    await options.close();

    await ground().openThread(subject);
    await page.click('button', say('button_send'));
    await page.sees('button', say('button_sent', 'C-1'));
    expect(system.cases).toHaveLength(1);
    const [made] = system.cases;
    expect(made).toMatchObject({ subject, description: expect.stringContaining('it shows no light') });
    expect(made?.external_id).toMatch(/^relais-[a-z0-9]{20}$/);
    const [original] = made?.attachments.filter(({ filename }) => filename.endsWith('.eml')) ?? [];
    expect(Buffer.from(original?.content_base64 ?? '', 'base64').toString('latin1')).toContain('Subject: ');
  });
}
