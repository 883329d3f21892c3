package io.tributary.playback.catalogue;

import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.catalogue.CatalogueTitle.CurrentPackage;
import io.tributary.playback.store.StoreAwayException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalogue's twin for tests; can be away. */
public final class InMemoryCatalogue implements Catalogue {
  private final Map<PackageRef, Publication> publications = new HashMap<>();
  private final Map<PackageRef, byte[]> manifests = new HashMap<>();
  private final Map<PackageRef, Placement> placements = new HashMap<>();
  private final Map<String, Edit> edits = new HashMap<>();
  private boolean isAway;

  private record Placement(@Nullable Instant publishedAt, Instant toldAt) {}

  private record Edit(String name, boolean isPublic) {}

  /** From now on every call fails, or works again. */
  public void away(boolean away) {
    isAway = away;
  }

  @Override
  public Optional<CatalogueTitle> title(String titleId) {
    return freshTitle(titleId);
  }

  @Override
  public Optional<CatalogueTitle> freshTitle(String titleId) {
    check();
    return publications.values().stream()
        .filter(publication -> publication.ref().titleId().equals(titleId))
        .max(Comparator.comparing(Publication::publishedAt))
        .map(newest -> {
          Edit edit = edits.get(titleId);
          return new CatalogueTitle(
              titleId,
              edit == null ? newest.titleName() : edit.name(),
              edit != null && edit.isPublic(),
              current(titleId));
        });
  }

  @Override
  public List<CatalogueTitle> titles(@Nullable String after, int limit) {
    check();
    Map<String, CatalogueTitle> byId = new TreeMap<>();
    publications
        .keySet()
        .forEach(
            ref -> freshTitle(ref.titleId()).ifPresent(title -> byId.put(title.titleId(), title)));
    return byId.values().stream()
        .filter(title -> after == null || title.titleId().compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public boolean isPublished(PackageRef ref, String manifestSha256) {
    check();
    Publication publication = publications.get(ref);
    return publication != null && publication.manifestSha256().equals(manifestSha256);
  }

  @Override
  public void publish(Publication publication, byte[] gzippedManifest) {
    check();
    publications.put(publication.ref(), publication);
    manifests.put(publication.ref(), gzippedManifest.clone());
  }

  @Override
  public Optional<byte[]> manifest(PackageRef ref) {
    check();
    return Optional.ofNullable(manifests.get(ref)).map(byte[]::clone);
  }

  @Override
  public void place(PackageRef ref, Instant publishedAt, Instant toldAt) {
    told(ref, new Placement(publishedAt, toldAt));
  }

  @Override
  public void displace(PackageRef ref, Instant toldAt) {
    told(ref, new Placement(null, toldAt));
  }

  @Override
  public boolean edit(String titleId, String name, boolean isPublic) {
    check();
    if (freshTitle(titleId).isEmpty()) {
      return false;
    }
    edits.put(titleId, new Edit(name, isPublic));
    return true;
  }

  private void told(PackageRef ref, Placement placement) {
    check();
    placements.merge(ref, placement, (old, now) -> now.toldAt().isBefore(old.toldAt()) ? old : now);
  }

  private @Nullable CurrentPackage current(String titleId) {
    Publication newest = null;
    Instant newestAt = Instant.MIN;
    for (Map.Entry<PackageRef, Placement> entry : placements.entrySet()) {
      Publication publication = publications.get(entry.getKey());
      Instant publishedAt = entry.getValue().publishedAt();
      if (publication != null
          && publishedAt != null
          && entry.getKey().titleId().equals(titleId)
          && publishedAt.isAfter(newestAt)) {
        newest = publication;
        newestAt = publishedAt;
      }
    }
    return newest == null
        ? null
        : new CurrentPackage(newest.ref().packageVersion(), newest.durationMillis());
  }

  private void check() {
    if (isAway) {
      throw new StoreAwayException("away");
    }
  }
}
