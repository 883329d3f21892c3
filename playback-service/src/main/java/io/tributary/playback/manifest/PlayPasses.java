package io.tributary.playback.manifest;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.SteeredPlay;
import io.tributary.playback.manifest.PlayPass.Stop;
import io.tributary.token.KeySet;
import io.tributary.token.MediaGrant;
import io.tributary.token.MediaTokenSigner;
import io.tributary.token.MediaTokenVerifier;
import io.tributary.token.Verification;
import io.tributary.token.Verification.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs and reads passes, and mints the media tokens and the states for steering that the rendered
 * URLs carry. All are tokens of one signer for different audiences, so none opens another's door.
 *
 * <p>Safe for use by many threads.
 */
public final class PlayPasses {
  /** The audience of passes: this service itself. */
  static final String AUDIENCE = "manifest";

  /** How far behind ours a node's clock may be: nodes are other people's machines. */
  private static final Duration NODE_CLOCK_SKEW = Duration.ofMinutes(5);

  private static final String STOPS = "n";
  private static final String OWNER = "o";
  private static final String DURATION = "d";
  private static final String CLIENT = "c";

  private final MediaTokenSigner signer;
  private final MediaTokenVerifier verifier;
  private final JsonMapper json;
  private final InstantSource time;

  /**
   * Uses the set's first private key to sign and every key to read.
   *
   * @throws IllegalArgumentException if the set has no private key
   */
  public PlayPasses(KeySet keys, JsonMapper json, InstantSource time) {
    KeySet publicKeys = keys.publicOnly();
    this.signer = new MediaTokenSigner(keys);
    this.verifier = new MediaTokenVerifier(() -> publicKeys, AUDIENCE);
    this.json = json;
    this.time = time;
  }

  /** What a text that claims to be a pass is. */
  public sealed interface Reading {
    /** A pass of ours, in its time. */
    record Valid(PlayPass pass) implements Reading {}

    /** A pass of ours whose time is over. */
    record Over() implements Reading {}

    /** Anything else. */
    record NotOurs() implements Reading {}
  }

  /**
   * Signs a pass. Where it would not fit into a URL, the last nodes are left out; the first always
   * fits.
   */
  public String sign(PlayPass pass) {
    List<Stop> stops = new ArrayList<>(pass.stops());
    while (true) {
      try {
        return signer.sign(
            new MediaGrant(
                AUDIENCE,
                pass.playbackId(),
                prefix(pass.ref()),
                pass.grantedAt(),
                pass.expiresAt(),
                Map.of(
                    STOPS,
                    write(stops),
                    OWNER,
                    pass.owner(),
                    CLIENT,
                    pass.client(),
                    DURATION,
                    Long.toString(pass.durationMillis()))));
      } catch (IllegalArgumentException tooLong) {
        if (stops.size() == 1) {
          throw tooLong;
        }
        stops.removeLast();
      }
    }
  }

  /** Reads what {@link #sign} wrote; never throws for any text. */
  public Reading read(String token) {
    return switch (verifier.verify(token, time.instant())) {
      case Verification.Verified(MediaGrant grant) -> read(grant);
      case Verification.Rejected(Reason reason) ->
          reason == Reason.EXPIRED ? new Reading.Over() : new Reading.NotOurs();
    };
  }

  /** The right to the package's segments, for as long as the pass is good. */
  public String mediaToken(PlayPass pass) {
    return signer.sign(
        new MediaGrant(
            MediaGrant.MEDIA_AUDIENCE,
            pass.playbackId(),
            prefix(pass.ref()),
            pass.grantedAt().minus(NODE_CLOCK_SKEW),
            pass.expiresAt(),
            Map.of()));
  }

  /** The play as steering has to know it while it runs, for as long as the pass is good. */
  public String steeringState(PlayPass pass) {
    SteeredPlay play =
        new SteeredPlay(
            pass.client(),
            pass.stops().stream()
                .map(stop -> new SteeredPlay.Pathway(pass.pathwayId(stop), stop.nodeId()))
                .toList());
    return signer.sign(
        new MediaGrant(
            MediaGrant.STEERING_AUDIENCE,
            pass.playbackId(),
            prefix(pass.ref()),
            pass.grantedAt(),
            pass.expiresAt(),
            Map.of(SteeredPlay.CLAIM, json.writeValueAsString(play))));
  }

  private static String prefix(PackageRef ref) {
    return "/" + ref.path() + "/";
  }

  private static String write(List<Stop> stops) {
    return String.join(
        "\n", stops.stream().map(stop -> stop.nodeId() + " " + stop.baseUrl()).toList());
  }

  private static Reading read(MediaGrant grant) {
    String[] path = grant.pathPrefix().split("/", -1);
    List<Stop> stops =
        grant
            .extras()
            .getOrDefault(STOPS, "")
            .lines()
            .map(line -> line.split(" ", 2))
            .filter(parts -> parts.length == 2)
            .map(parts -> new Stop(parts[0], parts[1]))
            .toList();
    String duration = grant.extras().getOrDefault(DURATION, "");
    if (path.length != 4 || stops.isEmpty() || !duration.matches("[0-9]{1,15}")) {
      return new Reading.NotOurs();
    }
    return new Reading.Valid(
        new PlayPass(
            grant.tokenId(),
            new PackageRef(path[1], path[2]),
            Long.parseLong(duration),
            stops,
            grant.notBefore(),
            grant.expiresAt(),
            grant.extras().getOrDefault(CLIENT, ""),
            grant.extras().getOrDefault(OWNER, "")));
  }
}
