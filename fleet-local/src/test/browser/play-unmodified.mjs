// node play-unmodified.mjs PLAYER MANIFEST SECONDS: an unmodified player from npm plays a manifest.
// PLAYER is hls.js, dash.js, shaka-hls or shaka-dash. Answers {currentTime, errors}.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { answer, withPage } from './chromium.mjs';

const [player, manifest, seconds] = process.argv.slice(2);
const MODULES = new URL('./node_modules/', import.meta.url);
const SCRIPTS = {
  'hls.js': 'hls.js/dist/hls.min.js',
  'dash.js': 'dashjs/dist/modern/umd/dash.all.min.js',
  'shaka-hls': 'shaka-player/dist/shaka-player.compiled.js',
  'shaka-dash': 'shaka-player/dist/shaka-player.compiled.js',
};
const START = {
  'hls.js': `const p = new Hls(); p.on(Hls.Events.ERROR, (e, d) => { if (d.fatal) errors.push(d.details); });
    p.loadSource(manifest); p.attachMedia(video);`,
  'dash.js': `const p = dashjs.MediaPlayer().create(); p.on('error', e => errors.push(String(e.error && e.error.message)));
    p.initialize(video, manifest, true);`,
  'shaka-hls': SHAKA(),
  'shaka-dash': SHAKA(),
};

function SHAKA() {
  return `shaka.polyfill.installAll(); const p = new shaka.Player();
    p.addEventListener('error', e => { if (e.detail.severity === 2) errors.push('shaka ' + e.detail.code); });
    p.attach(video).then(() => p.load(manifest)).catch(e => errors.push('shaka ' + e.code));`;
}

if (!(player in SCRIPTS)) {
  console.error(`PLAYER is ${player} (expected: ${Object.keys(SCRIPTS).join(', ')})`);
  process.exit(2);
}
const script = readFileSync(new URL(SCRIPTS[player], MODULES));
const html = `<!doctype html><video id="player" muted autoplay></video><script src="/player.js"></script><script>
  const manifest = ${JSON.stringify(manifest)}, video = document.querySelector('#player'), errors = window.errors = [];
  ${START[player]}</script>`;
const server = createServer((request, response) => {
  const isScript = request.url === '/player.js';
  response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
  response.end(isScript ? script : html);
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
try {
  answer(await withPage(async page => {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(
      wanted => window.errors.length > 0 || document.querySelector('#player').currentTime > wanted, Number(seconds),
      { timeout: Number(seconds) * 1000 + 45000 });
    return {
      currentTime: await page.evaluate(() => document.querySelector('#player').currentTime),
      errors: await page.evaluate(() => window.errors),
    };
  }));
} finally {
  server.close();
}
