/** Counts of test runs, added up over runners, what failed by name, and the one line that says the sums. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { tool } from './tool.ts';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** A line for each that failed, said again at the end: a log is long, and often only its end is kept. */
  readonly #failures: string[] = [];

  /** A step that is no test but must succeed: counted only when it fails. */
  async step(title: string, does: () => Promise<number>): Promise<void> {
    heading(title);
    if ((await does()) === 0) return;
    this.#fail(title);
  }

  /** Runs one of vitest's projects and adds what it counted. A run that broke without a failed test counts as one. */
  async vitest(project: string): Promise<void> {
    heading(`tests: ${project}`);
    const folder = mkdtempSync(join(tmpdir(), 'relais-report-'));
    const file = join(folder, 'report.json');
    const code = await tool('vitest', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    let hasFailed = false;
    const fail = (what: string, why?: string) => {
      hasFailed = true;
      this.#fail(what, why);
    };
    try {
      const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
      this.passed += report.numPassedTests;
      this.skipped += report.numPendingTests + report.numTodoTests;
      for (const { name, status, message, assertionResults } of report.testResults) {
        const place = relative(process.cwd(), name);
        for (const { status, fullName, failureMessages } of assertionResults)
          if (status === 'failed') fail(`${place}: ${fullName}`, failureMessages[0]);
        if (status === 'failed' && assertionResults.length === 0) fail(place, message);
      }
    } catch (error) {
      fail(`the report of ${project}`, String(error));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    if (code !== 0 && !hasFailed) fail(`the run of ${project}`, `ended with ${code}`);
  }

  #fail(what: string, why = ''): void {
    this.failed += 1;
    const reason = why.split('\n', 1)[0] ?? '';
    this.#failures.push(reason ? `${what}: ${reason}` : what);
    console.error(`relais: ${what} failed`);
  }

  /** Prints what failed, then the closing line, alone on its line, and gives the exit code. */
  close(): number {
    for (const failure of this.#failures) console.log(`FAILED ${failure}`);
    console.log(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    return this.failed > 0 ? 1 : 0;
  }
}

function heading(title: string): void {
  console.log(`\n== ${title}`);
}
