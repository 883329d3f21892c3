// node play-steered.mjs PLAYER MANIFEST SECONDS STEERING: an unmodified player plays a manifest for so long, from its first picture
// on, and everything it asks for is written down. STEERING is what becomes of its questions to steering: "answered" by the fleet,
// "slow" (3 s late), "busy" (503 for the first 15 s), or a status such as 410 for each but the first.
// Answers {currentTime, errors, stalls: [{at, millis}], segments: [{at, host, path}], polls: [{at, status, said}]}; times are in
// milliseconds since 1970, a stall that goes on is counted up to the end.
import { answer, withPage } from './chromium.mjs';
import { servePlayer } from './players.mjs';

const [player, manifest, seconds, steering] = process.argv.slice(2);
const SLOW_MILLIS = 3000, BUSY_MILLIS = 15000;
const served = await servePlayer(player, manifest);
try {
  answer(await withPage(async page => {
    const segments = [], polls = [];
    page.on('request', request => {
      const url = new URL(request.url());
      if (/^\/t\/.*\.m4s$/.test(url.pathname)) {
        segments.push({ at: Date.now(), host: url.host, path: url.pathname.split('/').slice(-2).join('/') });
      }
    });
    page.on('response', async response => {
      if (new URL(response.url()).pathname.startsWith('/steering/v1/')) {
        const poll = { at: Date.now(), status: response.status() };
        polls.push(poll);
        poll.said = await response.text().catch(problem => problem.message);
      }
    });
    let asked = 0, firstAskedAt = 0;
    await page.route('**/steering/v1/**', async route => {
      firstAskedAt ||= Date.now();
      asked++;
      const refuse = status => route.fulfill({ status, headers: { 'Access-Control-Allow-Origin': '*' } });
      if (steering === 'slow') {
        await new Promise(resolve => setTimeout(resolve, SLOW_MILLIS));
        await route.continue();
      } else if (steering === 'busy' && Date.now() - firstAskedAt < BUSY_MILLIS) {
        await refuse(503);
      } else if (/^\d+$/.test(steering) && asked > 1) {
        await refuse(Number(steering));
      } else {
        await route.continue();
      }
    });
    await page.goto(served.url);
    await page.waitForFunction(
      () => window.errors.length > 0 || document.querySelector('#player').currentTime > 0.1, undefined, { timeout: 45000 });
    await page.waitForTimeout(Number(seconds) * 1000);
    const told = await page.evaluate(() => ({
      currentTime: document.querySelector('#player').currentTime,
      errors: window.errors,
      stalls: window.stillSince() ? [...window.stalls, { at: window.stillSince(), millis: Date.now() - window.stillSince() }] : window.stalls,
    }));
    return { ...told, segments, polls };
  }));
} finally {
  served.close();
}
