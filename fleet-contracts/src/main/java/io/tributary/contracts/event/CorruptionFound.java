package io.tributary.contracts.event;

import java.time.Instant;

/** A node found and dropped bytes that were not the package's. See {@code CorruptionReport}. */
public record CorruptionFound(
    String nodeId,
    String titleId,
    String packageVersion,
    String path,
    String foundBy,
    Instant foundAt) {
  /** The envelope's type. */
  public static final String TYPE = "corruption-found";
}
