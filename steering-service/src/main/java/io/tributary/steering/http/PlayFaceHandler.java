package io.tributary.steering.http;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.brain.SteeringBrain.Answer;
import io.tributary.steering.brain.SteeringBrain.Answer.Decided;
import io.tributary.steering.contentsteering.FaceConfig;
import io.tributary.steering.contentsteering.PlayState;
import io.tributary.steering.contentsteering.PlayStates;
import io.tributary.steering.contentsteering.PlayStates.Reading;
import io.tributary.steering.contentsteering.SteeringDocument;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Answers players while they play, by the state that their URL brings. An answer is never 429: one
 * of the players never asks again after it. After 410 none does, so it is for a play that is over,
 * and after 404 some do not, so it is for what no play brings. After anything else they go on with
 * what they have and ask again.
 *
 * <p>What they say of themselves, as {@code _HLS_pathway} or {@code _DASH_throughput}, is not read:
 * anybody may say anything here, and nothing is decided from it.
 */
final class PlayFaceHandler {
  /** Names the decision's record, for whoever asks why. */
  static final String DECISION_ID = "Tributary-Decision-Id";

  /** Since the feed of facts was last known to be alive. */
  static final String SNAPSHOT_AGE_MILLIS = "Tributary-Snapshot-Age-Millis";

  /** Of a media token, a package's path and a file in it: no dot begins a name, no escapes. */
  private static final Pattern AT_NODE =
      Pattern.compile(
          "/t/[A-Za-z0-9_-]{1,2048}/([a-z0-9-]{1,64}/[a-z0-9-]{1,64})"
              + "(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){1,8}");

  /** A player's CMCD; longer ones are left out. */
  private static final int MAX_QUERY = 2_048;

  private static final Pattern HARMLESS_QUERY = Pattern.compile("[!-~&&[^\"<>\\\\^`{|}]]*");

  private final SteeringBrain brain;
  private final PlayStates states;
  private final FaceConfig config;
  private final FaceCounters counters;
  private final InstantSource clock;

  PlayFaceHandler(
      SteeringBrain brain,
      PlayStates states,
      FaceConfig config,
      FaceCounters counters,
      InstantSource clock) {
    this.brain = brain;
    this.states = states;
    this.config = config;
    this.counters = counters;
    this.clock = clock;
  }

  /** The document of content steering. */
  Mono<ServerResponse> steer(ServerRequest request, Face face) {
    return answer(
        request,
        face,
        play ->
            decide(
                face,
                play,
                decided ->
                    answer(HttpStatus.OK, decided.ranking())
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(
                            SteeringDocument.of(
                                play, decided.ranking(), decided.isCalm(), config))));
  }

  /** Sends the player on to the same path at the best node. */
  Mono<ServerResponse> redirect(ServerRequest request) {
    return answer(
        request,
        Face.REDIRECT,
        play -> {
          String path = pathAtNode(request);
          if (!isOfPackage(path, play.ref())) {
            return refuse(
                Face.REDIRECT,
                FaceCounters.Outcome.NOT_OURS,
                ProblemType.NOT_FOUND,
                "path is not of this play (expected: /t/<media token>/"
                    + play.ref().path()
                    + "/<file>)");
          }
          return decide(
              Face.REDIRECT,
              play,
              decided ->
                  answer(HttpStatus.FOUND, decided.ranking())
                      .location(
                          URI.create(
                              decided.ranking().nodes().getFirst().baseUrl()
                                  + path
                                  + query(request.uri())))
                      .build());
        });
  }

  private Mono<ServerResponse> answer(
      ServerRequest request, Face face, Function<PlayState, Mono<ServerResponse>> then) {
    return switch (states.read(request.pathVariable("state"))) {
      case Reading.Valid(PlayState play) -> then.apply(play);
      case Reading.Over() ->
          refuse(
              face,
              FaceCounters.Outcome.OVER,
              ProblemType.EXPIRED,
              "this play has ended (expected: a new play)");
      case Reading.NotNow() ->
          refuse(
              face,
              FaceCounters.Outcome.NOT_NOW,
              ProblemType.UNAVAILABLE,
              "this play's key or time is not known here yet");
      case Reading.NotOurs() ->
          refuse(
              face,
              FaceCounters.Outcome.NOT_OURS,
              ProblemType.NOT_FOUND,
              "there is no such play (expected: a URL of a play's manifest)");
    };
  }

  private Mono<ServerResponse> decide(
      Face face, PlayState play, Function<Decided, Mono<ServerResponse>> told) {
    SteeringBrain.Question question =
        new SteeringBrain.Question(
            play.playbackId(),
            play.ref(),
            play.client(),
            play.nodes().size(),
            SteeringBrain.USUAL_BITS_PER_SECOND,
            play.nodes(),
            null,
            Cohort.REAL);
    return switch (brain.decide(question, clock.instant())) {
      case Answer.NothingKnown _ -> {
        counters.answered(face, FaceCounters.Outcome.NOTHING_KNOWN);
        yield Problems.nothingKnown();
      }
      case Decided decided -> {
        if (decided.ranking().nodes().isEmpty()) {
          yield refuse(
              face,
              FaceCounters.Outcome.NOBODY,
              ProblemType.EXHAUSTED,
              "none of this play's nodes may be named now");
        }
        counters.answered(face, FaceCounters.Outcome.TOLD);
        yield told.apply(decided);
      }
    };
  }

  /** With what explains it. */
  private static ServerResponse.BodyBuilder answer(HttpStatus status, Ranking ranking) {
    return ServerResponse.status(status)
        .header(DECISION_ID, ranking.decisionId())
        .header(SNAPSHOT_AGE_MILLIS, Long.toString(ranking.snapshotAgeMillis()));
  }

  private Mono<ServerResponse> refuse(
      Face face, FaceCounters.Outcome outcome, ProblemType type, String detail) {
    counters.answered(face, outcome);
    return Problems.answer(type, detail);
  }

  /** What follows the state in the path, as it came. */
  private static String pathAtNode(ServerRequest request) {
    String path = request.uri().getRawPath();
    String state = request.pathVariable("state");
    return path.substring(path.indexOf(state) + state.length());
  }

  private static boolean isOfPackage(String path, PackageRef ref) {
    Matcher matcher = AT_NODE.matcher(path);
    return matcher.matches() && matcher.group(1).equals(ref.path());
  }

  private static String query(URI uri) {
    @Nullable String query = uri.getRawQuery();
    return query == null || query.length() > MAX_QUERY || !HARMLESS_QUERY.matcher(query).matches()
        ? ""
        : "?" + query;
  }
}
