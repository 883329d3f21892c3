package io.tributary.contracts.node;

import java.time.Instant;
import java.util.List;

/**
 * Where to fetch files from.
 *
 * @param files in the order asked
 * @param expiresAt when the URLs end
 */
public record Sources(List<Source> files, Instant expiresAt) {
  public Sources {
    files = files == null ? List.of() : List.copyOf(files);
  }

  /**
   * One file and its places.
   *
   * @param path of the file
   * @param urls to try in this order; each is the right to this one file and is never logged whole
   */
  public record Source(String path, List<String> urls) {
    public Source {
      urls = urls == null ? List.of() : List.copyOf(urls);
    }

    /** Never shows the URLs: this text may reach a log. */
    @Override
    public String toString() {
      return "Source[path=" + path + "]";
    }
  }
}
