package io.tributary.controlplane;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * The first message of a TLS client, byte by byte, and what a server says to it. The JDK's own
 * client refuses old versions itself, so that it cannot show that the server does.
 */
final class TlsHello {
  static final int TLS_1_0 = 0x0301;
  static final int TLS_1_1 = 0x0302;
  static final int TLS_1_2 = 0x0303;

  /** By RFC 5246: the version is known and not supported. */
  static final Answer PROTOCOL_VERSION = new Alert(70);

  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final byte CLIENT_HELLO = 1;

  /** Four that a door with an EC key may take, two of them older than TLS 1.2. */
  private static final int[] CIPHER_SUITES = {0xC02B, 0xC02C, 0xC009, 0xC00A};

  private static final int SUPPORTED_GROUPS = 10;
  private static final int POINT_FORMATS = 11;
  private static final int SIGNATURE_ALGORITHMS = 13;

  private TlsHello() {}

  sealed interface Answer {}

  /** The server goes on with the handshake. */
  record Agreed() implements Answer {}

  /** The server ends it, and says why. */
  record Alert(int description) implements Answer {}

  static Answer say(int port, int version) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(record(version));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int type = in.readUnsignedByte();
      in.skipNBytes(4);
      return switch (type) {
        case HANDSHAKE -> new Agreed();
        case ALERT -> {
          in.skipNBytes(1);
          yield new Alert(in.readUnsignedByte());
        }
        default -> throw new IOException("record type is " + type + " (expected: 21 or 22)");
      };
    }
  }

  private static byte[] record(int version) throws IOException {
    byte[] hello = hello(version);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(HANDSHAKE);
    out.writeShort(TLS_1_0);
    out.writeShort(hello.length + 4);
    out.writeInt(CLIENT_HELLO << 24 | hello.length);
    out.write(hello);
    return bytes.toByteArray();
  }

  private static byte[] hello(int version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(version);
    // The random, and no session to resume.
    out.write(new byte[32]);
    out.writeByte(0);
    out.writeShort(CIPHER_SUITES.length * 2);
    for (int suite : CIPHER_SUITES) {
      out.writeShort(suite);
    }
    // No compression.
    out.write(new byte[] {1, 0});
    byte[] extensions = extensions();
    out.writeShort(extensions.length);
    out.write(extensions);
    return bytes.toByteArray();
  }

  /** P-256, uncompressed points, ECDSA with SHA-256. */
  private static byte[] extensions() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    extension(out, SUPPORTED_GROUPS, 0, 2, 0, 23);
    extension(out, POINT_FORMATS, 1, 0);
    extension(out, SIGNATURE_ALGORITHMS, 0, 2, 4, 3);
    return bytes.toByteArray();
  }

  private static void extension(DataOutputStream out, int type, int... body) throws IOException {
    out.writeShort(type);
    out.writeShort(body.length);
    for (int one : body) {
      out.writeByte(one);
    }
  }
}
