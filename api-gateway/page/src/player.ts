// Plays one title at a time: hls.js where the browser has Media Source Extensions, else the browser's own HLS.
import Hls, { ErrorTypes, Events } from 'hls.js';
import type { ErrorData, FragLoadedData, LoadPolicy, ManifestLoadedData } from 'hls.js';
import type { Playback } from './api';

export interface Observed {
  node: string | null;
  rendition: string | null;
  bitsPerSecond: number | null;
  bufferSeconds: number;
  startupMillis: number | null;
  failovers: number;
  segmentsByNode: ReadonlyMap<string, number>;
}

/** A node that answers nothing for so long is as good as dead; the buffer is longer than this. */
const FIRST_BYTE_MILLIS = 4_000;

const AT_NODES: LoadPolicy = {
  default: {
    maxTimeToFirstByteMs: FIRST_BYTE_MILLIS,
    maxLoadTimeMs: 20_000,
    // Each retry goes to the next pathway, so there is nothing to wait for.
    timeoutRetry: { maxNumRetry: 6, retryDelayMs: 0, maxRetryDelayMs: 0 },
    errorRetry: { maxNumRetry: 6, retryDelayMs: 100, maxRetryDelayMs: 1_000 },
  },
};

export class Player {
  private hls: Hls | null = null;
  private pathways: string[] = [];
  private nodeByPathway = new Map<string, string>();
  private segmentsByNode = new Map<string, number>();
  private node: string | null = null;
  private rendition: string | null = null;
  private bitsPerSecond: number | null = null;
  private failovers = 0;
  private askedAt = 0;
  private startupMillis: number | null = null;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly fail: (message: string) => void,
  ) {
    video.addEventListener('playing', () => {
      this.startupMillis ??= Math.round(performance.now() - this.askedAt);
    });
  }

  /** Starts a play; `askedAt` is when the viewer asked for it (performance.now()). */
  play(playback: Playback, askedAt: number): void {
    this.stop();
    this.askedAt = askedAt;
    this.nodeByPathway = new Map((playback.ranking ?? []).map((ranked) => [ranked.pathwayId, ranked.nodeId]));
    const start = playback.resumePositionMillis / 1000;
    if (Hls.isSupported()) {
      this.playWithHls(playback.manifests.hls, start);
    } else if (this.video.canPlayType('application/vnd.apple.mpegurl')) {
      this.video.src = playback.manifests.hls;
      this.video.addEventListener('loadedmetadata', () => (this.video.currentTime = start), { once: true });
      this.startVideo();
    } else {
      this.fail('This browser can play neither Media Source Extensions nor HLS.');
    }
  }

  stop(): void {
    this.hls?.destroy();
    this.hls = null;
    this.video.removeAttribute('src');
    this.video.load();
    this.pathways = [];
    this.segmentsByNode = new Map();
    this.node = null;
    this.rendition = null;
    this.bitsPerSecond = null;
    this.failovers = 0;
    this.startupMillis = null;
  }

  observe(): Observed {
    return {
      node: this.node,
      rendition: this.rendition,
      bitsPerSecond: this.bitsPerSecond,
      bufferSeconds: this.bufferSeconds(),
      startupMillis: this.startupMillis,
      failovers: this.failovers,
      segmentsByNode: this.segmentsByNode,
    };
  }

  private playWithHls(manifest: string, start: number): void {
    const hls = new Hls({
      startPosition: start > 0 ? start : -1,
      // No more than this even at low rates: who serves should mean now, not two minutes ago.
      maxBufferLength: 30,
      maxMaxBufferLength: 30,
      backBufferLength: 30,
      // Playlists lie at the nodes, beside their segments.
      playlistLoadPolicy: AT_NODES,
      fragLoadPolicy: AT_NODES,
    });
    this.hls = hls;
    hls.on(Events.MANIFEST_LOADED, (_event, data) => this.learnPathways(data));
    hls.on(Events.MANIFEST_PARSED, () => this.startVideo());
    hls.on(Events.LEVEL_SWITCHED, (_event, data) => {
      const level = hls.levels[data.level];
      this.rendition = level ? `${level.width}×${level.height}, ${megabits(level.bitrate)}` : null;
    });
    hls.on(Events.FRAG_LOADED, (_event, data) => this.note(data));
    hls.on(Events.ERROR, (_event, data) => {
      if (data.type === ErrorTypes.NETWORK_ERROR && !data.fatal) {
        this.leave(data);
      }
      if (data.fatal) {
        if (data.type === ErrorTypes.MEDIA_ERROR && hls.media) {
          hls.recoverMediaError();
        } else {
          this.fail(`Playing stopped: ${data.details}${data.response ? ` (${data.response.code})` : ''}.`);
          hls.destroy();
        }
      }
    });
    hls.loadSource(manifest);
    hls.attachMedia(this.video);
  }

  private startVideo(): void {
    this.video.play().catch((error: unknown) => {
      // Without a click of the viewer, browsers start only silent videos.
      if (error instanceof DOMException && error.name === 'NotAllowedError' && !this.video.muted) {
        this.video.muted = true;
        this.video.play().catch(() => undefined);
      }
    });
  }

  private learnPathways(data: ManifestLoadedData): void {
    const ids = data.levels.map((level) => level.attrs['PATHWAY-ID']).filter((id): id is string => id !== undefined);
    this.pathways = [...new Set(ids)];
  }

  private note(data: FragLoadedData): void {
    const node = servedBy(data.networkDetails) ?? this.nodeOfPathway();
    if (node !== null) {
      this.node = node;
      if (data.frag.sn !== 'initSegment') {
        this.segmentsByNode.set(node, (this.segmentsByNode.get(node) ?? 0) + 1);
      }
    }
    if (this.hls) {
      this.bitsPerSecond = this.hls.bandwidthEstimate;
    }
  }

  private nodeOfPathway(): string | null {
    const level = this.hls?.levels[this.hls.loadLevel];
    const pathway = level?.attrs['PATHWAY-ID'];
    return pathway === undefined ? null : (this.nodeByPathway.get(pathway) ?? pathway);
  }

  /** Moves on to the next pathway; the one that failed is asked last from now on. */
  private leave(failed: ErrorData): void {
    const hls = this.hls;
    const current = hls?.levels[hls.loadLevel]?.attrs['PATHWAY-ID'];
    if (!hls || current === undefined || this.pathways.length < 2 || !this.isOf(current, failed)) {
      return;
    }
    this.pathways = [...this.pathways.filter((id) => id !== current), current];
    this.failovers++;
    hls.pathwayPriority = this.pathways;
  }

  /** Late errors of requests to a pathway that was left already must not make us leave the next one too. */
  private isOf(pathway: string, failed: ErrorData): boolean {
    const levels = (this.hls?.levels ?? []).filter((level) => level.attrs['PATHWAY-ID'] === pathway);
    const groups = levels.flatMap((level) => level.audioGroups ?? []);
    const sounds = (this.hls?.allAudioTracks ?? []).filter((track) => groups.includes(track.groupId));
    const playlist = failed.frag?.base.url ?? failed.context?.url;
    return levels.some((level) => level.uri === playlist) || sounds.some((track) => track.url === playlist);
  }

  private bufferSeconds(): number {
    const { buffered, currentTime } = this.video;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + 0.1 && currentTime <= buffered.end(i)) {
        return buffered.end(i) - currentTime;
      }
    }
    return 0;
  }
}

/** The node's own word: `Cache-Status: "node-id"; hit` (RFC 9211), which nodes expose to pages. */
function servedBy(network: unknown): string | null {
  const header =
    network instanceof XMLHttpRequest
      ? network.getResponseHeader('Cache-Status')
      : network instanceof Response
        ? network.headers.get('Cache-Status')
        : null;
  const name = header?.split(';', 1)[0]?.trim().replace(/^"|"$/g, '');
  return name ? name : null;
}

export function megabits(bitsPerSecond: number): string {
  return `${(bitsPerSecond / 1_000_000).toFixed(1)} Mbit/s`;
}
