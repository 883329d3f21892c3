package io.tributary.oca.routes;

/** Whom the site's router tells its routes. */
interface RouteSpeaker extends AutoCloseable {
  /** Looks once; to be called by one thread, every {@code oca.routes.look-every}. Never throws. */
  Reading look();

  @Override
  void close();
}
