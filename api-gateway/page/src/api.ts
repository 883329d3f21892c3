// The public API, as the page uses it. Shapes are those of fleet-contracts.

export interface Title {
  id: string;
  name: string;
  durationMillis: number;
  playable: boolean;
}

export interface TitlePage {
  titles: Title[];
  nextCursor: string | null;
}

export interface Playback {
  playbackId: string;
  titleId: string;
  title: string;
  manifests: { hls: string; dash: string; play: string };
  renewAfterSeconds: number;
  resumePositionMillis: number;
  ranking: { pathwayId: string; nodeId: string; siteId: string }[] | null;
  stale: boolean;
}

export type Renewal = Pick<Playback, 'manifests' | 'renewAfterSeconds'>;

/** What the API refused, in its own words (RFC 9457). */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly title: string,
    readonly detail: string,
    readonly retryable: boolean,
  ) {
    super(detail ? `${title}: ${detail}` : title);
  }
}

const TIMEOUT_MILLIS = 15_000;

/** Calls the API of the gateway that served this page; one bearer token at a time. */
export class Api {
  private token: string | null = null;

  get signedIn(): boolean {
    return this.token !== null;
  }

  async signIn(account: string): Promise<void> {
    const answer = await this.call<{ token: string }>('POST', '/auth/local/token', { account });
    this.token = answer.token;
  }

  titles(cursor: string | null): Promise<TitlePage> {
    return this.call('GET', cursor === null ? '/api/v1/titles' : `/api/v1/titles?cursor=${encodeURIComponent(cursor)}`);
  }

  play(titleId: string): Promise<Playback> {
    return this.call('POST', '/api/v1/playbacks', { titleId, include: ['ranking'] });
  }

  /** With the play's newest manifest the service can renew while its stores are away. */
  renew(playbackId: string, manifest: string): Promise<Renewal> {
    return this.call('POST', `/api/v1/playbacks/${encodeURIComponent(playbackId)}/renewals`, { manifest });
  }

  async keepPosition(playbackId: string, positionMillis: number): Promise<void> {
    await this.call('PUT', `/api/v1/playbacks/${encodeURIComponent(playbackId)}/position`, { positionMillis });
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (this.token !== null && path.startsWith('/api/')) {
      headers['Authorization'] = `Bearer ${this.token}`;
    }
    const request: RequestInit = { method, headers, signal: AbortSignal.timeout(TIMEOUT_MILLIS) };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
      request.body = JSON.stringify(body);
    }
    let answer: Response;
    try {
      answer = await fetch(path, request);
    } catch (error) {
      const late = error instanceof DOMException && error.name === 'TimeoutError';
      throw new ProblemError(0, '', late ? 'The gateway does not answer' : 'The gateway cannot be reached', '', true);
    }
    const text = await answer.text();
    if (!answer.ok) {
      throw problemOf(answer, text);
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

function problemOf(answer: Response, text: string): ProblemError {
  try {
    const problem = JSON.parse(text) as Record<string, unknown>;
    return new ProblemError(
      answer.status,
      String(problem['type'] ?? ''),
      String(problem['title'] ?? `Status ${answer.status}`),
      String(problem['detail'] ?? ''),
      problem['retryable'] === true,
    );
  } catch {
    return new ProblemError(answer.status, '', `The gateway answered ${answer.status}`, '', answer.status >= 500);
  }
}
