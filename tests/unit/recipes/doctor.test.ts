import { expect, it } from 'vitest';
import { type ErrorCode, type ErrorDetails, remedies } from '../../../utils/core/errors.ts';
import { diagnose, type Examined } from '../../../utils/recipes/doctor.ts';

const origin = 'https://desk.example.org:8443';
const examine = (code: ErrorCode, details: ErrorDetails = {}, more: Partial<Examined> = {}) =>
  diagnose({ error: { code, message: 'what the log says', details }, origin, tookMs: 40, isAllowed: true, isOnline: true, ...more });
const sure = (code: string, about = 'desk.example.org:8443') => [{ code, sure: true, about }];

it.each<[string, ErrorCode, ErrorDetails, string]>([
  ['a permission that was not given', 'permission-missing', {}, 'permission'],
  ['a wrong key, also where the system said 200', 'unauthorised', { status: 200 }, 'key'],
  ['a missing right', 'rejected', { status: 403 }, 'right'],
  ['a missing right, where the system says 401 and the recipe knows better', 'rejected', { status: 401 }, 'right'],
  ['a refused field', 'rejected', { status: 422 }, 'field'],
  ['a login page', 'login-page', { status: 200 }, 'login_page'],
  ['an address that is not there', 'not-found', { status: 404 }, 'address'],
  ['another program', 'unreadable-answer', {}, 'answer'],
  ['a throttle', 'rate-limited', { status: 429 }, 'busy'],
  ['a crash', 'server-error', { status: 500 }, 'broken'],
  ['silence', 'timeout', {}, 'silent'],
])('is sure of %s', (_, code, details, finding) => {
  expect(examine(code, details)).toEqual(sure(finding));
});

it('names where a redirect leads, which field is wrong, and what the recipe lacks', () => {
  expect(examine('redirected', { location: 'https://www.example.org/' })).toEqual(sure('redirect', 'https://www.example.org/'));
  expect(examine('redirected')).toEqual(sure('redirect'));
  expect(examine('bad-settings', { field: 'url' }, { origin: '' })).toEqual(sure('setting', 'url'));
  expect(examine('bad-recipe')).toEqual(sure('recipe', 'what the log says'));
});

it.each([
  ['ENOTFOUND', 'name'],
  ['EAI_AGAIN', 'name'],
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'refused'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
  ['CERT_HAS_EXPIRED', 'certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
  ['EPROTO', 'certificate'],
  ['ETIMEDOUT', 'silent'],
  ['UND_ERR_CONNECT_TIMEOUT', 'silent'],
])('is sure where the machine says why: %s', (reason, finding) => {
  expect(examine('offline', { reason })).toEqual(sure(finding));
});

it('says "probably" where a browser hides why', () => {
  const codes = (...args: Parameters<typeof examine>) => examine(...args).map(({ code, sure: isSure }) => [code, isSure]);
  expect(codes('offline')).toEqual([
    ['name', false],
    ['certificate', false],
    ['refused', false],
  ]);
  expect(codes('offline', {}, { origin: 'http://desk.intranet.example' })).toEqual([
    ['name', false],
    ['refused', false],
  ]);
  expect(codes('offline', {}, { origin: 'https://192.0.2.1:444' }).map(([code]) => code)).toEqual(['certificate', 'refused']);
  expect(codes('connection-lost', {}, { tookMs: 21_000 })[0]).toEqual(['silent', false]);
  expect(codes('not-found')).toEqual([
    ['address', false],
    ['cors', false],
  ]);
});

it('looks at what it can know before it guesses', () => {
  expect(examine('offline', {}, { isOnline: false })).toEqual(sure('offline'));
  expect(examine('offline', {}, { isAllowed: false, isOnline: false })).toEqual(sure('permission'));
});

it('has something to say of every error', () => {
  for (const code of Object.keys(remedies) as ErrorCode[]) expect(examine(code).length, code).toBeGreaterThan(0);
});
