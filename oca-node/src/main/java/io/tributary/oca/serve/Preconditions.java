package io.tributary.oca.serve;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Conditional requests by RFC 9110, section 13, in its order of precedence.
 *
 * <p>Pure. A validator is a strong tag, the file's SHA-256, so weak and strong comparison differ
 * only in what a client sends.
 */
final class Preconditions {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private Preconditions() {}

  /** What to do with the request. */
  enum Outcome {
    /** Answer it. */
    PROCEED,
    /** 304: the client has it. */
    NOT_MODIFIED,
    /** 412: the client meant another file. */
    FAILED
  }

  /** The request's headers; each null where it is missing. */
  record Conditions(
      @Nullable String ifMatch,
      @Nullable String ifUnmodifiedSince,
      @Nullable String ifNoneMatch,
      @Nullable String ifModifiedSince) {
    static final Conditions NONE = new Conditions(null, null, null, null);
  }

  static Outcome decide(Conditions asked, String etag, Instant lastModified) {
    if (asked.ifMatch() != null) {
      if (!lists(asked.ifMatch(), etag, false)) {
        return Outcome.FAILED;
      }
    } else if (asked.ifUnmodifiedSince() != null) {
      Instant since = date(asked.ifUnmodifiedSince());
      if (since != null && lastModified.isAfter(since)) {
        return Outcome.FAILED;
      }
    }
    if (asked.ifNoneMatch() != null) {
      return lists(asked.ifNoneMatch(), etag, true) ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
    }
    if (asked.ifModifiedSince() != null) {
      Instant since = date(asked.ifModifiedSince());
      if (since != null && !lastModified.isAfter(since)) {
        return Outcome.NOT_MODIFIED;
      }
    }
    return Outcome.PROCEED;
  }

  /** Whether a range may be taken from this file: RFC 9110, section 13.1.5. */
  static boolean rangeApplies(@Nullable String ifRange, String etag, Instant lastModified) {
    if (ifRange == null) {
      return true;
    }
    String validator = ifRange.strip();
    if (validator.startsWith("\"") || validator.startsWith("W/")) {
      return validator.equals(etag);
    }
    return lastModified.equals(date(validator));
  }

  static String httpDate(Instant instant) {
    return HTTP_DATE.format(instant);
  }

  private static boolean lists(String header, String etag, boolean isWeak) {
    for (String tag : header.split(",", 64)) {
      String stripped = tag.strip();
      if (stripped.equals("*")
          || stripped.equals(etag)
          || (isWeak && stripped.startsWith("W/") && stripped.substring(2).equals(etag))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Instant date(String text) {
    try {
      return ZonedDateTime.parse(text.strip(), HTTP_DATE).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
