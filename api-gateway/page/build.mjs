// Bundles the page into the folder given as argument: checks the types, bundles main.ts with hls.js, copies the rest.
// Does nothing when every output is newer than every input, so that a build without a change costs a few milliseconds.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, 'dist');
const copied = ['index.html', 'style.css', 'favicon.svg'];
const outputs = ['main.js', ...copied].map((name) => join(out, name));
const inputs = [
  ...readdirSync(join(here, 'src')).map((name) => join(here, 'src', name)),
  ...['build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'].map((name) => join(here, name)),
];
const changed = (path) => statSync(path).mtimeMs;

if (outputs.every(existsSync) && Math.min(...outputs.map(changed)) > Math.max(...inputs.map(changed))) {
  process.exit(0);
}

const installed = join(here, 'node_modules', '.package-lock.json');
if (!existsSync(installed) || changed(installed) < changed(join(here, 'package-lock.json'))) {
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}
run(process.execPath, [join(here, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--project', here]);

mkdirSync(out, { recursive: true });
const { build } = await import('esbuild');
await build({
  entryPoints: [join(here, 'src', 'main.ts')],
  outfile: join(out, 'main.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'inline',
  logLevel: 'warning',
});
for (const name of copied) {
  copyFileSync(join(here, 'src', name), join(out, name));
}

function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, { cwd: here, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${command} ${parameters.join(' ')} failed in ${here}${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}
