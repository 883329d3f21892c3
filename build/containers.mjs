// node build/containers.mjs: sizes of the images and how long the composed services take to start and to stop, measured on the
// fleet that `docker compose -p tributary-e2e up` has running here, and written to docs/results/containers.md. Run it where the
// containers' addresses are reached. While it runs, everything is stopped but the stores and what a service before it started.
// The rolling restart's figures are those that ContainersE2E left in fleet-local/target/rolled.json; without it, the last ones stay.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';

const PROJECT = 'tributary-e2e';

/** Starts of each service; a median of fewer would be one of luck. */
const ROUNDS = 7;

const START_BAR_SECONDS = 5;
const STOP_BAR_SECONDS = 20;
const STORES = ['cassandra', 'kafka', 'object-store', 'balancer'];
const SERVICES = ['steering-service', 'playback-service', 'oca-control-plane', 'media-pipeline', 'api-gateway', 'oca-node'];
const IMAGES = [...SERVICES, 'object-store', 'tributaryctl'];

const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { encoding: 'utf8' }).trim();

const docker = (...words) => execFileSync('docker', words, { encoding: 'utf8', maxBuffer: 1e9 }).trim();
const sleep = millis => new Promise(resolve => setTimeout(resolve, millis));
const seconds = began => Number(process.hrtime.bigint() - began) / 1e9;

function quantile(values, share) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
}

/** Composed services and their containers. */
function containers() {
  return Object.fromEntries(
    docker('ps', '--all', '--filter', `label=com.docker.compose.project=${PROJECT}`, '--format', '{{.Label "com.docker.compose.service"}} {{.ID}}')
      .split('\n')
      .map(line => line.split(' ')),
  );
}

