package io.tributary.steering.location.source;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.IpVersion;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Writes dumps after RFC 6396, as far as tests need them. */
final class MrtWriter {
  static final int SEQUENCE = 2;
  static final int SET = 1;
  static final int CONFED_SEQUENCE = 3;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** A part of an AS path. */
  record Segment(int kind, List<Long> asns) {
    static Segment sequence(long... asns) {
      return new Segment(SEQUENCE, Arrays.stream(asns).boxed().toList());
    }

    static Segment set(long... asns) {
      return new Segment(SET, Arrays.stream(asns).boxed().toList());
    }
  }

  /** A peer of the index table. */
  record Peer(String address, long asn, boolean hasLongAsn) {}

  /** A route of a record of the second version. */
  static final class Entry {
    private final int peer;
    private final byte[] attributes;

    Entry(int peer, byte[] attributes) {
      this.peer = peer;
      this.attributes = attributes;
    }
  }

  interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  byte[] bytes() {
    return file.toByteArray();
  }

  MrtWriter record(int type, int subtype, Content content) {
    byte[] body = written(content);
    return record(type, subtype, body.length, body);
  }

  /** A record that says of its length what is not so. */
  MrtWriter record(int type, int subtype, int length, byte[] body) {
    file.writeBytes(
        written(out -> {
          out.writeInt(1_700_000_000);
          out.writeShort(type);
          out.writeShort(subtype);
          out.writeInt(length);
          out.write(body);
        }));
    return this;
  }

  MrtWriter tableDump(String prefix, String peer, int asn, byte[] attributes) {
    IpPrefix parsed = IpPrefix.parse(prefix);
    return record(
        12,
        parsed.version() == IpVersion.V4 ? 1 : 2,
        out -> {
          out.writeShort(0);
          out.writeShort(7);
          out.write(address(parsed));
          out.writeByte(parsed.length());
          out.writeByte(1);
          out.writeInt(1_700_000_000);
          out.write(InetAddress.ofLiteral(peer).getAddress());
          out.writeShort(asn);
          out.writeShort(attributes.length);
          out.write(attributes);
        });
  }

  MrtWriter peerIndex(Peer... peers) {
    return record(
        13,
        1,
        out -> {
          out.writeInt(0x0A000001);
          out.writeShort(4);
          out.writeBytes("view");
          out.writeShort(peers.length);
          for (Peer peer : peers) {
            byte[] address = InetAddress.ofLiteral(peer.address()).getAddress();
            out.writeByte((address.length == 16 ? 1 : 0) | (peer.hasLongAsn() ? 2 : 0));
            out.writeInt(0x0A000002);
            out.write(address);
            if (peer.hasLongAsn()) {
              out.writeInt((int) peer.asn());
            } else {
              out.writeShort((int) peer.asn());
            }
          }
        });
  }

  MrtWriter rib(String prefix, Entry... entries) {
    return rib(prefix, false, entries);
  }

  MrtWriter ribWithPathIds(String prefix, Entry... entries) {
    return rib(prefix, true, entries);
  }

  private MrtWriter rib(String prefix, boolean hasPathIds, Entry... entries) {
    IpPrefix parsed = IpPrefix.parse(prefix);
    int subtype = (parsed.version() == IpVersion.V4 ? 2 : 4) + (hasPathIds ? 6 : 0);
    return record(
        13,
        subtype,
        out -> {
          out.writeInt(1);
          out.writeByte(parsed.length());
          out.write(address(parsed), 0, (parsed.length() + 7) / 8);
          out.writeShort(entries.length);
          for (Entry entry : entries) {
            out.writeShort(entry.peer);
            out.writeInt(1_700_000_000);
            if (hasPathIds) {
              out.writeInt(99);
            }
            out.writeShort(entry.attributes.length);
            out.write(entry.attributes);
          }
        });
  }

  static byte[] attributes(int asnBytes, long med, Segment... path) {
    return written(out -> {
      attribute(out, 0x40, 1, new byte[] {0}); // ORIGIN
      attribute(out, 0x50, 2, asPath(asnBytes, path)); // with a length of two bytes
      attribute(out, 0x40, 3, new byte[] {10, 0, 0, 1}); // NEXT_HOP
      if (med > 0) {
        attribute(out, 0x80, 4, ByteBuffer.allocate(4).putInt((int) med).array());
      }
      attribute(out, 0xC0, 8, new byte[8]); // communities
    });
  }

  static byte[] withLongPath(byte[] attributes, Segment... path) {
    return written(out -> {
      out.write(attributes);
      attribute(out, 0xC0, 17, asPath(4, path));
    });
  }

  private static byte[] asPath(int asnBytes, Segment... path) {
    return written(out -> {
      for (Segment segment : path) {
        out.writeByte(segment.kind());
        out.writeByte(segment.asns().size());
        for (long asn : segment.asns()) {
          if (asnBytes == 2) {
            out.writeShort((int) asn);
          } else {
            out.writeInt((int) asn);
          }
        }
      }
    });
  }

  private static void attribute(DataOutputStream out, int flags, int type, byte[] value)
      throws IOException {
    out.writeByte(flags);
    out.writeByte(type);
    if ((flags & 0x10) != 0) {
      out.writeShort(value.length);
    } else {
      out.writeByte(value.length);
    }
    out.write(value);
  }

  private static byte[] address(IpPrefix prefix) {
    ByteBuffer bytes = ByteBuffer.allocate(16).putLong(prefix.high()).putLong(prefix.low());
    return Arrays.copyOf(bytes.array(), prefix.version().bits() / 8);
  }

  private static byte[] written(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
