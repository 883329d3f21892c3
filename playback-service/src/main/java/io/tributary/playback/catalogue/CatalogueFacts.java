package io.tributary.playback.catalogue;

import io.tributary.contracts.event.PackagePlaced;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings facts about packages into the catalogue and tells what was seen. Each may come again.
 *
 * <p>Throws {@link PoisonException} for a fact that will never be right, {@link IOException} and
 * {@link io.tributary.playback.store.StoreAwayException} for one that may be, later.
 */
public final class CatalogueFacts {
  /** Is told what the facts changed. */
  public interface Watcher {
    /** A title is now this. */
    void sawTitle(CatalogueTitle title);

    /** Whether the manifest of this package is wanted by {@link #sawManifest}. */
    boolean wantsManifest(PackageRef ref);

    /** A package's manifest. */
    void sawManifest(PackageRef ref, byte[] gzipped);
  }

  private final Catalogue catalogue;
  private final ManifestSource source;
  private final JsonMapper json;
  private final Watcher watcher;

  public CatalogueFacts(
      Catalogue catalogue, ManifestSource source, JsonMapper json, Watcher watcher) {
    this.catalogue = catalogue;
    this.source = source;
    this.json = json;
    this.watcher = watcher;
  }

  /** A package is whole in the object store. */
  public void published(PackagePublished fact, Instant toldAt) throws IOException {
    PackageRef ref = ref(fact.titleId(), fact.packageVersion());
    if (!catalogue.isPublished(ref, fact.manifestSha256())) {
      byte[] manifest = source.fetch(fact.manifestKey());
      check(ref, manifest, fact.manifestSha256());
      byte[] gzipped = gzip(manifest);
      catalogue.publish(
          new Publication(
              ref, fact.titleName(), fact.durationMillis(), fact.manifestSha256(), toldAt),
          gzipped);
      watcher.sawManifest(ref, gzipped);
    } else if (watcher.wantsManifest(ref)) {
      catalogue.manifest(ref).ifPresent(gzipped -> watcher.sawManifest(ref, gzipped));
    }
    catalogue.freshTitle(ref.titleId()).ifPresent(watcher::sawTitle);
  }

  /** Enough nodes hold a package. */
  public void placed(PackagePlaced fact, Instant toldAt) {
    PackageRef ref = ref(fact.titleId(), fact.packageVersion());
    catalogue.place(ref, fact.publishedAt(), toldAt);
    catalogue.freshTitle(ref.titleId()).ifPresent(watcher::sawTitle);
  }

  /** Too few nodes hold a package. */
  public void displaced(PackageRef ref, Instant toldAt) {
    catalogue.displace(ref, toldAt);
    catalogue.freshTitle(ref.titleId()).ifPresent(watcher::sawTitle);
  }

  private void check(PackageRef ref, byte[] manifest, String sha256) {
    String actual = sha256(manifest);
    if (!actual.equals(sha256)) {
      throw new PoisonException("manifest's SHA-256 is " + actual + " (expected: " + sha256 + ")");
    }
    try {
      PackageManifest read = json.readValue(manifest, PackageManifest.class);
      if (!read.ref().equals(ref)) {
        throw new PoisonException(
            "manifest is of " + read.ref().path() + " (expected: " + ref.path() + ")");
      }
      if (read.formatVersion() != 1) {
        throw new PoisonException("formatVersion is " + read.formatVersion() + " (expected: 1)");
      }
    } catch (JacksonException unreadable) {
      throw new PoisonException("manifest is unreadable: " + unreadable.getOriginalMessage());
    }
  }

  private static PackageRef ref(String titleId, String packageVersion) {
    try {
      return new PackageRef(titleId, packageVersion);
    } catch (IllegalArgumentException | NullPointerException wrong) {
      throw new PoisonException(String.valueOf(wrong.getMessage()));
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
