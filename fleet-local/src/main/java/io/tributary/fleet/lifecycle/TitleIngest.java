package io.tributary.fleet.lifecycle;

import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import io.tributary.contracts.admin.PackageView;
import io.tributary.contracts.api.Playback;
import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.VideoFormat;
import io.tributary.ctl.AdminClient;
import io.tributary.ctl.SourceUpload;
import io.tributary.fleet.door.PublicDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a source through the admin door until viewers can play it. For use by one thread. */
public final class TitleIngest {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration FILL_AT_MOST = Duration.ofMinutes(10);
  private static final int BAR_WIDTH = 30;

  private final AdminClient admin;
  private final PublicDoor door;
  private final SourceUpload upload;
  private final Progress progress;

  /**
   * Ingests into a fleet.
   *
   * @param admin its admin door
   * @param door its public door, in the name of an account that may play everything
   */
  public TitleIngest(AdminClient admin, PublicDoor door, Progress progress) {
    this.admin = admin;
    this.door = door;
    this.upload = new SourceUpload(admin);
    this.progress = progress;
  }

  /**
   * What became of a source; the shape that {@code ingest --json} prints.
   *
   * @param titleId the title
   * @param packageVersion its new package
   * @param durationMillis of the package
   * @param renditions of the picture, best first
   * @param segments of all renditions, sound too
   * @param bytes of the whole package
   * @param nodes that hold it
   */
  public record Result(
      String titleId,
      String packageVersion,
      long durationMillis,
      List<Picture> renditions,
      int segments,
      long bytes,
      List<String> nodes) {}

  /** One rendition of the picture. */
  public record Picture(int width, int height, long bitsPerSecond) {}

  /**
   * Uploads a file and waits until its package is on the nodes and new plays get it.
   *
   * @param name for people; null for the title's id
   * @throws FleetException if the source is refused, with what is wrong with it
   */
  public Result ingest(Path file, String titleId, @Nullable String name)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      throw new FleetException(
          "there is no file " + file.toAbsolutePath() + " (expected: a video, with its path)");
    }
    if (Files.size(file) == 0) {
      throw new FleetException(
          file + " cannot become a title: the file is empty. Try another file");
    }
    return finish(upload(file, titleId, name), file);
  }

  /** Uploads a file; the work on it goes on whatever becomes of this process. */
  Ingest upload(Path file, String titleId, @Nullable String name) {
    progress.stage("uploading " + file.getFileName());
    return upload.upload(
        titleId, name, file, (sent, total) -> progress.waitingFor(bar((double) sent / total)));
  }

  /** Waits as {@link #ingest} does for what is uploaded. */
  Result finish(Ingest uploaded, Path file) throws IOException, InterruptedException {
    String titleId = uploaded.titleId();
    progress.stage("transcoding " + titleId);
    Ingest done = upload.awaitEnd(uploaded.ingestId(), BETWEEN_LOOKS, this::tell);
    String version = done.packageVersion();
    if (done.state() == IngestState.FAILED || version == null) {
      throw new FleetException(
          file + " cannot become a title: " + done.failure() + ". Try another file");
    }
    progress.stage("filling nodes with " + titleId);
    Patience patience = new Patience(FILL_AT_MOST, progress);
    PackageRef ref = new PackageRef(titleId, version);
    PackageView placed =
        patience.await(
            "nodes that hold " + titleId,
            () -> {
              PackageView view = admin.packageView(ref);
              progress.waitingFor(
                  view.holdingNodes().size() + " of " + view.plannedNodes().size() + " nodes");
              return view.placed() ? Optional.of(view) : Optional.empty();
            });
    patience.await(
        "title " + titleId,
        () ->
            Optional.of(admin.title(titleId))
                .filter(title -> version.equals(title.currentPackage())));
    Playback play =
        patience
            .forPlays()
            .await(
                "play of " + titleId,
                () ->
                    Optional.of(door.createPlayback(titleId))
                        .filter(playback -> playback.packageVersion().equals(version)));
    return result(door.manifest(play).media(), placed);
  }

  private static Result result(PackageManifest media, PackageView placed) {
    List<Picture> pictures = new ArrayList<>();
    int segments = 0;
    for (Rendition rendition : media.renditions()) {
      segments += rendition.segments().size();
      VideoFormat video = rendition.video();
      if (rendition.kind() == MediaKind.VIDEO && video != null) {
        pictures.add(new Picture(video.width(), video.height(), rendition.averageBitsPerSecond()));
      }
    }
    return new Result(
        media.titleId(),
        media.packageVersion(),
        media.durationMillis(),
        pictures,
        segments,
        placed.bytes(),
        placed.holdingNodes());
  }

  private void tell(Ingest ingest) {
    progress.waitingFor(
        ingest.state().name().toLowerCase(Locale.ROOT) + " " + bar(ingest.progress()));
  }

  private static String bar(double done) {
    int full = (int) Math.round(Math.clamp(done, 0, 1) * BAR_WIDTH);
    return "[%s%s] %3.0f %%"
        .formatted("#".repeat(full), ".".repeat(BAR_WIDTH - full), Math.clamp(done, 0, 1) * 100);
  }
}
