package io.tributary.pipeline;

import static io.tributary.settings.SettingCheck.check;

import io.tributary.bearer.IdentityConfig;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.pipeline.ingest.IngestConfig;
import io.tributary.pipeline.packaging.PackagingConfig;
import io.tributary.pipeline.publishing.ObjectStoreConfig;
import io.tributary.pipeline.transcoding.WorkerConfig;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code pipeline.*}.
 *
 * @param workDirectory where sources and packages in the making are, on one file system; needs
 *     about three times the largest source
 * @param ffmpeg the path of an ffmpeg to use; none: the one that comes with us
 * @param ffprobe the path of its ffprobe
 * @param ingest uploads' bounds
 * @param packaging encodings' bounds
 * @param worker how the worker works
 */
@ConfigurationProperties(prefix = "pipeline", ignoreUnknownFields = false)
record PipelineProperties(
    Path workDirectory,
    String ffmpeg,
    String ffprobe,
    IngestConfig ingest,
    PackagingConfig packaging,
    WorkerConfig worker) {
  PipelineProperties {
    check(workDirectory != null, "work-directory", "missing", "a folder");
    check(ffprobe.isEmpty() || !ffmpeg.isEmpty(), "ffmpeg", ffmpeg, "a path, as ffprobe is set");
    check(ffmpeg.isEmpty() || !ffprobe.isEmpty(), "ffprobe", ffprobe, "a path, as ffmpeg is set");
  }

  /**
   * The settings {@code tributary.*}, which every service has.
   *
   * @param region the name of this copy of the cloud services
   * @param instance the name of this process, another one for each; told in logs and leases
   * @param identity whose bearer tokens are believed
   * @param cassandra where Cassandra is
   * @param objectStore where the object store is
   */
  @ConfigurationProperties(prefix = "tributary", ignoreUnknownFields = false)
  record Fleet(
      String region,
      String instance,
      IdentityConfig identity,
      CassandraConfig cassandra,
      ObjectStoreConfig objectStore) {
    private static final String REGION = "[a-z0-9][a-z0-9-]{0,63}";
    private static final String INSTANCE = "[A-Za-z0-9][A-Za-z0-9._-]{0,252}";

    Fleet {
      check(region.matches(REGION), "region", region, REGION);
      check(instance.matches(INSTANCE), "instance", instance, INSTANCE);
    }
  }
}
