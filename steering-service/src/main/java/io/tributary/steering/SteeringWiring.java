package io.tributary.steering;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.tributary.bearer.BearerVerifier;
import io.tributary.settings.KafkaAccess;
import io.tributary.settings.KafkaServers;
import io.tributary.settings.SettingFile;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.contentsteering.PlayStates;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.KafkaDecisionArchive;
import io.tributary.steering.explain.KafkaDecisionLog;
import io.tributary.steering.external.ExternalCdn;
import io.tributary.steering.http.OperatorRoutes;
import io.tributary.steering.http.PlayFace;
import io.tributary.steering.http.ProblemExceptionHandler;
import io.tributary.steering.http.SteeringRoutes;
import io.tributary.steering.nearness.NearnessFeed;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.reports.ErrorReports;
import io.tributary.steering.reports.KafkaReportFeed;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.KafkaSnapshotFeed;
import io.tributary.steering.snapshot.SetAsideRecords;
import io.tributary.token.KeySet;
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

  /** After the feed, which knows the last sites of the disk. */
  @Bean(initMethod = "start", destroyMethod = "stop")
  NearnessFeed nearness(
      SteeringProperties properties, Fleet fleet, KafkaSnapshotFeed feed, InstantSource clock) {
    return new NearnessFeed(properties.nearness(), fleet, properties.stateDirectory(), clock);
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  KafkaDecisionLog decisionLog(
      SteeringProperties properties, FleetProperties fleet, KafkaAccess kafka, JsonMapper json) {
    return new KafkaDecisionLog(properties.decisionLog(), kafka, fleet.region(), json);
  }

  @Bean
  ExternalCdn externalCdn(SteeringProperties properties) {
    return new ExternalCdn(properties.externalCdn());
  }

  @Bean
  ErrorReports errorReports() {
    return new ErrorReports();
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  KafkaReportFeed reportFeed(
      KafkaAccess kafka,
      ErrorReports reports,
      SetAsideRecords setAside,
      JsonMapper json,
      InstantSource clock) {
    return new KafkaReportFeed(kafka, reports, setAside, json, clock);
  }

  @Bean
  SteeringMetrics steeringMetrics(
      MeterRegistry registry,
      Fleet fleet,
      NearnessFeed nearness,
      SetAsideRecords setAside,
      KafkaDecisionLog decisionLog,
      ExternalCdn external,
      ErrorReports reports,
      KafkaReportFeed reportFeed,
      InstantSource clock) {
    return new SteeringMetrics(
        registry, fleet, nearness, setAside, decisionLog, external, reports, reportFeed, clock);
  }

  @Bean
  SteeringBrain steeringBrain(
      Fleet fleet,
      NearnessFeed nearness,
      KafkaDecisionLog decisionLog,
      ExternalCdn external,
      ErrorReports reports,
      SteeringMetrics metrics) {
    return new SteeringBrain(
        fleet,
        nearness,
        new NearnessRanker(RankingPolicy.DEFAULTS),
        new DecisionIds(new SecureRandom()),
        external,
        reports::penalty,
        List.of(decisionLog, metrics));
  }

  @Bean
  RouterFunction<ServerResponse> steeringRoutes(
      SteeringBrain brain,
      Fleet fleet,
      NearnessFeed nearness,
      SetAsideRecords setAside,
      JsonMapper json,
      InstantSource clock) {
    return SteeringRoutes.of(brain, fleet, nearness, setAside, json, clock);
  }

  @Bean
  RouterFunction<ServerResponse> operatorRoutes(
      SteeringBrain brain,
      FleetProperties fleet,
      KafkaAccess kafka,
      JsonMapper json,
      InstantSource clock) {
    return OperatorRoutes.of(
        brain,
        new KafkaDecisionArchive(kafka, json)::find,
        new BearerVerifier(fleet.identity(), clock),
        clock);
  }

  @Bean
  PlayFace playFace(
      SteeringProperties properties,
      SteeringBrain brain,
      MeterRegistry metrics,
      ObservationRegistry observations,
      JsonMapper json,
      InstantSource clock)
      throws IOException {
    SettingFile file =
        new SettingFile(
            "steering.face.play-keys-file",
            properties.face().playKeysFile(),
            "a JWK set of EC P-256 public keys");
    KeySet keys;
    try {
      keys = KeySet.parsePublic(file.text());
    } catch (IllegalArgumentException otherKeys) {
      // Its words name a key at most by its id.
      throw file.unusable(String.valueOf(otherKeys.getMessage()));
    }
    return new PlayFace(
        properties.face(),
        brain,
        new PlayStates(keys, json, clock),
        metrics,
        observations,
        json,
        clock);
  }

  @Bean
  ProblemExceptionHandler problemExceptionHandler(JsonMapper json) {
    return new ProblemExceptionHandler(json);
  }
}
