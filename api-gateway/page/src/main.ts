import { Api, ProblemError, type Playback, type Renewal, type Title } from './api';
import { megabits, Player } from './player';

const POSITION_EVERY_MILLIS = 10_000;
const OBSERVE_EVERY_MILLIS = 250;
const HUES = 6;

const element = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`#${id} is missing`);
  }
  return found as T;
};

const api = new Api();
const video = element<HTMLVideoElement>('player');
const player = new Player(video, showProblem);
let playing: Playback | null = null;
let renewal: number | undefined;
let nextCursor: string | null = null;

element<HTMLFormElement>('account-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt(async () => {
    await signIn(element<HTMLInputElement>('account').value.trim());
    await listTitles();
  });
});
element('home').addEventListener('click', (event) => {
  event.preventDefault();
  history.replaceState(null, '', location.pathname);
  leave();
});
element('more-titles').addEventListener('click', () => void attempt(() => listTitles(nextCursor)));
window.addEventListener('hashchange', () => void followHash());
window.setInterval(showObserved, OBSERVE_EVERY_MILLIS);
window.setInterval(keepPosition, POSITION_EVERY_MILLIS);
video.addEventListener('pause', keepPosition);

void followHash();

/** `#play=TITLE` signs in as demo and plays at once, silently: browsers allow that without a click. */
async function followHash(): Promise<void> {
  const titleId = new URLSearchParams(location.hash.slice(1)).get('play');
  await attempt(async () => {
    if (titleId !== null) {
      video.muted = true;
      if (!api.signedIn) {
        await signIn('demo');
      }
      await Promise.all([listTitles(), play(titleId)]);
    } else {
      await listTitles();
    }
  });
}

async function signIn(account: string): Promise<void> {
  await api.signIn(account);
  const output = element<HTMLOutputElement>('signed-in');
  output.value = `Signed in as ${account}`;
  output.hidden = false;
}

async function listTitles(cursor: string | null = null): Promise<void> {
  const list = element<HTMLUListElement>('titles');
  const hint = element('titles-hint');
  const page = await api.titles(cursor);
  if (cursor === null) {
    list.replaceChildren();
  }
  list.append(...page.titles.map(card));
  nextCursor = page.nextCursor;
  element('more-titles').hidden = nextCursor === null;
  hint.hidden = list.childElementCount > 0;
  hint.textContent = api.signedIn ? 'No titles yet.' : 'Sign in to see the titles of your account.';
}

function card(title: Title): HTMLLIElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'card';
  button.dataset['titleId'] = title.id;
  button.disabled = !title.playable;
  button.setAttribute('aria-label', `Play ${title.name}`);
  button.append(
    div(`poster hue-${hue(title.id)}`, initials(title.name)),
    div('caption', title.name, small(title.playable ? duration(title.durationMillis) : 'not on any node yet')),
  );
  button.addEventListener('click', () => void attempt(() => play(title.id)));
  const item = document.createElement('li');
  item.append(button);
  return item;
}

async function play(titleId: string): Promise<void> {
  const askedAt = performance.now();
  const playback = await api.play(titleId);
  leave();
  playing = playback;
  element('watch').hidden = false;
  element('playing-title').textContent = playback.title;
  element('stale').hidden = !playback.stale;
  markCurrent(titleId);
  player.play(playback, askedAt);
  renewLater(playback.playbackId, playback);
  element('watch').scrollIntoView({ behavior: 'smooth', block: 'nearest' });
}

function leave(): void {
  keepPosition();
  window.clearTimeout(renewal);
  playing = null;
  player.stop();
  element('watch').hidden = true;
  markCurrent(null);
}

/** A play that cannot be renewed goes on until its URLs end; the next try comes with the next interval. */
function renewLater(playbackId: string, last: Renewal): void {
  renewal = window.setTimeout(
    () =>
      void api
        .renew(playbackId, last.manifests.play)
        .catch(() => last)
        .then((next) => {
          if (playing?.playbackId === playbackId) {
            renewLater(playbackId, next);
          }
        }),
    Math.max(last.renewAfterSeconds, 5) * 1000,
  );
}

function keepPosition(): void {
  if (playing && api.signedIn && video.currentTime > 0) {
    // At the end the next play starts from the beginning.
    const positionMillis = video.ended ? 0 : Math.round(video.currentTime * 1000);
    api.keepPosition(playing.playbackId, positionMillis).catch(() => undefined);
  }
}

function showObserved(): void {
  if (!playing) {
    return;
  }
  const seen = player.observe();
  const put = (id: string, text: string | null) => {
    const target = element(id);
    const shown = text ?? '–';
    if (target.textContent !== shown) {
      target.textContent = shown;
    }
  };
  put('serving-node', seen.node);
  put('rendition', seen.rendition);
  put('throughput', seen.bitsPerSecond === null ? null : megabits(seen.bitsPerSecond));
  put('buffer', `${seen.bufferSeconds.toFixed(1)} s`);
  put('startup', seen.startupMillis === null ? null : `${seen.startupMillis} ms`);
  put('failovers', String(seen.failovers));
  showNodes(seen.segmentsByNode);
}

function showNodes(segmentsByNode: ReadonlyMap<string, number>): void {
  const all = [...segmentsByNode.values()].reduce((sum, count) => sum + count, 0);
  element('nodes').replaceChildren(
    ...[...segmentsByNode].map(([node, count]) => {
      const item = document.createElement('li');
      const share = document.createElement('progress');
      share.max = all;
      share.value = count;
      share.setAttribute('aria-label', `${node}: ${count} of ${all} segments`);
      item.append(span(node), span(`${count} segments`), share);
      return item;
    }),
  );
}

async function attempt(act: () => Promise<void>): Promise<void> {
  element('problem').hidden = true;
  try {
    await act();
  } catch (error) {
    showProblem(words(error));
  }
}

function words(error: unknown): string {
  if (!(error instanceof ProblemError)) {
    return `The page failed: ${error instanceof Error ? error.message : String(error)}`;
  }
  const again = error.retryable ? ' Try again in a moment.' : '';
  return error.message + (error.message.endsWith('.') ? again : `.${again}`);
}

function showProblem(message: string): void {
  const problem = element('problem');
  problem.textContent = message;
  problem.hidden = false;
}

function markCurrent(titleId: string | null): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-title-id]')) {
    button.setAttribute('aria-current', String(button.dataset['titleId'] === titleId));
  }
}

function div(className: string, ...content: (string | Node)[]): HTMLElement {
  const made = document.createElement('span');
  made.className = className;
  made.append(...content);
  return made;
}

function span(text: string): HTMLElement {
  const made = document.createElement('span');
  made.textContent = text;
  return made;
}

function small(text: string): HTMLElement {
  const made = document.createElement('small');
  made.textContent = text;
  return made;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}

function hue(id: string): number {
  return [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % HUES;
}

function duration(millis: number): string {
  const seconds = Math.round(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${String(seconds % 60).padStart(2, '0')} s` : `${seconds} s`;
}
