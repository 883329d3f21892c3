package io.tributary.playback.manifest;

import io.tributary.contracts.api.Pathway;
import io.tributary.contracts.api.PlayManifest;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.Rendition;
import io.tributary.playback.manifest.PlayPass.Stop;
import java.util.List;
import java.util.Optional;

/** One play's manifests. The media token in their URLs is minted here, for the pass's time. */
public final class PlayRenderer {
  private final PlayPasses passes;

  public PlayRenderer(PlayPasses passes) {
    this.passes = passes;
  }

  /** The HLS multivariant playlist. */
  public String multivariant(PlayPass pass, PackageManifest media) {
    return HlsRenderer.multivariant(media, pathways(pass));
  }

  /**
   * An HLS media playlist, for packages that have none among their files; empty if the play has no
   * such pathway or the package no such rendition.
   */
  public Optional<String> mediaPlaylist(
      PlayPass pass, PackageManifest media, String pathwayId, String renditionId) {
    Optional<Rendition> rendition =
        media.renditions().stream()
            .filter(candidate -> candidate.renditionId().equals(renditionId))
            .findFirst();
    Optional<Stop> stop =
        pass.stops().stream()
            .filter(candidate -> pass.pathwayId(candidate).equals(pathwayId))
            .findFirst();
    return rendition.flatMap(found ->
        stop.map(node -> HlsRenderer.media(found, baseUrl(pass, node, passes.mediaToken(pass)))));
  }

  /** The DASH MPD. */
  public String mpd(PlayPass pass, PackageManifest media) {
    return DashRenderer.mpd(media, pathways(pass));
  }

  /** Our own SDK's manifest. */
  public PlayManifest playManifest(PlayPass pass, PackageManifest media) {
    return new PlayManifest(pass.playbackId(), pathways(pass), media);
  }

  private List<Pathway> pathways(PlayPass pass) {
    String mediaToken = passes.mediaToken(pass);
    return pass.stops().stream()
        .map(stop ->
            new Pathway(pass.pathwayId(stop), stop.nodeId(), baseUrl(pass, stop, mediaToken)))
        .toList();
  }

  private static String baseUrl(PlayPass pass, Stop stop, String mediaToken) {
    return stop.baseUrl() + "/t/" + mediaToken + "/" + pass.ref().path() + "/";
  }
}
