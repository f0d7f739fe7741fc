/** Policies for one Firefox: its installation in links, with a folder `distribution` of its own. The machine's own is not touched. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The program that starts with these policies; the folder below `home` may be there from the last time. */
export function withPolicies(program: string, home: string, policies: object): string {
  const installed = realpathSync(program);
  const folder = join(home, 'firefox');
  const own = join(folder, basename(installed));
  const distribution = join(folder, 'distribution');
  if (!existsSync(own)) {
    mkdirSync(distribution, { recursive: true });
    const others = readdirSync(dirname(installed)).filter((name) => ![basename(own), basename(distribution)].includes(name));
    for (const name of others) symlinkSync(join(dirname(installed), name), join(folder, name));
    // It looks for everything beside itself: a link would lead it back.
    copyFileSync(installed, own);
  }
  writeFileSync(join(distribution, 'policies.json'), JSON.stringify({ policies }));
  return own;
}
