package io.tributary.pipeline.packaging;

import io.tributary.contracts.media.MediaKind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a fragmented MP4 file of one track says of itself, read from its boxes.
 *
 * @param kind picture or sound
 * @param codecs as RFC 6381 writes them
 * @param timescale units a second
 * @param width pixels; 0 for sound
 * @param height pixels; 0 for sound
 * @param channels 0 for a picture
 * @param sampleRateHertz 0 for a picture
 * @param initBytes length of the header, from the file's first byte
 * @param fragments in the file's order
 */
record FragmentedTrack(
    MediaKind kind,
    String codecs,
    long timescale,
    int width,
    int height,
    int channels,
    int sampleRateHertz,
    long initBytes,
    List<Fragment> fragments) {

  /** A header or a fragment's table is never nearly as large. */
  private static final long MAX_TABLE_BYTES = 16L * 1024 * 1024;

  /** 24 h of segments of 1 s. */
  private static final int MAX_FRAGMENTS = 86_400;

  private static final int SAMPLE_IS_NOT_SYNC = 0x10000;

  FragmentedTrack {
    fragments = List.copyOf(fragments);
  }

  /**
   * A fragment: its {@code moof} and the {@code mdat} after it.
   *
   * @param offset of its first byte in the file
   * @param bytes of both boxes
   * @param start presentation time of its first frame
   * @param duration the sum of its samples' durations
   * @param startsDecodable whether its first sample needs no other
   */
  record Fragment(long offset, long bytes, long start, long duration, boolean startsDecodable) {}

  /** Defaults of {@code trex} that {@code tfhd} may replace. */
  private record Defaults(long duration, long size, int flags) {}

  static FragmentedTrack read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      return read(in);
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException _) {
      throw new MalformedMediaException(file.getFileName() + ": a box is shorter than its fields");
    }
  }

  private static FragmentedTrack read(FileChannel in) throws IOException {
    long initBytes = -1;
    FragmentedTrack header = null;
    Defaults defaults = new Defaults(0, 0, 0);
    List<Fragment> fragments = new ArrayList<>();
    long moofAt = -1;
    ByteBuffer moof = ByteBuffer.allocate(0);
    long end = in.size();
    for (long at = 0; at < end; ) {
      ByteBuffer head = bytes(in, at, Math.min(16, end - at));
      long size = Integer.toUnsignedLong(head.getInt());
      String type = Boxes.type(head);
      int headBytes = 8;
      if (size == 1) {
        size = head.getLong();
        headBytes = 16;
      }
      if (size < headBytes || size > end - at) {
        throw new MalformedMediaException(
            type + " at " + at + " has size " + size + " (expected: within the file)");
      }
      switch (type) {
        case "moov" -> {
          if (header != null) {
            throw new MalformedMediaException("a second moov at " + at);
          }
          var moov = new Boxes.Box(type, table(in, type, at + headBytes, size - headBytes));
          header = header(moov);
          defaults = defaults(moov);
          initBytes = at + size;
        }
        case "moof" -> {
          moofAt = at;
          moof = table(in, type, at + headBytes, size - headBytes);
        }
        case "mdat" -> {
          if (header == null || moofAt < 0) {
            throw new MalformedMediaException("mdat at " + at + " without a moof before it");
          }
          if (fragments.size() >= MAX_FRAGMENTS) {
            throw new MalformedMediaException("more than " + MAX_FRAGMENTS + " fragments");
          }
          fragments.add(
              fragment(new Boxes.Box("moof", moof), defaults, moofAt, at + size - moofAt));
          moofAt = -1;
        }
        default -> {
          // ftyp, and whatever a packager adds between fragments.
        }
      }
      at += size;
    }
    if (header == null) {
      throw new MalformedMediaException("no moov");
    }
    return new FragmentedTrack(
        header.kind(),
        header.codecs(),
        header.timescale(),
        header.width(),
        header.height(),
        header.channels(),
        header.sampleRateHertz(),
        initBytes,
        fragments);
  }

  private static ByteBuffer table(FileChannel in, String type, long at, long size)
      throws IOException {
    if (size > MAX_TABLE_BYTES) {
      throw new MalformedMediaException(
          type + " has " + size + " bytes (expected: at most " + MAX_TABLE_BYTES + ")");
    }
    return bytes(in, at, size);
  }

  private static ByteBuffer bytes(FileChannel in, long at, long size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) size);
    while (buffer.hasRemaining()) {
      if (in.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("the file ends at " + (at + buffer.position()));
      }
    }
    return buffer.flip();
  }

  private static FragmentedTrack header(Boxes.Box moov) throws MalformedMediaException {
    Boxes.Box media = moov.at("trak/mdia");
    ByteBuffer mdhd = media.at("mdhd").body();
    long timescale = Integer.toUnsignedLong(mdhd.getInt(mdhd.get(0) == 1 ? 20 : 12));
    if (timescale == 0) {
      throw new MalformedMediaException("mdhd has timescale 0");
    }
    // Full-box fields and the entries' number come before the one entry.
    List<Boxes.Box> entries = media.at("minf/stbl/stsd").children(8);
    if (entries.size() != 1) {
      throw new MalformedMediaException("stsd has " + entries.size() + " entries (expected: 1)");
    }
    Boxes.Box entry = entries.getFirst();
    ByteBuffer fields = entry.body();
    return switch (entry.type()) {
      case "avc1" -> {
        ByteBuffer avcc =
            Boxes.first(entry.children(78), "avcC")
                .orElseThrow(() -> new MalformedMediaException("avc1 has no avcC"))
                .body();
        byte[] profile = {avcc.get(1), avcc.get(2), avcc.get(3)};
        yield new FragmentedTrack(
            MediaKind.VIDEO,
            "avc1." + HexFormat.of().formatHex(profile),
            timescale,
            Short.toUnsignedInt(fields.getShort(24)),
            Short.toUnsignedInt(fields.getShort(26)),
            0,
            0,
            0,
            List.of());
      }
      case "mp4a" ->
          new FragmentedTrack(
              MediaKind.AUDIO,
              "mp4a.40." + audioObjectType(entry),
              timescale,
              0,
              0,
              Short.toUnsignedInt(fields.getShort(16)),
              Short.toUnsignedInt(fields.getShort(24)),
              0,
              List.of());
      default -> throw new MalformedMediaException("a track of " + entry.type());
    };
  }

  /** From the decoder's configuration in {@code esds}: ISO/IEC 14496-1 descriptors 3, 4 and 5. */
  private static int audioObjectType(Boxes.Box entry) throws MalformedMediaException {
    ByteBuffer in =
        Boxes.first(entry.children(28), "esds")
            .orElseThrow(() -> new MalformedMediaException("mp4a has no esds"))
            .body()
            .position(4);
    descriptor(in, 3);
    in.position(in.position() + 3);
    descriptor(in, 4);
    in.position(in.position() + 13);
    descriptor(in, 5);
    int type = (in.get() & 0xff) >> 3;
    return type == 31 ? 32 : type;
  }

  private static void descriptor(ByteBuffer in, int expected) throws MalformedMediaException {
    int tag = in.get();
    if (tag != expected) {
      throw new MalformedMediaException(
          "esds has descriptor " + tag + " (expected: " + expected + ")");
    }
    // Its length, seven bits a byte.
    for (int i = 0; i < 4 && (in.get() & 0x80) != 0; i++) {}
  }

  private static Defaults defaults(Boxes.Box moov) throws MalformedMediaException {
    ByteBuffer trex = moov.at("mvex/trex").body();
    return new Defaults(
        Integer.toUnsignedLong(trex.getInt(12)),
        Integer.toUnsignedLong(trex.getInt(16)),
        trex.getInt(20));
  }

  private static Fragment fragment(Boxes.Box moof, Defaults trex, long offset, long bytes)
      throws MalformedMediaException {
    Boxes.Box traf = moof.at("traf");
    Defaults defaults = trackDefaults(traf.at("tfhd").body(), trex);
    ByteBuffer tfdt = traf.at("tfdt").body();
    long decodeTime = tfdt.get(0) == 1 ? tfdt.getLong(4) : Integer.toUnsignedLong(tfdt.getInt(4));
    long time = decodeTime;
    long start = Long.MAX_VALUE;
    boolean startsDecodable = false;
    boolean isFirst = true;
    for (Boxes.Box box : traf.children(0)) {
      if (!box.type().equals("trun")) {
        continue;
      }
      ByteBuffer trun = box.body();
      int flags = trun.getInt();
      boolean isSigned = flags >>> 24 != 0;
      long samples = Integer.toUnsignedLong(trun.getInt());
      if ((flags & 0x1) != 0) {
        trun.getInt();
      }
      int firstFlags = (flags & 0x4) != 0 ? trun.getInt() : defaults.flags();
      boolean hasFirstFlags = (flags & 0x4) != 0;
      int entryBytes = 4 * Integer.bitCount(flags & 0xf00);
      if (entryBytes == 0 ? samples > 1_000_000 : samples > trun.remaining() / entryBytes) {
        throw new MalformedMediaException("trun names " + samples + " samples");
      }
      for (long i = 0; i < samples; i++) {
        long duration =
            (flags & 0x100) != 0 ? Integer.toUnsignedLong(trun.getInt()) : defaults.duration();
        if ((flags & 0x200) != 0) {
          trun.getInt();
        }
        int own = (flags & 0x400) != 0 ? trun.getInt() : defaults.flags();
        int shift = (flags & 0x800) != 0 ? trun.getInt() : 0;
        if (isFirst) {
          int first = hasFirstFlags ? firstFlags : own;
          startsDecodable = (first & SAMPLE_IS_NOT_SYNC) == 0;
          isFirst = false;
        }
        start = Math.min(start, time + (isSigned ? shift : Integer.toUnsignedLong(shift)));
        time = Math.addExact(time, duration);
      }
    }
    if (isFirst) {
      throw new MalformedMediaException("a fragment without samples at " + offset);
    }
    return new Fragment(offset, bytes, start, time - decodeTime, startsDecodable);
  }

  private static Defaults trackDefaults(ByteBuffer tfhd, Defaults trex) {
    int flags = tfhd.getInt();
    tfhd.getInt();
    if ((flags & 0x1) != 0) {
      tfhd.getLong();
    }
    if ((flags & 0x2) != 0) {
      tfhd.getInt();
    }
    return new Defaults(
        (flags & 0x8) != 0 ? Integer.toUnsignedLong(tfhd.getInt()) : trex.duration(),
        (flags & 0x10) != 0 ? Integer.toUnsignedLong(tfhd.getInt()) : trex.size(),
        (flags & 0x20) != 0 ? tfhd.getInt() : trex.flags());
  }
}
