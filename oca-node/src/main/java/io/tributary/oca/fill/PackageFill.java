package io.tributary.oca.fill;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.oca.store.DiskFailedException;
import io.tributary.oca.store.PackageManifests;
import io.tributary.oca.store.PackageManifests.BadManifestException;
import io.tributary.oca.store.PackageStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one package into the store: what is there already is not fetched again. */
final class PackageFill {
  private static final Logger log = LoggerFactory.getLogger(PackageFill.class);

  private final PackageStore store;
  private final PackageManifests manifests;
  private final PackageFetcher fetcher;

  PackageFill(PackageStore store, PackageManifests manifests, PackageFetcher fetcher) {
    this.store = store;
    this.manifests = manifests;
    this.fetcher = fetcher;
  }

  /** A package that is not held becomes held. */
  void fill(PlannedPackage planned) throws IOException, InterruptedException, BadManifestException {
    PackageRef ref = planned.ref();
    long room = store.bytesFree(ref);
    if (planned.bytes() > room) {
      throw new DiskFailedException(
          "oca.store.max-bytes leaves " + room + " (expected: " + planned.bytes() + ")");
    }
    PackageManifest manifest = manifests.read(manifest(planned), ref);
    List<PackageFile> all = PackageManifests.files(manifest);
    long sum = all.stream().mapToLong(PackageFile::bytes).sum();
    if (sum > room) {
      throw new IOException("package has " + sum + " bytes (expected: " + planned.bytes() + ")");
    }
    List<PackageFile> absent = all.stream().filter(file -> !store.isFilled(ref, file)).toList();
    log.info(
        "package=filling title={} package={} files={} absent={}",
        ref.titleId(),
        ref.packageVersion(),
        all.size(),
        absent.size());
    fetcher.fetchAll(ref, absent, store::fill);
    store.publish(manifest, planned.manifestSha256());
  }

  /** A held package has its dropped files again. */
  void repair(PackageRef ref) throws IOException, InterruptedException {
    fetcher.fetchAll(ref, store.missing(ref), store::repair);
    log.info("package=repaired title={} package={}", ref.titleId(), ref.packageVersion());
  }

  private byte[] manifest(PlannedPackage planned) throws IOException, InterruptedException {
    PackageRef ref = planned.ref();
    Optional<byte[]> here = store.fillingManifest(ref, planned.manifestSha256());
    return here.isPresent()
        ? here.get()
        : fetcher.fetchManifest(ref, planned.manifestSha256(), store::fill);
  }
}
