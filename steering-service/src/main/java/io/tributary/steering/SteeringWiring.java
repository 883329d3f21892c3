package io.tributary.steering;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.settings.KafkaAccess;
import io.tributary.settings.KafkaServers;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.KafkaDecisionLog;
import io.tributary.steering.http.ProblemExceptionHandler;
import io.tributary.steering.http.SteeringRoutes;
import io.tributary.steering.ranking.RendezvousRanker;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.KafkaSnapshotFeed;
import io.tributary.steering.snapshot.SetAsideRecords;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Builds every object of the service. */
@Configuration(proxyBeanMethods = false)
class SteeringWiring {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  Fleet fleet() {
    return new Fleet();
  }

  @Bean
  SetAsideRecords setAsideRecords() {
    return new SetAsideRecords();
  }

  @Bean
  KafkaAccess kafka(KafkaServers servers) throws IOException {
    return servers.access();
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  KafkaSnapshotFeed snapshotFeed(
      SteeringProperties properties,
      KafkaAccess kafka,
      Fleet fleet,
      SetAsideRecords setAside,
      JsonMapper json,
      InstantSource clock) {
    return new KafkaSnapshotFeed(
        properties.feed(), kafka, properties.stateDirectory(), fleet, setAside, json, clock);
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  KafkaDecisionLog decisionLog(
      SteeringProperties properties, FleetProperties fleet, KafkaAccess kafka, JsonMapper json) {
    return new KafkaDecisionLog(properties.decisionLog(), kafka, fleet.region(), json);
  }

  @Bean
  SteeringMetrics steeringMetrics(
      MeterRegistry registry,
      Fleet fleet,
      SetAsideRecords setAside,
      KafkaDecisionLog decisionLog,
      InstantSource clock) {
    return new SteeringMetrics(registry, fleet, setAside, decisionLog, clock);
  }

  @Bean
  SteeringBrain steeringBrain(Fleet fleet, KafkaDecisionLog decisionLog, SteeringMetrics metrics) {
    return new SteeringBrain(
        fleet,
        new RendezvousRanker(),
        new DecisionIds(new SecureRandom()),
        List.of(decisionLog, metrics));
  }

  @Bean
  RouterFunction<ServerResponse> steeringRoutes(
      SteeringBrain brain,
      Fleet fleet,
      SetAsideRecords setAside,
      JsonMapper json,
      InstantSource clock) {
    return SteeringRoutes.of(brain, fleet, setAside, json, clock);
  }

  @Bean
  ProblemExceptionHandler problemExceptionHandler(JsonMapper json) {
    return new ProblemExceptionHandler(json);
  }
}
