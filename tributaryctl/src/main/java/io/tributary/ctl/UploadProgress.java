package io.tributary.ctl;

/** Hears how far an upload is. Called from the thread that uploads, after each part. */
@FunctionalInterface
public interface UploadProgress {
  /**
   * A part arrived.
   *
   * @param sentBytes of the file so far
   * @param totalBytes of the file
   */
  void sent(long sentBytes, long totalBytes);
}
