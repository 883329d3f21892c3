package io.tributary.benchmarks.steering;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.steering.http.ProblemExceptionHandler;
import io.tributary.steering.http.SteeringRoutes;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.snapshot.SetAsideRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service's ranking route under the service's own settings, over a fleet and a table made for
 * the measurement, and beside it a route of the same server that reads the same body and answers
 * with as many bytes that are always the same. Without Kafka: the fleet's news come from a thread,
 * and records go nowhere.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RankingServer {
  static final String RANKINGS = "/internal/v1/rankings";

  /** As long as the other. */
  static final String NOTHINGS = "/internal/v1/nothings";

  static final int PACKAGES = 1_000;
  private static final int HOLDERS = 10;

  /** A whole answer with four nodes. */
  private static final byte[] ALWAYS =
      """
      {"decisionId":"d-mhd7kc2a-1y2p0ijwl7zzz-1a2b","snapshotVersion":100001,\
      "snapshotAgeMillis":1000,"nodes":[\
      {"nodeId":"node-100","siteId":"site-100","baseUrl":"http://192.0.2.1:1124"},\
      {"nodeId":"node-200","siteId":"site-101","baseUrl":"http://192.0.2.1:1224"},\
      {"nodeId":"node-300","siteId":"site-102","baseUrl":"http://192.0.2.1:1324"},\
      {"nodeId":"node-400","siteId":"site-103","baseUrl":"http://192.0.2.1:1424"}],\
      "outcome":"steered"}\
      """
          .getBytes(StandardCharsets.UTF_8);

  /**
   * Serves until it is told to end.
   *
   * @param arguments the port, the routes, and {@code still} or {@code updates}
   */
  public static void main(String[] arguments) {
    SpringApplication.run(
        RankingServer.class,
        "--server.port=" + arguments[0],
        "--management.server.port=-1",
        "--bench.routes=" + arguments[1],
        "--bench.updates=" + arguments[2].equals("updates"));
  }

  @Bean
  RouterFunction<ServerResponse> rankings(
      JsonMapper json,
      MeterRegistry registry,
      @Value("${bench.routes}") String routes,
      @Value("${bench.updates}") boolean isUpdated)
      throws IOException {
    BenchmarkFleet known = new BenchmarkFleet(PACKAGES, HOLDERS, Instant.now());
    if (isUpdated) {
      new UpdatesThread(known).start();
    }
    SampledRecords records = new SampledRecords(json);
    records.start();
    Counter decisions = registry.counter("decisions");
    Nearness nearness = BenchmarkBrain.nearness(BenchmarkRoutes.of(routes), Instant.now());
    return SteeringRoutes.of(
        BenchmarkBrain.of(known, nearness, List.of(records, _ -> decisions.increment())),
        known.fleet(),
        () -> nearness,
        new SetAsideRecords(),
        json,
        InstantSource.system());
  }

  @Bean
  RouterFunction<ServerResponse> nothings() {
    return RouterFunctions.route().POST(NOTHINGS, RankingServer::nothing).build();
  }

  @Bean
  ProblemExceptionHandler problemExceptionHandler(JsonMapper json) {
    return new ProblemExceptionHandler(json);
  }

  private static Mono<ServerResponse> nothing(ServerRequest request) {
    return request
        .bodyToMono(byte[].class)
        .flatMap(
            _ -> ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(ALWAYS));
  }
}
