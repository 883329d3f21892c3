package io.tributary.oca.fill;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.Sources;
import io.tributary.contracts.node.SourcesRequest;
import io.tributary.oca.store.DiskFailedException;
import io.tributary.oca.store.IncomingFile;
import io.tributary.oca.store.IncomingFile.WrongBytesException;
import io.tributary.oca.store.PackageManifests;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a package's files, a few at once, from the sources that the control plane names for them.
 * A file whose sources all fail is asked for again, with the others that did, in a few rounds.
 *
 * <p>Safe for use by many threads.
 */
final class PackageFetcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PackageFetcher.class);

  private final FillConfig config;
  private final SourceDirectory sources;
  private final FileFetcher fetcher;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final ExecutorService files = Executors.newVirtualThreadPerTaskExecutor();
  private final LongAdder filesFetched = new LongAdder();

  /** Where files go. */
  interface Intake {
    /** Takes in a file of that package. */
    IncomingFile open(PackageRef ref, PackageFile file) throws DiskFailedException;
  }

  PackageFetcher(
      FillConfig config,
      SourceDirectory sources,
      FillRate rate,
      Backoff backoff,
      RandomGenerator random) {
    this.config = config;
    this.sources = sources;
    this.fetcher = new FileFetcher(config, rate);
    this.backoff = backoff;
    this.random = random;
  }

  /** Files that came whole and right since the start. */
  long filesFetched() {
    return filesFetched.sum();
  }

  /** Fetches the manifest, whose size is not known beforehand. */
  byte[] fetchManifest(PackageRef ref, String sha256, Intake into)
      throws IOException, InterruptedException {
    String path = PackageManifest.FILE_NAME;
    Sources.Source source = ask(ref, List.of(path)).getFirst();
    IOException last = new IOException("no source for " + path);
    for (String url : source.urls()) {
      try {
        byte[] bytes = fetcher.fetchSmall(URI.create(url), PackageManifests.MAX_BYTES);
        PackageFile file = new PackageFile(path, bytes.length, sha256);
        try (IncomingFile incoming = into.open(ref, file)) {
          incoming.write(bytes, 0, bytes.length);
          incoming.complete();
        }
        return bytes;
      } catch (DiskFailedException e) {
        throw e;
      } catch (IOException | WrongBytesException | IllegalArgumentException e) {
        last = sourceFailed(ref, path, url, e);
      }
    }
    throw last;
  }

  /** Fetches all these files, or fails when some could not be had in any round. */
  void fetchAll(PackageRef ref, List<PackageFile> wanted, Intake into)
      throws IOException, InterruptedException {
    List<PackageFile> left = wanted;
    for (int round = 1; !left.isEmpty(); round++) {
      if (round > 1) {
        Thread.sleep(backoff.after(round - 1, random));
      }
      List<PackageFile> failed = new ArrayList<>();
      IOException last = null;
      for (int from = 0; from < left.size(); from += SourcesRequest.MAX_PATHS) {
        List<PackageFile> batch =
            left.subList(from, Math.min(left.size(), from + SourcesRequest.MAX_PATHS));
        try {
          failed.addAll(fetchBatch(ref, batch, into));
        } catch (DiskFailedException e) {
          throw e;
        } catch (IOException e) {
          failed.addAll(batch);
          last = e;
        }
      }
      if (!failed.isEmpty() && round >= config.attempts()) {
        throw new IOException(
            failed.size()
                + " files could not be fetched, "
                + failed.getFirst().path()
                + " among them"
                + (last == null ? "" : ": " + last.getMessage()));
      }
      left = failed;
    }
  }

  @Override
  public void close() {
    files.shutdownNow();
    fetcher.close();
  }

  /** Fetches some files; returns those that could not be had from any of their sources. */
  private List<PackageFile> fetchBatch(PackageRef ref, List<PackageFile> batch, Intake into)
      throws IOException, InterruptedException {
    List<Sources.Source> found = ask(ref, batch.stream().map(PackageFile::path).toList());
    Semaphore slots = new Semaphore(config.parallelFiles());
    List<Future<Boolean>> running = new ArrayList<>();
    try {
      for (int i = 0; i < batch.size(); i++) {
        PackageFile file = batch.get(i);
        List<String> urls = found.get(i).urls();
        slots.acquire();
        Callable<Boolean> one =
            () -> {
              try {
                return fetchOne(ref, file, urls, into);
              } finally {
                slots.release();
              }
            };
        running.add(files.submit(one));
      }
      List<PackageFile> failed = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        if (!result(running.get(i))) {
          failed.add(batch.get(i));
        }
      }
      return failed;
    } finally {
      running.forEach(one -> one.cancel(true));
    }
  }

  private static boolean result(Future<Boolean> running) throws IOException, InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DiskFailedException disk) {
        throw disk;
      }
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException();
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private boolean fetchOne(PackageRef ref, PackageFile file, List<String> urls, Intake into)
      throws DiskFailedException, InterruptedException {
    for (String url : urls) {
      try (IncomingFile incoming = into.open(ref, file)) {
        fetcher.fetch(URI.create(url), file.bytes(), incoming);
        filesFetched.increment();
        return true;
      } catch (DiskFailedException e) {
        throw e;
      } catch (IOException | WrongBytesException | IllegalArgumentException e) {
        sourceFailed(ref, file.path(), url, e);
      }
    }
    return false;
  }

  private List<Sources.Source> ask(PackageRef ref, List<String> paths)
      throws IOException, InterruptedException {
    Sources answer =
        sources.sources(new SourcesRequest(ref.titleId(), ref.packageVersion(), paths));
    List<String> answered = answer.files().stream().map(Sources.Source::path).toList();
    if (!answered.equals(paths)) {
      throw new IOException("sources are of other files than asked for (expected: the same)");
    }
    return answer.files();
  }

  private static IOException sourceFailed(
      PackageRef ref, String path, String url, Exception reason) {
    // The query of a URL is the right to fetch it, and so may parts of the message be.
    String shown = withoutQuery(url);
    String message =
        reason instanceof IllegalArgumentException
            ? "source's URL is malformed"
            : reason.getClass().getSimpleName() + ": " + reason.getMessage();
    log.warn(
        "source=failed title={} package={} file={} source={} reason=\"{}\"",
        ref.titleId(),
        ref.packageVersion(),
        path,
        shown,
        message);
    return new IOException("source of " + path + " failed: " + message);
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
