package io.tributary.playback.catalogue;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.catalogue.CatalogueTitle.CurrentPackage;
import io.tributary.playback.store.CassandraStore;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue in Cassandra. Facts are written with the time they were told as their timestamp, so
 * repeats and latecomers change nothing. A title's current package is worked out anew after each
 * fact from all its packages; whoever brought the last fact does so last.
 *
 * <p>Every replica brings every fact at each of its starts: what is there already is read, not
 * written again.
 */
public final class CassandraCatalogue implements Catalogue {
  private static final String SHELF = "all";
  private static final String TITLE_COLUMNS =
      "title_id, name, operator_name, is_public, current_package, duration_millis";
  private static final String SELECT_TITLE =
      "SELECT " + TITLE_COLUMNS + " FROM titles WHERE shelf = ? AND title_id = ?";

  private final CassandraStore store;

  public CassandraCatalogue(CassandraStore store) {
    this.store = store;
  }

  @Override
  public Optional<CatalogueTitle> title(String titleId) {
    return Optional.ofNullable(store.readQuickly(SELECT_TITLE, SHELF, titleId).one())
        .flatMap(CassandraCatalogue::read);
  }

  @Override
  public Optional<CatalogueTitle> freshTitle(String titleId) {
    return Optional.ofNullable(store.run(SELECT_TITLE, SHELF, titleId).one())
        .flatMap(CassandraCatalogue::read);
  }

  @Override
  public List<CatalogueTitle> titles(@Nullable String after, int limit) {
    return store
        .run(
            "SELECT " + TITLE_COLUMNS + " FROM titles WHERE shelf = ? AND title_id > ? LIMIT ?",
            SHELF,
            after == null ? "" : after,
            limit)
        .all()
        .stream()
        .flatMap(row -> read(row).stream())
        .toList();
  }

  @Override
  public boolean isPublished(PackageRef ref, String manifestSha256) {
    Row row =
        store
            .run(
                "SELECT manifest_sha256 FROM packages WHERE title_id = ? AND package_version = ?",
                ref.titleId(),
                ref.packageVersion())
            .one();
    return row != null && manifestSha256.equals(row.getString("manifest_sha256"));
  }

  @Override
  public void publish(Publication publication, byte[] gzippedManifest) {
    PackageRef ref = publication.ref();
    long told = micros(publication.publishedAt());
    store.run(
        "INSERT INTO manifests (title_id, package_version, gzipped) VALUES (?, ?, ?)"
            + " USING TIMESTAMP ?",
        ref.titleId(),
        ref.packageVersion(),
        ByteBuffer.wrap(gzippedManifest),
        told);
    store.run(
        "INSERT INTO titles (shelf, title_id, name) VALUES (?, ?, ?) USING TIMESTAMP ?",
        SHELF,
        ref.titleId(),
        publication.titleName(),
        told);
    // Last, because isPublished() answers from it.
    store.run(
        "INSERT INTO packages (title_id, package_version, duration_millis, manifest_sha256,"
            + " published_at) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?",
        ref.titleId(),
        ref.packageVersion(),
        publication.durationMillis(),
        publication.manifestSha256(),
        publication.publishedAt(),
        told);
    chooseCurrent(ref.titleId());
  }

  @Override
  public Optional<byte[]> manifest(PackageRef ref) {
    Row row =
        store
            .readQuickly(
                "SELECT gzipped FROM manifests WHERE title_id = ? AND package_version = ?",
                ref.titleId(),
                ref.packageVersion())
            .one();
    ByteBuffer gzipped = row == null ? null : row.getByteBuffer("gzipped");
    if (gzipped == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[gzipped.remaining()];
    gzipped.get(bytes);
    return Optional.of(bytes);
  }

  @Override
  public void place(PackageRef ref, Instant publishedAt, Instant toldAt) {
    if (!isPlaced(ref, publishedAt, toldAt)) {
      store.run(
          "UPDATE packages USING TIMESTAMP ? SET placed_at = ?"
              + " WHERE title_id = ? AND package_version = ?",
          micros(toldAt),
          publishedAt,
          ref.titleId(),
          ref.packageVersion());
    }
    chooseCurrent(ref.titleId());
  }

  /** Whether this was written, and told no earlier: an older word would lose to a displacement. */
  private boolean isPlaced(PackageRef ref, Instant publishedAt, Instant toldAt) {
    Row row =
        store
            .run(
                "SELECT placed_at, WRITETIME(placed_at) AS told FROM packages"
                    + " WHERE title_id = ? AND package_version = ?",
                ref.titleId(),
                ref.packageVersion())
            .one();
    return row != null
        && publishedAt.truncatedTo(ChronoUnit.MILLIS).equals(row.getInstant("placed_at"))
        && row.getLong("told") >= micros(toldAt);
  }

  @Override
  public void displace(PackageRef ref, Instant toldAt) {
    store.run(
        "UPDATE packages USING TIMESTAMP ? SET placed_at = null"
            + " WHERE title_id = ? AND package_version = ?",
        micros(toldAt),
        ref.titleId(),
        ref.packageVersion());
    chooseCurrent(ref.titleId());
  }

  @Override
  public boolean edit(String titleId, String name, boolean isPublic) {
    if (freshTitle(titleId).isEmpty()) {
      return false;
    }
    store.run(
        "INSERT INTO titles (shelf, title_id, operator_name, is_public) VALUES (?, ?, ?, ?)",
        SHELF,
        titleId,
        name,
        isPublic);
    return true;
  }

  private void chooseCurrent(String titleId) {
    Row newest = null;
    for (Row row :
        store.run(
            "SELECT package_version, duration_millis, published_at, placed_at"
                + " FROM packages WHERE title_id = ?",
            titleId)) {
      Instant placed = row.getInstant("placed_at");
      // Both facts are needed, and they come in any order.
      if (placed != null
          && row.getInstant("published_at") != null
          && (newest == null || placed.isAfter(placedAt(newest)))) {
        newest = row;
      }
    }
    CurrentPackage chosen =
        newest == null
            ? null
            : new CurrentPackage(
                Objects.requireNonNull(newest.getString("package_version"), "a key is never null"),
                newest.getLong("duration_millis"));
    Row title = store.run(SELECT_TITLE, SHELF, titleId).one();
    if (title == null || !Objects.equals(current(title), chosen)) {
      store.run(
          "UPDATE titles SET current_package = ?, duration_millis = ?"
              + " WHERE shelf = ? AND title_id = ?",
          chosen == null ? null : chosen.packageVersion(),
          chosen == null ? null : chosen.durationMillis(),
          SHELF,
          titleId);
    }
  }

  private static @Nullable CurrentPackage current(Row title) {
    String version = title.getString("current_package");
    return version == null ? null : new CurrentPackage(version, title.getLong("duration_millis"));
  }

  private static Instant placedAt(Row row) {
    Instant placed = row.getInstant("placed_at");
    return placed == null ? Instant.MIN : placed;
  }

  /** Empty for a row that only knows a placement: its publication is still to come. */
  private static Optional<CatalogueTitle> read(Row row) {
    String name = row.getString("operator_name");
    if (name == null) {
      name = row.getString("name");
    }
    String titleId = row.getString("title_id");
    if (name == null || titleId == null) {
      return Optional.empty();
    }
    return Optional.of(
        new CatalogueTitle(titleId, name, row.getBoolean("is_public"), current(row)));
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
