// node build/first-run.mjs [clone|ci ...]: what a stranger's first run takes on this machine, measured in fresh clones of
// HEAD with an empty Maven repository and an empty npm cache, and written to docs/results/first-run.md. Everything it starts, it stops.
//   clone  from git clone to the first play, then `up` again, plays and memory (about a quarter of an hour)
//   ci     .ci/run (about half an hour)
// Without a part, all. What each part measured is kept in docs/results/raw/first-run.json, so that the parts can be run one by one.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';

/** How often `up` is timed with nothing to build. */
const STARTS = 3;

/** Plays whose start is timed; enough for a median and a 95th percentile that is not one outlier. */
const PLAYS = 12;

const FLEET = 'first-run';
const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { encoding: 'utf8' }).trim();
const raw = join(root, 'docs/results/raw/first-run.json');

/** A stranger's machine: a clone and nothing downloaded yet. */
class Stranger {
  constructor() {
    this.home = mkdtempSync(join(tmpdir(), 'tributary-first-run-'));
    this.checkout = join(this.home, 'tributary');
    this.environment = {
      ...process.env,
      MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ''} -Dmaven.repo.local=${join(this.home, 'maven')}`,
      npm_config_cache: join(this.home, 'npm'),
    };
    execFileSync('git', ['clone', '--quiet', root, this.checkout]);
  }

  /** Runs a command in the clone; answers its seconds and what it printed. */
  run(command, ...words) {
    const began = process.hrtime.bigint();
    const run = spawnSync(command, words, { cwd: this.checkout, env: this.environment, encoding: 'utf8', maxBuffer: 1e9 });
    if (run.status !== 0) {
      writeFileSync(join(this.home, 'output'), `${run.stdout}\n${run.stderr}`);
      throw new Error(`${command} ${words.join(' ')} ended with ${run.status}; what it printed and its clone are left in ${this.home}`);
    }
    return { seconds: Number(process.hrtime.bigint() - began) / 1e9, out: run.stdout, err: run.stderr };
  }

  word(...words) {
    return this.run('./tributary', ...words, '--fleet', FLEET);
  }

  stop() {
    spawnSync('./tributary', ['down', '--fleet', FLEET], { cwd: this.checkout, env: this.environment });
  }

  forget() {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** The sum of the stages of `up` that the pattern names, in seconds; its progress ends each line with its time. */
function stages(err, pattern) {
  return [...err.matchAll(/^ {2}(\S.*?) +(\d+\.\d) s$/gm)]
    .filter(stage => pattern.test(stage[1]))
    .reduce((sum, stage) => sum + Number(stage[2]), 0);
}

function residentMiB(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

/** The JDK that a process runs on. */
function jdkOf(pid) {
  const home = dirname(dirname(readlinkSync(`/proc/${pid}/exe`)));
  return /JAVA_RUNTIME_VERSION="(.*)"/.exec(readFileSync(join(home, 'release'), 'utf8'))[1];
}

const parts = {
  clone(stranger) {
    const first = stranger.word('up', '--detach');
    const built = Number(/Built in (\d+) s/.exec(first.err)[1]);
    const trained = stages(first.err, /^preparing fast start/);
    const demos = stages(first.err, /demo/);

    const startSeconds = [];
    for (let i = 0; i < STARTS; i++) {
      stranger.word('down');
      const again = stranger.word('up', '--detach');
      if (again.err.includes('Building')) {
        throw new Error('up built although nothing changed');
      }
      startSeconds.push(again.seconds);
    }

    const startupMillis = [];
    for (let i = 0; i < PLAYS; i++) {
      const report = JSON.parse(stranger.word('play', 'demo-clock', '--for', '4', '--json').out);
      if (report.error !== null || report.rebufferMillis !== 0) {
        throw new Error(JSON.stringify(report));
      }
      startupMillis.push(report.startupMillis);
    }

    const { processes } = JSON.parse(stranger.word('status', '--json').out);
    const memoryMiB = Object.fromEntries(processes.map(({ name, pid }) => [name, residentMiB(pid)]));
    const jdk = jdkOf(processes.find(({ service }) => service === 'api-gateway').pid);
    return { jdk, allSeconds: first.seconds, built, trained, demos, startSeconds, startupMillis, memoryMiB };
  },

  ci(stranger) {
    const run = stranger.run('bash', '.ci/run');
    const tests = [...run.out.matchAll(/Tests run: (\d+), Failures: 0, Errors: 0, Skipped: (\d+)$/gm)];
    return {
      seconds: run.seconds,
      tests: tests.reduce((sum, line) => sum + Number(line[1]), 0),
      skipped: tests.reduce((sum, line) => sum + Number(line[2]), 0),
    };
  },
};

function quantile(values, share) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
}

/** The table's rows, always all of them: what, unit, figure or undefined, and the most it may be. */
function rows({ clone, ci }) {
  const memory = clone && Object.entries(clone.memoryMiB);
  return [
    ['`git clone` to first play, all in all, every download included', 's', clone?.allSeconds],
    ['… of it the build', 's', clone?.built],
    ['… of it preparing fast starts (once after a build)', 's', clone?.trained],
    ['… of it making, encoding and filling two demo titles of 60 s', 's', clone?.demos],
    ['… of it starting the fleet', 's', clone && clone.allSeconds - clone.built - clone.trained - clone.demos],
    [`\`up\` with everything built and ingested, median of ${STARTS}`, 's', clone && quantile(clone.startSeconds, 0.5), 45],
    [`… the slowest of the ${STARTS}`, 's', clone && Math.max(...clone.startSeconds)],
    [`a play’s startup, median of ${PLAYS}, a fresh JVM each`, 'ms', clone && quantile(clone.startupMillis, 0.5)],
    ['… the 95th percentile', 'ms', clone && quantile(clone.startupMillis, 0.95)],
    ...(memory ?? []).map(([name, mebibytes]) => [`memory of ${name}`, 'MiB', mebibytes]),
    ['memory of the whole fleet', 'MiB', memory?.reduce((sum, [, mebibytes]) => sum + mebibytes, 0), 4096],
    ['`.ci/run`, every download included', 's', ci?.seconds, 1800],
    ['… tests passed in it', '', ci?.tests],
    ['… tests skipped in it', '', ci?.skipped, 0],
  ];
}

