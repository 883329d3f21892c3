package io.tributary.steering.http;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.steering.ExplainedDecision;
import io.tributary.steering.explain.FoundDecision;
import io.tributary.steering.explain.Recompute;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@code GET /admin/v1/decisions/{decisionId}}: a decision's record, and whether its order follows
 * from it. Any replica explains any other's decision.
 */
final class ExplainHandler {
  private static final int SHOWN_CHARACTERS = 64;

  private final Function<String, FoundDecision> archive;
  private final Recompute recompute;
  private final Scheduler searching;

  /**
   * Answers from an archive.
   *
   * @param archive may block for seconds
   * @param searching where it may; refuses what is too much
   */
  ExplainHandler(
      Function<String, FoundDecision> archive, Recompute recompute, Scheduler searching) {
    this.archive = archive;
    this.recompute = recompute;
    this.searching = searching;
  }

  Mono<ServerResponse> explain(ServerRequest request) {
    String decisionId = request.pathVariable("decisionId");
    return Mono.fromCallable(() -> archive.apply(decisionId))
        .subscribeOn(searching)
        .flatMap(found -> answer(decisionId, found))
        .onErrorResume(
            RejectedExecutionException.class,
            tooMany ->
                Problems.answer(
                    ProblemType.UNAVAILABLE, "too many explanations are asked for at once"));
  }

  private Mono<ServerResponse> answer(String decisionId, FoundDecision found) {
    return switch (found) {
      case FoundDecision.Kept(DecisionRecord record) ->
          ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(explained(record));
      case FoundDecision.Nothing _ ->
          Problems.answer(
              ProblemType.NOT_FOUND,
              "decision is "
                  + decisionId.substring(0, Math.min(SHOWN_CHARACTERS, decisionId.length()))
                  + " (expected: one of the last days that was not sampled out)");
      case FoundDecision.Away(String reason) ->
          Problems.answer(ProblemType.UNAVAILABLE, "Kafka cannot be asked now: " + reason);
    };
  }

  private ExplainedDecision explained(DecisionRecord record) {
    return switch (recompute.recompute(record)) {
      case Recompute.Result.Same _ ->
          new ExplainedDecision(record, ExplainedDecision.Recomputed.SAME, List.of());
      case Recompute.Result.Different(List<String> differences) ->
          new ExplainedDecision(record, ExplainedDecision.Recomputed.DIFFERENT, differences);
      case Recompute.Result.NotPossible(String reason) ->
          new ExplainedDecision(record, ExplainedDecision.Recomputed.NOT_POSSIBLE, List.of(reason));
    };
  }
}
