package io.tributary.steering.http;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.context.ContextHeaders;
import io.tributary.contracts.context.TraceParent;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.RankingRequest;
import io.tributary.steering.brain.SteeringBrain;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /internal/v1/rankings}: a {@link RankingRequest} in, a ranking or a problem out. */
final class RankingHandler {
  /** A request has a few hundred. */
  static final int MAX_BODY_BYTES = 16 * 1024;

  private static final Map<String, Cohort> COHORTS =
      Arrays.stream(Cohort.values())
          .collect(
              Collectors.toMap(one -> one.name().toLowerCase(Locale.ROOT), Function.identity()));

  private final SteeringBrain brain;
  private final RankingRequestJson requests;
  private final RankingJson rankings;
  private final InstantSource clock;

  RankingHandler(SteeringBrain brain, JsonMapper json, InstantSource clock) {
    this.brain = brain;
    this.requests = new RankingRequestJson(json);
    this.rankings = new RankingJson(json);
    this.clock = clock;
  }

  Mono<ServerResponse> rank(ServerRequest request) {
    MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
    if (!type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
      return Problems.answer(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type is " + type + " (expected: application/json)");
    }
    return DataBufferUtils.join(request.exchange().getRequest().getBody(), MAX_BODY_BYTES)
        .map(RankingHandler::bytes)
        .defaultIfEmpty(new byte[0])
        .flatMap(body -> answer(request, body));
  }

  private static byte[] bytes(DataBuffer body) {
    byte[] bytes = new byte[body.readableByteCount()];
    body.read(bytes);
    DataBufferUtils.release(body);
    return bytes;
  }

  private Mono<ServerResponse> answer(ServerRequest request, byte[] body) {
    SteeringBrain.Question question;
    try {
      question = question(request, requests.read(body));
    } catch (JacksonException e) {
      return Problems.answer(
          ProblemType.MALFORMED, "body is no ranking request: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return Problems.answer(ProblemType.INVALID, String.valueOf(e.getMessage()));
    }
    return switch (brain.decide(question, clock.instant())) {
      case SteeringBrain.Answer.Decided decided -> json(rankings.bytes(decided.ranking()));
      case SteeringBrain.Answer.NothingKnown _ -> Problems.nothingKnown();
    };
  }

  /** Straight to the connection: of bytes there is nothing to negotiate and nothing to encode. */
  private static Mono<ServerResponse> json(byte[] body) {
    return ServerResponse.ok()
        .build((exchange, _) -> {
          ServerHttpResponse response = exchange.getResponse();
          response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
          response.getHeaders().setContentLength(body.length);
          return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
        });
  }

  private static SteeringBrain.Question question(
      ServerRequest request, @Nullable RankingRequest asked) {
    if (asked == null) {
      throw new IllegalArgumentException("body is null (expected: a ranking request)");
    }
    HttpHeaders headers = request.headers().asHttpHeaders();
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
        TraceParent.traceId(headers.getFirst(ContextHeaders.TRACE_PARENT)),
        cohort(headers.getFirst(ContextHeaders.COHORT)));
  }

  /** A word that is not known counts as a viewer's: figures must not lose a real play. */
  private static Cohort cohort(@Nullable String word) {
    return word == null ? Cohort.REAL : COHORTS.getOrDefault(word, Cohort.REAL);
  }
}
