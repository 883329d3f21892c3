package io.tributary.oca.store;

/** What the index says of a path. */
public sealed interface Lookup {
  /** Held; its bytes may be served. */
  record Found(StoredFile file) implements Lookup {}

  /** Part of a held package, but its bytes were bad and are being fetched anew. */
  record Dropped() implements Lookup {}

  /** Not here: no such package, or no such file in it. */
  record Unknown() implements Lookup {}
}
