package io.tributary.pipeline;

import io.tributary.bearer.IdentityConfig;
import io.tributary.bearer.Issuer;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.pipeline.ingest.IngestConfig;
import io.tributary.pipeline.packaging.PackagingConfig;
import io.tributary.pipeline.publishing.ObjectStoreConfig;
import io.tributary.pipeline.transcoding.WorkerConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code pipeline.*}.
 *
 * @param workDirectory for sources and packages in the making; on one file system
 * @param ffmpeg path of an ffmpeg to use; empty for the one that comes with us
 * @param ffprobe path of its ffprobe; empty likewise
 * @param ingest uploads' bounds
 * @param packaging encodings' bounds
 * @param worker how the worker works
 */
@ConfigurationProperties("pipeline")
record PipelineProperties(
    Path workDirectory,
    String ffmpeg,
    String ffprobe,
    IngestConfig ingest,
    PackagingConfig packaging,
    WorkerConfig worker) {
  PipelineProperties {
    if (ffmpeg.isEmpty() != ffprobe.isEmpty()) {
      throw new IllegalArgumentException(
          "ffmpeg is %s and ffprobe is %s (expected: both or neither)".formatted(ffmpeg, ffprobe));
    }
  }

  /**
   * The settings {@code tributary.*}, which every service has.
   *
   * @param region a whole copy of the services
   * @param instance this process's name
   */
  @ConfigurationProperties("tributary")
  record Fleet(
      String region,
      String instance,
      Identity identity,
      Cassandra cassandra,
      ObjectStoreConfig objectStore) {}

  /** Whose bearer tokens are believed. */
  record Identity(@Nullable List<Issuer> issuers, String audience) {
    IdentityConfig config() {
      return new IdentityConfig(issuers == null ? List.of() : issuers, audience);
    }
  }

  /** Where Cassandra is. */
  record Cassandra(List<String> contactPoints, String localDatacenter, String replication) {
    CassandraConfig config() {
      return new CassandraConfig(contactPoints, localDatacenter, replication, "media");
    }
  }
}
