package io.tributary.contracts.admin;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The states of an ingest, in their order. */
public enum IngestState {
  /** Waiting for parts. */
  @JsonProperty("uploading")
  UPLOADING,
  /** Whole in staging; waiting for a worker. */
  @JsonProperty("queued")
  QUEUED,
  /** Probing, encoding and packaging. */
  @JsonProperty("transcoding")
  TRANSCODING,
  /** Writing the package to the object store. */
  @JsonProperty("publishing")
  PUBLISHING,
  /** The package exists and was announced. Final. */
  @JsonProperty("published")
  PUBLISHED,
  /** Nothing of it is left but this record. Final. */
  @JsonProperty("failed")
  FAILED
}
