// node play-page.mjs GATEWAY TITLE SECONDS NODES [SCREENSHOT]: signs in, chooses a title and watches it as a person would. NODES is
// "well", or "broken": then the node that served the first segment resets each connection after it.
// Answers {currentTime, node, reports, complaints}; reports is what each of the page's reports was answered with.
import { answer, withPage } from './chromium.mjs';

const [gateway, title, seconds, nodes, screenshot] = process.argv.slice(2);

answer(await withPage(async (page, complaints) => {
  const reports = [];
  page.on('response', response => {
    if (new URL(response.url()).pathname.endsWith('/reports')) {
      reports.push(response.status());
    }
  });
  if (nodes === 'broken') {
    let broken = null;
    await page.route(/\/t\/.*\.m4s$/, async route => {
      const { host } = new URL(route.request().url());
      if (host === broken) {
        await route.abort('connectionreset');
      } else {
        broken ??= host;
        await route.continue();
      }
    });
  }
  await page.goto(gateway);
  await page.click('#sign-in');
  await page.click(`[data-title-id="${title}"]`);
  await page.waitForSelector('#player');
  await page.evaluate(() => {
    const video = document.querySelector('#player');
    video.muted = true;
    return video.play();
  });
  await page.waitForFunction(
    wanted => document.querySelector('#player').currentTime > wanted, Number(seconds),
    { timeout: Number(seconds) * 1000 + 45000 });
  if (screenshot) {
    await page.screenshot({ path: screenshot });
  }
  return {
    currentTime: await page.evaluate(() => document.querySelector('#player').currentTime),
    node: (await page.textContent('#serving-node'))?.trim(),
    reports,
    complaints,
  };
}));
