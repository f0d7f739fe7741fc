/** The project's own source files and what they import, for the tests of structure. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface Source {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The text without comments: a rule about code is not broken by prose. */
  readonly code: string;
  /** Own files imported at run time. */
  readonly imports: readonly string[];
  /** Own files of which only types are imported. */
  readonly typeImports: readonly string[];
}

/** Every TypeScript file below these folders. */
export function sourcesIn(...folders: readonly string[]): Source[] {
  const paths = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => posix.join(folder, name.replaceAll('\\', '/'))),
    );
  return paths.filter((path) => /\.tsx?$/.test(path)).map(read);
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const code = withoutComments(text);
  const own = [...code.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s+)?([^;'"]*?from\s+)?['"](\.[^'"]+)['"]/g)].map(
    ([, , type, names = '', target = '']) => ({
      path: posix.join(posix.dirname(path), target),
      isType: type !== undefined || onlyTypes(names),
    }),
  );
  const late = [...code.matchAll(/\bimport\(\s*['"](\.[^'"]+)['"]/g)].map(([, target = '']) => posix.join(posix.dirname(path), target));
  return {
    path,
    text,
    code,
    imports: [...own.filter((one) => !one.isType).map((one) => one.path), ...late],
    typeImports: own.filter((one) => one.isType).map((one) => one.path),
  };
}

/** `{ type A, type B } from` */
function onlyTypes(names: string): boolean {
  const inside = /^\{([^}]*)\}/.exec(names.trim())?.[1];
  const each = inside?.split(',').filter((name) => name.trim());
  return each?.every((name) => /^\s*type\s/.test(name)) ?? false;
}

/** Strings are stepped over, so that `https://` in one is no comment. */
function withoutComments(text: string): string {
  const pattern = /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(pattern, (_all, string: string | undefined) => string ?? '');
}
