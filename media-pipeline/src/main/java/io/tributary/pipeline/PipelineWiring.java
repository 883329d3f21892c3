package io.tributary.pipeline;

import io.tributary.bearer.AccessRule;
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.http.BearerFilter;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraMetrics;
import io.tributary.cassandra.Schema;
import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.FfmpegInstallation;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import io.tributary.pipeline.ingest.CassandraIngests;
import io.tributary.pipeline.ingest.IngestDesk;
import io.tributary.pipeline.ingest.IngestStore;
import io.tributary.pipeline.ingest.S3Staging;
import io.tributary.pipeline.ingest.Staging;
import io.tributary.pipeline.publishing.CredentialsFile;
import io.tributary.pipeline.publishing.KafkaAnnouncer;
import io.tributary.pipeline.publishing.ObjectStoreConfig;
import io.tributary.pipeline.publishing.S3PackageStore;
import io.tributary.pipeline.transcoding.FfmpegMedia;
import io.tributary.pipeline.transcoding.KafkaWakes;
import io.tributary.pipeline.transcoding.TranscodingWorker;
import io.tributary.pipeline.transcoding.WorkerLoop;
import io.tributary.settings.KafkaAccess;
import io.tributary.settings.KafkaServers;
import io.tributary.settings.ObjectStoreCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;

/** Builds every object of this service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  PipelineProperties.class,
  PipelineProperties.Fleet.class,
  KafkaServers.class
})
class PipelineWiring {
  static final Schema SCHEMA = new Schema("media", "cassandra/media");

  private static final Duration S3_CONNECT = Duration.ofSeconds(2);

  /** Without a byte; a whole part or segment may take longer. */
  private static final Duration S3_SILENCE = Duration.ofSeconds(30);

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  FilterRegistrationBean<BearerFilter> bearerFilter(
      PipelineProperties.Fleet fleet, InstantSource clock) {
    BearerVerifier verifier = new BearerVerifier(fleet.identity(), clock);
    // Nothing but the admin door is here; management has a port of its own.
    return new FilterRegistrationBean<>(new BearerFilter(verifier, _ -> AccessRule.operators()));
  }

  @Bean
  CassandraConnection cassandra(PipelineProperties.Fleet fleet) throws IOException {
    return CassandraConnection.open(fleet.cassandra(), SCHEMA);
  }

  @Bean
  CassandraMetrics cassandraMetrics(CassandraConnection cassandra) {
    return new CassandraMetrics(cassandra);
  }

  @Bean
  S3Client s3(PipelineProperties.Fleet fleet) throws IOException {
    ObjectStoreConfig config = fleet.objectStore();
    // Read again at each use; here only to refuse a start without it.
    ObjectStoreCredentials.in(config.credentialsFile());
    return S3Client.builder()
        .endpointOverride(config.endpoint())
        .region(Region.of(config.region()))
        .forcePathStyle(true)
        .credentialsProvider(new CredentialsFile(config.credentialsFile()))
        // Other S3 servers than Amazon's do not know its newer checksums.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(S3_CONNECT)
                .socketTimeout(S3_SILENCE)
                .build())
        .build();
  }

  @Bean
  IngestStore ingests(
      CassandraConnection cassandra, JsonMapper json, PipelineProperties properties) {
    return new CassandraIngests(cassandra, json, properties.ingest().keptFor());
  }

  @Bean
  Staging staging(S3Client s3, PipelineProperties.Fleet fleet) {
    return new S3Staging(s3, fleet.objectStore().stagingBucket());
  }

  @Bean
  KafkaAccess kafka(KafkaServers servers) throws IOException {
    return servers.access();
  }

  @Bean
  KafkaAnnouncer announcer(
      KafkaAccess kafka, JsonMapper json, InstantSource clock, PipelineProperties.Fleet fleet) {
    return new KafkaAnnouncer(kafka, json, clock, fleet.region());
  }

  @Bean
  ToolRuns toolRuns() {
    return new ToolRuns();
  }

  @Bean(initMethod = "start")
  WorkerLoop worker(
      PipelineProperties properties,
      PipelineProperties.Fleet fleet,
      IngestStore ingests,
      Staging staging,
      S3Client s3,
      KafkaAnnouncer announcer,
      ToolRuns toolRuns,
      JsonMapper json,
      InstantSource clock) {
    // Unique even among processes that were given one name; in containers each has the same process
    // id.
    String name = fleet.instance() + "/" + UUID.randomUUID();
    return new WorkerLoop(
        new TranscodingWorker(
            name,
            fleet.region(),
            ingests,
            staging,
            new S3PackageStore(s3, fleet.objectStore().packagesBucket()),
            announcer,
            new FfmpegMedia(() -> ffmpeg(properties), toolRuns, properties.packaging()),
            properties.workDirectory(),
            properties.worker(),
            properties.ingest().uploadExpiry(),
            json,
            clock),
        properties.worker());
  }

  private static Ffmpeg ffmpeg(PipelineProperties properties) throws IOException {
    return properties.ffmpeg().isEmpty()
        ? FfmpegInstallation.into(properties.workDirectory().resolve("ffmpeg"))
        : new Ffmpeg(Path.of(properties.ffmpeg()), Path.of(properties.ffprobe()));
  }

  @Bean(initMethod = "start")
  KafkaWakes wakes(KafkaAccess kafka, WorkerLoop worker) {
    return new KafkaWakes(kafka, worker::wake, worker::isIdle);
  }

  @Bean
  PipelineMetrics pipelineMetrics(IngestDesk desk, WorkerLoop worker, KafkaWakes wakes) {
    return new PipelineMetrics(desk, worker, wakes::waiting);
  }

  @Bean
  IngestDesk ingestDesk(
      IngestStore ingests,
      Staging staging,
      PipelineProperties properties,
      InstantSource clock,
      KafkaAnnouncer announcer) {
    return new IngestDesk(
        ingests, staging, properties.ingest(), clock, new SecureRandom(), announcer::wake);
  }
}
