package io.tributary.steering.http;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.context.ContextHeaders;
import io.tributary.contracts.context.TraceParent;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import io.tributary.steering.brain.SteeringBrain;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /internal/v1/rankings}: a {@link RankingRequest} in, a ranking or a problem out. */
final class RankingHandler {
  private final SteeringBrain brain;
  private final ObjectReader requests;
  private final ObjectWriter rankings;
  private final InstantSource clock;

  RankingHandler(SteeringBrain brain, JsonMapper json, InstantSource clock) {
    this.brain = brain;
    this.requests = json.readerFor(RankingRequest.class);
    this.rankings = json.writerFor(Ranking.class);
    this.clock = clock;
  }

  Mono<ServerResponse> rank(ServerRequest request) {
    MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
    if (!type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
      return Problems.answer(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type is " + type + " (expected: application/json)");
    }
    return request
        .bodyToMono(byte[].class)
        .defaultIfEmpty(new byte[0])
        .flatMap(body -> answer(request, body));
  }

  private Mono<ServerResponse> answer(ServerRequest request, byte[] body) {
    SteeringBrain.Question question;
    try {
      question = question(request, requests.<RankingRequest>readValue(body));
    } catch (JacksonException e) {
      return Problems.answer(
          ProblemType.MALFORMED, "body is no ranking request: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return Problems.answer(ProblemType.INVALID, String.valueOf(e.getMessage()));
    }
    return switch (brain.decide(question, clock.instant())) {
      case SteeringBrain.Answer.Decided decided ->
          ServerResponse.ok()
              .contentType(MediaType.APPLICATION_JSON)
              .bodyValue(rankings.writeValueAsBytes(decided.ranking()));
      case SteeringBrain.Answer.NothingKnown _ -> Problems.nothingKnown();
    };
  }

  private static SteeringBrain.Question question(
      ServerRequest request, @Nullable RankingRequest asked) {
    if (asked == null) {
      throw new IllegalArgumentException("body is null (expected: a ranking request)");
    }
    // What JSON lacks arrives as null whatever the record's type says.
    return new SteeringBrain.Question(
        Questions.playbackId(asked.playbackId()),
        new PackageRef(
            Questions.present(asked.titleId(), "titleId"),
            Questions.present(asked.packageVersion(), "packageVersion")),
        Questions.client(asked.clientAddress()),
        Questions.maxNodes(asked.maxNodes()),
        Questions.bitsPerSecond(asked.bitsPerSecond()),
        Questions.manifestNodes(asked.manifestNodes()),
        TraceParent.traceId(request.headers().firstHeader(ContextHeaders.TRACE_PARENT)),
        cohort(request.headers().firstHeader(ContextHeaders.COHORT)));
  }

  /** A word that is not known counts as a viewer's: figures must not lose a real play. */
  private static Cohort cohort(@Nullable String word) {
    if (word != null) {
      for (Cohort cohort : Cohort.values()) {
        if (cohort.name().toLowerCase(Locale.ROOT).equals(word)) {
          return cohort;
        }
      }
    }
    return Cohort.REAL;
  }
}
