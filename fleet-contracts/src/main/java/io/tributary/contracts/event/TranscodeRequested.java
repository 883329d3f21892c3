package io.tributary.contracts.event;

/** A source is whole in staging. */
public record TranscodeRequested(String ingestId, String titleId) {
  /** The envelope's type. */
  public static final String TYPE = "transcode-requested";
}
