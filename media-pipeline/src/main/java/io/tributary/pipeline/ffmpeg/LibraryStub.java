package io.tributary.pipeline.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;

/**
 * An empty 64-bit ELF shared library: a name, the symbol versions that its users ask for, and no
 * symbol.
 *
 * <p>The packaged ffmpeg is linked with libraries of a desktop (PulseAudio, ALSA, X) for devices
 * that we never open. The dynamic loader refuses to start it where one is absent, as on a server,
 * although functions are bound only when they are called. An empty library in its place satisfies
 * it.
 */
final class LibraryStub {
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int PROGRAM_HEADERS = 3;
  private static final int SYMBOL_BYTES = 24;
  private static final int VERSION_BYTES = 28;

  /** 64 KiB, the largest page of the processors we run on. */
  private static final long ALIGNMENT = 0x10000;

  private LibraryStub() {}

  /**
   * Writes the library.
   *
   * @param file its path; replaced
   * @param versions of symbols that users demand, e.g. {@code PULSE_0}; may be empty
   */
  static void write(Path file, SequencedSet<String> versions) throws IOException {
    List<String> names = new ArrayList<>();
    names.add(file.getFileName().toString());
    names.addAll(versions);
    StringBuilder strings = new StringBuilder("\0");
    int[] offsets = new int[names.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = strings.length();
      strings.append(names.get(i)).append('\0');
    }
    byte[] stringTable = strings.toString().getBytes(StandardCharsets.US_ASCII);

    int symbols = HEADER_BYTES + PROGRAM_HEADERS * PROGRAM_HEADER_BYTES;
    int hash = symbols + SYMBOL_BYTES;
    int versionOfSymbols = hash + 16;
    int definitions = versionOfSymbols + 8;
    int stringsAt = definitions + names.size() * VERSION_BYTES;
    int dynamic = (stringsAt + stringTable.length + 7) & ~7;
    long[][] entries = {
      {14, offsets[0]}, // SONAME
      {4, hash},
      {5, stringsAt},
      {6, symbols},
      {10, stringTable.length},
      {11, SYMBOL_BYTES},
      {0x6ffffff0L, versionOfSymbols},
      {0x6ffffffcL, definitions},
      {0x6ffffffdL, names.size()},
      {0, 0}
    };
    int end = dynamic + entries.length * 16;

    ByteBuffer out = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    out.putShort((short) 3); // a shared object
    out.putShort((short) (System.getProperty("os.arch").equals("aarch64") ? 183 : 62));
    out.putInt(1).putLong(0).putLong(HEADER_BYTES).putLong(0).putInt(0);
    out.putShort((short) HEADER_BYTES).putShort((short) PROGRAM_HEADER_BYTES);
    out.putShort((short) PROGRAM_HEADERS).putShort((short) 64).putShort((short) 0);
    out.putShort((short) 0);
    // Writable: the loader relocates the dynamic section in place.
    programHeader(out, 1, 6, 0, end, ALIGNMENT);
    programHeader(out, 2, 6, dynamic, end - dynamic, 8);
    // Without it the loader would want an executable stack.
    programHeader(out, 0x6474e551, 6, 0, 0, 16);
    out.position(hash).putInt(1).putInt(1).putInt(0).putInt(0);
    out.position(definitions);
    for (int i = 0; i < names.size(); i++) {
      boolean isLast = i == names.size() - 1;
      out.putShort((short) 1).putShort((short) (i == 0 ? 1 : 0)).putShort((short) (i + 1));
      out.putShort((short) 1).putInt(elfHash(names.get(i))).putInt(20);
      out.putInt(isLast ? 0 : VERSION_BYTES);
      out.putInt(offsets[i]).putInt(0);
    }
    out.position(stringsAt).put(stringTable);
    out.position(dynamic);
    for (long[] entry : entries) {
      out.putLong(entry[0]).putLong(entry[1]);
    }
    Files.write(file, out.array());
  }

  private static void programHeader(
      ByteBuffer out, int type, int flags, long offset, long bytes, long alignment) {
    out.putInt(type).putInt(flags).putLong(offset).putLong(offset).putLong(offset);
    out.putLong(bytes).putLong(bytes).putLong(alignment);
  }

  private static int elfHash(String name) {
    int hash = 0;
    for (byte b : name.getBytes(StandardCharsets.US_ASCII)) {
      hash = (hash << 4) + (b & 0xff);
      int high = hash & 0xf0000000;
      hash ^= high >>> 24;
      hash &= ~high;
    }
    return hash;
  }
}
