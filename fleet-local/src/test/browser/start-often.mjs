// node start-often.mjs PLAYER STARTS MANIFEST...: an unmodified player starts so often, one start after the other, with each of the
// manifests in turn. Answers {starts, stuck: [which], millis: [to the first second of picture]}.
import { answer, withPage } from './chromium.mjs';
import { servePlayer } from './players.mjs';

const [player, starts, ...manifests] = process.argv.slice(2);
const STUCK_MILLIS = 15000;
answer(await withPage(async page => {
  const stuck = [], millis = [];
  for (let start = 0; start < Number(starts); start++) {
    const served = await servePlayer(player, manifests[start % manifests.length]);
    const at = Date.now();
    await page.goto(served.url);
    try {
      await page.waitForFunction(() => document.querySelector('#player').currentTime > 1, undefined, { timeout: STUCK_MILLIS });
      millis.push(Date.now() - at);
    } catch {
      stuck.push(start);
    }
    served.close();
  }
  return { starts: Number(starts), stuck, millis };
}));
