package io.tributary.pipeline.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where sources wait until they are packaged. Methods throw {@link StoreUnavailableException} while
 * it cannot be asked. Safe for use by many threads.
 */
public interface Staging {
  /**
   * A part that arrived.
   *
   * @param number from 1
   * @param bytes its size
   * @param tag by which the store knows it
   */
  record Part(int number, long bytes, String tag) {}

  /** Begins the upload of a source; its id is needed for all that follows. */
  String begin(String ingestId);

  /** Keeps a part, in the place of an earlier one of the same number. */
  void put(String ingestId, String uploadId, int number, byte[] bytes);

  /** The parts that are there, by number; empty where there is no such upload, or no more. */
  List<Part> parts(String ingestId, String uploadId);

  /** Makes one object of all these parts. */
  void complete(String ingestId, String uploadId, List<Part> parts);

  /** The bytes of a completed source; empty if there is none. */
  OptionalLong size(String ingestId);

  /**
   * Reads a completed source into a file, replacing it.
   *
   * @throws IOException if the file cannot be written or the source breaks off
   */
  void fetch(String ingestId, Path file) throws IOException;

  /** Removes a source and every upload that began for it; does nothing if there is neither. */
  void delete(String ingestId);
}
