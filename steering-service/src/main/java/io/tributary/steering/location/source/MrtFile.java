package io.tributary.steering.location.source;

import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.SetAsideReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * Reads tables that routers dumped in MRT (RFC 6396): {@code TABLE_DUMP} and {@code TABLE_DUMP_V2},
 * IPv4 and IPv6 unicast, the latter's {@code ADDPATH} kinds too (RFC 8050). Other records are
 * counted and passed over. Of each route the peer that it was heard from decides for which site it
 * counts, if what it says is granted to that site's network.
 *
 * <p>A record that cannot be read is set aside and the next one is read. Where a record goes beyond
 * the file's end, or the first is of no known type, reading ends. For one thread.
 */
public final class MrtFile {
  /** A thousand peers, each with as many attributes as fit in a BGP message of 4 KiB. */
  private static final int MAX_RECORD_BYTES = 4 << 20;

  /** Four times the largest public collector's table with all its peers, unpacked. */
  private static final long MAX_BYTES = 16L << 30;

  private static final int HEADER_BYTES = 12;

  private static final int TABLE_DUMP = 12;
  private static final int TABLE_DUMP_V2 = 13;

  /** Types that RFC 6396 has or had. */
  private static final Set<Integer> KNOWN_TYPES =
      Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 32, 33, 48, 49);

  private final PeerSites peers;
  private final RouteSink sink;

  public MrtFile(PeerSites peers, RouteSink sink) {
    this.peers = peers;
    this.sink = sink;
  }

  /**
   * Reads a dump. Never throws.
   *
   * @param name for the report
   * @param source plain or packed by gzip; stays open
   */
  public SourceReport read(String name, InputStream source) {
    SourceTally tally = new SourceTally(name);
    try {
      return read(SourceBytes.open(source, MAX_BYTES), tally);
    } catch (IOException e) {
      return tally.broken(
          "cannot be read beyond record " + tally.records() + ": " + e.getMessage());
    }
  }

  private SourceReport read(InputStream bytes, SourceTally tally) throws IOException {
    MrtRoutes routes = new MrtRoutes(peers, sink, tally);
    byte[] header = new byte[HEADER_BYTES];
    byte[] body = new byte[4096];
    long at = 0;
    while (true) {
      int headerBytes = bytes.readNBytes(header, 0, HEADER_BYTES);
      if (headerBytes == 0 && tally.records() > 0) {
        return tally.whole();
      }
      int type = (header[4] & 0xFF) << 8 | (header[5] & 0xFF);
      if (tally.records() == 0 && (headerBytes < HEADER_BYTES || !KNOWN_TYPES.contains(type))) {
        return tally.broken("is no MRT file (expected: a record of a known type)");
      }
      if (headerBytes < HEADER_BYTES) {
        return tally.broken("ends in the header of the record at byte " + at);
      }
      tally.record();
      int subtype = (header[6] & 0xFF) << 8 | (header[7] & 0xFF);
      long length = 0;
      for (int i = 8; i < HEADER_BYTES; i++) {
        length = length << 8 | (header[i] & 0xFF);
      }
      boolean isRead = isTable(type) && length <= MAX_RECORD_BYTES;
      if (isRead && length > body.length) {
        body = new byte[Math.min(MAX_RECORD_BYTES, (int) length * 2)];
      }
      long found = isRead ? bytes.readNBytes(body, 0, (int) length) : skip(bytes, length);
      if (found < length) {
        return tally.broken(
            "ends in the record at byte " + at + ", " + (length - found) + " bytes before its end");
      }
      if (isRead) {
        RecordBytes record = new RecordBytes(body, 0, (int) length);
        routes.take(type == TABLE_DUMP_V2, subtype, record, at);
      } else {
        SetAsideReason reason = isTable(type) ? SetAsideReason.TOO_LONG : SetAsideReason.OTHER_KIND;
        String what = "type is " + type + ", length is " + length;
        tally.setAside(reason, "byte", at, () -> what);
      }
      at += HEADER_BYTES + length;
    }
  }

  private static boolean isTable(int type) {
    return type == TABLE_DUMP || type == TABLE_DUMP_V2;
  }

  /** How many bytes there were to skip. */
  private static long skip(InputStream bytes, long count) throws IOException {
    long left = count;
    while (left > 0) {
      long skipped = bytes.skip(left);
      if (skipped == 0 && bytes.read() < 0) {
        break;
      }
      left -= Math.max(1, skipped);
    }
    return count - left;
  }
}
