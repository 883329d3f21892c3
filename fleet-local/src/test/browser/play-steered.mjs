// node play-steered.mjs PLAYER MANIFEST SECONDS STEERING: an unmodified player plays a manifest for so long, from its first picture
// on, and everything it asks for is written down. STEERING is what becomes of its questions to steering: "answered" by the fleet,
// "slow" (3 s late), "busy" (503 for the first 15 s), or a status such as 410 for each but the first.
// Answers {currentTime, errors, stalls: [{at, millis}], segments: [{at, host, path, end}], polls: [{at, status, said}], said}; times are
// in milliseconds since 1970, a stall that goes on is counted up to the end; end is how a request ended, said is hls.js' last words if it
// stalled.
import { answer, withPage } from './chromium.mjs';
import { servePlayer } from './players.mjs';

const [player, manifest, seconds, steering] = process.argv.slice(2);
const SLOW_MILLIS = 3000, BUSY_MILLIS = 15000;
const served = await servePlayer(player, manifest);
try {
  answer(await withPage(async page => {
    const segments = [], polls = [], asked = new Map();
    page.on('request', request => {
      const url = new URL(request.url());
      if (/^\/t\/.*\.m4s$/.test(url.pathname)) {
        const segment = { at: Date.now(), host: url.host, path: url.pathname.split('/').slice(-2).join('/'), end: null };
        segments.push(segment);
        asked.set(request, segment);
      }
    });
    const ended = (request, how) => {
      if (asked.has(request)) {
        asked.get(request).end = `${how} at ${Date.now()}`;
      }
    };
    page.on('requestfinished', request => ended(request, 'finished'));
    page.on('requestfailed', request => ended(request, request.failure()?.errorText));
    page.on('response', async response => {
      if (new URL(response.url()).pathname.startsWith('/steering/v1/')) {
        const poll = { at: Date.now(), status: response.status() };
        polls.push(poll);
        poll.said = await response.text().catch(problem => problem.message);
      }
    });
    let questions = 0, firstAskedAt = 0;
    await page.route('**/steering/v1/**', async route => {
      firstAskedAt ||= Date.now();
      questions++;
      const refuse = status => route.fulfill({ status, headers: { 'Access-Control-Allow-Origin': '*' } });
      if (steering === 'slow') {
        await new Promise(resolve => setTimeout(resolve, SLOW_MILLIS));
        await route.continue();
      } else if (steering === 'busy' && Date.now() - firstAskedAt < BUSY_MILLIS) {
        await refuse(503);
      } else if (/^\d+$/.test(steering) && questions > 1) {
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
    // Why it stood still is in what it said of itself.
    const said = told.stalls.length > 0 ? await page.evaluate(() => window.said) : [];
    return { ...told, segments, polls, said };
  }));
} finally {
  served.close();
}
