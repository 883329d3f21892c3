// node build/first-run.mjs [--here]: what a stranger's first run takes on this machine, measured in a fresh clone of HEAD and
// written to docs/results/first-run.md. Takes about a quarter of an hour. With --here it uses this checkout, built already,
// and reports the rows of building as not measured. Everything it starts, it stops.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/** Plays whose start is timed; enough for a median and a 95th percentile that is not one outlier. */
const PLAYS = 12;

const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { encoding: 'utf8' }).trim();
const here = process.argv.includes('--here');
const clone = here ? root : join(mkdtempSync(join(tmpdir(), 'tributary-first-run-')), 'tributary');

function git(...words) {
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
}

/** Runs a word of the clone's script; answers its seconds, its progress and what it printed. */
function word(...words) {
  const began = process.hrtime.bigint();
  const run = spawnSync('./tributary', [...words, '--fleet', 'first-run'], { cwd: clone, encoding: 'utf8', maxBuffer: 1e8 });
  if (run.status !== 0) {
    throw new Error(`${words.join(' ')} ended with ${run.status}:\n${run.stdout}\n${run.stderr}`);
  }
  return { seconds: Number(process.hrtime.bigint() - began) / 1e9, out: run.stdout, err: run.stderr };
}

/** The sum of the stages of `up` that the pattern names, in seconds; its progress ends each line with its time. */
function stages(err, pattern) {
  return [...err.matchAll(/^ {2}(\S.*?) +(\d+\.\d) s$/gm)]
    .filter(stage => pattern.test(stage[1]))
    .reduce((sum, stage) => sum + Number(stage[2]), 0);
}

function median(values, share = 0.5) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
}

function residentMiB(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

const rows = [];
function row(what, unit, ours, bar, met) {
  rows.push({ what, unit, ours, bar: bar ?? '', met: met === undefined ? '' : met ? 'yes' : 'no' });
  console.error(`${what}: ${ours} ${unit}`);
}

try {
  if (!here) {
    execFileSync('git', ['clone', '--quiet', root, clone]);
  }
  const first = word('up', '--detach');
  const demos = stages(first.err, /demo/);
  const built = here ? NaN : Number(/Built in (\d+) s/.exec(first.err)[1]);
  const trained = here ? NaN : stages(first.err, /^preparing fast start/);
  const firstRows = {
    'clone to first play, all in all': here ? NaN : first.seconds,
    '… of it the build (Maven’s downloads already there)': built,
    '… of it preparing fast starts (once after a build)': trained,
    '… of it making, encoding and filling two demo titles of 60 s': demos,
    '… of it starting the fleet': first.seconds - built - trained - demos,
  };
  for (const [what, seconds] of Object.entries(firstRows)) {
    if (Number.isNaN(seconds)) {
      row(what, '', 'not measured', '', false);
    } else {
      row(what, 's', seconds.toFixed(0));
    }
  }

  const starts = [];
  for (let i = 0; i < 3; i++) {
    word('down');
    const again = word('up', '--detach');
    if (again.err.includes('Building')) {
      throw new Error('up built although nothing changed');
    }
    starts.push(again.seconds);
  }
  const start = median(starts);
  row('`up` with everything built and ingested, median of 3', 's', start.toFixed(1), '≤ 45', start <= 45);
  row('… the slowest of the 3', 's', Math.max(...starts).toFixed(1));

  const status = JSON.parse(word('status', '--json').out);
  const played = [];
  for (let i = 0; i < PLAYS; i++) {
    const report = JSON.parse(word('play', 'demo-clock', '--for', '4', '--json').out);
    if (report.error !== null || report.rebufferMillis !== 0) {
      throw new Error(JSON.stringify(report));
    }
    played.push(report.startupMillis);
  }
  row(`a play’s startup, median of ${PLAYS}, a fresh JVM each`, 'ms', median(played));
  row('… the 95th percentile', 'ms', median(played, 0.95));

  let whole = 0;
  for (const running of status.processes) {
    const mebibytes = residentMiB(running.pid);
    whole += mebibytes;
    row(`memory of ${running.name}`, 'MiB', mebibytes.toFixed(0));
  }
  row('memory of the whole fleet', 'MiB', whole.toFixed(0), '≤ 4096', whole <= 4096);

  const table = rows.map(r => `| ${r.what} | ${r.ours} ${r.unit} | ${r.bar} | ${r.met} |`).join('\n');
  writeFileSync(join(root, 'docs/results/first-run.md'), `# A first run

Written by \`node build/first-run.mjs${here ? ' --here' : ''}\` at commit ${git('rev-parse', '--short', 'HEAD')},
on ${new Date().toISOString().slice(0, 10)}. Memory is each process's resident set after the plays; shared pages count in each.

Machine: ${cpus().length} cores (${cpus()[0].model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}.

| what | figure | bar | met |
| --- | --- | --- | --- |
${table}
`);
} finally {
  spawnSync('./tributary', ['down', '--fleet', 'first-run'], { cwd: clone });
  rmSync(here ? join(clone, '.tributary/fleets/first-run') : join(clone, '..'), { recursive: true, force: true });
}
