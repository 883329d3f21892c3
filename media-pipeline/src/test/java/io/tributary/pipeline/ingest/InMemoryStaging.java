package io.tributary.pipeline.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The twin of {@link S3Staging} for tests. */
public final class InMemoryStaging implements Staging {
  private final Map<String, Map<Integer, byte[]>> uploads = new HashMap<>();
  private final Map<String, byte[]> sources = new HashMap<>();
  private boolean isAway;

  /** A source that is whole. */
  public synchronized void hold(String ingestId, byte[] source) {
    sources.put(ingestId, source);
  }

  /** Makes it one that cannot be asked, or can again. */
  public synchronized void setAway(boolean away) {
    isAway = away;
  }

  /** Whether nothing of an ingest is left. */
  public synchronized boolean isEmptyOf(String ingestId) {
    return !sources.containsKey(ingestId) && !uploads.containsKey(ingestId);
  }

  @Override
  public synchronized String begin(String ingestId) {
    askable();
    uploads.put(ingestId, new TreeMap<>());
    return "u-" + ingestId;
  }

  @Override
  public synchronized void put(String ingestId, String uploadId, int number, byte[] bytes) {
    Objects.requireNonNull(uploads.get(ingestId)).put(number, bytes);
  }

  @Override
  public synchronized List<Part> parts(String ingestId, String uploadId) {
    return uploads.getOrDefault(ingestId, Map.of()).entrySet().stream()
        .map(part -> new Part(part.getKey(), part.getValue().length, "t" + part.getKey()))
        .toList();
  }

  @Override
  public synchronized void complete(String ingestId, String uploadId, List<Part> parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    Objects.requireNonNull(uploads.remove(ingestId)).values().forEach(whole::writeBytes);
    sources.put(ingestId, whole.toByteArray());
  }

  @Override
  public synchronized OptionalLong size(String ingestId) {
    askable();
    byte[] source = sources.get(ingestId);
    return source == null ? OptionalLong.empty() : OptionalLong.of(source.length);
  }

  @Override
  public synchronized void fetch(String ingestId, Path file) throws IOException {
    askable();
    Files.write(file, Objects.requireNonNull(sources.get(ingestId)));
  }

  @Override
  public synchronized void delete(String ingestId) {
    askable();
    uploads.remove(ingestId);
    sources.remove(ingestId);
  }

  private void askable() {
    if (isAway) {
      throw new StoreUnavailableException("staging is away", new IOException());
    }
  }
}
