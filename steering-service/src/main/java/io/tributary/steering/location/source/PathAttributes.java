package io.tributary.steering.location.source;

/**
 * What a BGP route's path attributes say that matters here (RFC 4271, 4.3).
 *
 * @param asPathLength networks on the way; a set counts as one, confederations not at all (RFC
 *     4271, 9.1.2.2; RFC 5065, 5.3)
 * @param neighbourAsn the first network on the way; 0 if there is none
 * @param originAsn the last network on the way; 0 if there is none, or if it is one of a set (RFC
 *     6811, 2)
 * @param med multi-exit discriminator; 0 where there is none
 */
record PathAttributes(int asPathLength, long neighbourAsn, long originAsn, long med) {
  private static final int AS_PATH = 2;
  private static final int MULTI_EXIT_DISC = 4;
  private static final int AS4_PATH = 17;

  private static final int EXTENDED_LENGTH = 0x10;

  private static final int AS_SET = 1;
  private static final int AS_SEQUENCE = 2;
  private static final int AS_CONFED_SEQUENCE = 3;
  private static final int AS_CONFED_SET = 4;

  /** Stands for a number of four bytes where there is room for two (RFC 6793). */
  private static final int AS_TRANS = 23_456;

  /** A path's length, its first and its last network; 0 for one that it does not tell. */
  private record AsPath(int length, long first, long last) {
    static final AsPath EMPTY = new AsPath(0, 0, 0);
  }

  /**
   * Reads attributes.
   *
   * @param asnBytes of a number in the AS path: 2 or 4
   */
  static PathAttributes read(RecordBytes bytes, int asnBytes) throws MalformedRecordException {
    AsPath path = AsPath.EMPTY;
    AsPath longPath = AsPath.EMPTY;
    long med = 0;
    while (bytes.left() > 0) {
      int flags = bytes.uint8();
      int type = bytes.uint8();
      int length = (flags & EXTENDED_LENGTH) == 0 ? bytes.uint8() : bytes.uint16();
      RecordBytes value = bytes.part(length);
      switch (type) {
        case AS_PATH -> path = asPath(value, asnBytes);
        case AS4_PATH -> longPath = asPath(value, 4);
        case MULTI_EXIT_DISC -> {
          if (length != 4) {
            throw new MalformedRecordException("MED has " + length + " bytes (expected: 4)");
          }
          med = value.uint32();
        }
        default -> {}
      }
    }
    boolean isStandIn = asnBytes == 2 && path.last == AS_TRANS && longPath.last != 0;
    long origin = isStandIn ? longPath.last : path.last;
    return new PathAttributes(path.length, path.first, origin, med);
  }

  private static AsPath asPath(RecordBytes bytes, int asnBytes) throws MalformedRecordException {
    int length = 0;
    long first = 0;
    long last = 0;
    while (bytes.left() > 0) {
      int kind = bytes.uint8();
      int count = bytes.uint8();
      RecordBytes numbers = bytes.part(count * asnBytes);
      switch (kind) {
        case AS_SEQUENCE -> {
          for (int i = 0; i < count; i++) {
            last = asnBytes == 2 ? numbers.uint16() : numbers.uint32();
            first = length == 0 && i == 0 ? last : first;
          }
          length += count;
        }
        case AS_SET -> {
          length += count == 0 ? 0 : 1;
          last = count == 0 ? last : 0;
        }
        case AS_CONFED_SEQUENCE, AS_CONFED_SET -> {}
        default ->
            throw new MalformedRecordException(
                "AS path has a segment of type " + kind + " (expected: 1 to 4)");
      }
    }
    return new AsPath(length, first, last);
  }
}
