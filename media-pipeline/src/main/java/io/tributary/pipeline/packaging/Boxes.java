package io.tributary.pipeline.packaging;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the boxes (ISO/IEC 14496-12) of a piece of memory. Never reads outside of it. */
final class Boxes {
  /** More children than any real header or fragment has. */
  private static final int MAX_CHILDREN = 4096;

  private Boxes() {}

  /**
   * A box.
   *
   * @param type four characters
   * @param body what follows its header; each call gives a fresh view, positioned at 0
   */
  record Box(String type, ByteBuffer body) {
    @Override
    public ByteBuffer body() {
      return body.slice();
    }

    /** The one child of this type, by path, e.g. {@code mdia/mdhd}. */
    Box at(String path) throws MalformedMediaException {
      Box box = this;
      for (String step : path.split("/", -1)) {
        Box parent = box;
        box =
            first(Boxes.children(box.body()), step)
                .orElseThrow(() -> new MalformedMediaException(parent.type() + " has no " + step));
      }
      return box;
    }

    /** The children that follow {@code skip} bytes of fields. */
    List<Box> children(int skip) throws MalformedMediaException {
      ByteBuffer rest = body();
      if (skip > rest.remaining()) {
        throw new MalformedMediaException(type + " is too short");
      }
      return Boxes.children(rest.position(skip).slice());
    }
  }

  static Optional<Box> first(List<Box> boxes, String type) {
    return boxes.stream().filter(box -> box.type().equals(type)).findFirst();
  }

  /** All boxes from the buffer's position to its limit. */
  static List<Box> children(ByteBuffer in) throws MalformedMediaException {
    List<Box> boxes = new ArrayList<>();
    try {
      while (in.remaining() > 0) {
        int start = in.position();
        long size = Integer.toUnsignedLong(in.getInt());
        String type = type(in);
        if (size == 1) {
          size = in.getLong();
        } else if (size == 0) {
          size = (long) in.limit() - start;
        }
        int header = in.position() - start;
        if (size < header || size > in.limit() - start || boxes.size() >= MAX_CHILDREN) {
          throw new MalformedMediaException(
              type + " has size " + size + " (expected: within its parent)");
        }
        boxes.add(new Box(type, in.slice(in.position(), (int) size - header)));
        in.position(start + (int) size);
      }
    } catch (BufferUnderflowException _) {
      throw new MalformedMediaException("a box breaks off in its header");
    }
    return boxes;
  }

  static String type(ByteBuffer in) {
    byte[] type = new byte[4];
    in.get(type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }
}
