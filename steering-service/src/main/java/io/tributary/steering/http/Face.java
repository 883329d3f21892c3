package io.tributary.steering.http;

import java.util.Locale;

/** How players ask. */
enum Face {
  HLS,
  DASH,
  REDIRECT;

  /** In paths and metrics. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
