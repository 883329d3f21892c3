package io.tributary.oca.store;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how much this node holds.
 *
 * @param directory where packages are; made when it is not there
 * @param maxBytes how much all packages may take, held and being filled, in bytes
 * @param deleteAfter how long a package stays after it left the plan: plays that were sent here go
 *     on meanwhile
 * @param maxOpenFiles how many files are kept open for serving; a process may have few thousand of
 *     them in all
 * @param closeAfter how long a file stays open that nobody reads
 */
public record StoreConfig(
    Path directory, long maxBytes, Duration deleteAfter, int maxOpenFiles, Duration closeAfter) {
  public StoreConfig {
    check(directory != null, "directory", "missing", "a folder");
    check(maxBytes >= 1_048_576, "max-bytes", maxBytes, "1048576 or more");
    check(
        !deleteAfter.isNegative() && deleteAfter.compareTo(Duration.ofDays(7)) <= 0,
        "delete-after",
        deleteAfter,
        "0s to 7d");
    checkRange("max-open-files", maxOpenFiles, 16, 15_000);
    check(
        closeAfter.compareTo(Duration.ofSeconds(1)) >= 0
            && closeAfter.compareTo(Duration.ofHours(1)) <= 0,
        "close-after",
        closeAfter,
        "1s to 1h");
  }
}
