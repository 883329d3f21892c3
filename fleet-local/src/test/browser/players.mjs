// Unmodified players from npm, each on a page of its own: hls.js, dash.js, shaka-hls, shaka-dash.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

const MODULES = new URL('./node_modules/', import.meta.url);
const SCRIPTS = {
  'hls.js': 'hls.js/dist/hls.min.js',
  'dash.js': 'dashjs/dist/modern/umd/dash.all.min.js',
  'shaka-hls': 'shaka-player/dist/shaka-player.compiled.js',
  'shaka-dash': 'shaka-player/dist/shaka-player.compiled.js',
};
const SHAKA = `shaka.polyfill.installAll(); const p = new shaka.Player();
  p.addEventListener('error', e => { if (e.detail.severity === 2) errors.push('shaka ' + e.detail.code); });
  p.attach(video).then(() => p.load(manifest)).catch(e => errors.push('shaka ' + e.code));`;
const START = {
  // 30 s are what it holds of a title of a usual rate; of a test's small one it would load all at once, and need nobody any more.
  // The policy is what playback-service's README tells those who play with it. What it says of itself is kept without tokens.
  'hls.js': `const fragLoadPolicy = { default: { ...Hls.DefaultConfig.fragLoadPolicy.default, maxLoadTimeMs: 20000 } };
    const keep = (...words) => { if (said.push(Date.now() + ' ' + words.join(' ').replace(/[\\w-]{80,}/g, '…')) > 400) said.shift(); };
    const debug = { trace: () => {}, debug: () => {}, log: keep, warn: keep, info: keep, error: keep };
    const p = new Hls({ maxMaxBufferLength: 30, fragLoadPolicy, debug }); p.on(Hls.Events.ERROR, (e, d) => { if (d.fatal) errors.push(d.details); });
    p.loadSource(manifest); p.attachMedia(video);`,
  'dash.js': `const p = dashjs.MediaPlayer().create(); p.on('error', e => errors.push(String(e.error && e.error.message)));
    p.initialize(video, manifest, true);`,
  'shaka-hls': SHAKA,
  'shaka-dash': SHAKA,
};

/** Serves a page on which `player` plays `manifest`: answers its URL and how to stop serving it. */
export async function servePlayer(player, manifest) {
  if (!(player in SCRIPTS)) {
    console.error(`PLAYER is ${player} (expected: ${Object.keys(SCRIPTS).join(', ')})`);
    process.exit(2);
  }
  const script = readFileSync(new URL(SCRIPTS[player], MODULES));
  const html = `<!doctype html><video id="player" muted autoplay></video><script src="/player.js"></script><script>
    const manifest = ${JSON.stringify(manifest)}, video = document.querySelector('#player'), errors = window.errors = [];
    const said = window.said = [], stalls = window.stalls = []; let since = 0, began = false;
    video.addEventListener('playing', () => { began = true; if (since) stalls.push({at: since, millis: Date.now() - since}); since = 0; });
    video.addEventListener('waiting', () => { if (began && !since) since = Date.now(); });
    window.stillSince = () => since;
    ${START[player]}</script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/player.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : html);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
