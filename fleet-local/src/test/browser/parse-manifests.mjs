// node parse-manifests.mjs HLS DASH: reads both with the parsers of video.js, as a second opinion on our own renderer.
// Answers {hls:{pathways, variants, playlists:[{uri, seconds:[…], map}]}, dash:{representations:[{id, seconds:[…]}]}}.
import { Parser } from 'm3u8-parser';
import { parse } from 'mpd-parser';
import { answer } from './chromium.mjs';

const [hlsUrl, dashUrl] = process.argv.slice(2);

async function text(url) {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${response.status} for ${new URL(url).pathname.split('/').pop()}`);
  }
  return response.text();
}

async function playlist(url) {
  const parser = new Parser();
  parser.push(await text(url));
  parser.end();
  return parser.manifest;
}

const main = await playlist(hlsUrl);
const uris = new Set(main.playlists.map(variant => new URL(variant.uri, hlsUrl).href));
for (const group of Object.values(main.mediaGroups?.AUDIO ?? {})) {
  for (const rendition of Object.values(group)) {
    if (rendition.uri) {
      uris.add(new URL(rendition.uri, hlsUrl).href);
    }
  }
}
const playlists = [];
for (const uri of uris) {
  const media = await playlist(uri);
  playlists.push({
    uri,
    seconds: media.segments.map(segment => segment.duration),
    targetDuration: media.targetDuration,
    endList: media.endList,
    map: new URL(media.segments[0].map.uri, uri).href,
    segments: media.segments.map(segment => new URL(segment.uri, uri).href),
  });
}

const mpd = parse(await text(dashUrl), { manifestUri: dashUrl });
const audio = Object.values(mpd.mediaGroups?.AUDIO ?? {}).flatMap(group => Object.values(group)).flatMap(g => g.playlists);
answer({
  hls: {
    pathways: [...new Set(main.playlists.map(variant => variant.attributes['PATHWAY-ID']))],
    variants: main.playlists.map(variant => variant.attributes),
    playlists,
  },
  dash: {
    representations: [...mpd.playlists, ...audio].map(representation => ({
      id: representation.attributes.NAME,
      seconds: representation.segments.map(segment => segment.duration),
      segments: representation.segments.map(segment => segment.resolvedUri),
    })),
  },
});