function render(kept) {
  const lines = rows(Object.fromEntries(Object.entries(kept).map(([part, run]) => [part, run.figures]))).map(([what, unit, figure, bar]) => {
    const said = figure === undefined ? 'not measured' : `${figure.toFixed(unit === 's' && figure < 100 ? 1 : 0)} ${unit}`.trim();
    const met = bar === undefined ? '' : figure !== undefined && figure <= bar ? 'yes' : 'no';
    return `| ${what} | ${said} | ${bar === undefined ? '' : `≤ ${bar}`} | ${met} |`;
  });
  const when = Object.entries(kept).map(([part, run]) => `\`${part}\` at commit ${run.commit} on ${run.date} (${run.machine})`);
  writeFileSync(join(root, 'docs/results/first-run.md'), `# A first run

Written by \`node build/first-run.mjs\`: ${when.join('; ')}.
JDK ${kept.clone?.figures.jdk ?? 'not told'}. Memory is each process's resident set after the plays; shared pages count in each.

| what | figure | bar | met |
| --- | --- | --- | --- |
${lines.join('\n')}
`);
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
for (const part of wanted) {
  if (!(part in parts)) {
    console.error(`part is ${part} (expected: ${Object.keys(parts).join(' or ')})`);
    process.exit(2);
  }
}
for (const part of wanted) {
  console.error(`measuring ${part} ...`);
  const stranger = new Stranger();
  try {
    const figures = parts[part](stranger);
    const kept = existsSync(raw) ? JSON.parse(readFileSync(raw, 'utf8')) : {};
    kept[part] = {
      commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: stranger.checkout, encoding: 'utf8' }).trim(),
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} cores, ${cpus()[0].model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}`,
      figures,
    };
    mkdirSync(join(root, 'docs/results/raw'), { recursive: true });
    writeFileSync(raw, `${JSON.stringify(kept, null, 1)}\n`);
    render(kept);
    stranger.stop();
    stranger.forget();
  } catch (failed) {
    stranger.stop();
    throw failed;
  }
}
