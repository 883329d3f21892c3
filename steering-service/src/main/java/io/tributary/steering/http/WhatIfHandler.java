package io.tributary.steering.http;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.media.PackageRef;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.ranking.NearnessRanker;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code GET /admin/v1/what-if}: the record of the decision that a play of this package from this
 * address would get now. Nothing is kept for it and nobody is told.
 */
final class WhatIfHandler {
  private static final String NOBODYS_PLAY = "what-if";

  private final SteeringBrain brain;
  private final InstantSource clock;

  WhatIfHandler(SteeringBrain brain, InstantSource clock) {
    this.brain = brain;
    this.clock = clock;
  }

  Mono<ServerResponse> show(ServerRequest request) {
    SteeringBrain.Question question;
    try {
      question =
          new SteeringBrain.Question(
              Questions.playbackId(request.queryParam("playbackId").orElse(NOBODYS_PLAY)),
              new PackageRef(
                  Questions.present(request.queryParam("titleId").orElse(null), "titleId"),
                  Questions.present(
                      request.queryParam("packageVersion").orElse(null), "packageVersion")),
              Questions.client(request.queryParam("clientAddress").orElse(null)),
              Questions.maxNodes(
                  number(request, "maxNodes")
                      .map(Math::toIntExact)
                      .orElse(NearnessRanker.MAX_NODES)),
              Questions.bitsPerSecond(number(request, "bitsPerSecond").orElse(null)),
              List.of(),
              null,
              Cohort.SYNTHETIC);
    } catch (IllegalArgumentException e) {
      return Problems.answer(ProblemType.INVALID, String.valueOf(e.getMessage()));
    }
    Optional<DecisionRecord> record = brain.consider(question, clock.instant());
    return record.isPresent()
        ? ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(record.get())
        : Problems.nothingKnown();
  }

  private static Optional<Long> number(ServerRequest request, String name) {
    Optional<String> text = request.queryParam(name);
    if (text.isPresent() && !text.get().matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          name + " is " + text.get() + " (expected: a number of up to nine digits)");
    }
    return text.map(Long::valueOf);
  }
}
