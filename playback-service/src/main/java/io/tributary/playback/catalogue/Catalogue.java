package io.tributary.playback.catalogue;

import io.tributary.contracts.media.PackageRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where titles and packages are kept. Facts about packages may come late, twice and out of order,
 * from several replicas at once; the outcome is that of each fact once.
 *
 * <p>Every method throws {@link io.tributary.playback.store.StoreAwayException} where the store
 * cannot be asked. Safe for use by many threads.
 */
public interface Catalogue {
  /** A title, for a viewer who waits. */
  Optional<CatalogueTitle> title(String titleId);

  /** A title, as the last write left it. */
  Optional<CatalogueTitle> freshTitle(String titleId);

  /**
   * Titles by id.
   *
   * @param after the last id of the page before; null for the first page
   * @param limit at most so many
   */
  List<CatalogueTitle> titles(@Nullable String after, int limit);

  /** Whether {@link #publish} was done for this package with a manifest of this hash. */
  boolean isPublished(PackageRef ref, String manifestSha256);

  /** Adds a package and, where it is new, its title. */
  void publish(Publication publication, byte[] gzippedManifest);

  /** A package's manifest, as {@link #publish} got it, for a viewer who waits. */
  Optional<byte[]> manifest(PackageRef ref);

  /**
   * Enough nodes hold a package.
   *
   * @param publishedAt of two placed packages of a title, the newer is played
   * @param toldAt when it was said; of two contradicting facts, the later counts
   */
  void place(PackageRef ref, Instant publishedAt, Instant toldAt);

  /** Too few nodes hold a package; {@code toldAt} as in {@link #place}. */
  void displace(PackageRef ref, Instant toldAt);

  /** Changes what operators decide of a title; false if there is no such title. */
  boolean edit(String titleId, String name, boolean isPublic);
}
