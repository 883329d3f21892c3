package io.tributary.oca.check;

import java.time.Duration;
import java.util.Locale;

/** Figures with their units, as short as they can be read. */
final class Amount {
  private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Amount() {}

  /** Decimal, as disks are sold and as {@code df -H} says. */
  static String bytes(long bytes) {
    double shown = bytes;
    int unit = 0;
    while (Math.abs(shown) >= 1_000 && unit < BYTES.length - 1) {
      shown /= 1_000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, shown < 10 ? "%.2f %s" : "%.1f %s", shown, BYTES[unit]);
  }

  static String bytesPerSecond(long rate) {
    return bytes(rate) + "/s";
  }

  /** One unit, the largest of which there are two: 47 h, 3 days. */
  static String time(Duration duration) {
    Duration shown = duration.abs();
    if (shown.toMillis() < 2_000) {
      return shown.toMillis() + " ms";
    } else if (shown.toSeconds() < 120) {
      return shown.toSeconds() + " s";
    } else if (shown.toMinutes() < 120) {
      return shown.toMinutes() + " min";
    } else if (shown.toHours() < 48) {
      return shown.toHours() + " h";
    }
    return shown.toDays() + " days";
  }
}
