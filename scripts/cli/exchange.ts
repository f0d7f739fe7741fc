/** The way to ticket systems from the command line: the extension's own, told line by line, secrets masked. */
import { RelaisError } from '../../utils/core/errors.ts';
import { createHttp, type HttpRequest, type HttpResponse } from '../../utils/http.ts';
import type { EngineContext } from '../../utils/recipes/interface.ts';
import { maskOf } from '../../utils/recipes/run.ts';

export interface Telling {
  readonly print: (line: string) => void;
  /** Headers and bodies too. */
  readonly verbose: boolean;
  readonly secrets: Readonly<Record<string, string>>;
}

const longestBody = 20_000;
const named = new Set(['authorization', 'cookie', 'set-cookie', 'proxy-authorization']);

/** What the engine needs, with every request printed. */
export function tellingContext(telling: Telling, readBlob: EngineContext['readBlob']): EngineContext {
  const mask = maskOf(Object.values(telling.secrets));
  const { print, verbose } = telling;
  const http = createHttp({
    hasPermission: async () => true,
    isOnline: () => true,
    reasonOf,
    record: ({ purpose, method, host, status, error, ms }) => {
      if (purpose === 'knock') print(`${method} ${host}/ → ${status ?? error} (${ms} ms, knock)`);
    },
  });
  return {
    now: Date.now,
    readBlob,
    async http(request) {
      const start = performance.now();
      const told = (what: string): void =>
        print(mask(`${request.method} ${decode(request.url)} → ${what} (${Math.round(performance.now() - start)} ms, ${request.purpose})`));
      try {
        // Node would ask for any language, and OTRS then chooses Chinese.
        const response = await http({ ...request, headers: { 'accept-language': navigator.language, ...request.headers } });
        told(`${response.status}${response.redirected ? ` to ${response.headers.location ?? '?'}` : ''}`);
        if (verbose) for (const line of await linesOf(request, response)) print(mask(line));
        return response;
      } catch (thrown) {
        told(RelaisError.from(thrown).code);
        if (verbose) for (const line of await linesOf(request)) print(mask(line));
        throw thrown;
      }
    },
  };
}

/** What Node tells of a failure, wherever it stands among its causes. */
function reasonOf(thrown: unknown, depth = 0): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(thrown.code)) return thrown.code;
  return 'cause' in thrown ? reasonOf(thrown.cause, depth + 1) : undefined;
}

/** Readable where that is possible, and one line whatever stands in it. */
function decode(url: string): string {
  try {
    return decodeURI(url).replace(/[\u0000-\u001f\u007f-\u009f]/g, encodeURIComponent);
  } catch {
    return url;
  }
}

async function linesOf({ headers = {}, body }: HttpRequest, response?: HttpResponse): Promise<readonly string[]> {
  const sent = await bodyText(body);
  return [
    ...Object.entries(headers).map(([name, value]) => `  > ${name}: ${named.has(name) ? '•••' : value}`),
    ...indent('  > ', sent),
    ...Object.entries(response?.headers ?? {}).map(([name, value]) => `  < ${name}: ${named.has(name) ? '•••' : value}`),
    ...indent('  < ', response?.body ?? ''),
  ];
}

async function bodyText(body: HttpRequest['body']): Promise<string> {
  if (body === undefined) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Blob) return body.text();
  return [...body]
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : `“${value.name}” ${value.type}, ${value.size} bytes`}`)
    .join('\n');
}

/** JSON on several lines; files in it and what is very long are shortened. */
function indent(mark: string, text: string): readonly string[] {
  if (text === '') return [];
  const shown = pretty(text)
    .replace(/[A-Za-z0-9+/]{400,}={0,2}/g, (base64) => `${base64.slice(0, 40)}…(${base64.length} characters)`)
    .slice(0, longestBody);
  return shown.split('\n').map((line) => mark + line);
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
