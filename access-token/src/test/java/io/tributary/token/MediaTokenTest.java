package io.tributary.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import io.tributary.token.Verification.Reason;
import io.tributary.token.Verification.Rejected;
import io.tributary.token.Verification.Verified;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MediaTokenTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final HexFormat HEX = HexFormat.of();

  private final ECKey key = TestKeys.key("2026-11");
  private final KeySet keys = TestKeys.set(key);
  private final MediaTokenSigner signer = new MediaTokenSigner(keys);
  private final MediaTokenVerifier verifier = new MediaTokenVerifier(keys::publicOnly);
  private final MediaGrant grant = grant("/big-film/p0123/", Map.of());

  private static MediaGrant grant(String prefix, Map<String, String> extras) {
    return new MediaGrant("media", "play-1", prefix, NOW, NOW.plus(Duration.ofHours(12)), extras);
  }

  @Test
  void whatWasSignedIsWhatIsVerified() {
    MediaGrant full = grant("/big-film/p0123/", Map.of("nodes", "a b", "title", "Überfilm"));

    assertThat(verifier.verify(signer.sign(full), NOW)).isEqualTo(new Verified(full));
    // From memory now.
    assertThat(verifier.verify(signer.sign(full), NOW)).isEqualTo(new Verified(full));
  }

  @Test
  void aTokenIsShortAndFitForAPath() {
    assertThat(signer.sign(grant)).matches("[A-Za-z0-9_-]{150,400}");
  }

  @Test
  void onlyPathsBelowThePrefixAreAllowed() {
    assertThat(grant.allows("/big-film/p0123/v720/init.mp4")).isTrue();
    assertThat(grant.allows("/big-film/p01234/v720/init.mp4")).isFalse();
    assertThat(grant("", Map.of()).allows("/big-film/p0123/v720/init.mp4")).isFalse();
  }

  @Test
  void aTooLongTokenIsNeitherMadeNorRead() {
    MediaGrant long2K = grant("/", Map.of("x", "y".repeat(2_000)));

    assertThatThrownBy(() -> signer.sign(long2K))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: at most 2048");
    assertThat(verifier.verify("A".repeat(2_049), NOW)).isEqualTo(new Rejected(Reason.TOO_LONG));
  }

  @Nested
  class InTime {
    private final String token = signer.sign(grant);

    @Test
    void aTokenIsVoidFromItsEndOnEvenWhenItIsRemembered() {
      Instant end = grant.expiresAt();

      assertThat(verifier.verify(token, end.minusMillis(1))).isInstanceOf(Verified.class);
      assertThat(verifier.verify(token, end)).isEqualTo(new Rejected(Reason.EXPIRED));
      assertThat(verifier.verify(token, end.plusSeconds(1)))
          .isEqualTo(new Rejected(Reason.EXPIRED));
    }

    @Test
    void aTokenFromTheFutureIsRefusedBeyondTheClocksLeeway() {
      assertThat(verifier.verify(token, NOW.minusSeconds(61)))
          .isEqualTo(new Rejected(Reason.NOT_YET_VALID));
      assertThat(verifier.verify(token, NOW.minusSeconds(60))).isInstanceOf(Verified.class);
    }
  }

  @Nested
  class OfAnother {
    @Test
    void audienceIsRefused() {
      MediaTokenVerifier plays = new MediaTokenVerifier(keys::publicOnly, "play");

      assertThat(plays.verify(signer.sign(grant), NOW))
          .isEqualTo(new Rejected(Reason.WRONG_AUDIENCE));
    }

    @Test
    void keyOfAnUnknownIdIsRefused() {
      String foreign = new MediaTokenSigner(TestKeys.set(TestKeys.key("foreign"))).sign(grant);

      assertThat(verifier.verify(foreign, NOW)).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void keyUnderOurIdIsRefused() {
      String forged = new MediaTokenSigner(TestKeys.set(TestKeys.key("2026-11"))).sign(grant);

      assertThat(verifier.verify(forged, NOW)).isEqualTo(new Rejected(Reason.BAD_SIGNATURE));
    }
  }

  @Nested
  class WhenKeysRotate {
    private final ECKey next = TestKeys.key("2026-12");
    private final AtomicReference<KeySet> known = new AtomicReference<>(keys);
    private final MediaTokenVerifier rotating = new MediaTokenVerifier(known::get);

    @Test
    void bothKeysVerifyWhileTheyOverlapAndTheOldOneDoesNotAfter() {
      String oldToken = signer.sign(grant);
      KeySet overlap = TestKeys.set(next, key);
      String newToken = new MediaTokenSigner(overlap).sign(grant);

      known.set(overlap.publicOnly());
      assertThat(rotating.verify(oldToken, NOW)).isInstanceOf(Verified.class);
      assertThat(rotating.verify(newToken, NOW)).isInstanceOf(Verified.class);

      known.set(TestKeys.set(next).publicOnly());
      assertThat(rotating.verify(oldToken, NOW)).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
      assertThat(rotating.verify(newToken, NOW)).isInstanceOf(Verified.class);
    }

    @Test
    void aKeyReplacedUnderItsIdTakesItsRememberedTokensWithIt() {
      String token = signer.sign(grant);
      assertThat(rotating.verify(token, NOW)).isInstanceOf(Verified.class);

      known.set(TestKeys.set(TestKeys.key("2026-11")).publicOnly());
      assertThat(rotating.verify(token, NOW)).isEqualTo(new Rejected(Reason.BAD_SIGNATURE));
    }
  }

  @Nested
  class Forged {
    private final byte[] genuine = Base64.getUrlDecoder().decode(signer.sign(grant));

    @Test
    void noByteCanBeChanged() {
      for (int i = 0; i < genuine.length; i++) {
        byte[] changed = genuine.clone();
        changed[i] ^= 1;
        assertThat(verifier.verify(base64(changed), NOW))
            .as("byte %d", i)
            .isInstanceOf(Rejected.class);
      }
    }

    @Test
    void noPrefixOfATokenIsOne() {
      for (int length = 0; length < genuine.length; length++) {
        assertThat(verifier.verify(base64(Arrays.copyOf(genuine, length)), NOW))
            .as("first %d bytes", length)
            .isInstanceOf(Rejected.class);
      }
    }

    @Test
    void nothingMayFollowAToken() {
      assertThat(verifier.verify(base64(Arrays.copyOf(genuine, genuine.length + 1)), NOW))
          .isEqualTo(new Rejected(Reason.MALFORMED));
    }

    @Test
    void oneTokenIsOneText() {
      String token = signer.sign(grant);
      String padding = "=".repeat((4 - token.length() % 4) % 4);

      assertThat(verifier.verify(token + "=", NOW)).isEqualTo(new Rejected(Reason.MALFORMED));
      if (!padding.isEmpty()) {
        assertThat(verifier.verify(token + padding, NOW)).isEqualTo(new Rejected(Reason.MALFORMED));
        char last = token.charAt(token.length() - 1);
        String spareBits = token.substring(0, token.length() - 1) + (char) (last + 1);
        assertThat(verifier.verify(spareBits, NOW)).isInstanceOf(Rejected.class);
      }
    }

    @Test
    void anotherAlgorithmIsRefusedBeforeAnyKeyIsUsed() {
      for (int algorithm : new int[] {5, -35, -8, 0}) {
        byte[] header =
            concat(
                new byte[] {(byte) 0xa2, 1},
                cborInt(algorithm),
                HEX.parseHex("0447"),
                "2026-11".getBytes(StandardCharsets.US_ASCII));
        byte[] token = CoseSign1.encode(header, CoseSign1.claims("tributary", grant), new byte[64]);
        assertThat(verifier.verify(base64(token), NOW))
            .as("algorithm %d", algorithm)
            .isEqualTo(new Rejected(Reason.WRONG_ALGORITHM));
      }
    }

    @Test
    void anAllZeroSignatureIsNobodys() {
      byte[] token =
          CoseSign1.encode(
              CoseSign1.protectedHeader("2026-11"),
              CoseSign1.claims("tributary", grant),
              new byte[64]);

      assertThat(verifier.verify(base64(token), NOW)).isEqualTo(new Rejected(Reason.BAD_SIGNATURE));
    }

    @Test
    void structuresThatPromiseMoreThanTheyHoldAreRefusedCheaply() {
      for (String hex :
          new String[] {
            "",
            "00",
            "80",
            "84",
            "d284",
            "9f",
            "f6",
            "a0",
            // Byte string, text and array of 2^63 - 1.
            "845b7fffffffffffffff",
            "847b7fffffffffffffff",
            "9b7fffffffffffffff",
            // An array in an array in an array …
            "81".repeat(1_000),
            // A map in a header in a map …
            "8444a101a101a0",
            "8443a1012640404040",
            // A critical header that nobody knows.
            "8446a2012602810aa04040"
          }) {
        assertThat(verifier.verify(base64(HEX.parseHex(hex)), NOW))
            .as(hex)
            .isEqualTo(new Rejected(Reason.MALFORMED));
      }
    }

    @Test
    void noRandomBytesAreAToken() {
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      for (int i = 0; i < 5_000; i++) {
        byte[] bytes = random.nextBoolean() ? genuine.clone() : new byte[random.nextInt(200)];
        for (int n = 1 + random.nextInt(8); n > 0 && bytes.length > 0; n--) {
          bytes[random.nextInt(bytes.length)] = (byte) (1 + random.nextInt(255));
        }
        if (!Arrays.equals(bytes, genuine)) {
          assertThat(verifier.verify(base64(bytes), NOW))
              .as("seed %d round %d", seed, i)
              .isInstanceOf(Rejected.class);
        }
      }
    }
  }

  /** RFC 8392, appendix A.3, with the key of A.2.3. */
  @Nested
  class TheExampleOfRfc8392 {
    private static final String SIGNED_CWT =
        "d28443a10126a104524173796d6d657472696345434453413235365850a70175"
            + "636f61703a2f2f61732e6578616d706c652e636f6d02656572696b7703781863"
            + "6f61703a2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a56"
            + "10d9f0061a5610d9f007420b7158405427c1ff28d23fbad1f29c4c7c6a555e60"
            + "1d6fa29f9179bc3d7438bacaca5acd08c8d4d4f96131680c429a01f85951ecee"
            + "743a52b9b63632c57209120e1c9e30";

    private final KeySet exampleKeys =
        KeySet.parse(
            """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"AsymmetricECDSA256","x":"%s","y":"%s"}]}
            """
                .formatted(
                    base64(
                        HEX.parseHex(
                            "143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f")),
                    base64(
                        HEX.parseHex(
                            "60f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9"))));
    private final MediaTokenVerifier light =
        new MediaTokenVerifier(() -> exampleKeys, "coap://light.example.com");
    private final Verified expected =
        new Verified(
            new MediaGrant(
                "coap://light.example.com",
                "\u000bq",
                "",
                Instant.ofEpochSecond(1443944944),
                Instant.ofEpochSecond(1444064944),
                Map.of()));

    @Test
    void isVerified() {
      assertThat(light.verify(base64(HEX.parseHex(SIGNED_CWT)), Instant.ofEpochSecond(1444000000)))
          .isEqualTo(expected);
    }

    @Test
    void isVerifiedUnderCwtsOwnTagToo() {
      assertThat(
              light.verify(
                  base64(HEX.parseHex("d83d" + SIGNED_CWT)), Instant.ofEpochSecond(1444000000)))
          .isEqualTo(expected);
    }

    @Test
    void isRefusedUnderAnotherTag() {
      assertThat(
              light.verify(
                  base64(HEX.parseHex("d1" + SIGNED_CWT.substring(2))),
                  Instant.ofEpochSecond(1444000000)))
          .isEqualTo(new Rejected(Reason.MALFORMED));
    }
  }

  /** The bytes that go out stay what they are: a verifier one version old must read them. */
  @Test
  void theBytesOfHeaderAndClaimsAreFixed() {
    assertThat(HEX.formatHex(CoseSign1.protectedHeader("k1"))).isEqualTo("a2012604426b31");
    assertThat(HEX.formatHex(CoseSign1.claims("tributary", grant("/t/p/", Map.of("a", "b")))))
        .isEqualTo(
            "a8" // eight claims
                + "0169747269627574617279" // iss: tributary
                + "03656d65646961" // aud: media
                + "041a6b04d380" // exp
                + "051a6b042ac0" // nbf
                + "0746706c61792d31" // cti: play-1
                + "19013601" // catv: 1
                + "190138a103a101652f742f702f" // catu: path: prefix: /t/p/
                + "3a00011170a161616162"); // extras: a: b
  }

  private static byte[] cborInt(int value) {
    return value >= 0
        ? new byte[] {(byte) value}
        : -1 - value < 24
            ? new byte[] {(byte) (0x20 - 1 - value)}
            : new byte[] {0x38, (byte) (-1 - value)};
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
