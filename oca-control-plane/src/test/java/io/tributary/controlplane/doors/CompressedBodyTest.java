package io.tributary.controlplane.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressedBodyTest {
  private static final int MOST = 10_000;

  @Test
  void whatIsWithinTheBoundIsReadWhole() throws IOException {
    byte[] plain = bytes(MOST / 2);

    var read = assertInstanceOf(CompressedBody.Inflated.class, read(gzip(plain)));

    assertEquals(plain.length, read.length());
    assertArrayEquals(plain, read.bytes().readAllBytes());
  }

  @Test
  void theBoundItselfIsWithin_oneMoreIsNot() throws IOException {
    assertInstanceOf(CompressedBody.Inflated.class, read(gzip(new byte[MOST])));
    assertEquals(new CompressedBody.TooLarge(), read(gzip(new byte[MOST + 1])));
  }

  @Test
  void aBombIsRefusedOnceItIsOverTheBound() throws IOException {
    ByteArrayInputStream bomb = new ByteArrayInputStream(gzip(new byte[100 * MOST]));
    int length = bomb.available();

    assertEquals(new CompressedBody.TooLarge(), CompressedBody.read(bomb, MOST));
    assertEquals(true, length < MOST, "it is small by itself");
  }

  /** Empty blocks inflate to nothing, however many come. */
  @Test
  void whatNeverInflatesToAnythingIsRefusedToo() throws IOException {
    byte[] head = Arrays.copyOf(gzip(new byte[0]), 10);
    ByteArrayOutputStream endless = new ByteArrayOutputStream();
    endless.write(head);
    for (int i = 0; i < MOST; i++) {
      endless.write(new byte[] {0, 0, 0, (byte) 0xFF, (byte) 0xFF}); // stored, not the last, empty
    }

    assertEquals(new CompressedBody.TooLarge(), read(endless.toByteArray()));
  }

  /**
   * The JDK's reader has a frame on the stack for each, and ends with an error at some thousands.
   */
  @Test
  void membersWithoutEndThatAreEmptyAreRefused() throws IOException {
    byte[] empty = gzip(new byte[0]);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      members.write(empty);
    }

    assertInstanceOf(
        CompressedBody.Broken.class,
        CompressedBody.read(new ByteArrayInputStream(members.toByteArray()), 10_000_000));
  }

  @Test
  void aBodyOfTwoMembersIsBoth() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(new byte[] {1}));
    members.write(gzip(new byte[] {2}));

    var read = assertInstanceOf(CompressedBody.Inflated.class, read(members.toByteArray()));

    assertArrayEquals(new byte[] {1, 2}, read.bytes().readAllBytes());
  }

  @Test
  void whatIsNoGzipOrCutShortIsBroken() throws IOException {
    byte[] whole = gzip(bytes(1_000));

    assertInstanceOf(CompressedBody.Broken.class, read(bytes(100)));
    assertInstanceOf(CompressedBody.Broken.class, read(new byte[0]));
    assertInstanceOf(CompressedBody.Broken.class, read(Arrays.copyOf(whole, whole.length - 1)));
  }

  private static CompressedBody read(byte[] body) throws IOException {
    return CompressedBody.read(new ByteArrayInputStream(body), MOST);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }
}
