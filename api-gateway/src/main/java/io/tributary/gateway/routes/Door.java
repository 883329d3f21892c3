package io.tributary.gateway.routes;

/** A listener of the gateway. What one lets in, the other never does. */
public enum Door {
  /** For viewers' apps and the page. */
  PUBLIC,
  /** For operators. */
  ADMIN
}
