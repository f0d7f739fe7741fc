import { describe, expect, it } from 'vitest';
import { type RelaisError, remedies } from '../../../utils/core/errors.ts';
import { retryAfter } from '../../../utils/recipes/answer.ts';
import { engine } from '../../../utils/recipes/engine.ts';
import { type Answering, answering, connection, contextWith, job, recorded, small } from './support.ts';

type Answer = ReturnType<Answering>;

const create = (more: Record<string, unknown>) => [
  { id: 'create', as: 'create', method: 'POST', path: '/tickets', out: { ticketId: 'id' }, ...more },
];

/** What a failed create is taken for. */
async function meaning(answer: Answer, more: Record<string, unknown> = {}) {
  const { http } = answering(() => answer);
  return engine.deliver(job({ connection: connection(small(more)) }), contextWith(http), recorded()).then(
    () => undefined,
    (error: RelaisError) => ({ ...error.record(), remedy: remedies[error.code] }),
  );
}

describe('an answer', () => {
  it.each<[string, Answer, string, string]>([
    ['a wrong password', { status: 401 }, 'unauthorised', 'pause'],
    ['a refusal', { status: 422, body: { message: 'no' } }, 'rejected', 'stop'],
    ['a missing page', { status: 404 }, 'not-found', 'stop'],
    ['too much', { status: 413 }, 'too-large', 'stop'],
    ['too often', { status: 429, headers: { 'retry-after': '7' } }, 'rate-limited', 'retry'],
    ['closed for maintenance, with a time', { status: 503, headers: { 'retry-after': '7' } }, 'unavailable', 'retry'],
    ['a proxy without a server', { status: 503 }, 'server-error', 'check'],
    ['a crash', { status: 500, body: 'oops' }, 'server-error', 'check'],
    ['a gateway that gave up', { status: 504, body: '<html>' }, 'server-error', 'check'],
    ['a redirect that the browser hides', { status: 0, redirected: true, headers: {} }, 'redirected', 'pause'],
    ['a redirect', { status: 302, redirected: true }, 'redirected', 'pause'],
    [
      'a login page',
      { status: 200, body: '<!DOCTYPE html><title>Sign in</title>', headers: { 'content-type': 'text/html' } },
      'login-page',
      'pause',
    ],
    ['nonsense', { status: 200, body: '{"id": "7"' }, 'unreadable-answer', 'check'],
    ['another document', { status: 201, body: [] }, 'unreadable-answer', 'check'],
    ['nothing', { status: 204 }, 'unreadable-answer', 'check'],
  ])('says what it means: %s', async (_, answer, code, remedy) => {
    expect(await meaning(answer)).toMatchObject({ code, remedy });
  });

  it('is judged by the recipe’s own tests and rules first', async () => {
    const more = {
      ok: '$not($exists(Error))',
      errors: {
        said: ['Error.Message'],
        rules: [
          { when: "Error.Code = 'Auth'", code: 'unauthorised' },
          { when: '$answer.status = 400', code: 'rate-limited', waitMs: '1000 * wait' },
        ],
      },
    };
    expect(await meaning({ body: { Error: { Code: 'Auth', Message: 'Wrong' } } }, more)).toMatchObject({
      code: 'unauthorised',
      details: { said: 'Wrong' },
    });
    expect(await meaning({ body: { Error: { Message: 'No queue' } } }, more)).toMatchObject({
      code: 'rejected',
      details: { said: 'No queue' },
    });
    expect(await meaning({ status: 400, body: { wait: 9 } }, more)).toMatchObject({
      code: 'rate-limited',
      details: { retryAfterMs: 9_000 },
    });
  });

  it.each([
    ['an empty 200: the server may have broken off', 200, 'unreadable-answer'],
    ['an empty 204: done', 204, undefined],
  ])('to a step that wants nothing back, means: %s', async (_, status, code) => {
    const add = [{ id: 'add', method: 'POST', path: '/tickets/{{ ticket.id }}/notes' }];
    const action = { kind: 'append', ticketId: '7' } as const;
    const { http } = answering(({ method }) => (method === 'POST' ? { status } : { body: { id: '7' } }));
    const asked = job({ connection: connection(small({ append: add })), action });
    const error = await engine.deliver(asked, contextWith(http), recorded()).catch((thrown: unknown) => thrown);
    if (code) expect(error).toMatchObject({ code });
    else expect(error).toMatchObject({ ticketId: '7' });
  });

  it('never shows a secret, and never more than a sentence', async () => {
    const echo = `Bad token s3cret-token (${Buffer.from('s3cret-token').toString('base64')}) ${'x'.repeat(5_000)}`;
    const error = await meaning({ status: 400, body: { message: echo } });
    expect(JSON.stringify(error?.details)).not.toMatch(/s3cret|czNjcmV0/);
    expect(String(error?.details.said).length).toBeLessThanOrEqual(500);
    expect((await meaning({ status: 400, body: echo }))?.details.said).not.toContain('s3cret');
  });

  it('hides secrets from what is kept of it', async () => {
    const { http } = answering(() => ({ status: 201, body: { id: '7' } }));
    const progress = recorded();
    const out = { ticketId: 'id', leak: '$secrets.token' };
    await engine.deliver(job({ connection: connection(small({ create: create({ out }) })) }), contextWith(http), progress);
    expect(progress.out.create).toEqual({ ticketId: '7' });
  });

  it('asks to wait in any of the usual ways', () => {
    const now = Date.parse('2026-03-02T10:00:00Z');
    expect(retryAfter({ 'retry-after': '120' }, now)).toBe(120_000);
    expect(retryAfter({ 'retry-after': 'Mon, 02 Mar 2026 10:01:00 GMT' }, now)).toBe(60_000);
    expect(retryAfter({ 'x-ratelimit-reset': String(now / 1_000 + 30) }, now)).toBe(30_000);
    expect(retryAfter({ 'ratelimit-reset': '5' }, now)).toBe(5_000);
    expect(retryAfter({ 'retry-after': 'soon' }, now)).toBeUndefined();
    expect(retryAfter({ 'retry-after': '-5' }, now)).toBe(0);
    expect(retryAfter({ 'retry-after': '99999999' }, now)).toBe(86_400_000);
    expect(retryAfter({}, now)).toBeUndefined();
  });
});
