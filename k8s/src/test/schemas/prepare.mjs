// node prepare.mjs FOLDER: puts kubectl's package, the published schemas and the checker into the folder, unless they are there.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
const stamp = join(out, 'installed-lock.json');

mkdirSync(out, { recursive: true });
for (const name of readdirSync(here)) {
  copyFileSync(join(here, name), join(out, name));
}
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  const { status, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: out,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    console.error(`npm ci failed in ${out}${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
