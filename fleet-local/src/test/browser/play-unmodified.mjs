// node play-unmodified.mjs PLAYER MANIFEST SECONDS: an unmodified player plays a manifest. Answers {currentTime, errors}.
import { answer, withPage } from './chromium.mjs';
import { servePlayer } from './players.mjs';

const [player, manifest, seconds] = process.argv.slice(2);
const served = await servePlayer(player, manifest);
try {
  answer(await withPage(async page => {
    await page.goto(served.url);
    await page.waitForFunction(
      wanted => window.errors.length > 0 || document.querySelector('#player').currentTime > wanted, Number(seconds),
      { timeout: Number(seconds) * 1000 + 45000 });
    return {
      currentTime: await page.evaluate(() => document.querySelector('#player').currentTime),
      errors: await page.evaluate(() => window.errors),
    };
  }));
} finally {
  served.close();
}
