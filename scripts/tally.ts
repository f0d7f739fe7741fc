/** Counts of test runs, added up over runners, what failed by name, and the one line that says the sums. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { tool } from './tool.ts';

interface VitestReport {
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

/** What became of one file of tests; of a run that broke, under the run's own name. */
interface Outcome {
  readonly file: string;
  readonly passed: number;
  readonly skipped: number;
  /** Names of tests, or of the file where it broke outside them, each with its reason. */
  readonly failures: ReadonlyMap<string, string>;
}

/** Files that get a second chance in one run. */
const mostUnsteady = 3;

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** A line for each that failed, said again at the end: a log is long, and often only its end is kept. */
  readonly #failures: string[] = [];
  readonly #unsteady: string[] = [];

  /** A step that is no test but must succeed: counted only when it fails. */
  async step(title: string, does: () => Promise<number>): Promise<void> {
    heading(title);
    if ((await does()) === 0) return;
    this.#fail(title);
  }

  /** Runs one of vitest's projects and adds what it counted. A run that broke without a failed test counts as one. */
  async vitest(project: string): Promise<void> {
    heading(`tests: ${project}`);
    this.#count(await runProject(project));
  }

  /**
   * The same for tests in a real browser, which drops a key or a press now and then on a busy machine: a file with a
   * failure is run once more, by itself. What fails again has failed; what holds then is counted, and named at the end.
   */
  async browser(project: string): Promise<void> {
    heading(`tests: ${project}`);
    const first = await runProject(project);
    const failed = first.filter(({ failures }) => failures.size > 0);
    // More than a few are no accident, nor is a run that broke.
    if (failed.length === 0 || failed.length > mostUnsteady || failed.some(({ file }) => file === runOf(project)))
      return this.#count(first);
    const files = failed.map(({ file }) => file);
    heading(`once more: ${files.join(', ')}`);
    const second = await runProject(project, files);
    for (const { file, failures } of failed) {
      const again = second.find((outcome) => outcome.file === file);
      for (const [test, reason] of failures) if (again && !again.failures.has(test)) this.#unsteady.push(`${test}: ${reason}`);
    }
    this.#count([...first.filter((outcome) => !failed.includes(outcome)), ...second]);
  }

  #count(outcomes: readonly Outcome[]): void {
    for (const { passed, skipped, failures } of outcomes) {
      this.passed += passed;
      this.skipped += skipped;
      for (const [test, reason] of failures) this.#fail(test, reason);
    }
  }

  #fail(what: string, reason?: string): void {
    this.failed += 1;
    this.#failures.push(reason ? `${what}: ${reason}` : what);
    console.error(`relais: ${what} failed`);
  }

  /** Prints what failed, then the closing line, alone on its line, and gives the exit code. */
  close(): number {
    for (const one of this.#unsteady) console.log(`UNSTEADY, failed once and held once: ${one}`);
    for (const failure of this.#failures) console.log(`FAILED ${failure}`);
    console.log(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    return this.failed > 0 ? 1 : 0;
  }
}

function heading(title: string): void {
  console.log(`\n== ${title}`);
}

/** One project of vitest's, or some of its files. */
async function runProject(project: string, files: readonly string[] = []): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-report-'));
  const file = join(folder, 'report.json');
  const words = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await tool('vitest', [...words, ...files]);
  const run = runOf(project);
  const broke = (reason: string): Outcome => ({ file: run, passed: 0, skipped: 0, failures: new Map([[run, reason]]) });
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
    const outcomes = report.testResults.map(outcomeOf);
    const isSilent = code !== 0 && outcomes.every(({ failures }) => failures.size === 0);
    return isSilent ? [...outcomes, broke(`ended with ${code}`)] : outcomes;
  } catch (error) {
    return [broke(firstLine(String(error)))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcomeOf({ name, status, message, assertionResults }: VitestReport['testResults'][number]): Outcome {
  const file = relative(process.cwd(), name);
  const failures = new Map<string, string>();
  let passed = 0;
  for (const one of assertionResults) {
    if (one.status === 'passed') passed += 1;
    if (one.status === 'failed') failures.set(`${file}: ${one.fullName}`, firstLine(one.failureMessages[0] ?? ''));
  }
  const skipped = assertionResults.length - passed - failures.size;
  if (status === 'failed' && failures.size === 0) failures.set(file, firstLine(message));
  return { file, passed, skipped, failures };
}

function runOf(project: string): string {
  return `the run of ${project}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
