package io.tributary.steering.location.source;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.IpVersion;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes databases of IPv4 addresses after the MaxMind DB format 2.0, as far as tests need them.
 */
final class MaxMindDatabase {
  private static final int MAP = 7;
  private static final int STRING = 2;
  private static final int DOUBLE = 3;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;

  private static final int NOTHING = -1;

  private final List<int[]> nodes = new ArrayList<>(List.of(node()));
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** A place by its coordinates, neither of which needs to be one. */
  MaxMindDatabase put(String prefix, double latitude, double longitude) throws IOException {
    ByteArrayOutputStream place = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(place);
    control(out, MAP, 2);
    text(out, "city");
    control(out, MAP, 0);
    text(out, "location");
    control(out, MAP, 3);
    text(out, "latitude");
    control(out, DOUBLE, 8);
    out.writeDouble(latitude);
    text(out, "longitude");
    control(out, DOUBLE, 8);
    out.writeDouble(longitude);
    text(out, "accuracy_radius");
    number(out, UINT16, 2, 50);
    return put(IpPrefix.parse(prefix), place.toByteArray());
  }

  /** A record without a place. */
  MaxMindDatabase putNowhere(String prefix) throws IOException {
    ByteArrayOutputStream place = new ByteArrayOutputStream();
    control(new DataOutputStream(place), MAP, 0);
    return put(IpPrefix.parse(prefix), place.toByteArray());
  }

  private MaxMindDatabase put(IpPrefix prefix, byte[] place) {
    int node = 0;
    for (int bit = 0; bit < prefix.length() - 1; bit++) {
      int side = (int) (prefix.high() >>> (63 - bit)) & 1;
      if (nodes.get(node)[side] == NOTHING) {
        nodes.add(node());
        nodes.get(node)[side] = nodes.size() - 1;
      }
      node = nodes.get(node)[side];
    }
    int side = (int) (prefix.high() >>> (64 - prefix.length())) & 1;
    nodes.get(node)[side] = -2 - data.size();
    data.writeBytes(place);
    return this;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(file);
    for (int[] node : nodes) {
      for (int record : node) {
        out.writeInt(
            record == NOTHING
                ? nodes.size()
                : record < NOTHING ? nodes.size() + 16 + (-2 - record) : record);
      }
    }
    out.write(new byte[16]);
    data.writeTo(out);
    out.write(new byte[] {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF});
    out.writeBytes("MaxMind.com");
    control(out, MAP, 9);
    for (Map.Entry<String, Integer> entry :
        Map.of(
                "binary_format_major_version", 2,
                "binary_format_minor_version", 0,
                "ip_version", IpVersion.V4.bits() / 8,
                "record_size", 32)
            .entrySet()) {
      text(out, entry.getKey());
      number(out, UINT16, 2, entry.getValue());
    }
    text(out, "node_count");
    number(out, UINT32, 4, nodes.size());
    text(out, "build_epoch");
    number(out, UINT64, 8, 1_700_000_000);
    text(out, "database_type");
    text(out, "Test");
    text(out, "languages");
    control(out, ARRAY, 0);
    text(out, "description");
    control(out, MAP, 0);
    return file.toByteArray();
  }

  private static int[] node() {
    return new int[] {NOTHING, NOTHING};
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    control(out, STRING, bytes.length);
    out.write(bytes);
  }

  private static void number(DataOutputStream out, int type, int size, long value)
      throws IOException {
    control(out, type, size);
    for (int i = size - 1; i >= 0; i--) {
      out.writeByte((int) (value >>> (8 * i)));
    }
  }

  private static void control(DataOutputStream out, int type, int size) throws IOException {
    if (type > 7) {
      out.writeByte(Math.min(size, 29));
      out.writeByte(type - 7);
    } else if (size < 29) {
      out.writeByte(type << 5 | size);
    } else {
      out.writeByte(type << 5 | 29);
      out.writeByte(size - 29);
    }
  }
}
