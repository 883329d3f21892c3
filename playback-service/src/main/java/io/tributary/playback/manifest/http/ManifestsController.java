package io.tributary.playback.manifest.http;

import io.tributary.contracts.api.PlayManifest;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.playback.lastknown.Recall;
import io.tributary.playback.manifest.PackageManifests;
import io.tributary.playback.manifest.PlayPass;
import io.tributary.playback.manifest.PlayPasses;
import io.tributary.playback.manifest.PlayPasses.Reading;
import io.tributary.playback.manifest.PlayRenderer;
import io.tributary.playback.problem.Problem;
import java.util.function.BiFunction;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/manifests/{playToken}/…}: the token in the path is all that a player needs to
 * have.
 */
@RestController
public final class ManifestsController {
  static final String HLS = "application/vnd.apple.mpegurl";
  static final String DASH = "application/dash+xml";

  /** Of one viewer, and the same for as long as its URL is good. */
  private static final String CACHING = "private, max-age=300";

  private final PlayPasses passes;
  private final PackageManifests manifests;
  private final PlayRenderer renderer;

  public ManifestsController(PlayPasses passes, PackageManifests manifests, PlayRenderer renderer) {
    this.passes = passes;
    this.manifests = manifests;
    this.renderer = renderer;
  }

  /**
   * Gives a play's HLS multivariant playlist. Each variant is in it once a pathway, best pathway
   * first.
   *
   * @param playToken of the play's manifest URLs: all the right that is needed
   * @return The playlist (RFC 8216).
   */
  @GetMapping(path = "/api/v1/manifests/{playToken}/main.m3u8", produces = HLS)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.EXPIRED, ProblemType.UNAVAILABLE})
  ResponseEntity<String> hlsManifest(@PathVariable String playToken) {
    return render(playToken, HLS, renderer::multivariant);
  }

  /**
   * Gives a play's HLS multivariant playlist for players that know no content steering. Each of its
   * segment URLs is answered by a redirect to the node that is best then.
   *
   * @param playToken of the play's manifest URLs: all the right that is needed
   * @return The playlist (RFC 8216).
   */
  @GetMapping(path = "/api/v1/manifests/{playToken}/redirected.m3u8", produces = HLS)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.EXPIRED, ProblemType.UNAVAILABLE})
  ResponseEntity<String> redirectedHlsManifest(@PathVariable String playToken) {
    return render(
        playToken,
        HLS,
        (pass, media) ->
            renderer
                .redirected(media)
                .orElseThrow(() ->
                    new Problem(
                        ProblemType.NOT_FOUND, "this fleet redirects no players to its nodes")));
  }

  /**
   * Gives a play's DASH MPD. It has one {@code BaseURL} a pathway, best pathway first.
   *
   * @param playToken of the play's manifest URLs: all the right that is needed
   * @return The MPD (ISO/IEC 23009-1).
   */
  @GetMapping(path = "/api/v1/manifests/{playToken}/main.mpd", produces = DASH)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.EXPIRED, ProblemType.UNAVAILABLE})
  ResponseEntity<String> dashManifest(@PathVariable String playToken) {
    return render(playToken, DASH, renderer::mpd);
  }

  /**
   * Gives a play's manifest as the SDK reads it. It has every segment's exact duration, size and
   * hash, and the places to fetch them from.
   *
   * @param playToken of the play's manifest URLs: all the right that is needed
   * @return The manifest.
   */
  @GetMapping(
      path = "/api/v1/manifests/{playToken}/play.json",
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.EXPIRED, ProblemType.UNAVAILABLE})
  ResponseEntity<PlayManifest> playManifest(@PathVariable String playToken) {
    return render(playToken, MediaType.APPLICATION_JSON_VALUE, renderer::playManifest);
  }

  /**
   * Gives the HLS media playlist of one rendition at one pathway. Players find its URL in the
   * multivariant playlist, unless the package has playlists of its own: then they find those.
   *
   * @param playToken of the play's manifest URLs: all the right that is needed
   * @param pathwayId one of the play's pathways
   * @param renditionId one of the package's renditions
   * @return The playlist (RFC 8216).
   */
  @GetMapping(path = "/api/v1/manifests/{playToken}/{pathwayId}/{renditionId}.m3u8", produces = HLS)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.EXPIRED, ProblemType.UNAVAILABLE})
  ResponseEntity<String> hlsMediaPlaylist(
      @PathVariable String playToken,
      @PathVariable String pathwayId,
      @PathVariable String renditionId) {
    return render(
        playToken,
        HLS,
        (pass, media) ->
            renderer
                .mediaPlaylist(pass, media, pathwayId, renditionId)
                .orElseThrow(() ->
                    new Problem(
                        ProblemType.NOT_FOUND, "this play has no such pathway or rendition")));
  }

  private <T> ResponseEntity<T> render(
      String playToken, String contentType, BiFunction<PlayPass, PackageManifest, T> rendering) {
    PlayPass pass =
        switch (passes.read(playToken)) {
          case Reading.Valid(PlayPass valid) -> valid;
          case Reading.Over() ->
              throw new Problem(
                  ProblemType.EXPIRED, "this manifest has ended (expected: a new play)");
          case Reading.NotOurs() ->
              throw new Problem(ProblemType.NOT_FOUND, "there is no such manifest");
        };
    PackageManifest media =
        switch (manifests.find(pass.ref())) {
          case Recall.Known<PackageManifest>(PackageManifest found, boolean _) -> found;
          case Recall.Absent<PackageManifest>() ->
              throw new Problem(ProblemType.NOT_FOUND, "there is no package " + pass.ref().path());
          case Recall.Unknown<PackageManifest>() ->
              throw Problem.notKnownHere("package " + pass.ref().path());
        };
    return ResponseEntity.ok()
        .header("Cache-Control", CACHING)
        .contentType(MediaType.parseMediaType(contentType))
        .body(rendering.apply(pass, media));
  }
}
