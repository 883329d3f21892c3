package io.tributary.gateway.routes;

import java.util.Locale;

/** A service behind the gateway, by the listener that is asked. */
public enum Upstream {
  PLAYBACK,
  PLAYBACK_ADMIN,
  CONTROL_PLANE,
  MEDIA_PIPELINE,
  STEERING;

  /** As the settings and logs spell it, e.g. {@code playback-admin}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
