package io.tributary.steering.contentsteering;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.SteeredPlay;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.token.KeySet;
import io.tributary.token.MediaGrant;
import io.tributary.token.MediaTokenVerifier;
import io.tributary.token.Verification;
import io.tributary.token.Verification.Reason;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the states that plays bring along. Safe for use by many threads; blocks on nothing. */
public final class PlayStates {
  private final MediaTokenVerifier verifier;
  private final JsonMapper json;
  private final InstantSource time;

  /** Believes whatever one of {@code keys} signed for steering. */
  public PlayStates(KeySet keys, JsonMapper json, InstantSource time) {
    this.verifier = new MediaTokenVerifier(() -> keys, MediaGrant.STEERING_AUDIENCE);
    this.json = json;
    this.time = time;
  }

  /** What a text that claims to be a play's state is. */
  public sealed interface Reading {
    /** A play's, in its time. */
    record Valid(PlayState play) implements Reading {}

    /** A play's whose time is over. */
    record Over() implements Reading {}

    /** It may be a play's: by a key that is not known here, or by a clock that is ahead. */
    record NotNow() implements Reading {}

    /** Anything else. */
    record NotOurs() implements Reading {}
  }

  /** Never throws for any text. Takes half a millisecond for one that was not read lately. */
  public Reading read(String token) {
    return switch (verifier.verify(token, time.instant())) {
      case Verification.Verified(MediaGrant grant) ->
          state(grant).<Reading>map(Reading.Valid::new).orElseGet(Reading.NotOurs::new);
      case Verification.Rejected(Reason reason) ->
          switch (reason) {
            case EXPIRED -> new Reading.Over();
            case UNKNOWN_KEY, NOT_YET_VALID -> new Reading.NotNow();
            case TOO_LONG, MALFORMED, WRONG_ALGORITHM, BAD_SIGNATURE, WRONG_AUDIENCE ->
                new Reading.NotOurs();
          };
    };
  }

  /** Empty for what a signer of another version may have written. */
  private Optional<PlayState> state(MediaGrant grant) {
    String[] path = grant.pathPrefix().split("/", -1);
    String told = grant.extras().get(SteeredPlay.CLAIM);
    if (path.length != 4 || told == null) {
      return Optional.empty();
    }
    try {
      SteeredPlay play = json.readValue(told, SteeredPlay.class);
      Map<String, String> pathways = new LinkedHashMap<>();
      play.pathways().forEach(pathway -> pathways.put(pathway.node(), pathway.id()));
      if (pathways.isEmpty() || pathways.size() > NearnessRanker.MAX_NODES) {
        return Optional.empty();
      }
      Optional<ClientNetwork> client =
          play.client().isEmpty()
              ? Optional.empty()
              : Optional.of(new ClientNetwork(IpPrefix.parse(play.client())));
      return Optional.of(
          new PlayState(grant.tokenId(), new PackageRef(path[1], path[2]), client, pathways));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
