package io.tributary.steering.location.source;

/**
 * The bytes of a record, read from front to back. Whatever the record says of its own lengths,
 * nothing beyond its end is read. For one thread.
 */
final class RecordBytes {
  private final byte[] bytes;
  private int at;
  private final int end;

  RecordBytes(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int left() {
    return end - at;
  }

  int uint8() throws MalformedRecordException {
    need(1);
    return Byte.toUnsignedInt(bytes[at++]);
  }

  int uint16() throws MalformedRecordException {
    return uint8() << 8 | uint8();
  }

  long uint32() throws MalformedRecordException {
    return (long) uint16() << 16 | uint16();
  }

  void skip(int count) throws MalformedRecordException {
    need(count);
    at += count;
  }

  /** The next bytes. */
  byte[] take(int count) throws MalformedRecordException {
    need(count);
    byte[] taken = new byte[count];
    System.arraycopy(bytes, at, taken, 0, count);
    at += count;
    return taken;
  }

  /** The next bytes, as a record in the record. */
  RecordBytes part(int count) throws MalformedRecordException {
    need(count);
    RecordBytes part = new RecordBytes(bytes, at, at + count);
    at += count;
    return part;
  }

  private void need(int count) throws MalformedRecordException {
    if (count > left()) {
      throw new MalformedRecordException(
          "record has " + left() + " bytes left (expected: at least " + count + ")");
    }
  }
}
