/**
 * From what "Test connection" met to what is wrong, best guess first. Pure. A browser hides why a connection failed; then
 * what it may be is told as such. Node says why, and so does the command line.
 */
import type { ErrorRecord } from '../core/errors.ts';

export type FindingCode =
  | 'permission'
  | 'offline'
  | 'name'
  | 'refused'
  | 'certificate'
  | 'silent'
  | 'address'
  | 'cors'
  | 'redirect'
  | 'login_page'
  | 'key'
  | 'right'
  | 'field'
  | 'setting'
  | 'busy'
  | 'broken'
  | 'answer'
  | 'recipe'
  | 'unknown';

export interface Finding {
  readonly code: FindingCode;
  /** False: it fits, but so does something else. */
  readonly sure: boolean;
  /** What the sentence names: a host, an address, a field. */
  readonly about: string;
}

export interface Examined {
  readonly error: ErrorRecord;
  /** Address of the system; empty where the settings give none. */
  readonly origin: string;
  /** The person let us go there, as far as is known. */
  readonly isAllowed?: boolean;
  readonly isOnline?: boolean;
  /** How long it took to fail. */
  readonly tookMs: number;
}

/** Silence this long is none of a refusal or a wrong name, which are told at once. */
const silenceMs = 8_000;

/** What is wrong, at least one finding. */
export function diagnose(examined: Examined): readonly Finding[] {
  const { error, origin, isAllowed, isOnline } = examined;
  const { details } = error;
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  const sure = (code: FindingCode, about: unknown = host): readonly Finding[] => [{ code, sure: true, about: String(about ?? '') }];
  switch (error.code) {
    case 'permission-missing':
      return sure('permission');
    case 'offline':
    case 'connection-lost':
      if (isAllowed === false) return sure('permission');
      if (isOnline === false) return sure('offline');
      return unreachable(examined, host);
    case 'timeout':
      return sure('silent');
    case 'not-found':
      // Without a status nothing was answered here, while the server does answer elsewhere.
      return details.status === undefined ? maybe(['address', 'cors'], host) : sure('address');
    case 'redirected':
      return sure('redirect', details.location ?? host);
    case 'login-page':
      return sure('login_page');
    case 'unauthorised':
      return sure('key');
    case 'rejected':
    case 'too-large':
      return sure(details.status === 403 || details.status === 401 ? 'right' : 'field');
    case 'rate-limited':
    case 'unavailable':
      return sure('busy');
    case 'server-error':
      return sure('broken');
    case 'unreadable-answer':
      return sure('answer');
    case 'bad-settings':
    case 'draft-incomplete':
      return sure('setting', details.field ?? '');
    case 'bad-recipe':
      return sure('recipe', error.message);
    default:
      return sure('unknown', error.message);
  }
}

function unreachable({ error, origin, tookMs }: Examined, host: string): readonly Finding[] {
  const reason = typeof error.details.reason === 'string' ? error.details.reason : '';
  const told = codeOf(reason);
  if (told !== undefined) return [{ code: told, sure: true, about: host }];
  if (tookMs >= silenceMs) return maybe(['silent', 'name'], host);
  const isNumber = /^(?:[\d.]+|\[.*\]|localhost)(?::\d+)?$/.test(host);
  return maybe([...(isNumber ? [] : ['name' as const]), ...(origin.startsWith('https:') ? ['certificate' as const] : []), 'refused'], host);
}

/** Words of the operating system and of TLS, where something tells them. */
function codeOf(reason: string): FindingCode | undefined {
  if (/^(?:ENOTFOUND|EAI_)/.test(reason)) return 'name';
  if (/^(?:ECONNREFUSED|ECONNRESET|EPIPE|UND_ERR_SOCKET)/.test(reason)) return 'refused';
  if (/CERT|^ERR_(?:TLS|SSL)|^EPROTO$|^UNABLE_TO/.test(reason)) return 'certificate';
  if (/^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)/.test(reason)) return 'silent';
  return undefined;
}

function maybe(codes: readonly FindingCode[], about: string): readonly Finding[] {
  return codes.map((code) => ({ code, sure: false, about }));
}
