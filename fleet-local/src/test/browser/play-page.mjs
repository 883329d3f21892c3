// node play-page.mjs GATEWAY TITLE SECONDS [SCREENSHOT]: signs in, chooses a title and watches it as a person would.
// Answers {currentTime, node, errors, complaints}.
import { answer, withPage } from './chromium.mjs';

const [gateway, title, seconds, screenshot] = process.argv.slice(2);

answer(await withPage(async (page, complaints) => {
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
    complaints,
  };
}));
