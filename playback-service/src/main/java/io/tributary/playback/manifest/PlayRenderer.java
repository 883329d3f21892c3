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
  /**
   * The pathway that is all nodes: each of its URLs is answered by a redirect to the one that is
   * best then. No hash makes such an id.
   */
  private static final String REDIRECTED = "redirected";

  private final PlayPasses passes;
  private final String steeringFaceUrl;

  /**
   * Renders by these passes.
   *
   * @param steeringFaceUrl where players reach steering; empty for manifests that do not name it
   */
  public PlayRenderer(PlayPasses passes, String steeringFaceUrl) {
    this.passes = passes;
    this.steeringFaceUrl = steeringFaceUrl;
  }

  /** The HLS multivariant playlist. */
  public String multivariant(PlayPass pass, PackageManifest media) {
    return HlsRenderer.multivariant(media, pathways(pass), steeringUrl("hls", pass).orElse(null));
  }

  /**
   * The HLS multivariant playlist for players that know no pathways; empty where there is no
   * steering to redirect them.
   */
  public Optional<String> redirected(PackageManifest media) {
    return steeringFaceUrl.isEmpty()
        ? Optional.empty()
        : Optional.of(
            HlsRenderer.multivariant(media, List.of(new Pathway(REDIRECTED, "", "")), null));
  }

  /**
   * An HLS media playlist, for packages that have none among their files and for redirected
   * players; empty if the play has no such pathway or the package no such rendition.
   */
  public Optional<String> mediaPlaylist(
      PlayPass pass, PackageManifest media, String pathwayId, String renditionId) {
    Optional<Rendition> rendition =
        media.renditions().stream()
            .filter(candidate -> candidate.renditionId().equals(renditionId))
            .findFirst();
    Optional<String> placeUrl =
        pathwayId.equals(REDIRECTED)
            ? steeringUrl("redirect", pass)
            : pass.stops().stream()
                .filter(candidate -> pass.pathwayId(candidate).equals(pathwayId))
                .findFirst()
                .map(Stop::baseUrl);
    return rendition.flatMap(found ->
        placeUrl.map(
            place -> HlsRenderer.media(found, baseUrl(pass, place, passes.mediaToken(pass)))));
  }

  /** The DASH MPD. */
  public String mpd(PlayPass pass, PackageManifest media) {
    return DashRenderer.mpd(media, pathways(pass), steeringUrl("dash", pass).orElse(null));
  }

  /** Our own SDK's manifest. */
  public PlayManifest playManifest(PlayPass pass, PackageManifest media) {
    return new PlayManifest(pass.playbackId(), pathways(pass), media);
  }

  private List<Pathway> pathways(PlayPass pass) {
    String mediaToken = passes.mediaToken(pass);
    return pass.stops().stream()
        .map(stop ->
            new Pathway(
                pass.pathwayId(stop), stop.nodeId(), baseUrl(pass, stop.baseUrl(), mediaToken)))
        .toList();
  }

  private Optional<String> steeringUrl(String face, PlayPass pass) {
    return steeringFaceUrl.isEmpty()
        ? Optional.empty()
        : Optional.of(steeringFaceUrl + "/steering/v1/" + face + "/" + passes.steeringState(pass));
  }

  private static String baseUrl(PlayPass pass, String placeUrl, String mediaToken) {
    return placeUrl + "/t/" + mediaToken + "/" + pass.ref().path() + "/";
  }
}
