package io.tributary.token;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * The bytes of a token: a COSE_Sign1 array (RFC 9052, section 4.2), with or without its tag 18 and
 * CWT's tag 61, around CWT claims. Reads strictly: one array of four, no key twice, nothing behind
 * it, shallow, within {@link MediaTokenVerifier#MAX_TOKEN_CHARS}. Nothing read here is to be
 * believed before its signature is checked.
 */
final class CoseSign1 {
  /** ECDSA with SHA-256, RFC 9053. */
  static final int ES256 = -7;

  private static final int TAG_SIGN1 = 18;
  private static final int TAG_CWT = 61;
  private static final int HEADER_ALGORITHM = 1;
  private static final int HEADER_CRITICAL = 2;
  private static final int HEADER_KEY_ID = 4;
  private static final int CLAIM_ISSUER = 1;
  private static final int CLAIM_AUDIENCE = 3;
  private static final int CLAIM_EXPIRES = 4;
  private static final int CLAIM_NOT_BEFORE = 5;
  private static final int CLAIM_ISSUED = 6;
  private static final int CLAIM_TOKEN_ID = 7;
  private static final int CLAIM_CAT_VERSION = 310;
  private static final int CLAIM_CAT_URI = 312;

  /** Private use (RFC 8392, section 9.1): the issuer's own claims as a map of texts. */
  private static final int CLAIM_EXTRAS = -70_001;

  private static final int URI_PATH = 3;
  private static final int MATCH_PREFIX = 1;

  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MediaTokenVerifier.MAX_TOKEN_CHARS)
                  .maxStringLength(MediaTokenVerifier.MAX_TOKEN_CHARS)
                  .maxNameLength(64)
                  .maxNestingDepth(4)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final byte[] protectedHeader;
  private final long algorithm;
  private final String keyId;
  private final byte[] payload;
  private final byte[] signature;

  private CoseSign1(
      byte[] protectedHeader, long algorithm, String keyId, byte[] payload, byte[] signature) {
    this.protectedHeader = protectedHeader;
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.payload = payload;
    this.signature = signature;
  }

  /** COSE's number of the algorithm that the token claims. */
  long algorithm() {
    return algorithm;
  }

  /** Empty where the token names none. */
  String keyId() {
    return keyId;
  }

  /** For ES256: r and s, 32 bytes each. */
  byte[] signature() {
    return signature;
  }

  /** The bytes are not what they should be; says nothing of them, since they may be a secret. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String expected) {
      super("expected: " + expected);
    }
  }

  /** Takes the structure apart. */
  static CoseSign1 parse(byte[] bytes) throws MalformedException {
    try (CBORParser in = parser(bytes)) {
      expect(in.nextToken() == JsonToken.START_ARRAY, "an array");
      expect(knowsTags(in), "tags 61 and 18, or none");
      byte[] protectedHeader = binary(in);
      Header header = header(parserAtMap(protectedHeader));
      expect(in.nextToken() == JsonToken.START_OBJECT, "an unprotected header");
      Header unprotected = headerBody(in);
      byte[] payload = binary(in);
      byte[] signature = binary(in);
      expect(in.nextToken() == JsonToken.END_ARRAY, "four elements");
      expect(in.nextToken() == null, "nothing behind the array");
      Long algorithm = header.algorithm();
      if (algorithm == null) {
        throw new MalformedException("a protected algorithm");
      }
      // A key id is a hint and needs no protection; RFC 8392's own example leaves it open.
      String keyId = header.keyId() != null ? header.keyId() : unprotected.keyId();
      return new CoseSign1(
          protectedHeader, algorithm, keyId == null ? "" : keyId, payload, signature);
    } catch (JacksonException e) {
      throw new MalformedException("CBOR");
    }
  }

  /** Reads the claims out of {@link #payload}. */
  MediaGrant grant() throws MalformedException {
    String audience = null;
    Instant expiresAt = null;
    Instant notBefore = null;
    Instant issuedAt = null;
    String tokenId = null;
    String pathPrefix = "";
    Map<String, String> extras = Map.of();
    try (CBORParser in = parserAtMap(payload)) {
      for (String claim = in.nextName(); claim != null; claim = in.nextName()) {
        JsonToken value = in.nextToken();
        switch (claim) {
          case "" + CLAIM_AUDIENCE -> audience = text(in, value);
          case "" + CLAIM_EXPIRES -> expiresAt = instant(in, value);
          case "" + CLAIM_NOT_BEFORE -> notBefore = instant(in, value);
          case "" + CLAIM_ISSUED -> issuedAt = instant(in, value);
          case "" + CLAIM_TOKEN_ID -> tokenId = utf8(bytes(in, value));
          case "" + CLAIM_CAT_VERSION ->
              expect(value == JsonToken.VALUE_NUMBER_INT && in.getLongValue() == 1, "version 1");
          case "" + CLAIM_CAT_URI -> pathPrefix = pathPrefix(in, value);
          case "" + CLAIM_EXTRAS -> extras = texts(in, value);
          default -> in.skipChildren();
        }
      }
      expect(in.nextToken() == null, "nothing behind the claims");
    } catch (JacksonException e) {
      throw new MalformedException("CBOR claims");
    }
    if (audience == null || expiresAt == null || tokenId == null) {
      throw new MalformedException("aud, exp and cti");
    }
    Instant start = notBefore != null ? notBefore : issuedAt;
    return new MediaGrant(
        audience, tokenId, pathPrefix, start == null ? Instant.EPOCH : start, expiresAt, extras);
  }

  /** What the signature is over: RFC 9052, section 4.4. */
  byte[] toBeSigned() {
    return toBeSigned(protectedHeader, payload);
  }

  static byte[] toBeSigned(byte[] protectedHeader, byte[] payload) {
    return write(out -> {
      out.writeStartArray(null, 4);
      out.writeString("Signature1");
      out.writeBinary(protectedHeader);
      out.writeBinary(new byte[0]);
      out.writeBinary(payload);
      out.writeEndArray();
    });
  }

  static byte[] protectedHeader(String keyId) {
    return write(out -> {
      out.writeStartObject(null, 2);
      out.writePropertyId(HEADER_ALGORITHM);
      out.writeNumber(ES256);
      out.writePropertyId(HEADER_KEY_ID);
      out.writeBinary(keyId.getBytes(StandardCharsets.UTF_8));
      out.writeEndObject();
    });
  }

  static byte[] claims(String issuer, MediaGrant grant) {
    boolean hasPath = !grant.pathPrefix().isEmpty();
    boolean hasExtras = !grant.extras().isEmpty();
    return write(out -> {
      out.writeStartObject(null, 6 + (hasPath ? 1 : 0) + (hasExtras ? 1 : 0));
      out.writePropertyId(CLAIM_ISSUER);
      out.writeString(issuer);
      out.writePropertyId(CLAIM_AUDIENCE);
      out.writeString(grant.audience());
      out.writePropertyId(CLAIM_EXPIRES);
      out.writeNumber(grant.expiresAt().getEpochSecond());
      out.writePropertyId(CLAIM_NOT_BEFORE);
      out.writeNumber(grant.notBefore().getEpochSecond());
      out.writePropertyId(CLAIM_TOKEN_ID);
      out.writeBinary(grant.tokenId().getBytes(StandardCharsets.UTF_8));
      out.writePropertyId(CLAIM_CAT_VERSION);
      out.writeNumber(1);
      if (hasPath) {
        out.writePropertyId(CLAIM_CAT_URI);
        out.writeStartObject(null, 1);
        out.writePropertyId(URI_PATH);
        out.writeStartObject(null, 1);
        out.writePropertyId(MATCH_PREFIX);
        out.writeString(grant.pathPrefix());
        out.writeEndObject();
        out.writeEndObject();
      }
      if (hasExtras) {
        out.writePropertyId(CLAIM_EXTRAS);
        out.writeStartObject(null, grant.extras().size());
        // In order, so that the same grant always is the same bytes.
        new TreeMap<>(grant.extras())
            .forEach((name, value) -> {
              out.writeName(name);
              out.writeString(value);
            });
        out.writeEndObject();
      }
      out.writeEndObject();
    });
  }

  static byte[] encode(byte[] protectedHeader, byte[] payload, byte[] signature) {
    return write(out -> {
      out.writeTag(TAG_SIGN1);
      out.writeStartArray(null, 4);
      out.writeBinary(protectedHeader);
      out.writeStartObject(null, 0);
      out.writeEndObject();
      out.writeBinary(payload);
      out.writeBinary(signature);
      out.writeEndArray();
    });
  }

  private record Header(@Nullable Long algorithm, @Nullable String keyId) {}

  private static Header header(CBORParser in) throws MalformedException {
    try (in) {
      Header header = headerBody(in);
      expect(in.nextToken() == null, "nothing behind the header");
      return header;
    }
  }

  private static Header headerBody(CBORParser in) throws MalformedException {
    Long algorithm = null;
    String keyId = null;
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      JsonToken value = in.nextToken();
      switch (name) {
        case "" + HEADER_ALGORITHM -> {
          expect(value == JsonToken.VALUE_NUMBER_INT, "a numbered algorithm");
          algorithm = in.getLongValue();
        }
        // RFC 9052, section 3.1: who does not know a critical header must refuse; we know none.
        case "" + HEADER_CRITICAL -> throw new MalformedException("no critical headers");
        case "" + HEADER_KEY_ID -> keyId = utf8(bytes(in, value));
        default -> in.skipChildren();
      }
    }
    return new Header(algorithm, keyId);
  }

  private static boolean knowsTags(CBORParser in) {
    CBORParser.TagList tags = in.getCurrentTags();
    return switch (tags.size()) {
      case 0 -> true;
      case 1 -> tags.contains(TAG_SIGN1);
      case 2 -> tags.contains(TAG_CWT) && tags.contains(TAG_SIGN1);
      default -> false;
    };
  }

  private static String pathPrefix(CBORParser in, JsonToken value) throws MalformedException {
    // An understood restriction that is skipped would widen the grant, so anything else is refused.
    expect(value == JsonToken.START_OBJECT, "catu as a map");
    expect(("" + URI_PATH).equals(in.nextName()), "catu with a path");
    expect(in.nextToken() == JsonToken.START_OBJECT, "a match");
    expect(("" + MATCH_PREFIX).equals(in.nextName()), "a prefix match");
    String prefix = text(in, in.nextToken());
    expect(in.nextToken() == JsonToken.END_OBJECT, "one match");
    expect(in.nextToken() == JsonToken.END_OBJECT, "one component");
    return prefix;
  }

  private static Map<String, String> texts(CBORParser in, JsonToken value)
      throws MalformedException {
    expect(value == JsonToken.START_OBJECT, "a map of texts");
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      texts.put(name, text(in, in.nextToken()));
    }
    return texts;
  }

  private static String text(CBORParser in, @Nullable JsonToken value) throws MalformedException {
    expect(value == JsonToken.VALUE_STRING, "a text");
    return in.getString();
  }

  private static Instant instant(CBORParser in, JsonToken value) throws MalformedException {
    expect(value == JsonToken.VALUE_NUMBER_INT, "whole seconds");
    try {
      return Instant.ofEpochSecond(in.getLongValue());
    } catch (DateTimeException e) {
      throw new MalformedException("seconds within a calendar");
    }
  }

  private static byte[] binary(CBORParser in) throws MalformedException {
    return bytes(in, in.nextToken());
  }

  private static byte[] bytes(CBORParser in, @Nullable JsonToken value) throws MalformedException {
    expect(value == JsonToken.VALUE_EMBEDDED_OBJECT, "a byte string");
    expect(in.getCurrentTags().isEmpty(), "an untagged byte string");
    byte[] bytes = in.getBinaryValue();
    if (bytes == null) {
      throw new MalformedException("a byte string");
    }
    return bytes;
  }

  private static String utf8(byte[] bytes) throws MalformedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("UTF-8");
    }
  }

  private static CBORParser parserAtMap(byte[] bytes) throws MalformedException {
    CBORParser in = parser(bytes);
    try {
      expect(in.nextToken() == JsonToken.START_OBJECT, "a map");
      expect(in.getCurrentTags().isEmpty(), "an untagged map");
      return in;
    } catch (MalformedException e) {
      in.close();
      throw e;
    }
  }

  private static CBORParser parser(byte[] bytes) {
    return (CBORParser) CBOR.createParser(ObjectReadContext.empty(), bytes);
  }

  private static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = CBOR.createGenerator(ObjectWriteContext.empty(), bytes)) {
      writing.to((CBORGenerator) out);
    }
    return bytes.toByteArray();
  }

  private interface Writing {
    void to(CBORGenerator out);
  }

  private static void expect(boolean isSo, String expected) throws MalformedException {
    if (!isSo) {
      throw new MalformedException(expected);
    }
  }
}
