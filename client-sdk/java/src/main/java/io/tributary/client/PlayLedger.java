package io.tributary.client;

import io.tributary.client.PlayReport.NodeShare;
import io.tributary.client.media.MediaKind;
import io.tributary.client.media.Rendition;
import io.tributary.client.media.Segment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what a play's report needs. Not safe for use by many threads. */
final class PlayLedger {
  private static final class Track {
    long bytes;
    long micros;
    String lastRendition = "";
  }

  private final Map<MediaKind, Track> tracks = new EnumMap<>(MediaKind.class);
  private final Map<String, Integer> segmentsByNode = new HashMap<>();
  private int segments;
  private long bytes;
  private int bitrateSwitches;
  private int failovers;

  void initLoaded(long fileBytes) {
    bytes += fileBytes;
  }

  void segmentLoaded(Rendition rendition, Segment segment, String nodeId) {
    Track track = tracks.get(rendition.kind());
    if (track == null) {
      track = new Track();
      tracks.put(rendition.kind(), track);
    } else if (!track.lastRendition.equals(rendition.renditionId())) {
      bitrateSwitches++;
    }
    track.lastRendition = rendition.renditionId();
    track.bytes += segment.file().bytes();
    track.micros += segment.durationMicros();
    segments++;
    bytes += segment.file().bytes();
    segmentsByNode.merge(nodeId, 1, Integer::sum);
  }

  void nodeLeft() {
    failovers++;
  }

  int segments() {
    return segments;
  }

  long bytes() {
    return bytes;
  }

  int bitrateSwitches() {
    return bitrateSwitches;
  }

  int failovers() {
    return failovers;
  }

  long averageBitsPerSecond() {
    double sum = 0;
    for (Track track : tracks.values()) {
      sum += track.bytes * 8e6 / track.micros;
    }
    return Math.round(sum);
  }

  List<NodeShare> nodes() {
    List<NodeShare> nodes = new ArrayList<>();
    for (Map.Entry<String, Integer> node : segmentsByNode.entrySet()) {
      nodes.add(new NodeShare(node.getKey(), node.getValue()));
    }
    nodes.sort((a, b) ->
        a.segments() == b.segments()
            ? a.id().compareTo(b.id())
            : Integer.compare(b.segments(), a.segments()));
    return nodes;
  }
}
