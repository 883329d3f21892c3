package io.tributary.controlplane;

/** What is left on the heap when all that may go has gone. */
final class HeapUse {
  /** References and cleaners let go of more after each collection, by threads of their own. */
  private static final int COLLECTIONS = 4;

  private static final long BETWEEN_MILLIS = 100;

  private HeapUse() {}

  static long bytes() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(BETWEEN_MILLIS);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