/** Whether the readiness of what runs in the container is up. */
function ready(id) {
  const addresses = docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}', id).split(' ');
  return new Promise(resolve => {
    const request = get({ host: addresses[0], port: 9090, path: '/actuator/health/readiness', timeout: 1000 }, answer => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

async function start(id) {
  const began = process.hrtime.bigint();
  docker('start', id);
  while (!(await ready(id))) {
    if (seconds(began) > 120) {
      throw new Error(`${id} is not ready after two minutes:\n${docker('logs', '--tail', '40', id)}`);
    }
    await sleep(50);
  }
  return seconds(began);
}

function stop(id) {
  const began = process.hrtime.bigint();
  docker('stop', '--time', String(STOP_BAR_SECONDS + 10), id);
  const took = seconds(began);
  const exit = docker('inspect', '--format', '{{.State.ExitCode}}', id);
  if (exit !== '143') {
    throw new Error(`${id} ended with ${exit}, expected 143 (SIGTERM)`);
  }
  return took;
}

/** Bytes of an image as a registry would send it: all layers, compressed. */
function compressedBytes(image) {
  return new Promise((resolve, reject) => {
    const save = spawn('docker', ['save', image], { stdio: ['ignore', 'pipe', 'inherit'] });
    let bytes = 0;
    save.stdout.pipe(createGzip({ level: 6 })).on('data', chunk => (bytes += chunk.length)).on('end', () => resolve(bytes));
    save.on('error', reject);
  });
}

/** What the last restart of every replica under load came to; null if there was none. */
function rolled() {
  const now = join(root, 'fleet-local/target/rolled.json');
  const before = join(root, 'docs/results/raw/containers.json');
  return existsSync(now) ? JSON.parse(readFileSync(now, 'utf8')) : existsSync(before) ? (JSON.parse(readFileSync(before, 'utf8')).rolled ?? null) : null;
}

/** Bytes of the layers that are ours and not the base image's. */
function ownBytes(image, base) {
  return Number(docker('image', 'inspect', '--format', '{{.Size}}', image)) - Number(docker('image', 'inspect', '--format', '{{.Size}}', base));
}

async function main() {
  const base = process.env.BASE_IMAGE ?? 'eclipse-temurin:25-jre';
  const registry = process.env.TRIBUTARY_REGISTRY ?? 'tributary';
  const version = process.env.TRIBUTARY_VERSION ?? '0.1.0';
  const ids = containers();
  for (const [name, id] of Object.entries(ids)) {
    if (!STORES.includes(name)) {
      docker('stop', '--time', '20', id);
    }
  }

  const timed = {};
  for (const service of SERVICES) {
    const id = ids[`${service}-1`];
    await start(id); // Not counted: it brings the files into the machine's memory.
    stop(id);
    const starts = [];
    const stops = [];
    for (let round = 0; round < ROUNDS; round++) {
      starts.push(await start(id));
      await sleep(2000);
      stops.push(stop(id));
    }
    timed[service] = { starts, stops };
    await start(id);
    console.error(`${service}: start ${quantile(starts, 0.5).toFixed(2)} s, stop ${quantile(stops, 0.5).toFixed(2)} s`);
  }

  const sizes = {};
  for (const name of IMAGES) {
    const image = `${registry}/${name}:${version}`;
    sizes[name] = { bytes: Number(docker('image', 'inspect', '--format', '{{.Size}}', image)), own: ownBytes(image, base), compressed: await compressedBytes(image) };
  }
  const baseBytes = Number(docker('image', 'inspect', '--format', '{{.Size}}', base));
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const jdk = /"(.*?)"/.exec(docker('run', '--rm', '--entrypoint', 'bash', `${registry}/api-gateway:${version}`, '-c', 'java -version 2>&1'))[1];
  const figures = { commit, date: new Date().toISOString().slice(0, 10), jdk, baseBytes, timed, sizes, rolled: rolled() };
  mkdirSync(join(root, 'docs/results/raw'), { recursive: true });
  writeFileSync(join(root, 'docs/results/raw/containers.json'), `${JSON.stringify(figures, null, 1)}\n`);
  writeFileSync(join(root, 'docs/results/containers.md'), page(figures));
}

const mebibytes = bytes => (bytes / 2 ** 20).toFixed(0);

function page({ commit, date, jdk, baseBytes, timed, sizes, rolled }) {
  const machine = `${cpus().length} cores, ${cpus()[0].model}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}`;
  const starts = Object.entries(timed).map(([name, { starts, stops }]) => {
    const start = quantile(starts, 0.5);
    const slowest = Math.max(...stops);
    return (
      `| ${name} | ${start.toFixed(2)} | ${Math.min(...starts).toFixed(2)} to ${Math.max(...starts).toFixed(2)} | ${start <= START_BAR_SECONDS ? 'yes' : 'no'} ` +
      `| ${quantile(stops, 0.5).toFixed(2)} | ${slowest.toFixed(2)} | ${slowest <= STOP_BAR_SECONDS ? 'yes' : 'no'} |`
    );
  });
  const images = Object.entries(sizes).map(
    ([name, { bytes, own, compressed }]) => `| ${name} | ${mebibytes(bytes)} | ${mebibytes(own)} | ${mebibytes(compressed)} |`,
  );
  return `# Containers

Written by \`node build/containers.mjs\` at commit ${commit} on ${date} (${machine}). JDK ${jdk}.

## Start and stop
The first of each service's replicas, as composed, ${ROUNDS} times: from \`docker start\` until its readiness is up, and from SIGTERM until the container ended. The stores run, the other services do not, but those
above it in the table.

| service | start, median, s | fastest to slowest | ≤ ${START_BAR_SECONDS} s | stop, median, s | slowest | ≤ ${STOP_BAR_SECONDS} s |
| --- | --- | --- | --- | --- | --- | --- |
${starts.join('\n')}

## Rolling restart
Every replica of every service stopped, started and left to settle for 35 s, one after another, behind HAProxy, with 50 requests a second (open loop) and ten plays at a time; nodes drained first. Counted at the
client: a status other than the expected one, a connection that broke, a play that froze or failed (\`ContainersE2E\`, which fails on the first).

${
  rolled
    ? `| replicas | seconds | requests | failed | plays | failed | at commit |
| --- | --- | --- | --- | --- | --- | --- |
| ${rolled.replicas} | ${rolled.seconds} | ${rolled.requests} | 0 | ${rolled.plays} | 0 | ${rolled.revision.slice(0, 7)} |`
    : 'Not measured.'
}

## Images
With the base image of this machine (${mebibytes(baseBytes)} MiB), which is not the default one. "Ours" is what stands above it, the AOT archive included; the last column is all of it as gzip makes it.

| image | MiB | ours | compressed |
| --- | --- | --- | --- |
${images.join('\n')}
`;
}

await main();
